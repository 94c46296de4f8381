// How the first administrator comes about, with the real server and the real command line.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { totpCodeAt } from '../../data/credentials.ts';
import { type RunningServer, startServer } from '../browser/server.ts';
import { temporaryFolder } from '../data/store/support.ts';
import { root } from '../house/source-files.ts';

const PASSWORD = 'ice lanterns in january';
const running: RunningServer[] = [];
afterAll(async () => {
  for (const server of running) await server.stop();
});

async function start(dataDir: string): Promise<RunningServer> {
  const server = await startServer({ dataDir, env: { YIZHAN_DEMO: 'off' } });
  running.push(server);
  return server;
}

function post(server: RunningServer, path: string, body: object): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function createAdmin(dataDir: string, words: string[], input: string) {
  const child = spawn(process.execPath, [join(root, 'data/cli.ts'), 'create-admin', ...words], {
    env: { PATH: process.env.PATH ?? '', YIZHAN_DATA_DIR: dataDir },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [said, complained] = ['', ''];
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (complained += chunk));
  // Wrong use ends the command before it reads.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, said, complained };
}

test('the server prints a link that is good for the first administrator, and none once there is one', async () => {
  const folder = temporaryFolder();
  const server = await start(folder);
  const pattern = new RegExp(`^Desk setup: http://localhost:${server.port}/desk/setup#token=([\\w-]{32})$`, 'm');
  let token = pattern.exec(server.stdout())?.[1];
  while (token === undefined) {
    await new Promise((done) => setTimeout(done, 20));
    token = pattern.exec(server.stdout())?.[1];
  }
  const wish = { token, username: 'chen', password: PASSWORD };
  const made = await post(server, '/api/setup', wish);
  expect(made.status).toBe(201);
  const { totpSecret } = (await made.json()) as { totpSecret: string };
  expect((await post(server, '/api/setup', wish)).status).toBe(410);
  const totp = totpCodeAt(totpSecret, Date.now());
  expect((await post(server, '/api/session', { username: 'chen', password: PASSWORD, totp })).status).toBe(200);
  await server.stop();

  const again = await start(folder);
  await fetch(`${again.url}/healthz`);
  expect(again.stdout()).toContain('Yizhan listening on');
  expect(again.stdout()).not.toContain('Desk setup');
  expect(`${server.stderr()}${again.stderr()}`).not.toContain(token);
});

describe('create-admin', () => {
  test('prints name and secret as JSON, and whoever has them signs in', async () => {
    const folder = temporaryFolder();
    const { code, said } = await createAdmin(folder, ['--username', 'Chen', '--password-stdin'], `${PASSWORD}\n`);
    expect(code).toBe(0);
    const made = JSON.parse(said);
    expect(made).toEqual({ username: 'chen', totpSecret: expect.stringMatching(/^[A-Z2-7]{32}$/) });
    const server = await start(folder);
    const totp = totpCodeAt(made.totpSecret, Date.now());
    expect((await post(server, '/api/session', { username: 'chen', password: PASSWORD, totp })).status).toBe(200);
    expect((await post(server, '/api/setup', { token: 'x', username: 'wang', password: PASSWORD })).status).toBe(410);
  });

  test.each([
    [['--username', 'chen'], PASSWORD, 2, '用法是 create-admin --username U --password-stdin'],
    [['--password-stdin'], PASSWORD, 2, '用法是 create-admin'],
    [['--username', 'c', '--password-stdin'], PASSWORD, 1, '用户名写 2 到 40 个'],
    [['--username', 'chen', '--password-stdin'], 'short', 1, '密码至少 12 个字符'],
    [['--username', 'chen', '--password-stdin'], '', 1, '密码至少 12 个字符，现在是 0 个'],
  ])('%j with %j ends with %d: %s', async (words, input, code, sentence) => {
    const result = await createAdmin(temporaryFolder(), words, input);
    expect(result).toMatchObject({ code, said: '' });
    expect(result.complained).toContain(sentence);
  });

  test('refuses a name that somebody has', async () => {
    const folder = temporaryFolder();
    await createAdmin(folder, ['--username', 'chen', '--password-stdin'], PASSWORD);
    const { code, complained } = await createAdmin(folder, ['--username', 'CHEN', '--password-stdin'], PASSWORD);
    expect(code).toBe(1);
    expect(complained).toContain('已经有用户名是 chen 的账号');
  });
});
