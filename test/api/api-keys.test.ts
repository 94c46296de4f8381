import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { commonFields } from '../data/store/plain-station.ts';
import { type DeskAgent, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';
import { CORNER } from './voices-support.ts';

let api: Api;
let admin: DeskAgent;
beforeAll(async () => {
  api = await startApi([CORNER, { kind: 'station', ...commonFields, id: 'hidden', seats: 1, status: 'retired' }]);
  admin = await signedIn(api, { role: 'admin' });
});

async function newKey(scopes: string[], areaCode?: string): Promise<{ key: string; id: string }> {
  const { body } = await admin.post('/api/keys', { name: '公厕系统同步', scopes, areaCode }).expect(201);
  return { key: body.key, id: body.apiKey.id };
}

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

test('a key opens what its scopes say, without a session, and nothing else', async () => {
  const { key } = await newKey(['places:read']);
  const listed = await api.request.get('/api/desk/places').set(bearer(key)).expect(200);
  expect(listed.body.items.map((each: { id: string }) => each.id).sort()).toEqual(['corner', 'hidden']);
  await api.request.get('/api/places/corner/history').set(bearer(key)).expect(200);
  const refused = await api.request.get('/api/audit').set(bearer(key)).expect(403);
  expect(refused.body).toMatchObject({ code: 'not-allowed', detail: expect.stringContaining('读和导出审计记录') });
  const person = await api.request.get('/api/accounts').set(bearer(key)).expect(403);
  expect(person.body.detail).toContain('要有人登录');
});

test('a key with an area writes there and nowhere else, and stands in the audit under its name', async () => {
  const { key, id } = await newKey(['places:write', 'audit:read'], commonFields.district);
  const { body: place, headers } = await api.request.get('/api/places/corner').expect(200);
  expect(place.properties.name).not.toBe('街角驿站');
  await api.request
    .patch('/api/places/corner')
    .set({ ...bearer(key), 'If-Match': String(headers.etag) })
    .send({ name: '街角驿站' })
    .expect(200);
  const other = await newKey(['places:write'], '230113');
  const { headers: now } = await api.request.get('/api/places/corner').expect(200);
  await api.request
    .patch('/api/places/corner')
    .set({ ...bearer(other.key), 'If-Match': String(now.etag) })
    .send({ name: '别处的驿站' })
    .expect(403);
  const { body: audit } = await admin.get('/api/audit?subject=corner').expect(200);
  expect(JSON.stringify(audit.items[0])).toContain('程序：公厕系统同步');
  expect(JSON.stringify(audit.items[0])).toContain(id);
});

test('a revoked key opens nothing from that moment, and cannot be revoked twice', async () => {
  const { key, id } = await newKey(['places:read']);
  await api.request.get('/api/desk/places').set(bearer(key)).expect(200);
  await admin.delete(`/api/keys/${id}`).expect(204);
  const refused = await api.request.get('/api/desk/places').set(bearer(key)).expect(401);
  expect(refused.body.code).toBe('api-key-invalid');
  expect(refused.headers['www-authenticate']).toBe('Bearer');
  await admin.delete(`/api/keys/${id}`).expect(404);
  const { body } = await admin.get('/api/keys').expect(200);
  expect(body.items.find((each: { id: string }) => each.id === id)).toMatchObject({
    revokedAt: expect.any(String),
    lastUsedOn: '2026-11-20',
    createdBy: admin.account.displayName,
  });
});

test('what is no key of ours is refused, even with a living session beside it', async () => {
  for (const wrong of ['Bearer yz_short', `Bearer yz_${'A'.repeat(43)}`, 'Basic YTpi', 'Bearer']) {
    const { body } = await api.request
      .get('/api/desk/places')
      .set({ ...admin.headers, Authorization: wrong })
      .expect(401);
    expect(body.code).toBe('api-key-invalid');
  }
});

test('the key itself lies nowhere: not in the database, not in its log, not in what the server wrote', async () => {
  const { key } = await newKey(['places:read']);
  const kept = [api.file, `${api.file}-wal`].map((file) => readFileSync(file).toString('latin1')).join('');
  expect(kept).toContain('api_keys');
  expect(kept).not.toContain(key);
  expect(kept).not.toContain(key.slice(3));
  expect(api.written.join('\n')).not.toContain(key);
});

test('a key without a scope, with an unknown one or for another city’s area is not made', async () => {
  const named = (body: object) => admin.post('/api/keys', { name: '试', ...body }).expect(400);
  expect((await named({ scopes: [] })).body.errors[0].field).toBe('scopes');
  expect((await named({ scopes: ['everything'] })).body.errors[0].field).toBe('scopes.0');
  expect((await named({ scopes: ['places:read'], areaCode: '110101' })).body.errors[0].field).toBe('areaCode');
});
