import { beforeAll, describe, expect, test } from '@jest/globals';
import { type DeskAgent, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';
import { CORNER } from './voices-support.ts';

const HOUR_MS = 3_600_000;

let api: Api;
let admin: DeskAgent;
let curator: DeskAgent;
beforeAll(async () => {
  api = await startApi([CORNER]);
  admin = await signedIn(api, { role: 'admin' });
  curator = await signedIn(api, { role: 'curator', areaCode: '230102' });
});

const inHours = (hours: number) => new Date(api.clock.now + hours * HOUR_MS).toISOString();
const winter = (from = 0, until = 5) => ({
  kind: 'winter',
  text: '零下 30 度，优先显示有供暖的驿站',
  from: inHours(from),
  until: inHours(until),
});

async function running(): Promise<{ id: string }[]> {
  return (await api.request.get('/api/announcements').expect(200)).body.items;
}

async function onPhones(): Promise<{ id: string }[]> {
  const { body } = await api.request.get('/api/snapshot').expect(200);
  return (await api.request.get(body.coreUrl).expect(200)).body.announcements;
}

describe('an announcement', () => {
  test('is there for all at once, also in the snapshot, and ends before its time', async () => {
    const before = (await api.request.get('/api/snapshot')).body.version;
    const { body } = await admin.post('/api/announcements', winter()).expect(201);
    expect(body).toMatchObject({ kind: 'winter', areaCode: null, state: 'running', endedAt: null });
    expect(body.createdBy).toEqual({ id: admin.account.id, name: admin.account.displayName });
    expect((await api.request.get('/api/snapshot')).body.version).not.toBe(before);
    expect(await onPhones()).toEqual([
      {
        id: body.id,
        kind: 'winter',
        text: '零下 30 度，优先显示有供暖的驿站',
        from: Math.floor(Date.parse(winter().from) / 60_000),
        until: Math.floor(Date.parse(winter().until) / 60_000),
      },
    ]);
    const answer = await api.request.get('/api/announcements').expect(200);
    expect(answer.body.items).toEqual([expect.objectContaining({ id: body.id, kind: 'winter' })]);
    await api.request
      .get('/api/announcements')
      .set('If-None-Match', answer.headers.etag ?? '')
      .expect(304);

    await admin.delete(`/api/announcements/${body.id}`).expect(204);
    expect(await running()).toEqual([]);
    expect(await onPhones()).toEqual([]);
    await admin.delete(`/api/announcements/${body.id}`).expect(409);
    const { body: desk } = await admin.get('/api/desk/announcements').expect(200);
    expect(desk.items).toMatchObject([{ id: body.id, state: 'over', createdBy: { name: admin.account.displayName } }]);
  });

  test('begins and ends by itself; phones have it beforehand', async () => {
    const { body } = await admin.post('/api/announcements', { ...winter(1, 2), kind: 'banner' }).expect(201);
    expect(body.state).toBe('waiting');
    expect(await running()).toEqual([]);
    expect((await onPhones()).map((each) => each.id)).toEqual([body.id]);
    api.clock.now += HOUR_MS;
    expect((await running()).map((each) => each.id)).toEqual([body.id]);
    api.clock.now += HOUR_MS;
    expect(await running()).toEqual([]);
    admin = await signedIn(api, { role: 'admin' });
    curator = await signedIn(api, { role: 'curator', areaCode: '230102' });
  });

  test('of a curator is for their own area', async () => {
    const refused = await curator.post('/api/announcements', winter()).expect(403);
    expect(refused.body.detail).toContain('不在你负责的范围');
    await curator.post('/api/announcements', { ...winter(), areaCode: '230103' }).expect(403);
    const { body } = await curator.post('/api/announcements', { ...winter(), areaCode: '230102001' }).expect(201);
    expect(body.areaCode).toBe('230102001');
    const city = await admin.post('/api/announcements', winter()).expect(201);
    await curator.delete(`/api/announcements/${city.body.id}`).expect(403);
    await admin.delete(`/api/announcements/${city.body.id}`).expect(204);
    await curator.delete(`/api/announcements/${body.id}`).expect(204);
  });

  test.each([
    [{ until: '2020-01-01T00:00:00Z', from: '2019-12-31T00:00:00Z' }, 'until'],
    [{ until: '2026-11-01T00:00:00Z', from: '2026-11-30T00:00:00Z' }, 'until'],
    [{ until: '2028-11-01T00:00:00Z' }, 'until'],
    [{ text: ' ' }, 'text'],
    [{ areaCode: '999999' }, 'areaCode'],
    [{ areaCode: '12' }, 'areaCode'],
    [{ kind: 'party' }, 'kind'],
  ])('%j is refused by the name of %s', async (wrong, field) => {
    const { body } = await admin.post('/api/announcements', { ...winter(), ...wrong }).expect(400);
    expect(body.errors.map((error: { field: string }) => error.field)).toContain(field);
  });

  test('sent twice with one key is one', async () => {
    const key = { 'Idempotency-Key': 'twice' };
    const body = winter();
    const first = await admin.post('/api/announcements', body, key).expect(201);
    const again = await admin.post('/api/announcements', body, key).expect(201);
    expect(again.body.id).toBe(first.body.id);
    expect(await running()).toHaveLength(1);
  });
});
