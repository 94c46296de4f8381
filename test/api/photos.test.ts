import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { keepHouse } from '../../api/housekeeping.ts';
import { readDetails } from '../../data/details.ts';
import { type DeskAgent, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';
import { CORNER, DAY_MS, deviceAged, GATE, post } from './voices-support.ts';

let api: Api;
let token: string;
let curator: DeskAgent;
let elsewhere: DeskAgent;
beforeAll(async () => {
  api = await startApi([CORNER, GATE]);
  token = await deviceAged(api, 2 * DAY_MS);
  curator = await signedIn(api, { role: 'curator', areaCode: '230102' });
  elsewhere = await signedIn(api, { role: 'curator', areaCode: '230103' });
});

const jpeg = (width = 1600, height = 1200) =>
  sharp({ create: { width, height, channels: 3, background: '#3366aa' } })
    .jpeg()
    .toBuffer();

async function uploaded(): Promise<string> {
  const answer = await api.request
    .post('/api/photos')
    .set('Device-Token', token)
    .attach('photo', await jpeg(), 'a.jpg');
  return answer.body.id;
}

function added(agent: DeskAgent, place: string, bytes: Buffer, query = '') {
  return api.request.post(`/api/places/${place}/photos${query}`).set(agent.headers).attach('photo', bytes, 'a.jpg');
}

async function waiting(): Promise<{ id: number; version: number }[]> {
  return (await curator.get('/api/reviews?kind=photo').expect(200)).body.items;
}

function decide({ id, version }: { id: number; version: number }, body: object) {
  return curator.post(`/api/reviews/${id}/decision`, { version, ...body });
}

const files = (id: string) =>
  readdirSync(path.join(path.dirname(api.file), 'photos')).filter((name) => name.startsWith(id));

/** The place's photos as a phone gets them. */
async function onPhones(placeId: string) {
  const manifest = (await api.request.get('/api/snapshot').expect(200)).body;
  const details = (await api.request.get(manifest.detailsUrl).expect(200)).body;
  const all = Array.from({ length: details.count }, (_, i) => readDetails(details, i)?.photos ?? []);
  const ids = ((await api.store.places.get(placeId))?.photos ?? []).map((photo) => photo.id);
  return all.flat().filter((photo) => ids.includes(photo.id) || ids.length === 0);
}

describe('a rider’s photo of a place', () => {
  test('is nobody’s to see before the desk has looked, and the desk sees it', async () => {
    const id = await uploaded();
    await post(api, '/api/suggestions', token, { placeId: 'corner', changes: {}, photoIds: [id] }).expect(201);
    await api.request.get(`/photos/${id}-480.jpg`).expect(404);
    await api.request.get(`/api/photos/${id}`).expect(401);
    await elsewhere.get(`/api/photos/${id}`).expect(403);
    const seen = await curator.get(`/api/photos/${id}`).expect(200);
    expect(seen.headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'no-store' });
    const [item] = await waiting();
    const { body } = await curator.get(`/api/reviews/${item?.id}`).expect(200);
    expect(body.photos).toEqual([{ id, url: `/api/photos/${id}`, isPublic: false }]);
    await decide(item ?? { id: 0, version: 0 }, { decision: 'return', reason: '看不清是哪里' }).expect(200);
  });

  test('approved is on the place, in the snapshot and at its own address, with its size', async () => {
    const id = await uploaded();
    const sent = await post(api, '/api/suggestions', token, { placeId: 'corner', changes: {}, photoIds: [id] });
    const [item] = await waiting();
    await decide(item ?? { id: 0, version: 0 }, { decision: 'approve', alt: '驿站门口' }).expect(200);
    const photo = { id, alt: '驿站门口', width: 1280, height: 960 };
    expect((await api.store.places.get('corner'))?.photos).toEqual([photo]);
    expect(await onPhones('corner')).toEqual([photo]);
    const small = await api.request.get(`/photos/${id}-480.jpg`).expect(200);
    expect(await sharp(small.body).metadata()).toMatchObject({ format: 'jpeg', width: 480 });
    expect(small.headers['cache-control']).toBe('no-cache');
    await api.request
      .get(`/photos/${id}-480.jpg`)
      .set('If-None-Match', small.headers.etag ?? '')
      .expect(304);
    await api.request.get(`/photos/${id}-481.jpg`).expect(404);
    const { number, key } = sent.body;
    const receipt = await api.request.get(`/api/receipts/${number}`).set('Receipt-Key', key).expect(200);
    expect(receipt.body.status).toBe('approved');

    await curator.delete(`/api/photos/${id}`).expect(204);
    const gone = await api.request.get(`/photos/${id}-480.jpg`).set('If-None-Match', small.headers.etag ?? '');
    expect([gone.status, gone.body.code]).toEqual([410, 'photo-removed']);
    expect((await api.store.places.get('corner'))?.photos).toEqual([]);
    expect(await onPhones('corner')).toEqual([]);
    expect(files(id)).toEqual([]);
    await curator.delete(`/api/photos/${id}`).expect(404);
  });

  test('approved by mistake is taken back, and waits again', async () => {
    const id = await uploaded();
    await post(api, '/api/suggestions', token, { placeId: 'corner', changes: {}, photoIds: [id] });
    const [item] = await waiting();
    const { body } = await decide(item ?? { id: 0, version: 0 }, { decision: 'approve' }).expect(200);
    await curator.post(`/api/reviews/${body.id}/undo`).expect(200);
    await api.request.get(`/photos/${id}-1280.jpg`).expect(404);
    expect((await api.store.places.get('corner'))?.photos).toEqual([]);
    const [again] = await waiting();
    await decide(again ?? { id: 0, version: 0 }, { decision: 'return', reason: '不用' }).expect(200);
  });

  test('that the desk does not use is deleted a day later', async () => {
    const id = await uploaded();
    await post(api, '/api/suggestions', token, { placeId: 'corner', changes: {}, photoIds: [id] });
    const [item] = await waiting();
    await decide(item ?? { id: 0, version: 0 }, { decision: 'return', reason: '不用' }).expect(200);
    const house = { dataFolder: path.dirname(api.file), timezone: 'Asia/Shanghai' };
    // The files carry the machine's own time, which the test cannot set.
    await keepHouse(api.store, { ...house, nowMs: Date.now() + 2 * DAY_MS });
    expect(files(id)).toHaveLength(2);
    api.clock.now += 2 * DAY_MS;
    await keepHouse(api.store, { ...house, nowMs: Date.now() + 2 * DAY_MS });
    expect(files(id)).toEqual([]);
    curator = await signedIn(api, { role: 'curator', areaCode: '230102' });
    elsewhere = await signedIn(api, { role: 'curator', areaCode: '230103' });
  });

  test('of a new place waits until there is the place', async () => {
    const id = await uploaded();
    const body = { point: [126.61, 45.76], changes: { kind: 'station', name: '新驿站' }, photoIds: [id] };
    await post(api, '/api/suggestions', token, body).expect(201);
    expect(await waiting()).toEqual([]);
    await curator.get(`/api/photos/${id}`).expect(200);
    await elsewhere.get(`/api/photos/${id}`).expect(403);
    const { body: queue } = await curator.get('/api/reviews?kind=suggestion').expect(200);
    await decide(queue.items[0], { decision: 'approve' }).expect(200);
    expect(await waiting()).toHaveLength(1);
    await curator.post(`/api/reviews/${queue.items[0].id}/undo`).expect(200);
    expect(await waiting()).toEqual([]);
  });

  test('of a report stays the desk’s alone', async () => {
    const id = await uploaded();
    await post(api, '/api/places/corner/reports', token, { problem: 'dirty', photoIds: [id] }).expect(201);
    expect(await waiting()).toEqual([]);
    await curator.get(`/api/photos/${id}`).expect(200);
    await elsewhere.get(`/api/photos/${id}`).expect(403);
    await api.request.get(`/photos/${id}-1280.jpg`).expect(404);
  });
});

describe('the desk’s own photo', () => {
  test('is on the place at once', async () => {
    const { body } = await added(curator, 'gate', await jpeg(800, 1000), '?alt=%E4%B8%9C%E9%97%A8').expect(201);
    expect(body).toEqual({ id: body.id, alt: '东门', width: 800, height: 1000 });
    await api.request.get(`/photos/${body.id}-1280.jpg`).expect(200);
  });

  test('is no photo of another area, nor the seventh', async () => {
    await added(elsewhere, 'gate', await jpeg()).expect(403);
    for (let i = 0; i < 5; i++) await added(curator, 'gate', await jpeg(40, 30)).expect(201);
    const { body } = await added(curator, 'gate', await jpeg(40, 30)).expect(409);
    expect(body.code).toBe('photos-full');
    const known = new Set(((await api.store.places.get('gate'))?.photos ?? []).map((photo) => photo.id));
    expect(known.size).toBe(6);
    const kept = readdirSync(path.join(path.dirname(api.file), 'photos')).map((name) => name.split('-')[0] ?? '');
    for (const id of known) expect(kept).toContain(id);
    expect(existsSync(path.join(path.dirname(api.file), 'photos'))).toBe(true);
  });

  test('is not brought by an edit of the place', async () => {
    const place = await api.store.places.get('corner');
    const photos = [{ id: 'f'.repeat(32), alt: 'x', width: 1, height: 1 }];
    const answer = await curator.patch('/api/places/corner', { photos }, { 'If-Match': `"${place?.version}"` });
    expect(answer.status).toBe(400);
  });
});
