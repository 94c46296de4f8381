// One change for many places: looked at first, then done to all or none.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { station } from '../data/store/support.ts';
import { type DeskAgent, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';

let api: Api;
let admin: DeskAgent;
let second: DeskAgent;
let curator: DeskAgent;
beforeAll(async () => {
  api = await startApi();
  admin = await signedIn(api, { role: 'admin' });
  second = await signedIn(api, { role: 'admin' });
  curator = await signedIn(api, { role: 'curator', areaCode: '230102' });
});

let made = 0;
/** Some places that nothing else in these tests touches; `marked` finds them by their address. */
async function newPlaces(count: number, overrides: Parameters<typeof station>[0] = {}) {
  const mark = `批量街${++made}号`;
  const drafts = Array.from({ length: count }, (_, i) =>
    station({ id: `bulk-${made}-${i}`, name: `第${i}站`, address: mark, ...overrides }),
  );
  const places = await api.store.places.createMany(drafts, { kind: 'system', name: 'tests' }, 'tests');
  return { ids: places.map((place) => place.id), filter: { q: mark } };
}
const bulk = (agent: DeskAgent, body: object) => agent.post('/api/places/bulk', body);

describe('a look beforehand', () => {
  test('shows what would change and what not, and changes nothing', async () => {
    const { ids, filter } = await newPlaces(3);
    await api.store.places.update(
      ids[0] as string,
      { access: 'staffed' },
      { version: 1, actor: { kind: 'system', name: 'tests' } },
    );
    const head = await api.store.audit.head();
    const { body } = await bulk(curator, { filter, changes: { access: 'staffed' }, dryRun: true }).expect(200);
    expect(body).toMatchObject({
      dryRun: true,
      matched: 3,
      changing: 2,
      unchanged: 1,
      refusedCount: 0,
      pendingAct: null,
    });
    expect(body.sample[0].fields).toEqual([{ field: 'access', label: '进门方式', from: 'open', to: 'staffed' }]);
    expect(await api.store.audit.head()).toEqual(head);
    expect(await api.store.places.get(ids[1] as string)).toMatchObject({ access: 'open', version: 1 });
  });

  test('names what cannot be changed, and why', async () => {
    const { ids } = await newPlaces(1);
    const elsewhere = await newPlaces(1, { district: '230103', point: [126.66, 45.7] });
    const body = { ids: [...ids, ...elsewhere.ids, 'nothing-here'], changes: { access: 'staffed' }, dryRun: true };
    const answer = await bulk(curator, body).expect(200);
    expect(answer.body).toMatchObject({ matched: 3, changing: 1, refusedCount: 2 });
    expect(answer.body.refused).toMatchObject([
      { id: 'nothing-here', errors: [{ code: 'not-found' }] },
      { id: elsewhere.ids[0], errors: [{ code: 'not-allowed', message: '不在你负责的范围' }] },
    ]);
  });
});

describe('doing it', () => {
  test('changes all, with a version for each and one row in the audit', async () => {
    const { ids, filter } = await newPlaces(120);
    const changes = { hoursOsm: 'Mo-Su 8:00-20:00', street: '230102001' };
    const { body: looked } = await bulk(curator, { filter, changes, addServices: ['wifi'], dryRun: true }).expect(200);
    const before = await api.store.audit.head();
    const body = { filter, changes, addServices: ['wifi'], expected: looked.digest };
    expect((await bulk(curator, body).expect(200)).body).toMatchObject({ dryRun: false, changing: 120 });
    const { body: feature } = await api.request.get(`/api/places/${ids[119]}`).expect(200);
    expect(feature.properties).toMatchObject({
      version: 2,
      hours: { osm: 'Mo-Su 08:00-20:00', state: 'open' },
      services: [{ code: 'wifi', state: 'ok', confirmedAt: null }],
      confirmedAt: null,
    });
    expect((await api.store.audit.head()).sequence).toBe(before.sequence + 1);
    const { body: audit } = await admin.get('/api/audit?limit=1').expect(200);
    expect(audit.items[0]).toMatchObject({
      actLabel: '批量修改点位',
      details: { what: '批量修改：开放时间、街道、设施', count: 120, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const { body: history } = await curator.get(`/api/places/${ids[5]}/history`).expect(200);
    expect(history.items[0]).toMatchObject({ act: 'places.bulk-update', who: { name: curator.account.displayName } });
  });

  test('is refused whole when one place refuses it', async () => {
    const { ids } = await newPlaces(2);
    const [pending = ''] = (await newPlaces(1, { status: 'pending' })).ids;
    const changes = { status: 'paused', statusReason: '停水' };
    const { body } = await bulk(curator, { ids: [...ids, pending], changes }).expect(409);
    expect(body.errors[0]).toMatchObject({ field: `${pending}.status`, code: 'not-a-next-status' });
    for (const id of ids) expect(await api.store.places.get(id)).toMatchObject({ status: 'active', version: 1 });
  });

  test('is refused when somebody changed a place after the look', async () => {
    const { ids, filter } = await newPlaces(2);
    const changes = { access: 'staffed' };
    const { body: looked } = await bulk(curator, { filter, changes, dryRun: true }).expect(200);
    await api.store.places.update(
      ids[1] as string,
      { seats: 3 },
      { version: 1, actor: { kind: 'system', name: 'tests' } },
    );
    const { body } = await bulk(curator, { filter, changes, expected: looked.digest }).expect(412);
    expect(body.code).toBe('version-conflict');
    expect(await api.store.places.get(ids[0] as string)).toMatchObject({ access: 'open' });
  });

  test.each([
    [{ ids: ['bulk-1-0'], changes: { name: '都叫这个' } }, 'changes.name'],
    [{ ids: ['bulk-1-0'], changes: {} }, 'changes'],
    [{ changes: { access: 'open' } }, 'ids'],
    [{ ids: ['bulk-1-0'], filter: {}, changes: { access: 'open' } }, 'ids'],
    [{ ids: ['bulk-1-0'], changes: { access: 'open' }, everybody: true }, 'everybody'],
  ])('of what is no bulk is refused by name: %j', async (body, field) => {
    expect((await bulk(curator, body).expect(400)).body.errors[0].field).toBe(field);
  });
});

describe('retiring more than one', () => {
  const changes = { status: 'retired', statusReason: '街道撤并' };

  test('waits for a second person, and happens when they agree', async () => {
    const { ids } = await newPlaces(3);
    const { body } = await bulk(admin, { ids, changes }).expect(202);
    expect(body.pendingAct).toMatchObject({ label: '一次撤销多个点位', readyAt: null });
    for (const id of ids) await api.request.get(`/api/places/${id}`).expect(200);
    const approval = `/api/pending-acts/${body.pendingAct.id}/approval`;
    expect((await admin.post(approval).expect(409)).body.code).toBe('own-proposal');
    await second.post(approval).expect(204);
    for (const id of ids) await api.request.get(`/api/places/${id}`).expect(404);
    expect(await api.store.places.get(ids[0] as string)).toMatchObject({ status: 'retired', statusReason: '街道撤并' });
  });

  test('one alone needs nobody else', async () => {
    const { ids } = await newPlaces(1);
    await bulk(curator, { ids, changes }).expect(200);
    await api.request.get(`/api/places/${ids[0]}`).expect(404);
  });
});
