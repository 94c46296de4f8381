// The desk's table, one place whole, whom to call about it, and what waits today.

import { beforeAll, describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import type { PlaceDraft } from '../../data/place.ts';
import { station } from '../data/store/support.ts';
import { type DeskAgent, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';
import { CORNER, confirm, DAY_MS, deviceAged, GATE, post } from './voices-support.ts';

let api: Api;
let admin: DeskAgent;
let curator: DeskAgent;

const confirmedDaysAgo = (days: number) => ({
  confirmedAt: new Date(Date.parse('2026-11-20T12:00:00+08:00') - days * DAY_MS).toISOString(),
  confirmedBy: 'rider' as const,
});
const SOUTH = { district: '230103', point: [126.66, 45.7] as [number, number] };
const PLACES: PlaceDraft[] = [
  CORNER,
  GATE,
  station({ id: 'fresh', name: '道里二站', hoursOsm: 'Mo-Su 08:00-20:00', ...confirmedDaysAgo(1) }),
  station({
    id: 'stale',
    name: '道里十站',
    hoursOsm: 'Mo-Su 08:00-20:00',
    street: '230102003',
    ...confirmedDaysAgo(45),
  }),
  station({ id: 'waiting', name: '阿里站', status: 'pending' }),
  station({ id: 'made-up', name: '演示站', demo: true }),
  station({ id: 'south', name: '南岗站', ...SOUTH, ...confirmedDaysAgo(3) }),
  station({ id: 'gone', name: '老站', status: 'retired', statusReason: '搬走了', ...SOUTH }),
];
beforeAll(async () => {
  api = await startApi(PLACES);
  admin = await signedIn(api, { role: 'admin' });
  curator = await signedIn(api, { role: 'curator', areaCode: '230102' });
});

async function list(agent: DeskAgent, query = ''): Promise<string[]> {
  const { body } = await agent.get(`/api/desk/places${query}`).expect(200);
  return body.items.map((item: { id: string }) => item.id);
}

describe('the table', () => {
  test('shows places of every status, those unverified for longest first, and counts them by status and kind', async () => {
    const { body } = await admin.get('/api/desk/places').expect(200);
    expect(body.numberMatched).toBe(8);
    expect(body.items.map((item: { id: string }) => item.id).slice(-3)).toEqual(['stale', 'south', 'fresh']);
    expect(body.counts).toEqual({
      statuses: { active: 6, pending: 1, retired: 1 },
      kinds: { station: 7, 'bike-swap': 1 },
    });
    expect(body.items[7]).toMatchObject({ id: 'fresh', openReports: 0, mine: true, distanceMetres: null });
  });

  test.each([
    ['?kinds=bike-swap', ['gate']],
    ['?statuses=pending,retired', ['gone', 'waiting']],
    ['?area=230103', ['gone', 'south']],
    ['?area=230102003', ['stale']],
    ['?hoursUnknown=true&kinds=station&demo=false&statuses=active', ['corner', 'south']],
    ['?unverifiedDays=30&hoursUnknown=false&q=道里', ['stale']],
    ['?demo=true', ['made-up']],
    ['?q=nangang', ['south']],
    ['?q=道里&sort=name', ['fresh', 'stale']],
    ['?sort=distance&lng=126.66&lat=45.7&limit=2', ['gone', 'south']],
    ['?quality=surveyed', []],
  ])('%s keeps what it says', async (query, ids) => {
    expect(await list(admin, encodeURI(query))).toEqual(ids);
  });

  test('counts a filter’s other choices with all else as asked', async () => {
    const { body } = await admin.get('/api/desk/places?statuses=pending&area=230102').expect(200);
    expect(body).toMatchObject({
      numberMatched: 1,
      counts: { statuses: { active: 5, pending: 1 }, kinds: { station: 1 } },
    });
  });

  test.each(['unverifiedSince', 'name', 'updatedAt'])('comes in pages by %s, each place once', async (sort) => {
    const ids: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: { body: { items: { id: string }[]; next: string | null } } = await admin
        .get(`/api/desk/places?sort=${sort}&limit=3${next ? `&cursor=${next}` : ''}`)
        .expect(200);
      ids.push(...page.body.items.map((item) => item.id));
      next = page.body.next;
    }
    expect(ids).toEqual(await list(admin, `?sort=${sort}`));
    expect([...ids].sort()).toEqual(PLACES.map((place) => place.id).sort());
  });

  test('follows every change at once', async () => {
    const { id } = await api.store.places.create(station({ name: '新来的' }), { kind: 'system', name: 'tests' });
    expect(await list(admin, '?q=xinlai')).toEqual([id]);
    const actor = { kind: 'system' as const, name: 'tests' };
    await api.store.places.update(id, { name: '改名了', status: 'rejected' }, { version: 1, actor });
    expect(await list(admin, '?q=xinlai')).toEqual([]);
    expect(await list(admin, '?statuses=rejected')).toEqual([id]);
  });

  test('begins with a curator’s own area, and ends with what others may see', async () => {
    expect(await list(curator, '?kinds=station&statuses=retired')).toEqual([]);
    expect(await list(curator, '?kinds=station&statuses=retired&area=all')).toEqual(['gone']);
    expect(await list(await signedIn(api, { role: 'grid-worker', areaCode: '230103' }), '?area=all')).toEqual([
      'gone',
      'south',
    ]);
    for (const role of ['keeper', 'merchant'] as const) {
      expect(await list(await signedIn(api, { role, placeIds: ['fresh', 'no-longer'] }), '?area=all')).toEqual([
        'fresh',
      ]);
    }
  });

  test('shows where reports wait for an answer', async () => {
    const device = await deviceAged(api, DAY_MS);
    await post(api, '/api/places/corner/reports', device, { problem: 'dirty' }).expect(201);
    const { body } = await admin.get('/api/desk/places?reported=true').expect(200);
    expect(body.items).toMatchObject([{ id: 'corner', openReports: 1 }]);
  });

  test.each([
    ['?sort=distance', 'lng'],
    ['?lng=126.6', 'lat'],
    ['?lng=0&lat=0', 'lng'],
    ['?area=12', 'area'],
    ['?cursor=hello', 'cursor'],
    ['?unverifiedDays=-1', 'unverifiedDays'],
    ['?colour=red', 'colour'],
  ])('%s is refused by name', async (query, field) => {
    expect((await admin.get(`/api/desk/places${query}`).expect(400)).body.errors[0].field).toBe(field);
  });
});

describe('one place whole', () => {
  test('of any status, with its version as tag and what the asker may do', async () => {
    const { body, headers } = await curator.get('/api/desk/places/waiting').expect(200);
    expect(headers.etag).toBe('"1"');
    expect(body).toEqual({
      place: await api.store.places.get('waiting'),
      contact: null,
      today: { visitors: null, checkIns: 0 },
      openReports: 0,
      may: { edit: true, quickActs: true, revealPhone: false },
    });
    const { body: other } = await curator.get('/api/desk/places/south').expect(200);
    expect(other.may).toEqual({ edit: false, quickActs: false, revealPhone: false });
    await curator.get('/api/desk/places/nothing').expect(404);
  });

  test('is not shown to those whose place it is not', async () => {
    await (await signedIn(api, { role: 'keeper', placeIds: ['fresh'] })).get('/api/desk/places/stale').expect(403);
    await (await signedIn(api, { role: 'grid-worker', areaCode: '230103' })).get('/api/desk/places/stale').expect(403);
    await api.request.get('/api/desk/places/stale').expect(401);
  });
});

describe('whom to call about a place', () => {
  const contact = { name: '王师傅', phone: '13812345678' };

  test('is masked, revealed only into the audit, and nowhere in the database', async () => {
    const { body } = await curator.post('/api/places/fresh/contact', { contact }).expect(200);
    expect(body).toMatchObject({ contact: { name: '王师傅', phone: '138****5678' }, may: { revealPhone: true } });
    const before = await api.store.audit.head();
    expect((await curator.post('/api/places/fresh/phone-reveals').expect(200)).body).toEqual(contact);
    expect((await api.store.audit.head()).sequence).toBe(before.sequence + 1);
    const { body: audit, text } = await curator.get('/api/audit?act=place.reveal-phone').expect(200);
    expect(audit.items[0]).toMatchObject({ subject: 'fresh', who: { name: curator.account.displayName } });
    const database = new Sqlite(api.file, { readonly: true });
    const contacts = database.prepare('select * from place_contacts').all();
    const whole = JSON.stringify([contacts, database.prepare('select * from audit').all(), text]);
    database.close();
    expect(contacts).toHaveLength(1);
    expect(whole).not.toMatch(/13812345678|王师傅/);
  });

  test('is no business of keepers, other areas, or of riders', async () => {
    const keeper = await signedIn(api, { role: 'keeper', placeIds: ['fresh'] });
    expect((await keeper.get('/api/desk/places/fresh').expect(200)).body.may.revealPhone).toBe(false);
    await keeper.post('/api/places/fresh/phone-reveals').expect(403);
    const neighbour = await signedIn(api, { role: 'curator', areaCode: '230103' });
    expect((await neighbour.get('/api/desk/places/fresh').expect(200)).body.contact).toBeNull();
    await neighbour.post('/api/places/fresh/phone-reveals').expect(403);
    await neighbour.post('/api/places/fresh/contact', { contact: null }).expect(403);
    expect((await api.request.get('/api/places/fresh').expect(200)).text).not.toMatch(/138/);
  });

  test('goes for good when it is taken away', async () => {
    await curator.post('/api/places/fresh/contact', { contact: null }).expect(200);
    await curator.post('/api/places/fresh/phone-reveals').expect(404);
    await curator.post('/api/places/fresh/contact', { contact: { name: '王', phone: '不知道' } }).expect(400);
  });
});

describe('今日', () => {
  test('holds what waits in one’s own area: reports, doubts, the long unverified, and a walk past them', async () => {
    const today = await startApi([
      ...[126.57, 126.55, 126.56].map((lng, i) =>
        station({ id: `old-${i + 1}`, point: [lng, 45.75], ...confirmedDaysAgo(41 + i) }),
      ),
      station({ id: 'doubted' }),
      station({ id: 'reported', ...confirmedDaysAgo(1) }),
      station({ id: 'elsewhere', ...SOUTH }),
      station({ id: 'hidden', status: 'pending' }),
    ]);
    const worker = await signedIn(today, { role: 'grid-worker', areaCode: '230102' });
    for (let i = 0; i < 2; i++)
      await confirm(today, await deviceAged(today, DAY_MS), 'open', false, 'doubted').expect(201);
    await post(today, '/api/places/reported/reports', await deviceAged(today, DAY_MS), { problem: 'dirty' }).expect(
      201,
    );
    const { body } = await worker.get('/api/desk/today?lng=126.54&lat=45.75').expect(200);
    const ids = (rows: { id: string }[]) => rows.map((row) => row.id);
    expect(body.counts).toMatchObject({ reported: 1, disputed: 1, unverified: 3 });
    expect(ids(body.reported)).toEqual(['reported']);
    expect(ids(body.disputed)).toEqual(['doubted']);
    expect(ids(body.unverified)).toEqual(['old-3', 'old-2', 'old-1']);
    expect(ids(body.nearby)).toEqual(['old-2', 'old-3', 'old-1', 'doubted']);
    expect(body.from).toEqual({ name: '选的位置', point: [126.54, 45.75] });
  });

  test('starts from the middle of one’s area, one’s own place, or a landmark that was chosen', async () => {
    const from = async (agent: DeskAgent, query = '') =>
      (await agent.get(`/api/desk/today${query}`).expect(200)).body.from;
    const { districts, landmarks } = api.loaded.city;
    expect((await from(curator)).name).toBe(districts[0]?.name);
    expect((await from(await signedIn(api, { role: 'keeper', placeIds: ['fresh'] }))).name).toBe('道里二站');
    expect((await from(curator, `?from=${landmarks[0]?.id}`)).point).toEqual(landmarks[0]?.point);
    await curator.get('/api/desk/today?from=nowhere').expect(400);
  });
});
