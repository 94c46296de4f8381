import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import sharp from 'sharp';
import { ConfigError, readConfig } from '../../api/config.ts';
import { keepHouse } from '../../api/housekeeping.ts';
import { createSecret, readSecretKey } from '../../api/secret.ts';
import { temporaryFolder } from '../data/store/support.ts';
import { type Api, startApi } from './support.ts';
import { CORNER, DAY_MS, deviceAged, GATE, HOUR_MS, post } from './voices-support.ts';

let api: Api;
let rider: string;
let other: string;
beforeAll(async () => {
  api = await startApi([CORNER, GATE], { environment: { YIZHAN_TRUST_PROXY: '1' } });
  rider = await deviceAged(api, 2 * DAY_MS);
  other = await deviceAged(api, 2 * DAY_MS);
});

const REPORTS = '/api/places/corner/reports';
const receipt = (number: string, key: string) => api.request.get(`/api/receipts/${number}`).set('Receipt-Key', key);
const upload = (bytes: Buffer, token = rider, name = 'photo.jpg') =>
  api.request.post('/api/photos').set('Device-Token', token).attach('photo', bytes, name);
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#3a7' } });
const photosIn = () => {
  const folder = path.join(path.dirname(api.file), 'photos');
  return { folder, names: readdirSync(folder).sort() };
};

/** Every value of every table, by `table.column`. */
function everythingKept(file: string): Map<string, unknown[]> {
  const database = new Sqlite(file, { readonly: true });
  const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
  const kept = new Map<string, unknown[]>();
  for (const table of tables) {
    for (const row of database.prepare(`select * from ${table}`).all() as object[]) {
      for (const [column, value] of Object.entries(row)) {
        kept.set(`${table}.${column}`, [...(kept.get(`${table}.${column}`) ?? []), value]);
      }
    }
  }
  database.close();
  return kept;
}

describe('a report', () => {
  test('gets a number and a key, with which its receipt can be asked for, and nothing else can', async () => {
    const { body } = await post(api, REPORTS, rider, { problem: 'dirty', note: '地上有水' }).expect(201);
    expect(body).toEqual({
      number: expect.stringMatching(/^HRB-[0-9A-HJKMNP-TV-Z]{6}$/),
      key: expect.stringMatching(/^[\w-]{32}$/),
    });
    expect((await receipt(body.number.toLowerCase(), body.key).expect(200)).body).toEqual({
      kind: 'report',
      number: body.number,
      place: { id: 'corner', name: CORNER.name },
      problem: 'dirty',
      status: 'received',
      at: new Date(api.clock.now).toISOString(),
      hasPhotos: false,
      outcome: null,
    });
    const wrongKey = await receipt(body.number, `${body.key}x`).expect(404);
    const noKey = await api.request.get(`/api/receipts/${body.number}`).expect(404);
    const unknown = await receipt('HRB-000000', body.key).expect(404);
    for (const { body: problem } of [wrongKey, noKey]) {
      expect({ ...problem, instance: '' }).toEqual({ ...unknown.body, instance: '' });
    }
  });

  test('of a closed door is a voice too, and two of two devices put the place in doubt', async () => {
    await post(api, '/api/places/gate/reports', rider, { problem: 'closed' }).expect(201);
    expect((await api.request.get('/api/places/gate')).body.properties.status).toBe('active');
    await post(api, '/api/places/gate/reports', other, { problem: 'closed' }).expect(201);
    expect((await api.request.get('/api/places/gate')).body.properties.status).toBe('disputed');
  });

  test.each([
    [{ problem: 'fire' }, 'problem'],
    [{ problem: 'other', note: '长'.repeat(501) }, 'note'],
    [{ problem: 'other', note: '\ud800' }, 'note'],
    [{ problem: 'other', photoIds: Array.from({ length: 4 }, (_, i) => String(i).repeat(32)) }, 'photoIds'],
    [{ problem: 'other', photoIds: ['../secret.key'] }, 'photoIds.0'],
    [{ problem: 'other', photoIds: ['0'.repeat(32)] }, 'photoIds.0'],
    [{ problem: 'other', key: 'mine' }, 'key'],
  ])('%j is refused by name: %s', async (body, field) => {
    const { body: problem } = await post(api, REPORTS, rider, body).expect(400);
    expect(problem.errors[0].field).toBe(field);
  });
});

describe('a photo', () => {
  test('is kept in two sizes, upright, without what the camera wrote, and is served to nobody', async () => {
    const original = await picture(3000, 2000)
      .withExif({ IFD0: { Copyright: 'CANARY-OWNER' }, IFD3: { GPSLatitude: '45/1 45/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(original).metadata()).exif).toBeDefined();
    const { body } = await upload(original).expect(201);
    const { folder, names } = photosIn();
    expect(names).toEqual([`${body.id}-1280.jpg`, `${body.id}-480.jpg`]);
    const sizes = [];
    for (const name of names) {
      const file = path.join(folder, name);
      const { width, height, exif, format, orientation } = await sharp(file).metadata();
      expect({ exif, format, orientation }).toEqual({ exif: undefined, format: 'jpeg', orientation: undefined });
      expect(readFileSync(file).includes('CANARY')).toBe(false);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      sizes.push([width, height]);
    }
    expect(sizes).toEqual([
      [1280, 1920],
      [480, 720],
    ]);
    for (const url of [`/photos/${names[0]}`, `/assets/${names[0]}`]) {
      expect((await api.request.get(url)).status).toBe(404);
    }
    expect((await api.request.get(`/api/photos/${body.id}`)).status).toBe(401);
  });

  test('belongs to the device that sent it, and to one report', async () => {
    const { body: photo } = await upload(await picture(60, 40).webp().toBuffer()).expect(201);
    const body = { problem: 'dirty', photoIds: [photo.id] };
    await post(api, REPORTS, other, body).expect(400);
    const { body: report } = await post(api, REPORTS, rider, body).expect(201);
    expect((await receipt(report.number, report.key)).body.hasPhotos).toBe(true);
    expect((await post(api, REPORTS, rider, body).expect(400)).body.errors[0].field).toBe('photoIds.0');
  });

  test('that nobody claims goes after a day, one that is claimed stays', async () => {
    const { body: loose } = await upload(await picture(50, 50).png().toBuffer()).expect(201);
    const { body: claimed } = await upload(await picture(51, 50).png().toBuffer()).expect(201);
    await post(api, REPORTS, rider, { problem: 'dirty', photoIds: [claimed.id] }).expect(201);
    const keep = () => {
      const nowMs = Date.now() + 25 * HOUR_MS;
      return keepHouse(api.store, { dataFolder: path.dirname(api.file), timezone: 'Asia/Shanghai', nowMs });
    };
    await keep();
    expect(photosIn().names.some((name) => name.startsWith(loose.id))).toBe(true);
    api.clock.now += 25 * HOUR_MS;
    await keep();
    api.clock.now -= 25 * HOUR_MS;
    const { names } = photosIn();
    expect(names.filter((name) => name.startsWith(loose.id))).toEqual([]);
    expect(names.filter((name) => name.startsWith(claimed.id))).toHaveLength(2);
  });

  test('that is none, or a bomb, or broken, is refused, and leaves nothing behind', async () => {
    const before = photosIn().names;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>');
    const flood = await picture(6000, 4001).png({ compressionLevel: 9 }).toBuffer();
    const whole = await picture(400, 400).jpeg().toBuffer();
    const pngHead = (await picture(20, 20).png().toBuffer()).subarray(0, 16);
    const claims = Buffer.concat([pngHead, Buffer.from('ffffffffffffffff0806000000', 'hex'), Buffer.alloc(60)]);
    const cases: [Buffer, number, string][] = [
      [svg, 415, 'not-a-photo'],
      [Buffer.from('<!doctype html><script>alert(1)</script>'), 415, 'not-a-photo'],
      [Buffer.from('504b03041400000008', 'hex'), 415, 'not-a-photo'],
      [Buffer.from('GIF89a\x01\x00\x01\x00'), 415, 'not-a-photo'],
      [Buffer.from('%PDF-1.7'), 415, 'not-a-photo'],
      [Buffer.alloc(0), 415, 'not-a-photo'],
      [flood, 413, 'photo-too-large'],
      [Buffer.concat([whole.subarray(0, 200), Buffer.alloc(9 * 1024 * 1024)]), 413, 'photo-too-large'],
      [whole.subarray(0, whole.length / 2), 422, 'broken-photo'],
      [Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), svg]), 422, 'broken-photo'],
    ];
    for (const [bytes, status, code] of cases) {
      const response = await upload(bytes, other);
      expect({ status: response.status, code: response.body.code }).toEqual({ status, code });
    }
    expect([413, 422]).toContain((await upload(claims, other)).status);
    expect(photosIn().names).toEqual(before);
  });

  test('comes alone, as multipart, and with a token', async () => {
    const bytes = await picture(20, 20).jpeg().toBuffer();
    await api.request.post('/api/photos').attach('photo', bytes, 'a.jpg').expect(401);
    await api.request.post('/api/photos').set('Device-Token', rider).send({ photo: 'x' }).expect(415);
    const two = await upload(bytes).attach('second', bytes, 'b.jpg').expect(400);
    expect(two.body.code).toBe('bad-upload');
    await upload(bytes).field('note', 'hello').expect(400);
  });
});

test('note, token, keys and address are in no log, no public answer, and in clear in no table', async () => {
  api = await startApi([CORNER], { environment: { YIZHAN_TRUST_PROXY: '1' } });
  const canaries = { note: 'CANARY-NOTE-13800138000', address: '203.0.113.77', once: 'CANARY-IDEMPOTENCY-KEY' };
  const headers = { 'X-Forwarded-For': canaries.address, 'Idempotency-Key': canaries.once };
  const { body: device } = await api.request.post('/api/devices').set(headers).send({}).expect(201);
  const body = { problem: 'other', note: canaries.note };
  const { body: report } = await post(api, REPORTS, device.token, body, headers).expect(201);
  await receipt(report.number, report.key).set(headers).expect(200);
  await receipt(report.number, 'CANARY-WRONG-KEY').set(headers).expect(404);
  await post(api, REPORTS, device.token, { ...body, note: 'CANARY'.repeat(200) }, headers).expect(400);
  // Where photos would go there is a file: the server's own fault, and logged.
  writeFileSync(path.join(path.dirname(api.file), 'photos'), '');
  await upload(await picture(9, 9).png().toBuffer(), device.token)
    .set(headers)
    .expect(500);

  const secrets = [...Object.values(canaries), device.token, report.key, 'CANARY'];
  expect(api.written).toHaveLength(1);
  const kept = everythingKept(api.file);
  expect(kept.get('reports.note')).toContainEqual(expect.stringMatching(/^[\w-]{40,}$/));
  const answers = [];
  for (const url of ['/api/places', '/api/places/corner', '/api/snapshot', '/api/stats', '/', '/p/corner']) {
    answers.push((await api.request.get(url)).text);
  }
  const { coreUrl, detailsUrl } = (await api.request.get('/api/snapshot')).body;
  for (const url of [coreUrl, detailsUrl]) answers.push(JSON.stringify((await api.request.get(url)).body));
  for (const text of [...api.written, JSON.stringify([...kept]), ...answers]) {
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
  // The database's own files, what was deleted from tables included.
  for (const suffix of ['', '-wal']) {
    for (const secret of secrets) expect(readFileSync(`${api.file}${suffix}`).includes(secret)).toBe(false);
  }
});

test('a note can be read with the secret and its report, and with nothing else', async () => {
  const { body } = await post(api, REPORTS, await deviceAged(api, 0), { problem: 'other', note: ' 门口有冰 ' }).expect(
    201,
  );
  const database = new Sqlite(api.file, { readonly: true });
  const sealed = database.prepare('select note from reports where number = ?').pluck().get(body.number) as string;
  database.close();
  const secret = createSecret(readSecretKey({ secretKey: null, dataFolder: path.dirname(api.file) }));
  expect(secret.open('report-note', sealed, body.number)).toBe('门口有冰');
  expect(() => secret.open('report-note', sealed, 'HRB-000000')).toThrow();
  expect(() => secret.open('idempotency-answer', sealed, body.number)).toThrow();
  expect(() => createSecret('x'.repeat(32)).open('report-note', sealed, body.number)).toThrow();
});

test('the key file is made once, for its owner alone, and half a key is refused', () => {
  const dataFolder = path.dirname(api.file);
  const file = path.join(dataFolder, 'secret.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readSecretKey({ secretKey: null, dataFolder })).toBe(readFileSync(file, 'utf8').trim());
  expect(readdirSync(dataFolder).filter((name) => name.startsWith('secret.key'))).toEqual(['secret.key']);
  const copied = temporaryFolder();
  const copy = path.join(copied, 'secret.key');
  writeFileSync(copy, `${'k'.repeat(32)}\n`, { mode: 0o644 });
  expect(readSecretKey({ secretKey: null, dataFolder: copied })).toBe('k'.repeat(32));
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  writeFileSync(copy, 'half');
  expect(() => readSecretKey({ secretKey: null, dataFolder: copied })).toThrow(ConfigError);
  expect(() => readConfig({ YIZHAN_SECRET_KEY: 'hunter2' })).toThrow(/YIZHAN_SECRET_KEY：要至少 32 个(?!.*hunter2)/);
});
