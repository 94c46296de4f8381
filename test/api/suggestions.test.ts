import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import sharp from 'sharp';
import { type Api, startApi } from './support.ts';
import { CORNER, DAY_MS, deviceAged, post } from './voices-support.ts';

const SPOT = [126.6, 45.76];
const NEW_STATION = { point: SPOT, changes: { kind: 'station', name: '江边骑手之家' } };

async function suggested(api: Api, token: string, body: object): Promise<{ number: string; key: string }> {
  const answer = await post(api, '/api/suggestions', token, body).expect(201);
  return answer.body;
}

function receipt(api: Api, { number, key }: { number: string; key: string }) {
  return api.request.get(`/api/receipts/${number}`).set('Receipt-Key', key);
}

let api: Api;
let token: string;
beforeAll(async () => {
  api = await startApi([CORNER]);
  token = await deviceAged(api, 2 * DAY_MS);
});

describe('a suggestion', () => {
  test('of a new place is taken, changes nothing, and can be followed by its receipt', async () => {
    const sent = await suggested(api, token, NEW_STATION);
    expect(sent.number).toMatch(/^HRB-[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(await api.allPlaces()).toHaveLength(1);
    const { body } = await receipt(api, sent).expect(200);
    expect(body).toEqual({
      kind: 'suggestion',
      number: sent.number,
      place: { id: null, name: '江边骑手之家' },
      problem: null,
      status: 'received',
      at: new Date(api.clock.now).toISOString(),
      hasPhotos: false,
      outcome: null,
    });
  });

  test('of a known place may be by its short code, and says the place in the receipt', async () => {
    const [place] = await api.allPlaces();
    const sent = await suggested(api, token, { placeId: place?.shortCode, changes: { hoursText: '每天 8:00–22:00' } });
    const { body } = await receipt(api, sent).expect(200);
    expect(body.place).toEqual({ id: 'corner', name: place?.name });
  });

  test('with another key is nobody’s', async () => {
    const sent = await suggested(api, token, NEW_STATION);
    await receipt(api, { ...sent, key: 'x'.repeat(32) }).expect(404);
  });

  test('sent twice with one key arrives once', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await post(api, '/api/suggestions', token, NEW_STATION, headers).expect(201);
    const again = await post(api, '/api/suggestions', token, NEW_STATION, headers).expect(201);
    expect(again.body).toEqual(first.body);
    const other = { ...NEW_STATION, changes: { kind: 'toilet', name: '公厕' } };
    await post(api, '/api/suggestions', token, other, headers).expect(422);
  });

  test.each([
    [{ changes: { kind: 'station', name: '驿站' } }, 'point'],
    [{ point: SPOT, changes: {} }, 'changes.kind'],
    [{ point: SPOT, changes: { kind: 'event-point', name: '活动' } }, 'changes.kind'],
    [{ placeId: 'corner', changes: {} }, 'changes'],
    [{ placeId: 'corner', changes: { kind: 'toilet' } }, 'changes.kind'],
    [{ placeId: 'corner', changes: { phone: '110' } }, 'changes.phone'],
    [{ placeId: 'corner', changes: { services: { add: ['toilet'], remove: ['toilet'] } } }, 'changes.services'],
    [{ placeId: 'corner', changes: { name: '  ' } }, 'changes.name'],
    [{ placeId: 'corner', changes: { name: 'a\ud800' } }, 'changes.name'],
  ])('%j is refused by the name of %s', async (body, field) => {
    const answer = await post(api, '/api/suggestions', token, body).expect(400);
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toContain(field);
  });

  test('outside the city is refused, and swapped coordinates by name', async () => {
    const sydney = await post(api, '/api/suggestions', token, { ...NEW_STATION, point: [151.2, -33.9] }).expect(400);
    expect(sydney.body.code).toBe('out-of-area');
    const swapped = await post(api, '/api/suggestions', token, { ...NEW_STATION, point: [45.76, 126.6] });
    expect(swapped.status).toBe(400);
  });

  test('without a device’s token, or about a place that is not there, is refused', async () => {
    await post(api, '/api/suggestions', undefined, NEW_STATION).expect(401);
    await post(api, '/api/suggestions', token, { placeId: 'nowhere', changes: { name: '驿站' } }).expect(404);
  });

  test('takes photos of its own device, once', async () => {
    const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#336' } })
      .jpeg()
      .toBuffer();
    const photo = await api.request.post('/api/photos').set('Device-Token', token).attach('photo', jpeg, 'a.jpg');
    const body = { placeId: 'corner', changes: {}, photoIds: [photo.body.id] };
    const other = await deviceAged(api, DAY_MS);
    await post(api, '/api/suggestions', other, body).expect(400);
    const sent = await suggested(api, token, body);
    expect((await receipt(api, sent)).body.hasPhotos).toBe(true);
    await post(api, '/api/suggestions', token, body).expect(400);
  });

  test('is limited by device and place', async () => {
    const eager = await deviceAged(api, DAY_MS);
    const statuses = [];
    for (let i = 0; i < 31; i++) statuses.push((await post(api, '/api/suggestions', eager, NEW_STATION)).status);
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(201));
    expect(statuses[30]).toBe(429);
  });
});

test('what a rider writes for the desk is legible neither in the database nor in the log', async () => {
  const canary = '金丝雀 13812345678';
  await suggested(api, token, { placeId: 'corner', changes: {}, note: canary });
  const database = new Sqlite(api.file, { readonly: true });
  const rows = JSON.stringify([
    database.prepare('select * from suggestions').all(),
    database.prepare('select * from reviews').all(),
    database.prepare('select * from audit').all(),
  ]);
  database.close();
  expect(rows).not.toContain('金丝雀');
  expect(rows).not.toContain('13812345678');
  expect(api.written.join()).not.toContain('金丝雀');
});
