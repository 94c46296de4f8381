import { beforeEach, describe, expect, test } from '@jest/globals';
import { DISPUTED_BY_RIDERS } from '../../data/voices.ts';
import { tester } from '../data/store/support.ts';
import { type Api, startApi } from './support.ts';
import { CORNER, confirm, DAY_MS, deviceAged, GATE, HOUR_MS, post } from './voices-support.ts';

let api: Api;
let first: string;
let second: string;
let young: string;
beforeEach(async () => {
  api = await startApi([CORNER, GATE]);
  first = await deviceAged(api, 2 * DAY_MS);
  second = await deviceAged(api, DAY_MS);
  young = await deviceAged(api, DAY_MS - 1000);
});

const properties = async (id = 'corner') => (await api.request.get(`/api/places/${id}`).expect(200)).body.properties;

describe('is it open', () => {
  test('a yes makes the place fresh at once, in the store, the index and the snapshot', async () => {
    const before = (await api.request.get('/api/snapshot')).body.version;
    const { body } = await confirm(api, young, 'open', true).expect(201);
    const at = new Date(api.clock.now).toISOString();
    expect(body).toEqual({ recorded: true, effect: 'confirmed', confirmedAt: at });
    expect(await properties()).toMatchObject({ confirmedAt: at, confirmedBy: 'rider', version: 2, status: 'active' });
    expect((await api.request.get('/api/snapshot')).body.version).not.toBe(before);
  });

  test('one device never hides a place, however often it says no', async () => {
    for (let i = 0; i < 5; i++) {
      const { body } = await confirm(api, first, 'open', false).expect(201);
      expect(body).toEqual({ recorded: true, effect: 'noted', confirmedAt: null });
      api.clock.now += HOUR_MS;
    }
    expect(await properties()).toMatchObject({ status: 'active', version: 1 });
  });

  test('two independent ones put it in doubt, with the reason, and two take it back', async () => {
    await confirm(api, first, 'open', false);
    expect((await confirm(api, second, 'open', false)).body.effect).toBe('disputed');
    expect(await properties()).toMatchObject({ status: 'disputed', statusReason: DISPUTED_BY_RIDERS, version: 2 });
    const third = await deviceAged(api, DAY_MS);
    expect((await confirm(api, third, 'open', true)).body.effect).toBe('noted');
    expect((await confirm(api, young, 'open', true)).body.effect).toBe('noted');
    api.clock.now += 1000;
    const { body } = await confirm(api, first, 'open', true);
    expect(body).toEqual({ recorded: true, effect: 'restored', confirmedAt: new Date(api.clock.now).toISOString() });
    expect(await properties()).toMatchObject({ status: 'active', statusReason: null, confirmedBy: 'rider' });
  });

  test('a device younger than a day is no second voice', async () => {
    await confirm(api, first, 'open', false);
    expect((await confirm(api, young, 'open', false)).body.effect).toBe('noted');
    expect((await properties()).status).toBe('active');
    api.clock.now += 1000;
    expect((await confirm(api, young, 'open', false)).body.effect).toBe('disputed');
  });

  test('a doubt that the desk raised, or a pause, is not lifted by riders', async () => {
    const changes = { status: 'disputed', statusReason: '正在核对地址' } as const;
    await api.store.places.update('corner', changes, { version: 1, actor: tester });
    for (const token of [first, second]) expect((await confirm(api, token, 'open', true)).body.effect).toBe('noted');
    expect(await properties()).toMatchObject({ status: 'disputed', confirmedAt: null });
  });
});

describe('does it work', () => {
  test('a yes confirms the service and makes the place fresh', async () => {
    const { body } = await confirm(api, young, 'services.hot-water', true).expect(201);
    const { services, confirmedAt } = await properties();
    expect(services[0]).toEqual({
      code: 'hot-water',
      state: 'ok',
      confirmedAt: body.confirmedAt,
      confirmedBy: 'rider',
    });
    expect(services[1].confirmedAt).toBeNull();
    expect(confirmedAt).toBe(body.confirmedAt);
  });

  test('two independent noes mark it broken, which a young yes does not undo and an old one does', async () => {
    expect((await confirm(api, first, 'services.hot-water', false)).body.effect).toBe('noted');
    expect((await confirm(api, second, 'services.hot-water', false)).body.effect).toBe('broken');
    const after = await properties();
    expect(after.services[0]).toMatchObject({ state: 'broken', confirmedBy: 'rider' });
    expect(after).toMatchObject({ status: 'active', confirmedAt: null });
    expect((await confirm(api, young, 'services.hot-water', true)).body.effect).toBe('noted');
    expect((await confirm(api, first, 'services.hot-water', true)).body.effect).toBe('restored');
    expect((await properties()).services[0].state).toBe('ok');
  });

  test('a service that the place does not have is refused with those that it has', async () => {
    const { body } = await confirm(api, first, 'services.shower', true).expect(400);
    expect(body.errors).toEqual([
      { field: 'field', code: 'unknown-value', message: expect.stringContaining('services.rest') },
    ]);
  });
});

test('a place may be named by its short code, and one that nobody may see is not there', async () => {
  const { shortCode } = await properties();
  await confirm(api, first, 'open', true, shortCode.toLowerCase()).expect(201);
  const before = await api.store.places.get('corner');
  await api.store.places.update('corner', { status: 'retired' }, { version: before?.version ?? 0, actor: tester });
  for (const id of ['corner', 'nowhere']) {
    expect((await confirm(api, first, 'open', true, id).expect(404)).body.code).toBe('not-found');
  }
});

test('what is wrong with a body is named, field by field', async () => {
  const { body } = await post(api, '/api/places/corner/confirmations', first, {
    field: 'door',
    value: 'yes',
    by: 'curator',
  });
  expect(body).toMatchObject({ status: 400, code: 'invalid-body' });
  expect(body.errors.map((error: { field: string }) => error.field)).toEqual(['field', 'value', 'method', 'by']);
});

test('a token is needed, a forged one is refused, and one of before a restart goes on', async () => {
  const path = '/api/places/corner/confirmations';
  const voice = { field: 'open', value: true, method: 'gps' };
  expect((await post(api, path, undefined, voice).expect(401)).body.code).toBe('device-token-missing');
  const forged = [
    `A${first.slice(1)}`,
    `${first.slice(0, -1)}${first.endsWith('A') ? 'E' : 'A'}`,
    'x',
    '热水'.repeat(0) || 'a'.repeat(72),
  ];
  for (const token of forged.filter((each) => each !== first)) {
    expect((await post(api, path, token, voice).expect(401)).body.code).toBe('device-token-invalid');
  }
  const again = await startApi([], { file: api.file });
  await confirm(again, first, 'open', true).expect(201);
  const elsewhere = await startApi([CORNER], {
    environment: { YIZHAN_SECRET_KEY: 'another secret of 32 characters!' },
  });
  expect((await confirm(elsewhere, first, 'open', true).expect(401)).body.code).toBe('device-token-invalid');
});

describe('bikes', () => {
  const count = (body: object, id = 'gate') => post(api, `/api/places/${id}/counts`, young, body);

  test('that somebody counted stand on the place, with the time', async () => {
    const { body } = await count({ available: 6, outOfService: 2 }).expect(201);
    const lastReportedAt = new Date(api.clock.now).toISOString();
    expect(body).toEqual({ recorded: true, available: 6, outOfService: 2, lastReportedAt });
    expect(await properties('gate')).toMatchObject({
      bikesAvailable: 6,
      bikesOutOfService: 2,
      lastReportedAt,
      confirmedAt: null,
    });
  });

  test('are not more than there are, and are nowhere else', async () => {
    const tooMany = await count({ available: 9, outOfService: 2 }).expect(400);
    expect(tooMany.body).toMatchObject({ code: 'out-of-range', errors: [{ field: 'available' }] });
    expect((await count({ available: -1, outOfService: 0.5 }).expect(400)).body.errors).toHaveLength(2);
    expect((await count({ available: 1, outOfService: 0 }, 'corner').expect(409)).body.code).toBe('not-a-swap-point');
  });
});

test('whoever arrives is counted once a day and place, by the day of the city', async () => {
  const arrive = (token: string, id = 'corner') => post(api, `/api/places/${id}/check-ins`, token, {});
  expect((await arrive(first).expect(201)).body).toEqual({ counted: true, today: 1 });
  expect((await arrive(first).expect(200)).body).toEqual({ counted: false, today: 1 });
  expect((await arrive(young).expect(201)).body).toEqual({ counted: true, today: 2 });
  expect((await arrive(first, 'gate').expect(201)).body.today).toBe(1);
  api.clock.now += 12 * HOUR_MS - 1000;
  await arrive(first).expect(200);
  api.clock.now += 1000;
  expect((await arrive(first).expect(201)).body).toEqual({ counted: true, today: 1 });
});
