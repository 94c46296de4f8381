// What holds for every creation: who may send, how much, in what form, and that what is sent twice arrives once.

import { Agent, request as httpRequest } from 'node:http';
import { beforeAll, describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import sharp from 'sharp';
import { problemSchema } from '../../api/problem.ts';
import { type Api, startApi } from './support.ts';
import { CORNER, confirm, DAY_MS, deviceAged, GATE, post } from './voices-support.ts';

let api: Api;
let origin: string;
let rider: string;
beforeAll(async () => {
  api = await startApi([CORNER, GATE, { ...CORNER, id: 'elsewhere' }], { environment: { YIZHAN_TRUST_PROXY: '1' } });
  origin = `http://127.0.0.1:${(api.server.address() as { port: number }).port}`;
  rider = await deviceAged(api, 2 * DAY_MS);
});

const CONFIRMATIONS = '/api/places/corner/confirmations';
const VOICE = { field: 'open', value: true, method: 'gps' };
const freshDevice = () => deviceAged(api, DAY_MS);

function rowsOf(table: string): number {
  const database = new Sqlite(api.file, { readonly: true });
  const count = database.prepare(`select count(*) from ${table}`).pluck().get() as number;
  database.close();
  return count;
}

describe('what is sent twice', () => {
  const KEY = { 'Idempotency-Key': 'd0f2f2a0-5e0c-4b8a-9d53-2f1f6f0a7c11' };

  test('arrives once, with the first answer, however many come at the same time', async () => {
    const before = rowsOf('reports');
    const report = () => post(api, '/api/places/elsewhere/reports', rider, { problem: 'dirty', note: '湿' }, KEY);
    const answers = await Promise.all(Array.from({ length: 8 }, report));
    api.clock.now += 30 * DAY_MS;
    answers.push(await report());
    api.clock.now -= 30 * DAY_MS;
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(rowsOf('reports')).toBe(before + 1);
  });

  test('is refused when it is something else, or the key is none', async () => {
    const other = await post(api, '/api/places/elsewhere/reports', rider, { problem: 'closed' }, KEY).expect(422);
    expect(other.body.code).toBe('idempotency-mismatch');
    for (const key of ['', 'with blank', 'x'.repeat(129)]) {
      const { body } = await post(api, CONFIRMATIONS, rider, VOICE, { 'Idempotency-Key': key }).expect(400);
      expect(body.code).toBe('bad-idempotency-key');
    }
  });

  test('is its own for each device and each route', async () => {
    const before = rowsOf('confirmations');
    const [one, two] = [await freshDevice(), await freshDevice()];
    await post(api, CONFIRMATIONS, one, VOICE, KEY).expect(201);
    await post(api, CONFIRMATIONS, two, VOICE, KEY).expect(201);
    await post(api, '/api/places/elsewhere/confirmations', one, VOICE, KEY).expect(201);
    await post(api, CONFIRMATIONS, one, VOICE, KEY).expect(201);
    expect(rowsOf('confirmations')).toBe(before + 3);
  });

  test('also a device, a check-in, a count and a photo', async () => {
    const device = async () => (await api.request.post('/api/devices').set(KEY).expect(201)).body.token;
    const token = await device();
    expect(await device()).toBe(token);
    const send = (path: string, body: object) => post(api, path, token, body, KEY);
    for (const [path, body] of [
      ['/api/places/gate/check-ins', {}],
      ['/api/places/gate/counts', { available: 3, outOfService: 0 }],
    ] as const) {
      const first = await send(path, body).expect(201);
      const version = (await api.store.places.get('gate'))?.version;
      expect((await send(path, body).expect(201)).body).toEqual(first.body);
      expect((await api.store.places.get('gate'))?.version).toBe(version);
    }
    const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } })
      .png()
      .toBuffer();
    const photo = () =>
      api.request
        .post('/api/photos')
        .set({ ...KEY, 'Device-Token': token })
        .attach('photo', bytes, 'a.png');
    const ids = (await Promise.all([photo(), photo(), photo()])).map((answer) => answer.body.id);
    expect(ids).toEqual([ids[0], ids[0], (await photo()).body.id]);
    expect(rowsOf('photos')).toBe(1);
  });

  test('is forgotten after a month', async () => {
    api.clock.now += 32 * DAY_MS;
    await api.store.tidy('2026-11-01');
    api.clock.now -= 32 * DAY_MS;
    expect(rowsOf('answers')).toBe(0);
  });
});

describe('a body', () => {
  const raw = (type: string, body: string | Buffer, headers = {}) =>
    api.request
      .post(CONFIRMATIONS)
      .set({ 'Device-Token': rider, 'Content-Type': type, ...headers })
      .send(body);

  test.each([
    ['of another type', 'text/plain', '{}', 415, 'unsupported-type'],
    ['as a form', 'application/x-www-form-urlencoded', 'field=open', 415, 'unsupported-type'],
    ['that is cut short', 'application/json', '{"field":', 400, 'bad-json'],
    ['larger than 64 kB', 'application/json', `{"a":"${'x'.repeat(65_536)}"}`, 413, 'body-too-large'],
    ['that is a list', 'application/json', '[]', 400, 'invalid-body'],
    ['that is null', 'application/json', 'null', 400, 'invalid-body'],
    ['nested out of sight', 'application/json', '['.repeat(30_000), 400, 'bad-json'],
    [
      'with a prototype',
      'application/json',
      '{"__proto__":{"field":"open"},"value":true,"method":"gps"}',
      400,
      'invalid-body',
    ],
  ])('%s is refused', async (_name, type, body, status, code) => {
    const answer = await raw(type, body);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  });

  test('compressed is refused, in a strange charset too', async () => {
    await raw('application/json', '{}', { 'Content-Encoding': 'gzip' }).expect(415);
    await raw('application/json; charset=utf-8', JSON.stringify(VOICE)).expect(201);
    const gbk = httpRequest(`${origin}${CONFIRMATIONS}`, {
      method: 'POST',
      headers: { 'Device-Token': rider, 'Content-Type': 'application/json' },
    });
    const answered = new Promise<number | undefined>((resolve) =>
      gbk.on('response', (response) => resolve(response.resume().statusCode)),
    );
    gbk.end(Buffer.from('7b22b5e3223a317d', 'hex'));
    expect(await answered).toBe(400);
  });

  test('without an end is refused at 64 kB when its length was not said', async () => {
    const agent = new Agent();
    const headers = { 'Device-Token': rider, 'Content-Type': 'application/json' };
    const endless = httpRequest(`${origin}${CONFIRMATIONS}`, { method: 'POST', agent, headers });
    const answered = new Promise<number | undefined>((resolve) =>
      endless.on('response', (response) => resolve(response.resume().statusCode)),
    );
    for (let i = 0; i < 20; i++) endless.write('x'.repeat(10_000));
    endless.end();
    expect(await answered).toBe(413);
    agent.destroy();
  });
});

describe('a page of another site', () => {
  test.each([
    [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{ 'Sec-Fetch-Site': 'same-site', Origin: 'http://map.example:8080' }, 403],
    [{ Origin: 'https://evil.example' }, 403],
    [{ Origin: 'null' }, 403],
    [{ Origin: 'http://map.example:8080' }, 201],
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }, 201],
    [{}, 201],
  ])('%j gets %i', async (headers, status) => {
    const answer = await post(api, CONFIRMATIONS, rider, VOICE, headers).expect(status);
    if (status === 403) expect(answer.body.code).toBe('cross-origin');
    expect(answer.headers['access-control-allow-origin']).toBe(status === 201 ? undefined : '*');
  });

  test('is not told that it may write, and the address under which one visits counts as own', async () => {
    const { headers } = await api.request.options(CONFIRMATIONS).expect(204);
    expect(headers['access-control-allow-methods']).toBe('OPTIONS');
    await post(api, CONFIRMATIONS, rider, VOICE, { Host: 'rider.local', Origin: 'https://rider.local' }).expect(201);
  });
});

describe('how much', () => {
  test('three hundred riders behind one address each confirm and are never refused', async () => {
    const from = { 'X-Forwarded-For': '198.51.100.1' };
    for (let i = 0; i < 300; i++) {
      const { body } = await api.request.post('/api/devices').set(from).expect(201);
      const answer = await post(api, CONFIRMATIONS, body.token, VOICE, from);
      expect(answer.status).toBe(201);
    }
  });

  test('one device is refused at a place before it bores anybody, and told when to come again', async () => {
    const token = await freshDevice();
    const statuses = [];
    for (let i = 0; i < 31; i++) statuses.push((await confirm(api, token, 'open', true)).status);
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 201), 429]);
    const refused = await confirm(api, token, 'open', true).expect(429);
    expect(refused.body.code).toBe('too-many');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await confirm(api, token, 'open', true, 'elsewhere').expect(201);
    await confirm(api, await freshDevice(), 'open', true).expect(201);
    await api.request.get('/api/places/corner').expect(200);
  });

  test('devices of one address end after some hundreds, and a forged header does not help', async () => {
    const ask = (forged: string, address: string) =>
      api.request.post('/api/devices').set('X-Forwarded-For', `${forged}, ${address}`);
    let granted = 0;
    for (; granted < 1000; granted++) {
      if ((await ask(`10.0.${granted % 250}.${granted % 200}`, '2001:db8:1:2::7')).status === 429) break;
    }
    expect(granted).toBe(600);
    await ask('10.9.9.9', '2001:db8:1:2:ffff::1').expect(429);
    await ask('10.9.9.9', '2001:db8:1:3::7').expect(201);
  });
});

test('while another process holds the database, a write is answered 503 with a time to come again', async () => {
  const other = new Sqlite(api.file);
  other.exec('begin immediate');
  try {
    const answer = await post(api, CONFIRMATIONS, await freshToken(), VOICE).expect(503);
    expect(answer.headers['retry-after']).toBe('5');
    await api.request.get('/api/places/corner').expect(200);
  } finally {
    other.exec('rollback');
    other.close();
  }
  async function freshToken(): Promise<string> {
    return (await api.request.post('/api/devices').send({}).expect(201)).body.token;
  }
});

test('what riders said cannot be changed or deleted, not even by this program', () => {
  const database = new Sqlite(api.file);
  expect(() => database.exec('update confirmations set value = 0')).toThrow('never changed');
  expect(() => database.exec('delete from confirmations')).toThrow('never changed');
  database.close();
});

test('thousands of hostile bodies get an answer or a problem in the one shape, never a server error', async () => {
  const hostile = await startApi([CORNER, GATE]);
  const url = `http://127.0.0.1:${(hostile.server.address() as { port: number }).port}`;
  const tokens = await Promise.all(Array.from({ length: 100 }, () => deviceAged(hostile, 0)));
  const value = fc.oneof(
    fc.constantFrom(
      'open',
      'services.hot-water',
      'services.__proto__',
      true,
      false,
      'gps',
      'closed',
      'other',
      -1,
      3,
      '',
    ),
    fc.jsonValue({ maxDepth: 3 }),
    fc.string({ unit: 'binary', maxLength: 600 }),
  );
  const names = [
    'field',
    'value',
    'method',
    'problem',
    'note',
    'photoIds',
    'available',
    'outOfService',
    '__proto__',
    'toString',
  ];
  const body = fc.oneof(
    {
      arbitrary: fc
        .dictionary(fc.constantFrom(...names), value, { maxKeys: 4, noNullPrototype: false })
        .map((each) => JSON.stringify(each)),
      weight: 6,
    },
    {
      arbitrary: fc
        .record({ problem: fc.constantFrom('closed', 'dirty'), note: fc.string({ unit: 'binary', maxLength: 520 }) })
        .map((each) => JSON.stringify(each)),
      weight: 2,
    },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 80 }), weight: 1 },
    { arbitrary: fc.json(), weight: 1 },
  );
  const path = fc.constantFrom(
    '/api/places/corner/confirmations',
    '/api/places/corner/reports',
    '/api/places/gate/counts',
    '/api/places/corner/check-ins',
    '/api/devices',
    '/api/photos',
    '/api/places/%00/reports',
  );
  const type = fc.constantFrom(
    'application/json',
    'application/json',
    'application/json',
    'text/html',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
  );
  let turn = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(path, type, body), { minLength: 10, maxLength: 10 }), async (requests) => {
      await Promise.all(
        requests.map(async ([each, contentType, text]) => {
          const token = tokens[turn++ % tokens.length] as string;
          const headers = { 'Content-Type': contentType, 'Device-Token': token };
          const response = await fetch(`${url}${each}`, { method: 'POST', headers, body: text.toWellFormed() });
          expect(response.status).toBeLessThan(500);
          const answer: unknown = JSON.parse(await response.text());
          if (response.status >= 400) problemSchema.parse(answer);
        }),
      );
    }),
    { numRuns: 300 },
  );
  expect(hostile.written).toEqual([]);
});
