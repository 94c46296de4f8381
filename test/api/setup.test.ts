import { beforeAll, describe, expect, test } from '@jest/globals';
import { totpCodeAt } from '../../data/credentials.ts';
import { type Api, startApi } from './support.ts';

const TOKEN = 'the token that the server printed';
const PASSWORD = 'ice lanterns in january';

const setUp = (api: Api, body: object) => api.request.post('/api/setup').send(body);

test('the first administrator comes in by the token, once, and signs in with what was given', async () => {
  const api = await startApi([], { setupToken: TOKEN });
  const wrong = await setUp(api, { token: `${TOKEN}.`, username: 'chen', password: PASSWORD }).expect(403);
  expect(wrong.body.code).toBe('wrong-setup-token');

  const { body } = await setUp(api, { token: TOKEN, username: ' Chen ', password: PASSWORD }).expect(201);
  expect(body.totpSecret).toMatch(/^[A-Z2-7]{32}$/);
  const uri = new URL(body.otpauthUri);
  expect(uri.protocol).toBe('otpauth:');
  expect(uri.searchParams.get('secret')).toBe(body.totpSecret);
  expect(decodeURIComponent(uri.pathname)).toContain('chen');

  const again = await setUp(api, { token: TOKEN, username: 'wang', password: PASSWORD }).expect(410);
  expect(again.body.code).toBe('already-set-up');
  const totp = totpCodeAt(body.totpSecret, api.clock.now);
  const session = await api.request.post('/api/session').send({ username: 'CHEN', password: PASSWORD, totp });
  expect(session.body).toMatchObject({ account: { username: 'chen', role: 'admin' }, mayInvite: expect.any(Array) });
  expect(await api.store.audit.verify()).toMatchObject({ ok: true });
});

test('of two that come at the same time, one becomes administrator', async () => {
  const api = await startApi([], { setupToken: TOKEN });
  const answers = await Promise.all(
    ['chen', 'wang', 'li-na'].map((username) => setUp(api, { token: TOKEN, username, password: PASSWORD })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410]);
});

test('without a token nobody gets in, an empty one included', async () => {
  const api = await startApi();
  for (const token of ['', 'null', 'undefined']) {
    await setUp(api, { token, username: 'chen', password: PASSWORD }).expect(403);
  }
});

test('guessing the token is slowed down', async () => {
  const api = await startApi([], { setupToken: TOKEN });
  for (let i = 0; i < 6; i++) await setUp(api, { token: 'x', username: 'chen', password: PASSWORD }).expect(403);
  await setUp(api, { token: TOKEN, username: 'chen', password: PASSWORD }).expect(429);
  api.clock.now += 60_000;
  await setUp(api, { token: TOKEN, username: 'chen', password: PASSWORD }).expect(201);
});

describe('a name or a password that will not do', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi([], { setupToken: TOKEN });
  });

  test.each([
    [{ username: 'chen', password: 'eleven char' }, 'password', '至少 12 个字符，现在是 11 个'],
    [{ username: 'administrator', password: 'administrator' }, 'password', '密码不能是用户名'],
    [{ username: 'chenlaoshi', password: 'ChenLaoShi2026' }, 'password', '密码不能是用户名'],
    [{ username: 'chen', password: 'Password1234' }, 'password', '太常见'],
    [{ username: 'chen', password: 'abababababab' }, 'password', '太常见'],
    [{ username: 'chen', password: '１２３４５６７８９０１２' }, 'password', '太常见'],
    [{ username: 'c', password: PASSWORD }, 'username', '2 到 40'],
    [{ username: 'chen chen', password: PASSWORD }, 'username', '2 到 40'],
    [{ username: 'chen', password: PASSWORD, role: 'admin' }, 'role', '没有这一项'],
  ])('%j is refused by name: %s, %s', async (wish, field, words) => {
    const { body } = await setUp(api, { token: TOKEN, ...wish }).expect(400);
    expect(body.errors[0].field).toBe(field);
    expect(body.errors[0].message).toContain(words);
  });

  test("stands in nobody's way who then chooses better, in any script", async () => {
    const wish = { username: '陈老师', password: '松花江 冬天的火锅 三九' };
    await setUp(api, { token: TOKEN, ...wish }).expect(201);
  });
});
