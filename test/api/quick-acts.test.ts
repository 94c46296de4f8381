// What those who look after a place say of it in one tap: live at once, audited, counted as a confirmation.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { station } from '../data/store/support.ts';
import { type DeskAgent, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';
import { confirm, DAY_MS, deviceAged, HOUR_MS } from './voices-support.ts';

let api: Api;
let curator: DeskAgent;
beforeAll(async () => {
  api = await startApi();
  curator = await signedIn(api, { role: 'curator', areaCode: '230102' });
});

let made = 0;
const declared = (code: 'hot-water' | 'rest') => ({ code, state: 'ok' as const, confirmedAt: null, confirmedBy: null });

/** A place and who looks after it. */
async function kept(overrides: Parameters<typeof station>[0] = {}): Promise<{ id: string; keeper: DeskAgent }> {
  const id = `kept-${++made}`;
  const services = [declared('hot-water'), declared('rest')];
  const draft = station({ id, services, hoursOsm: 'Mo-Su 08:00-20:00', ...overrides });
  await api.store.places.create(draft, { kind: 'system', name: 'tests' });
  return { id, keeper: await signedIn(api, { role: 'keeper', placeIds: [id] }) };
}
const act = (agent: DeskAgent, id: string, body: object, headers = {}) =>
  agent.post(`/api/places/${id}/quick-acts`, body, headers);
const seen = async (id: string, at?: string) => {
  const query = at ? `?at=${encodeURIComponent(at)}` : '';
  return (await api.request.get(`/api/places/${id}${query}`).expect(200)).body.properties;
};

describe('今天提前关门', () => {
  test('closes the place until the city’s midnight, everybody sees it at once, and 恢复 opens it again', async () => {
    const { id, keeper } = await kept();
    expect((await seen(id)).hours.state).toBe('open');
    const { body } = await act(keeper, id, { act: 'close-early' }).expect(200);
    expect(body).toMatchObject({ recorded: true, effect: null });
    expect(body.place.hoursExceptions).toEqual([
      { from: '2026-11-20T04:00:00.000Z', until: '2026-11-20T16:00:00.000Z', open: false, reason: '今天提前关门' },
    ]);
    const now = await seen(id);
    expect(now.hours).toMatchObject({ state: 'closed', opensAt: '2026-11-21T08:00:00+08:00' });
    expect(now).toMatchObject({ status: 'active', confirmedBy: 'keeper' });
    const reopened = await act(keeper, id, { act: 'reopen' }).expect(200);
    expect(reopened.body).toMatchObject({ effect: 'confirmed', place: { hoursExceptions: [] } });
    expect((await seen(id)).hours.state).toBe('open');
  });

  test('takes a time of its own; a later word replaces the earlier; one that is over already is refused', async () => {
    const { id, keeper } = await kept();
    await act(keeper, id, { act: 'close-early' }).expect(200);
    const until = '2026-11-20T15:00:00+08:00';
    const { body } = await act(keeper, id, { act: 'close-early', until }).expect(200);
    expect(body.place.hoursExceptions).toMatchObject([{ until, open: false }]);
    expect((await seen(id)).hours.opensAt).toBe(until);
    for (const wrong of ['2026-11-20T11:00:00+08:00', '2026-11-23T11:00:00+08:00']) {
      const answer = await act(keeper, id, { act: 'close-early', until: wrong }).expect(400);
      expect(answer.body.errors[0]).toMatchObject({ field: 'until', code: 'out-of-range' });
    }
  });

  test('leaves exceptions that somebody else announced', async () => {
    const power = {
      from: '2026-11-25T00:00:00+08:00',
      until: '2026-11-26T00:00:00+08:00',
      open: false,
      reason: '停电',
    };
    const { id, keeper } = await kept({ hoursExceptions: [power] });
    await act(keeper, id, { act: 'close-early' }).expect(200);
    const { body } = await act(keeper, id, { act: 'reopen' }).expect(200);
    expect(body.place.hoursExceptions).toEqual([power]);
  });
});

describe('a service', () => {
  test('that its keeper says is broken is broken at once, and works again by their word alone', async () => {
    const { id, keeper } = await kept();
    const broken = await act(keeper, id, { act: 'service-broken', service: 'hot-water' }).expect(200);
    expect(broken.body.effect).toBe('broken');
    expect((await seen(id)).services[0]).toMatchObject({ code: 'hot-water', state: 'broken', confirmedBy: 'keeper' });
    const mended = await act(keeper, id, { act: 'service-ok', service: 'hot-water' }).expect(200);
    expect(mended.body.effect).toBe('restored');
    expect(await seen(id)).toMatchObject({
      confirmedBy: 'keeper',
      services: [{ state: 'ok', confirmedBy: 'keeper' }, {}],
    });
  });

  test('that the place does not have is refused with those that it has', async () => {
    const { id, keeper } = await kept();
    const { body } = await act(keeper, id, { act: 'service-broken', service: 'wifi' }).expect(400);
    expect(body.errors[0].message).toBe('这里登记的设施是热水（hot-water）、休息（rest）');
  });

  test('a keeper’s word parts two riders’ who say otherwise', async () => {
    const { id, keeper } = await kept();
    const [one, two] = [await deviceAged(api, DAY_MS), await deviceAged(api, DAY_MS)];
    await confirm(api, one, 'services.rest', false, id).expect(201);
    await act(keeper, id, { act: 'service-ok', service: 'rest' }).expect(200);
    expect((await confirm(api, two, 'services.rest', false, id).expect(201)).body.effect).toBe('noted');
  });
});

describe('a pause', () => {
  const pause = { act: 'pause', until: '2026-11-22T09:00:00+08:00', reason: '水管检修' };

  test('has an end and a reason that riders read, and is ended by who began it', async () => {
    const { id, keeper } = await kept();
    await act(keeper, id, { act: 'pause', until: pause.until }).expect(400);
    await act(keeper, id, pause).expect(200);
    expect(await seen(id)).toMatchObject({ status: 'paused', statusReason: '水管检修', hours: { state: 'paused' } });
    await act(keeper, id, { act: 'close-early' }).expect(409);
    const { body } = await act(keeper, id, { act: 'resume' }).expect(200);
    expect(body).toMatchObject({ effect: 'confirmed', place: { status: 'active', statusReason: null } });
    expect((await act(keeper, id, { act: 'resume' }).expect(409)).body.code).toBe('not-now');
  });

  test('that the desk decided is not its keeper’s to end', async () => {
    const { id, keeper } = await kept();
    const body = { status: 'paused', statusReason: '安全检查' };
    await curator.patch(`/api/places/${id}`, body, { 'If-Match': '"1"' }).expect(200);
    const refused = await act(keeper, id, { act: 'resume' }).expect(409);
    expect(refused.body.detail).toContain('管理员');
    await act(keeper, id, pause).expect(409);
    await act(curator, id, { act: 'resume' }).expect(200);
  });
});

describe('今日人数', () => {
  test('is the day’s last count, beside what riders said, and starts anew tomorrow', async () => {
    const { id, keeper } = await kept();
    await act(keeper, id, { act: 'visitors', count: 12 }).expect(200);
    const { body } = await act(keeper, id, { act: 'visitors', count: 30 }).expect(200);
    expect(body).toMatchObject({ visitorsToday: 30, effect: 'confirmed' });
    const { body: record } = await keeper.get(`/api/desk/places/${id}`).expect(200);
    expect(record.today).toEqual({ visitors: 30, checkIns: 0 });
    for (const count of [-1, 1.5, 10_001, '30']) await act(keeper, id, { act: 'visitors', count }).expect(400);
    api.clock.now += 13 * HOUR_MS;
    const grid = await signedIn(api, { role: 'curator', areaCode: '230102' });
    expect((await grid.get(`/api/desk/places/${id}`).expect(200)).body.today.visitors).toBeNull();
    api.clock.now -= 13 * HOUR_MS;
  });
});

test('a place in doubt comes back by its keeper’s word', async () => {
  const { id, keeper } = await kept();
  for (const device of [await deviceAged(api, DAY_MS), await deviceAged(api, DAY_MS)]) {
    await confirm(api, device, 'open', false, id).expect(201);
  }
  expect((await seen(id)).status).toBe('disputed');
  const { body } = await act(keeper, id, { act: 'reopen' }).expect(200);
  expect(body).toMatchObject({ effect: 'restored', place: { status: 'active' } });
});

test('what was refused is not kept as the answer to a request that is sent again', async () => {
  const { id, keeper } = await kept();
  const key = { 'Idempotency-Key': 'resume-when-it-is-time' };
  await act(keeper, id, { act: 'resume' }, key).expect(409);
  await act(keeper, id, { act: 'pause', until: '2026-11-22T09:00:00+08:00', reason: '检修' }).expect(200);
  await act(keeper, id, { act: 'resume' }, key).expect(200);
  const again = await act(keeper, id, { act: 'resume' }, key).expect(200);
  expect(again.body.place.status).toBe('active');
});

test('each act is in the audit and in the place’s history by its own name and with who did it', async () => {
  const { id, keeper } = await kept();
  await act(keeper, id, { act: 'close-early' }).expect(200);
  await act(keeper, id, { act: 'reopen' }).expect(200);
  await act(keeper, id, { act: 'service-broken', service: 'rest' }).expect(200);
  await act(keeper, id, { act: 'visitors', count: 3 }).expect(200);
  const { body: history } = await keeper.get(`/api/places/${id}/history`).expect(200);
  const who = { kind: 'account', name: keeper.account.displayName };
  expect(history.items.slice(0, -1)).toMatchObject([
    { actLabel: '报设施故障', who },
    { actLabel: '恢复开门', who },
    { actLabel: '提前关门', who },
  ]);
  const { body: audit } = await curator.get(`/api/audit?subject=${id}`).expect(200);
  expect(audit.items.map((item: { actLabel: string }) => item.actLabel)).toEqual([
    '报今日人数',
    '报设施故障',
    '恢复开门',
    '提前关门',
    '新建点位',
  ]);
});

test('only those in charge may: own places, own area', async () => {
  const { id, keeper } = await kept();
  const other = await kept();
  const body = { act: 'visitors', count: 1 };
  await act(keeper, other.id, body).expect(403);
  await act(await signedIn(api, { role: 'grid-worker', areaCode: '230103' }), id, body).expect(403);
  await act(await signedIn(api, { role: 'grid-worker', areaCode: '230102' }), id, body).expect(200);
  await act(await signedIn(api, { role: 'merchant', placeIds: [id] }), id, body).expect(200);
  await api.request.post(`/api/places/${id}/quick-acts`).send(body).expect(401);
});
