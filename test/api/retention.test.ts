import { beforeAll, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { type DeskAgent, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';
import { CORNER, DAY_MS, deviceAged, GATE, post } from './voices-support.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi([CORNER, GATE]);
});

/** Housekeeping of a later day also ends sessions: each act has its own. */
function admin(): Promise<DeskAgent> {
  return signedIn(api, { role: 'admin' });
}

/** A keeper who signs in by phone; answers the account's id. */
async function keeperWithPhone(displayName: string, phone: string): Promise<string> {
  const invitation = { role: 'keeper', placeIds: ['corner'], phone };
  const manager = await admin();
  const { body: made } = await manager.post('/api/invitations', invitation).expect(201);
  const token = String(made.url).split('#token=')[1];
  await api.request.post('/api/invitations/accept').send({ token, displayName }).expect(201);
  const { body } = await manager.get(`/api/accounts?q=${encodeURIComponent(displayName)}`).expect(200);
  return body.items[0].id;
}

function kept(sql: string): unknown {
  const database = new Sqlite(api.file, { readonly: true });
  const value = database.prepare(sql).pluck().get();
  database.close();
  return value;
}

/** Housekeeping so many days from now. */
async function tidyIn(days: number): Promise<void> {
  const before = api.clock.now;
  api.clock.now += days * DAY_MS;
  await api.store.tidy('2026-11-01');
  api.clock.now = before;
}

test('the phone of a disabled account is forgotten after thirty days, and the audit says so', async () => {
  const other = await keeperWithPhone('门口的王师傅', '13800001111');
  const phoneOf = `select phone from accounts where id = '${other}'`;
  expect(kept(phoneOf)).not.toBeNull();
  await (await admin()).patch(`/api/accounts/${other}`, { status: 'disabled' }).expect(200);
  await tidyIn(29);
  expect(kept(phoneOf)).not.toBeNull();
  await tidyIn(31);
  expect(kept(phoneOf)).toBeNull();
  expect(kept(`select phone_lookup from accounts where id = '${other}'`)).toBeNull();
  const { body: audit } = await (await admin()).get(`/api/audit?subject=${other}`).expect(200);
  expect(JSON.stringify(audit.items[0])).toContain('account.forget-phone');
});

test('an account that works again keeps its phone', async () => {
  const id = await keeperWithPhone('回来的李师傅', '13800002222');
  await (await admin()).patch(`/api/accounts/${id}`, { status: 'disabled' }).expect(200);
  await (await admin()).patch(`/api/accounts/${id}`, { status: 'active' }).expect(200);
  await tidyIn(60);
  expect(kept(`select phone from accounts where id = '${id}'`)).not.toBeNull();
});

test('whom to call about a place is forgotten thirty days after the place was withdrawn', async () => {
  const contact = { name: '赵主任', phone: '13900003333' };
  await (await admin()).post('/api/places/gate/contact', { contact }).expect(200);
  await tidyIn(60);
  expect(kept('select count(*) from place_contacts')).toBe(1);
  const { headers } = await api.request.get('/api/places/gate').expect(200);
  const manager = await admin();
  await manager
    .patch('/api/places/gate', { status: 'retired', statusReason: '搬走了' }, { 'If-Match': String(headers.etag) })
    .expect(200);
  await tidyIn(29);
  expect(kept('select count(*) from place_contacts')).toBe(1);
  await tidyIn(31);
  expect(kept('select count(*) from place_contacts')).toBe(0);
});

test('what a rider wrote is forgotten thirty days after the report was decided', async () => {
  const token = await deviceAged(api, 2 * DAY_MS);
  const note = '后门锁着，打我电话 13700004444';
  const { body: receipt } = await post(api, '/api/places/corner/reports', token, { problem: 'dirty', note }).expect(
    201,
  );
  const noteOf = `select note from reports where number = '${receipt.number}'`;
  await tidyIn(60);
  expect(kept(noteOf)).not.toBeNull();
  const { body: queue } = await (await admin()).get('/api/reviews?kind=report').expect(200);
  const [{ id, version }] = queue.items;
  await (await admin()).post(`/api/reviews/${id}/decision`, { decision: 'approve', version }).expect(200);
  await tidyIn(29);
  expect(kept(noteOf)).not.toBeNull();
  await tidyIn(31);
  expect(kept(noteOf)).toBeNull();
});
