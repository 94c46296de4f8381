import { beforeAll, describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { totpCodeAt } from '../../data/credentials.ts';
import { agentWith, cookieOf, newAccount, ORIGIN, PASSWORD, signedIn, signInAgain } from './desk-support.ts';
import { type Api, startApi } from './support.ts';
import { DAY_MS, deviceAged, HOUR_MS } from './voices-support.ts';

const MINUTE_MS = 60_000;
const STEP_MS = 30_000;
const DISTRICT = '230102';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});

const signIn = (body: object, headers: Record<string, string> = {}) =>
  api.request.post('/api/session').set(headers).send(body);
const worker = () => newAccount(api, { role: 'grid-worker', areaCode: DISTRICT });

/** Moves the clock so far that no code of before is one of now. */
const laterCode = (totpSecret: string | null) => {
  api.clock.now += 3 * STEP_MS;
  return totpCodeAt(totpSecret ?? '', api.clock.now);
};

describe('signing in', () => {
  test('gives a cookie that scripts cannot read, and says who one is', async () => {
    const account = await newAccount(api, { role: 'curator', areaCode: DISTRICT });
    const { username, password, totpSecret } = account;
    const totp = totpCodeAt(totpSecret ?? '', api.clock.now);
    const response = await signIn({ username: ` ${username.toUpperCase()} `, password, totp }).expect(200);
    expect(response.headers['set-cookie']).toEqual([
      expect.stringMatching(/^yizhan_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/),
    ]);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.body).toMatchObject({
      account: { id: account.id, role: 'curator', areaCode: DISTRICT, status: 'active' },
      mayInvite: ['grid-worker', 'keeper'],
      needsTotp: true,
      idleMinutes: 30,
    });
    const agent = agentWith(api, account, account, cookieOf(response));
    expect((await agent.get('/api/session').expect(200)).body.account.username).toBe(username);
  });

  test('over https the cookie is Secure', async () => {
    const secure = await startApi([], { environment: { YIZHAN_PUBLIC_URL: 'https://map.example' } });
    const { username, password } = await newAccount(secure, { role: 'grid-worker', areaCode: DISTRICT });
    const response = await secure.request.post('/api/session').send({ username, password }).expect(200);
    expect(response.headers['set-cookie']?.[0]).toMatch(/; Secure$/);
  });

  test('a wrong password, a wrong code, none at all and an unknown name are answered alike', async () => {
    const { username, password, totpSecret } = await newAccount(api, { role: 'admin' });
    const totp = laterCode(totpSecret);
    const wrongCode = String((Number(totp) + 1) % 1_000_000).padStart(6, '0');
    const answers = [
      await signIn({ username, password: 'another password', totp }),
      await signIn({ username, password, totp: wrongCode }),
      await signIn({ username, password }),
      await signIn({ username: 'nobody-of-us', password, totp }),
      await signIn({ username: '?', password, totp }),
    ];
    for (const { status, body, headers } of answers) {
      expect(status).toBe(401);
      expect(body).toEqual(answers[0]?.body);
      expect(body.code).toBe('sign-in-failed');
      expect(headers).not.toHaveProperty('set-cookie');
      expect(headers).not.toHaveProperty('www-authenticate');
    }
    await signIn({ username, password, totp }).expect(200);
  });

  test('a code is good once, on a clock that is a step off too, and not two', async () => {
    const { username, password, totpSecret } = await newAccount(api, { role: 'admin' });
    const codeOf = (steps: number) => totpCodeAt(totpSecret ?? '', api.clock.now + steps * STEP_MS);
    await signIn({ username, password, totp: codeOf(-2) }).expect(401);
    await signIn({ username, password, totp: codeOf(2) }).expect(401);
    await signIn({ username, password, totp: codeOf(-1) }).expect(200);
    await signIn({ username, password, totp: codeOf(-1) }).expect(401);
    await signIn({ username, password, totp: codeOf(1) }).expect(200);
    // The one of now lies before the one that was taken last.
    await signIn({ username, password, totp: codeOf(0) }).expect(401);
  });

  test('of two requests with the same code one gets in', async () => {
    const { username, password, totpSecret } = await newAccount(api, { role: 'admin' });
    const totp = laterCode(totpSecret);
    const answers = await Promise.all([1, 2, 3].map(() => signIn({ username, password, totp })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  test('takes the place of the session that the request brings', async () => {
    const agent = await signedIn(api, { role: 'grid-worker', areaCode: DISTRICT });
    const { username, password } = agent.credentials;
    const response = await signIn({ username, password }, agent.headers).expect(200);
    expect(cookieOf(response)).not.toBe(agent.headers.Cookie);
    await agent.get('/api/session').expect(401);
    const next = agentWith(api, agent.account, agent.credentials, cookieOf(response));
    expect((await next.get('/api/sessions').expect(200)).body.items).toHaveLength(1);
  });

  test('keeps only hashes: neither what the cookie holds nor the password is in the database', async () => {
    const agent = await signedIn(api, { role: 'grid-worker', areaCode: DISTRICT });
    const database = new Sqlite(api.file, { readonly: true });
    const kept = JSON.stringify([
      database.prepare('select * from sessions').all(),
      database.prepare('select * from accounts').all(),
      database.prepare('select * from audit').all(),
    ]);
    database.close();
    expect(kept).not.toContain(agent.headers.Cookie?.split('=')[1]);
    expect(kept).not.toContain(PASSWORD);
    expect(kept).toContain('$argon2id$');
  });
});

describe('guessing', () => {
  test('is slowed down more and more, whether the account exists or not, and never locks the owner out', async () => {
    const { username, password } = await worker();
    for (const name of [username, 'not-there']) {
      for (let i = 0; i < 6; i++) await signIn({ username: name, password: 'wrong password!' }).expect(401);
      const waits: number[] = [];
      for (let i = 0; i < 3; i++) {
        const refused = await signIn({ username: name, password }).expect(429);
        expect(refused.body.code).toBe('too-many');
        waits.push(Number(refused.headers['retry-after']));
        api.clock.now += 1000 * Number(refused.headers['retry-after']);
        await signIn({ username: name, password: 'wrong password!' }).expect(401);
      }
      expect(waits).toEqual([1, 2, 4]);
    }
    // Refused tries do not make it longer, and the right password ends it.
    for (let i = 0; i < 20; i++) await signIn({ username, password }).expect(429);
    api.clock.now += 8000;
    await signIn({ username, password }).expect(200);
    await signIn({ username, password: 'wrong password!' }).expect(401);
    await signIn({ username, password }).expect(200);
  });

  test('many at the same time are no way around it', async () => {
    const { username } = await worker();
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => signIn({ username, password: 'wrong password!' })),
    );
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(6);
  });
});

describe('a session', () => {
  test('of desk staff ends after half an hour without use, and after twelve hours in any case', async () => {
    const idle = await signedIn(api, { role: 'admin' });
    api.clock.now += 29 * MINUTE_MS;
    await idle.get('/api/session').expect(200);
    api.clock.now += 29 * MINUTE_MS;
    await idle.get('/api/session').expect(200);
    api.clock.now += 31 * MINUTE_MS;
    await idle.get('/api/session').expect(401);

    const busy = await signedIn(api, { role: 'admin' });
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      api.clock.now += 20 * MINUTE_MS;
      await busy.get('/api/session').expect(200);
    }
    api.clock.now += 20 * MINUTE_MS;
    await busy.get('/api/session').expect(401);
  });

  test('of those who work outside lasts thirty days on an enrolled device, else twelve hours', async () => {
    const account = await newAccount(api, { role: 'keeper', placeIds: ['corner'] });
    const { username, password } = account;
    const device = { 'Device-Token': await deviceAged(api, 0) };
    const plain = agentWith(api, account, account, cookieOf(await signIn({ username, password }).expect(200)));
    const response = await signIn({ username, password }, device).expect(200);
    expect(response.headers['set-cookie']?.[0]).toContain('Max-Age=2592000');
    const enrolled = agentWith(api, account, account, cookieOf(response));
    api.clock.now += 13 * HOUR_MS;
    await plain.get('/api/session').expect(401);
    await enrolled.get('/api/session').expect(200);
    api.clock.now += 28 * DAY_MS;
    await enrolled.get('/api/session').expect(200);
    // From another device the cookie is no good, and without one it only reads.
    const other = { 'Device-Token': await deviceAged(api, 0) };
    await enrolled.get('/api/session').set(other).expect(401);
    const wrong = { old: 'wrong', new: 'a word for the river' };
    expect((await enrolled.post('/api/session/password', wrong)).body.code).toBe('sign-in-required');
    expect((await enrolled.post('/api/session/password', wrong, device)).body.code).toBe('sign-in-failed');
    api.clock.now += 2 * DAY_MS;
    await enrolled.get('/api/session').set(device).expect(401);
  });

  test('is seen with the others of its account, and any of them can be ended, at once', async () => {
    const agent = await signedIn(api, { role: 'grid-worker', areaCode: DISTRICT });
    const { username, password } = agent.credentials;
    const chrome = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36';
    const response = await signIn({ username, password }, { 'User-Agent': chrome }).expect(200);
    const phone = agentWith(api, agent.account, agent.credentials, cookieOf(response));
    const { items } = (await agent.get('/api/sessions').expect(200)).body;
    expect(items.map((each: { label: string; isCurrent: boolean }) => [each.label, each.isCurrent])).toEqual(
      expect.arrayContaining([
        ['Chrome · Android', false],
        ['其他程序', true],
      ]),
    );
    const another = await signedIn(api, { role: 'grid-worker', areaCode: DISTRICT });
    const phoneId = items.find((each: { isCurrent: boolean }) => !each.isCurrent).id;
    await another.delete(`/api/sessions/${phoneId}`).expect(404);
    await phone.get('/api/session').expect(200);
    await agent.delete(`/api/sessions/${phoneId}`).expect(204);
    await phone.get('/api/session').expect(401);

    const admin = await signedIn(api, { role: 'admin' });
    const seen = (await admin.get(`/api/sessions?account=${agent.account.id}`).expect(200)).body.items;
    await admin.delete(`/api/sessions/${seen[0].id}`).expect(204);
    await agent.get('/api/session').expect(401);
    await another.get(`/api/sessions?account=${agent.account.id}`).expect(403);
  });

  test('is dead after signing out, and so is its cookie', async () => {
    const agent = await signedIn(api, { role: 'merchant', placeIds: ['corner'] });
    const response = await agent.delete('/api/session').expect(204);
    expect(response.headers['set-cookie']?.[0]).toMatch(/^yizhan_session=; .*Max-Age=0/);
    await agent.get('/api/session').expect(401);
    await agent.delete('/api/session').expect(204);
  });
});

describe('a new password', () => {
  test('wants the old one, is not one that is easily guessed, and ends every other session', async () => {
    const agent = await signedIn(api, { role: 'curator', areaCode: DISTRICT });
    const other = await signInAgain(api, agent);
    const change = (old: string, fresh: string) => agent.post('/api/session/password', { old, new: fresh });
    await change('not the old one', 'ice lanterns in january').expect(401);
    for (const weak of ['short', 'password1234', '123456789012', 'aaaaaaaaaaaaaaa', agent.credentials.username]) {
      const { body } = await change(PASSWORD, weak).expect(400);
      expect(body.errors[0]).toMatchObject({ field: 'new', code: 'weak-password' });
    }
    await change(PASSWORD, 'ice lanterns in january').expect(204);
    await agent.get('/api/session').expect(200);
    await other.get('/api/session').expect(401);
    const { username, totpSecret } = agent.credentials;
    await signIn({ username, password: PASSWORD, totp: laterCode(totpSecret) }).expect(401);
    const fresh = { username, password: 'ice lanterns in january', totp: laterCode(totpSecret) };
    await signIn(fresh).expect(200);
  });
});

describe('dangerous acts', () => {
  test('ask for the password again after ten minutes', async () => {
    const admin = await signedIn(api, { role: 'admin' });
    const { id } = await worker();
    const rename = () => admin.patch(`/api/accounts/${id}`, { displayName: '老王' });
    await rename().expect(200);
    api.clock.now += 11 * MINUTE_MS;
    expect((await rename().expect(403)).body.code).toBe('re-authentication-required');
    expect((await admin.get('/api/session').expect(200)).body.confirmedUntil).toBe(null);
    const totp = laterCode(admin.credentials.totpSecret);
    await admin.post('/api/session/confirmation', { password: 'wrong password!', totp }).expect(401);
    await admin.post('/api/session/confirmation', { password: PASSWORD }).expect(401);
    await admin.post('/api/session/confirmation', { password: PASSWORD, totp }).expect(200);
    await rename().expect(200);
    await admin.post('/api/session/confirmation', { password: PASSWORD, totp }).expect(401);
  });
});

describe('with a cookie, a write has to come from this site', () => {
  test.each([
    ['no word of where from', {}],
    ['another origin', { Origin: 'http://evil.example' }],
    ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: ORIGIN }],
    ['a site beside it', { 'Sec-Fetch-Site': 'same-site' }],
    ['no page at all', { 'Sec-Fetch-Site': 'none' }],
    ['a name that only begins like ours', { Origin: `${ORIGIN}.evil.example` }],
    ['nobody', { Origin: 'null' }],
  ])('%s is refused', async (_what, headers: Record<string, string>) => {
    const agent = await signedIn(api, { role: 'grid-worker', areaCode: DISTRICT });
    const cookie = { Cookie: agent.headers.Cookie ?? '' };
    const request = api.request.delete('/api/session').set({ ...cookie, ...headers });
    expect((await request.expect(403)).body.code).toBe('cross-origin');
    await agent.get('/api/session').expect(200);
  });

  test.each([
    [{ Origin: ORIGIN }],
    [{ 'Sec-Fetch-Site': 'same-origin' }],
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: ORIGIN }],
  ])('%j is welcome', async (headers: Record<string, string>) => {
    const agent = await signedIn(api, { role: 'grid-worker', areaCode: DISTRICT });
    await api.request
      .delete('/api/session')
      .set({ Cookie: agent.headers.Cookie ?? '', ...headers })
      .expect(204);
  });
});
