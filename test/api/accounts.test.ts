import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { keepHouse } from '../../api/housekeeping.ts';
import { createAdmin } from '../../data/create-admin.ts';
import { totpCodeAt } from '../../data/credentials.ts';
import { createSecret } from '../../data/secret.ts';
import { PLAIN_STATION } from '../data/store/plain-station.ts';
import { agentWith, cookieOf, type DeskAgent, newAccount, signedIn, signInAgain } from './desk-support.ts';
import { type Api, startApi } from './support.ts';
import { DAY_MS, HOUR_MS } from './voices-support.ts';

const OURS = '230102';
const THEIRS = '230103';
const PASSWORD = 'ice lanterns in january';
const PLACES = [
  { ...PLAIN_STATION, id: 'ours', name: '我们的驿站', district: OURS },
  { ...PLAIN_STATION, id: 'theirs', district: THEIRS },
];

let api: Api;
let admin: DeskAgent;
let curator: DeskAgent;
beforeAll(async () => {
  api = await startApi(PLACES);
  admin = await signedIn(api, { role: 'admin' });
  curator = await signedIn(api, { role: 'curator', areaCode: OURS });
});

const tokenOf = (url: string) => new URL(url).hash.replace('#token=', '');
const look = (token: string) => api.request.post('/api/invitations/look').send({ token });
const accept = (token: string, wish: object) => api.request.post('/api/invitations/accept').send({ token, ...wish });

async function invited(
  by: DeskAgent,
  wish: object,
): Promise<{ token: string; id: string; pendingAct: { id: string } | null }> {
  const { body } = await by.post('/api/invitations', wish).expect(201);
  return { token: tokenOf(body.url), id: body.invitation.id, pendingAct: body.pendingAct };
}

describe('an invitation', () => {
  test('leads from its link to an account, once', async () => {
    const { body } = await curator
      .post('/api/invitations', { role: 'grid-worker', areaCode: `${OURS}001` })
      .expect(201);
    expect(body.url).toMatch(/^http:\/\/map\.example:8080\/desk\/invitation#token=[\w-]{43}$/);
    expect(body).toMatchObject({ invitation: { isHeld: false, role: 'grid-worker' }, pendingAct: null });
    const token = tokenOf(body.url);
    expect((await look(token).expect(200)).body).toMatchObject({
      role: 'grid-worker',
      areaCode: `${OURS}001`,
      wantsUsername: true,
      needsTotp: false,
      isReset: false,
    });
    const wish = { username: 'zhang-san', displayName: '张三', password: PASSWORD };
    expect((await accept(token, { ...wish, password: '123456789012' }).expect(400)).body.errors[0].field).toBe(
      'password',
    );
    expect((await accept(token, { username: 'x-y', password: PASSWORD }).expect(400)).body.errors[0].field).toBe(
      'displayName',
    );
    const accepted = await accept(token, wish).expect(201);
    expect(accepted.body).toEqual({ username: 'zhang-san', totpSecret: null, otpauthUri: null });
    expect((await look(token).expect(410)).body.code).toBe('invitation-gone');
    await accept(token, { ...wish, username: 'li-si' }).expect(410);

    const session = await api.request
      .post('/api/session')
      .send({ username: 'Zhang-San', password: PASSWORD })
      .expect(200);
    expect(session.body.account).toMatchObject({ role: 'grid-worker', areaCode: `${OURS}001`, displayName: '张三' });
  });

  test('of two that take it up at the same time makes one account', async () => {
    const { token } = await invited(admin, { role: 'grid-worker', areaCode: OURS });
    const answers = await Promise.all(
      ['first-one', 'second-one'].map((username) => accept(token, { username, displayName: '甲', password: PASSWORD })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410]);
  });

  test('is over after seven days, and when it is taken back', async () => {
    const old = await invited(admin, { role: 'curator', areaCode: OURS });
    const withdrawn = await invited(admin, { role: 'curator', areaCode: OURS });
    await admin.delete(`/api/invitations/${withdrawn.id}`).expect(204);
    await look(withdrawn.token).expect(410);
    await look(old.token).expect(200);
    api.clock.now += 7 * DAY_MS;
    await look(old.token).expect(410);
    admin = await signInAgain(api, admin);
    curator = await signInAgain(api, curator);
  });

  test('a name that somebody has is refused, and the link stays good', async () => {
    const taken = await newAccount(api, { role: 'grid-worker', areaCode: OURS });
    const { token } = await invited(admin, { role: 'grid-worker', areaCode: OURS });
    const wish = { displayName: '甲', password: PASSWORD };
    const { body } = await accept(token, { ...wish, username: taken.username.toUpperCase() }).expect(409);
    expect(body).toMatchObject({ code: 'username-taken', errors: [{ field: 'username' }] });
    await accept(token, { ...wish, username: 'another-name' }).expect(201);
  });

  test('sent again with its Idempotency-Key is the same one', async () => {
    const wish = { role: 'grid-worker', areaCode: OURS };
    const key = { 'Idempotency-Key': 'one-invitation' };
    const first = await admin.post('/api/invitations', wish, key).expect(201);
    const second = await admin.post('/api/invitations', wish, key).expect(201);
    expect(second.body.url).toBe(first.body.url);
    await admin.post('/api/invitations', { ...wish, areaCode: THEIRS }, key).expect(422);
  });

  test.each([
    [{ role: 'grid-worker' }, 'areaCode'],
    [{ role: 'grid-worker', areaCode: '110101' }, 'areaCode'],
    [{ role: 'grid-worker', areaCode: '2301' }, 'areaCode'],
    [{ role: 'admin', areaCode: OURS }, 'areaCode'],
    [{ role: 'keeper' }, 'placeIds'],
    [{ role: 'keeper', placeIds: ['nowhere'] }, 'placeIds'],
    [{ role: 'curator', areaCode: OURS, phone: '13800001234' }, 'phone'],
    [{ role: 'keeper', placeIds: ['ours'], phone: '0451-88880000' }, 'phone'],
    [{ role: 'rider' }, 'role'],
  ])('%j is refused by name: %s', async (wish, field) => {
    const { body } = await admin.post('/api/invitations', wish).expect(400);
    expect(body.errors[0].field).toBe(field);
  });

  test.each([
    { role: 'curator', areaCode: OURS },
    { role: 'merchant', placeIds: ['ours'] },
    { role: 'admin' },
    { role: 'grid-worker', areaCode: THEIRS },
    { role: 'keeper', placeIds: ['ours', 'theirs'] },
  ])('of a curator to %j is not allowed', async (wish) => {
    const { body } = await curator.post('/api/invitations', wish).expect(403);
    expect(body.code).toBe('not-allowed');
    expect(body.detail).toContain('不在你负责的范围');
  });
});

describe('a second person', () => {
  test('has to agree before there is another administrator', async () => {
    const second = await signedIn(api, { role: 'admin' });
    const { token, pendingAct } = await invited(admin, { role: 'admin' });
    expect((await look(token).expect(403)).body.code).toBe('invitation-held');
    const wish = { username: 'new-admin', displayName: '新管理员', password: PASSWORD };
    await accept(token, wish).expect(403);
    // A day alone changes nothing while there is somebody to ask.
    api.clock.now += 25 * HOUR_MS;
    const [first, other] = [await signInAgain(api, admin), await signInAgain(api, second)];
    await accept(token, wish).expect(403);
    const listed = (await first.get('/api/pending-acts').expect(200)).body.items;
    expect(listed).toMatchObject([{ id: pendingAct?.id, label: '邀请一位市级管理员', isOwn: true, readyAt: null }]);
    expect((await first.post(`/api/pending-acts/${pendingAct?.id}/approval`).expect(409)).body.code).toBe(
      'own-proposal',
    );
    await other.post(`/api/pending-acts/${pendingAct?.id}/approval`).expect(204);
    await other.post(`/api/pending-acts/${pendingAct?.id}/approval`).expect(404);
    const { body } = await accept(token, wish).expect(201);
    expect(body.totpSecret).toMatch(/^[A-Z2-7]{32}$/);
    const signIn = { username: 'new-admin', password: PASSWORD, totp: totpCodeAt(body.totpSecret, api.clock.now) };
    await api.request.post('/api/session').send(signIn).expect(200);
    [admin, curator] = [first, await signInAgain(api, curator)];
  });

  test('has to agree to a role, which then holds at once and ends the sessions', async () => {
    const second = await signedIn(api, { role: 'admin' });
    const worker = await signedIn(api, { role: 'grid-worker', areaCode: OURS });
    const path = `/api/accounts/${worker.account.id}/role`;
    const { body } = await admin.post(path, { role: 'curator', areaCode: THEIRS }).expect(202);
    expect(body).toMatchObject({ act: 'change-role', label: '更改账号的角色' });
    expect((await worker.get('/api/session').expect(200)).body.account.role).toBe('grid-worker');
    await second.post(`/api/pending-acts/${body.id}/approval`).expect(204);
    await worker.get('/api/session').expect(401);
    const changed = (await admin.get(`/api/accounts/${worker.account.id}`).expect(200)).body;
    expect(changed).toMatchObject({ role: 'curator', areaCode: THEIRS });
  });

  test('has to agree before an administrator gets new credentials', async () => {
    const second = await signedIn(api, { role: 'admin' });
    const target = await signedIn(api, { role: 'admin' });
    const { body } = await admin.post(`/api/accounts/${target.account.id}/reset`).expect(201);
    await accept(tokenOf(body.url), { password: PASSWORD }).expect(403);
    await second.post(`/api/pending-acts/${body.pendingAct.id}/approval`).expect(204);
    const fresh = (await accept(tokenOf(body.url), { password: PASSWORD }).expect(201)).body;
    expect(fresh.totpSecret).not.toBe(target.credentials.totpSecret);
    await target.get('/api/session').expect(401);
  });

  test('who is not there is waited for a day, in sight, and it can be called off', async () => {
    const alone = await startApi();
    const only = await signedIn(alone, { role: 'admin' });
    const first = (await only.post('/api/invitations', { role: 'admin' }).expect(201)).body;
    const second = (await only.post('/api/invitations', { role: 'admin' }).expect(201)).body;
    const readyAt = new Date(alone.clock.now + DAY_MS).toISOString();
    expect(first.pendingAct).toMatchObject({ readyAt, isOwn: true });
    await only.delete(`/api/pending-acts/${second.pendingAct.id}`).expect(204);
    const lookAt = (url: string) => alone.request.post('/api/invitations/look').send({ token: tokenOf(url) });
    await lookAt(second.url).expect(410);
    alone.clock.now += DAY_MS - 1;
    await lookAt(first.url).expect(403);
    alone.clock.now += 1;
    await lookAt(first.url).expect(200);
    const again = await signInAgain(alone, only);
    expect((await again.get('/api/pending-acts').expect(200)).body.items).toEqual([]);
  });

  test('is asked for what the housekeeping finds ready too, and nothing runs twice', async () => {
    const alone = await startApi();
    const only = await signedIn(alone, { role: 'admin' });
    const { id } = await newAccount(alone, { role: 'grid-worker', areaCode: OURS });
    await only.post(`/api/accounts/${id}/role`, { role: 'curator', areaCode: THEIRS }).expect(202);
    alone.clock.now += DAY_MS;
    const house = { dataFolder: path.dirname(alone.file), timezone: 'Asia/Shanghai', nowMs: alone.clock.now };
    await keepHouse(alone.store, house);
    expect(await alone.store.desk.accounts.get(id)).toMatchObject({ role: 'curator', areaCode: THEIRS });
    await keepHouse(alone.store, house);
    expect(await alone.store.audit.verify()).toMatchObject({ ok: true });
  });
});

describe('an account', () => {
  test('that is disabled is signed out at once and gets in no more, until it is enabled', async () => {
    const worker = await signedIn(api, { role: 'grid-worker', areaCode: OURS });
    const { username, password } = worker.credentials;
    const change = (status: string) => curator.patch(`/api/accounts/${worker.account.id}`, { status });
    expect((await change('disabled').expect(200)).body.status).toBe('disabled');
    await worker.get('/api/session').expect(401);
    await api.request.post('/api/session').send({ username, password }).expect(401);
    await change('active').expect(200);
    await worker.get('/api/session').expect(401);
    await api.request.post('/api/session').send({ username, password }).expect(200);
  });

  test('of the last administrator stays, and nobody disables itself', async () => {
    const alone = await startApi();
    const only = await signedIn(alone, { role: 'admin' });
    await only.patch(`/api/accounts/${only.account.id}`, { status: 'disabled' }).expect(403);
    const second = await signedIn(alone, { role: 'admin' });
    await only.patch(`/api/accounts/${second.account.id}`, { status: 'disabled' }).expect(200);
    await second.get('/api/session').expect(401);
    expect(
      await alone.store.desk.accounts.update(only.account.id, { status: 'disabled' }, { kind: 'cli', name: 'x' }),
    ).toBe('last-admin');
  });

  test('with a new area or other places is right at once, in the next request', async () => {
    const worker = await signedIn(api, { role: 'grid-worker', areaCode: OURS });
    const path = `/api/accounts/${worker.account.id}`;
    await curator.patch(path, { areaCode: THEIRS }).expect(403);
    await curator.patch(path, { placeIds: ['ours'] }).expect(400);
    await curator.patch(path, { areaCode: `${OURS}002`, displayName: '  小王 ' }).expect(200);
    expect((await worker.get('/api/session').expect(200)).body.account).toMatchObject({
      areaCode: `${OURS}002`,
      displayName: '小王',
    });
  });

  test('that lost its password gets a new one by a link, and is signed out everywhere', async () => {
    const worker = await signedIn(api, { role: 'curator', areaCode: OURS });
    await curator.post(`/api/accounts/${worker.account.id}/reset`).expect(403);
    const first = (await admin.post(`/api/accounts/${worker.account.id}/reset`).expect(201)).body;
    const { body } = await admin.post(`/api/accounts/${worker.account.id}/reset`).expect(201);
    await look(tokenOf(first.url)).expect(410);
    const { username } = worker.credentials;
    expect((await look(tokenOf(body.url)).expect(200)).body).toMatchObject({
      isReset: true,
      username,
      needsTotp: true,
    });
    await accept(tokenOf(body.url), { username: 'other', password: PASSWORD }).expect(400);
    await worker.get('/api/session').expect(200);
    const { totpSecret } = (await accept(tokenOf(body.url), { password: PASSWORD }).expect(201)).body;
    await worker.get('/api/session').expect(401);
    const totp = totpCodeAt(totpSecret, api.clock.now);
    await api.request.post('/api/session').send({ username, password: PASSWORD, totp }).expect(200);
  });
});

test('lists show an administrator all and a curator its own people, page by page', async () => {
  const fresh = await startApi(PLACES);
  const boss = await signedIn(fresh, { role: 'admin' });
  const head = await signedIn(fresh, { role: 'curator', areaCode: OURS });
  const post = (role: 'grid-worker' | 'keeper', where: object) => newAccount(fresh, { role, ...where });
  const ours = [await post('grid-worker', { areaCode: `${OURS}001` }), await post('keeper', { placeIds: ['ours'] })];
  await post('grid-worker', { areaCode: THEIRS });
  await post('keeper', { placeIds: ['theirs'] });
  const seen: string[] = [];
  let cursor = '';
  do {
    const { items, next } = (await boss.get(`/api/accounts?limit=2${cursor}`).expect(200)).body;
    expect(items.length).toBeLessThanOrEqual(2);
    seen.push(...items.map((each: { id: string }) => each.id));
    cursor = next === null ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  expect(seen.length).toBe(6);
  expect(new Set(seen).size).toBe(6);
  const own = (await head.get('/api/accounts').expect(200)).body.items;
  expect(own.map((each: { id: string }) => each.id).sort()).toEqual(
    [head.account.id, ...ours.map(({ id }) => id)].sort(),
  );
  const found = (await boss.get('/api/accounts?role=keeper&q=同事').expect(200)).body.items;
  expect(found).toHaveLength(2);
  expect((await boss.get('/api/accounts?q=%25').expect(200)).body.items).toEqual([]);
  await boss.get('/api/accounts?cursor=xyz').expect(400);
});

describe('signing in by phone', () => {
  const PHONE = '13812345678';
  let keeperId: string;
  const phoneSession = (body: object, at: Api = api) => at.request.post('/api/phone-session').send(body);
  const messages: { to: string; template: string; params: { code: string }; text: string; id: string }[] = [];
  const webhook = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      messages.push(JSON.parse(text));
      response.end();
      webhook.emit('message');
    });
  });
  afterAll(() => {
    webhook.close();
    webhook.closeAllConnections();
  });

  test('the keeper who was invited by phone needs neither a name nor a password', async () => {
    const { token } = await invited(curator, { role: 'keeper', placeIds: ['ours'], phone: '+86 138-1234-5678' });
    expect((await look(token).expect(200)).body).toMatchObject({
      wantsUsername: false,
      places: [{ id: 'ours', name: '我们的驿站' }],
    });
    await accept(token, { displayName: '站长' }).expect(201);
    const { items } = (await curator.get('/api/accounts?role=keeper').expect(200)).body;
    expect(items).toMatchObject([{ displayName: '站长', phone: '138****5678', username: null, hasPassword: false }]);
    keeperId = items[0].id;
    await curator.post('/api/invitations', { role: 'keeper', placeIds: ['ours'], phone: PHONE }).expect(409);
  });

  test('a code from the desk opens one session, and a wrong one none', async () => {
    expect((await phoneSession({ phone: PHONE }).expect(202)).body).toEqual({ by: 'desk' });
    expect((await phoneSession({ phone: '13900000000' }).expect(202)).body).toEqual({ by: 'desk' });
    const { code } = (await curator.post(`/api/accounts/${keeperId}/sign-in-code`).expect(201)).body;
    const wrong = await phoneSession({ phone: PHONE, code: code === '00000000' ? '00000001' : '00000000' }).expect(401);
    const unknown = await phoneSession({ phone: '13900000000', code }).expect(401);
    expect(wrong.body).toEqual(unknown.body);
    const response = await phoneSession({ phone: PHONE, code }).expect(200);
    expect(response.body.account).toMatchObject({ id: keeperId, role: 'keeper', placeIds: ['ours'] });
    await phoneSession({ phone: PHONE, code }).expect(401);
    const keeper = agentWith(
      api,
      response.body.account,
      { id: keeperId, username: '', password: '', totpSecret: null },
      cookieOf(response),
    );
    api.clock.now += 11 * 60_000;
    const next = (await admin.get('/api/session').expect(200)).body.confirmedUntil;
    expect(next).toBe(null);
    curator = await signInAgain(api, curator);
    const again = (await curator.post(`/api/accounts/${keeperId}/sign-in-code`).expect(201)).body.code;
    expect((await keeper.get('/api/session').expect(200)).body.confirmedUntil).toBe(null);
    const confirmed = await keeper.post('/api/session/confirmation', { code: again }).expect(200);
    expect(confirmed.body.confirmedUntil).not.toBe(null);
  });

  test('a code dies after an hour, and after five wrong ones', async () => {
    const give = async () =>
      (await curator.post(`/api/accounts/${keeperId}/sign-in-code`).expect(201)).body.code as string;
    const late = await give();
    api.clock.now += HOUR_MS;
    await phoneSession({ phone: PHONE, code: late }).expect(401);
    curator = await signInAgain(api, curator);
    const code = await give();
    const wrong = code.startsWith('0') ? '11111111' : '00000000';
    for (let i = 0; i < 5; i++) {
      api.clock.now += 60_000;
      await phoneSession({ phone: PHONE, code: wrong }).expect(401);
    }
    api.clock.now += 60_000;
    await phoneSession({ phone: PHONE, code }).expect(401);
  });

  test('with a webhook the code is sent there, for numbers that have an account alone', async () => {
    webhook.listen(0, '127.0.0.1');
    await once(webhook, 'listening');
    const { port } = webhook.address() as AddressInfo;
    const environment = { YIZHAN_SMS_WEBHOOK: `http://127.0.0.1:${port}/sms` };
    const sending = await startApi(PLACES, { environment });
    const boss = await signedIn(sending, { role: 'admin' });
    const wish = { role: 'merchant', placeIds: ['ours'], phone: PHONE };
    const token = tokenOf((await boss.post('/api/invitations', wish).expect(201)).body.url);
    await sending.request.post('/api/invitations/accept').send({ token, displayName: '店主' }).expect(201);

    expect((await phoneSession({ phone: '13900000000' }, sending).expect(202)).body).toEqual({ by: 'sms' });
    const arrival = once(webhook, 'message');
    expect((await phoneSession({ phone: PHONE }, sending).expect(202)).body).toEqual({ by: 'sms' });
    await arrival;
    expect(messages).toHaveLength(1);
    const [message] = messages;
    expect(message).toMatchObject({
      to: PHONE,
      template: 'sign-in-code',
      params: { code: expect.stringMatching(/^\d{8}$/) },
    });
    expect(message?.text).toContain(message?.params.code);
    await phoneSession({ phone: PHONE, code: message?.params.code }, sending).expect(200);
    for (let i = 0; i < 4; i++) await phoneSession({ phone: PHONE }, sending).expect(202);
    await phoneSession({ phone: PHONE }, sending).expect(429);
  });

  test('the whole number is shown to those in charge, and each time the audit says so', async () => {
    const revealed = await curator.post(`/api/accounts/${keeperId}/phone-reveals`).expect(200);
    expect(revealed.body).toEqual({ phone: PHONE });
    const database = new Sqlite(api.file, { readonly: true });
    const rows = database.prepare("select actor_name, subject from audit where act = 'account.reveal-phone'").all();
    database.close();
    expect(rows).toEqual([{ actor_name: curator.account.id, subject: keeperId }]);
    const other = await signedIn(api, { role: 'curator', areaCode: THEIRS });
    await other.post(`/api/accounts/${keeperId}/phone-reveals`).expect(403);
  });
});

test('a database that came back without its key is still looked after, and nobody gets in by what it sealed', async () => {
  const before = await startApi(PLACES);
  const boss = await signedIn(before, { role: 'admin' });
  const wish = { role: 'keeper', placeIds: ['ours'], phone: '13812345678' };
  const token = tokenOf((await boss.post('/api/invitations', wish).expect(201)).body.url);
  await before.request.post('/api/invitations/accept').send({ token, displayName: '站长' }).expect(201);
  await boss.post('/api/invitations', { ...wish, phone: '13812345679' }).expect(201);

  const environment = { YIZHAN_SECRET_KEY: 'another key, of which nobody sealed anything' };
  const after = await startApi([], { file: before.file, environment });
  const { username, password, totpSecret } = boss.credentials;
  after.clock.now += 60_000;
  const totp = totpCodeAt(totpSecret ?? '', after.clock.now);
  await after.request.post('/api/session').send({ username, password, totp }).expect(401);
  await after.request.get('/api/session').set(boss.headers).expect(401);
  const secret = createSecret(environment.YIZHAN_SECRET_KEY);
  const actor = { kind: 'cli', name: 'operator' } as const;
  const made = await createAdmin(after.store, secret, { username: 'rescue', password: PASSWORD, actor });
  const fresh = { username: 'rescue', password: PASSWORD, totp: totpCodeAt(made.totpSecret ?? '', after.clock.now) };
  const session = await after.request.post('/api/session').send(fresh).expect(200);
  const rescuer = { ...fresh, id: session.body.account.id, totpSecret: made.totpSecret };
  const agent = agentWith(after, session.body.account, rescuer, cookieOf(session));
  const { items } = (await agent.get('/api/accounts?role=keeper').expect(200)).body;
  expect(items).toMatchObject([{ displayName: '站长', phone: null }]);
  expect((await agent.get('/api/invitations').expect(200)).body.items).toMatchObject([{ phone: null }]);
  await agent.post(`/api/accounts/${items[0].id}/phone-reveals`).expect(404);
  const changed = await agent.patch(`/api/accounts/${items[0].id}`, { phone: '13812345678' }).expect(200);
  expect(changed.body.phone).toBe('138****5678');
});
