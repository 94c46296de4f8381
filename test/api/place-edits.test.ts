// Editing at the desk: new places, changes with a version, conflicts, histories, and going back.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { station } from '../data/store/support.ts';
import { type DeskAgent, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';
import { CORNER, confirm, DAY_MS, deviceAged, GATE } from './voices-support.ts';

let api: Api;
let admin: DeskAgent;
let curator: DeskAgent;
let neighbour: DeskAgent;
beforeAll(async () => {
  api = await startApi([CORNER, GATE]);
  admin = await signedIn(api, { role: 'admin' });
  curator = await signedIn(api, { role: 'curator', areaCode: '230102' });
  neighbour = await signedIn(api, { role: 'curator', areaCode: '230103' });
});

let made = 0;
/** A place of its own for each test. */
async function newPlace(overrides: Parameters<typeof station>[0] = {}): Promise<string> {
  const id = `edit-${++made}`;
  await api.store.places.create(station({ id, ...overrides }), { kind: 'system', name: 'tests' });
  return id;
}
const patch = (agent: DeskAgent, id: string, body: object, version: number | string) =>
  agent.patch(`/api/places/${id}`, body, { 'If-Match': typeof version === 'number' ? `"${version}"` : version });

describe('a new place', () => {
  const draft = {
    kind: 'toilet',
    name: '兆麟公园公厕',
    point: [126.6184, 45.7731],
    positionQuality: 'approx',
    district: '230102',
    audience: ['everyone'],
    source: { name: '区城管局', url: null, date: '2026-11-19' },
  };

  test('needs only what a place cannot be without, waits for review, and is found by its address', async () => {
    const { body, headers } = await curator.post('/api/places', draft).expect(201);
    expect(body.place).toMatchObject({
      ...draft,
      status: 'pending',
      sourceCrs: 'wgs84',
      hoursOsm: null,
      barrierFree: null,
      confirmedAt: null,
      demo: false,
      version: 1,
    });
    expect(headers.location).toBe(`/api/places/${body.place.id}`);
    expect(headers.etag).toBe('"1"');
    expect(headers['cache-control']).toBe('no-store');
    await api.request.get(headers.location as string).expect(404);
    await patch(curator, body.place.id, { status: 'active' }, 1).expect(200);
    await api.request.get(headers.location as string).expect(200);
  });

  test('arrives once, however often it is sent with the same key', async () => {
    const key = { 'Idempotency-Key': 'one-new-place' };
    const [first, second] = await Promise.all([
      curator.post('/api/places', draft, key),
      curator.post('/api/places', draft, key),
    ]);
    expect(second.body.place.id).toBe(first.body.place.id);
  });

  test('cannot confirm itself', async () => {
    const services = [
      { code: 'toilet', state: 'ok', confirmedAt: '2026-11-20T09:00:00+08:00', confirmedBy: 'curator' },
    ];
    const { body } = await curator.post('/api/places', {
      ...draft,
      services,
      confirmedAt: '2026-11-20T09:00:00+08:00',
    });
    expect(body.place).toMatchObject({ confirmedAt: null, services: [{ code: 'toilet', confirmedAt: null }] });
  });

  test('is refused in Chinese, field by field', async () => {
    const wrong = { ...draft, name: '', hoursOsm: '早九晚五', barrierFree: '有', wings: 2, street: '230103001' };
    const { body } = await curator.post('/api/places', wrong).expect(400);
    expect(body.code).toBe('invalid-place');
    expect(body.errors).toEqual(
      expect.arrayContaining([
        { field: 'name', code: 'too-small', message: '不能为空' },
        expect.objectContaining({ field: 'barrierFree' }),
        { field: 'wings', code: 'unrecognized-keys', message: '没有这一项' },
      ]),
    );
    expect(body.detail).toContain('名称：不能为空');
    const later = await curator
      .post('/api/places', { ...draft, hoursOsm: '早九晚五', street: '230103001' })
      .expect(400);
    expect(later.body.errors.map((error: { field: string }) => error.field)).toEqual(['street', 'hoursOsm']);
  });

  test('has to lie where it says, and in the area of who makes it', async () => {
    const place = (point: number[], district = '230102') => curator.post('/api/places', { ...draft, point, district });
    expect((await place([121.47, 31.23]).expect(400)).body.errors[0]).toMatchObject({ code: 'out-of-area' });
    expect((await place([45.7731, 126.6184]).expect(400)).body.errors).toEqual([
      { field: 'point', code: 'swapped-lng-lat', message: '经纬度写反了，要写 [126.6184, 45.7731]' },
    ]);
    const other = await place([126.66, 45.7]).expect(400);
    expect(other.body.errors[0]).toMatchObject({ field: 'point', code: 'other-district' });
    const elsewhere = await place([126.66, 45.7], '230103').expect(403);
    expect(elsewhere.body).toMatchObject({ code: 'not-allowed', errors: [{ field: 'district' }] });
    await neighbour.post('/api/places', { ...draft, point: [126.66, 45.7], district: '230103' }).expect(201);
  });

  test('with an id that is taken is refused', async () => {
    expect((await admin.post('/api/places', { ...draft, id: 'corner' }).expect(409)).body.code).toBe('already-exists');
  });
});

describe('a change', () => {
  test('changes what it names, removes with null, and is seen by everybody at once', async () => {
    const id = await newPlace({ seats: 4, host: 'bank' });
    const body = { name: '尔滨新驿 · 新名', seats: 8, host: null, hoursOsm: 'mo-fr 8:30-17:00' };
    const answer = await patch(curator, id, body, 1).expect(200);
    expect(answer.body.place).toMatchObject({ ...body, hoursOsm: 'Mo-Fr 08:30-17:00', version: 2, confirmedAt: null });
    expect(answer.headers.etag).toBe('"2"');
    const { body: feature } = await api.request.get(`/api/places/${id}`).expect(200);
    expect(feature.properties).toMatchObject({ name: body.name, host: null, version: 2 });
  });

  test('may call itself a merge patch, and takes the tag of the public page for a version', async () => {
    const id = await newPlace();
    const { headers } = await api.request.get(`/api/places/${id}`).expect(200);
    expect(headers.etag).toMatch(/^"1-[0-9a-f]+"$/);
    const type = { 'Content-Type': 'application/merge-patch+json', 'If-Match': headers.etag as string };
    await curator.patch(`/api/places/${id}`, { address: '新街 1 号' }, type).expect(200);
    await patch(curator, id, { address: '新街 2 号' }, 'W/"2"').expect(200);
  });

  test('needs a version', async () => {
    const id = await newPlace();
    expect((await curator.patch(`/api/places/${id}`, { name: '甲' }).expect(428)).body.code).toBe('version-required');
    await patch(curator, id, { name: '甲' }, 'yesterday').expect(400);
  });

  test('cannot touch what the store or a confirmation writes, but may send it back as it was', async () => {
    const id = await newPlace();
    const wrong = { id: 'other', kind: 'toilet', confirmedAt: '2026-11-20T09:00:00Z', version: 7 };
    const { body } = await patch(curator, id, wrong, 1).expect(400);
    expect(body.errors.map((error: { field: string }) => error.field)).toEqual([
      'id',
      'kind',
      'version',
      'confirmedAt',
    ]);
    const { body: whole } = await curator.get(`/api/desk/places/${id}`).expect(200);
    const answer = await patch(curator, id, { ...whole.place, name: '丁' }, 1).expect(200);
    expect(answer.body.place).toMatchObject({ name: '丁', version: 2 });
  });

  test('of a service is no confirmation: dates stay with what stays, and go with what changes', async () => {
    const at = '2026-11-18T09:00:00+08:00';
    const service = (code: 'rest' | 'wifi') => ({
      code,
      state: 'ok' as const,
      confirmedAt: at,
      confirmedBy: 'rider' as const,
    });
    const id = await newPlace({ services: [service('rest'), service('wifi')] });
    const services = [
      { code: 'rest' },
      { code: 'wifi', state: 'broken' },
      { code: 'aed', state: 'ok', confirmedAt: at },
    ];
    const { body } = await patch(curator, id, { services }, 1).expect(200);
    expect(body.place.services).toEqual([
      service('rest'),
      { code: 'wifi', state: 'broken', confirmedAt: null, confirmedBy: null },
      { code: 'aed', state: 'ok', confirmedAt: null, confirmedBy: null },
    ]);
  });

  test('outside one’s area is refused, and so is giving a place away', async () => {
    const id = await newPlace();
    expect((await patch(neighbour, id, { name: '乙' }, 1).expect(403)).body.detail).toContain('不在你负责的范围');
    await patch(curator, id, { district: '230103', point: [126.66, 45.7] }, 1).expect(403);
    await patch(admin, id, { district: '230103', point: [126.66, 45.7] }, 1).expect(200);
  });

  test.each([
    [{ status: 'paused' }, 'statusReason', 'reason-required'],
    [{ status: 'paused', statusReason: '停水', statusUntil: '2026-11-19T00:00:00Z' }, 'statusUntil', 'in-the-past'],
    [{ status: 'pending' }, 'status', 'not-a-next-status'],
    [{ status: 'disputed', statusReason: '两位以上骑手反映没有开门' }, 'statusReason', 'reserved-reason'],
    [{ statusReason: '没有原因' }, 'statusReason', 'not-with-status'],
    [
      {
        hoursExceptions: [{ from: '2026-11-21T00:00:00Z', until: '2026-11-20T00:00:00Z', open: false, reason: '停电' }],
      },
      'hoursExceptions.0.until',
      'out-of-range',
    ],
  ])('of status or hours that cannot be is refused: %j', async (body, field, code) => {
    const id = await newPlace();
    const answer = await patch(curator, id, body, 1).expect(400);
    expect(answer.body.errors[0]).toMatchObject({ field, code });
  });

  test('pauses with reason and end, retires out of sight, and brings back without either', async () => {
    const id = await newPlace();
    const pause = { status: 'paused', statusReason: '水管检修', statusUntil: '2026-12-01T00:00:00+08:00' };
    await patch(curator, id, pause, 1).expect(200);
    const { body } = await api.request.get(`/api/places/${id}`).expect(200);
    expect(body.properties).toMatchObject({ status: 'paused', hours: { state: 'paused' } });
    await patch(curator, id, { status: 'retired', statusReason: '租约到期' }, 2).expect(200);
    await api.request.get(`/api/places/${id}`).expect(404);
    const back = await patch(curator, id, { status: 'active' }, 3).expect(200);
    expect(back.body.place).toMatchObject({ status: 'active', statusReason: null, statusUntil: null });
    await api.request.get(`/api/places/${id}`).expect(200);
  });

  test('that lifts a dispute counts as a confirmation, so that one more voice does not dispute it again', async () => {
    const id = await newPlace();
    const devices = await Promise.all([1, 2, 3].map(() => deviceAged(api, 2 * DAY_MS)));
    const [one = '', two = '', three = ''] = devices;
    await confirm(api, one, 'open', false, id).expect(201);
    expect((await confirm(api, two, 'open', false, id).expect(201)).body.effect).toBe('disputed');
    api.clock.now += 60_000;
    const { body } = await patch(curator, id, { status: 'active' }, 2).expect(200);
    expect(body.place).toMatchObject({ status: 'active', confirmedBy: 'curator' });
    expect((await confirm(api, three, 'open', false, id).expect(201)).body.effect).toBe('noted');
  });
});

describe('two edits of one version', () => {
  test('are shown side by side, with who was first, and the second loses nothing', async () => {
    const id = await newPlace({ seats: 4 });
    await patch(admin, id, { name: '甲', address: '甲街' }, 1).expect(200);
    const { body, headers } = await patch(curator, id, { name: '乙', seats: 9 }, 1).expect(412);
    expect(body.code).toBe('version-conflict');
    expect(headers.etag).toBe('"2"');
    expect(body.detail).toContain(admin.account.displayName);
    expect(body.conflict.current).toMatchObject({ name: '甲', version: 2 });
    expect(body.conflict.changes).toEqual([
      { version: 2, at: expect.any(String), who: { kind: 'account', name: admin.account.displayName } },
    ]);
    const fields = Object.fromEntries(body.conflict.fields.map((each: { field: string }) => [each.field, each]));
    expect(fields).toEqual({
      name: { field: 'name', label: '名称', base: '尔滨新驿', yours: '乙', theirs: '甲', isBoth: true },
      seats: { field: 'seats', label: '座位', base: 4, yours: 9, theirs: 4, isBoth: false },
      address: expect.objectContaining({ yours: '上海街99号', theirs: '甲街', isBoth: false }),
    });
  });

  test('at the same time end with one, whichever it is', async () => {
    const id = await newPlace();
    const answers = await Promise.all([admin, curator].map((agent, i) => patch(agent, id, { name: `第${i}个` }, 1)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
  });

  test('of a version that never was is told so', async () => {
    const id = await newPlace();
    const { body } = await patch(curator, id, { name: '乙' }, 7).expect(412);
    expect(body.conflict).toMatchObject({ fields: null, version: 1 });
  });
});

describe('a history', () => {
  test('tells every change of a place, the newest first, riders’ too, with names and no phone', async () => {
    const id = await newPlace({ services: [{ code: 'rest', state: 'ok', confirmedAt: null, confirmedBy: null }] });
    await patch(curator, id, { name: '甲', phone: '0451-8888 0000' }, 1).expect(200);
    await confirm(api, await deviceAged(api, DAY_MS), 'services.rest', true, id).expect(201);
    const { body, text } = await curator.get(`/api/places/${id}/history`).expect(200);
    expect(body.items).toMatchObject([
      { version: 3, who: { kind: 'riders', name: '骑手' }, actLabel: '修改点位' },
      { version: 2, who: { kind: 'account', name: curator.account.displayName }, act: 'place.update' },
      { version: 1, who: { kind: 'system', name: '系统' }, actLabel: '新建点位', fields: [] },
    ]);
    expect(body.items[1].fields).toEqual(
      expect.arrayContaining([
        { field: 'name', label: '名称', from: '尔滨新驿', to: '甲', isRedacted: false },
        { field: 'phone', label: '公开电话', from: null, to: 'redacted', isRedacted: true },
      ]),
    );
    expect(text).not.toContain('8888');
  });

  test('comes in pages', async () => {
    const id = await newPlace();
    for (let version = 1; version <= 4; version++) await patch(curator, id, { name: `第${version}个` }, version);
    const versions: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: { body: { items: { version: number }[]; next: string | null } } = await curator
        .get(`/api/places/${id}/history?limit=2${next ? `&cursor=${next}` : ''}`)
        .expect(200);
      versions.push(...page.body.items.map((item) => item.version));
      next = page.body.next;
    }
    expect(versions).toEqual([5, 4, 3, 2, 1]);
  });

  test('is for those in charge', async () => {
    const id = await newPlace();
    const keeper = await signedIn(api, { role: 'keeper', placeIds: [id] });
    await keeper.get(`/api/places/${id}/history`).expect(200);
    await keeper.get('/api/places/corner/history').expect(403);
    await neighbour.get(`/api/places/${id}/history`).expect(403);
    await api.request.get(`/api/places/${id}/history`).expect(401);
  });
});

describe('going back to a version', () => {
  const revert = (id: string, version: number, now: number) =>
    curator.post(`/api/places/${id}/revert`, { version }, { 'If-Match': `"${now}"` });

  test('brings back what was edited as a new version, and leaves what was confirmed since', async () => {
    const services = [
      { code: 'rest' as const, state: 'ok' as const, confirmedAt: null, confirmedBy: null },
      { code: 'wifi' as const, state: 'ok' as const, confirmedAt: null, confirmedBy: null },
    ];
    const id = await newPlace({ services, seats: 4, entrance: { point: null, text: '侧门' } });
    await confirm(api, await deviceAged(api, DAY_MS), 'services.rest', true, id).expect(201);
    const confirmed = await api.store.places.get(id);
    await patch(
      curator,
      id,
      { name: '错的', seats: null, services: [{ code: 'rest' }], entrance: { floor: '二楼' } },
      2,
    ).expect(200);
    const { body } = await revert(id, 1, 3).expect(200);
    expect(body.place).toMatchObject({
      name: '尔滨新驿',
      seats: 4,
      entrance: { point: null, text: '侧门' },
      version: 4,
      confirmedAt: confirmed?.confirmedAt,
      services: confirmed?.services,
    });
    expect(body.place.entrance).not.toHaveProperty('floor');
    expect(body.notReverted).toEqual([]);
    const { body: history } = await curator.get(`/api/places/${id}/history?limit=1`).expect(200);
    expect(history.items[0]).toMatchObject({ act: 'place.revert', actLabel: '回到旧版本' });
  });

  test('says what it could not bring back', async () => {
    const id = await newPlace({ phone: '0451-1111 0000' });
    await patch(curator, id, { phone: '0451-2222 0000', name: '甲' }, 1).expect(200);
    const { body } = await revert(id, 1, 2).expect(200);
    expect(body.place).toMatchObject({ name: '尔滨新驿', phone: '0451-2222 0000' });
    expect(body.notReverted).toEqual([{ field: 'phone', reason: expect.stringContaining('公开电话') }]);
  });

  test('undoes a retirement, and refuses what is no earlier version or a state that may not follow', async () => {
    const id = await newPlace();
    await patch(curator, id, { status: 'retired', statusReason: '搬走了' }, 1).expect(200);
    const { body } = await revert(id, 1, 2).expect(200);
    expect(body.place).toMatchObject({ status: 'active', statusReason: null });
    for (const version of [3, 9]) await revert(id, version, 3).expect(400);
    await revert(id, 1, 1).expect(412);
    const pending = await newPlace({ status: 'pending' });
    await patch(curator, pending, { status: 'active' }, 1).expect(200);
    expect((await revert(pending, 1, 2).expect(400)).body.errors[0]).toMatchObject({ field: 'status' });
  });
});
