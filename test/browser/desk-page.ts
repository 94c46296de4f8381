// Opens the desk as its people do: accounts made over the real API, signed in with a code of the moment, cookies in the
// browser. The first administrator comes from the token that the server prints.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Role } from '../../data/account.ts';
import { totpCodeAt } from '../../data/credentials.ts';
import { desktop, phone } from './chromium.ts';
import type { RunningServer } from './server.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const PASSWORD = 'snow falls on the river';

export interface DeskAccount {
  username: string;
  /** Null for roles without a second factor. */
  totpSecret: string | null;
  /** `name=value`. */
  cookie: string;
}

/** Asks the API as an account does, or as nobody. @throws Error with the answer when it is refused */
export async function call<Body>(
  server: RunningServer,
  method: string,
  path: string,
  { body, account, headers = {} }: { body?: object; account?: DeskAccount; headers?: Record<string, string> } = {},
): Promise<Body> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      Origin: server.url,
      ...(body && { 'Content-Type': 'application/json' }),
      ...(account && { Cookie: account.cookie }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Body;
}

/**
 * The token of `Desk setup: <url>#token=…`, which the server prints while there is no administrator: a line of its own
 * after the one that says that it listens.
 */
export async function setupToken(server: RunningServer): Promise<string> {
  for (;;) {
    const token = /#token=(\S+)\n/.exec(server.stdout())?.[1];
    if (token !== undefined) return token;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function firstAdmin(server: RunningServer): Promise<DeskAccount> {
  const body = { token: await setupToken(server), username: 'admin', password: PASSWORD };
  const { totpSecret } = await call<{ totpSecret: string }>(server, 'POST', '/api/setup', { body });
  return signIn(server, 'admin', totpSecret);
}

/** Somebody whom the administrator invited. */
export async function invited(
  server: RunningServer,
  admin: DeskAccount,
  post: { role: Role; areaCode?: string; placeIds?: string[] },
  displayName: string,
): Promise<DeskAccount> {
  const username = `user-${displayName}`;
  const { url } = await call<{ url: string }>(server, 'POST', '/api/invitations', { body: post, account: admin });
  const token = url.slice(url.indexOf('#token=') + 7);
  const body = { token, username, displayName, password: PASSWORD };
  const made = await call<{ totpSecret: string | null }>(server, 'POST', '/api/invitations/accept', { body });
  return signIn(server, username, made.totpSecret);
}

async function signIn(server: RunningServer, username: string, totpSecret: string | null): Promise<DeskAccount> {
  const totp = totpSecret === null ? {} : { totp: totpCodeAt(totpSecret, Date.now()) };
  const response = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: server.url },
    body: JSON.stringify({ username, password: PASSWORD, ...totp }),
  });
  if (!response.ok) throw new Error(`Signing in answered ${response.status}: ${await response.text()}`);
  const [cookie = ''] = response.headers.getSetCookie();
  return { username, totpSecret, cookie: cookie.split(';')[0] ?? '' };
}

export interface DeskPage {
  page: Page;
  context: BrowserContext;
  /** What the browser complained of: script errors, violations of the content policy, failed requests. */
  complaints: string[];
}

export interface DeskVisit {
  account?: DeskAccount;
  path?: string;
  dark?: boolean;
  onPhone?: boolean;
}

/** A browser of its own for each visitor. */
export async function openDesk(
  browser: Browser,
  server: RunningServer,
  { account, path = '/desk', dark = false, onPhone = false }: DeskVisit = {},
): Promise<DeskPage> {
  const context = await browser.newContext({
    ...(onPhone ? phone : desktop),
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  if (account) {
    const [name = '', value = ''] = account.cookie.split('=');
    await context.addCookies([{ name, value, url: server.url, httpOnly: true, sameSite: 'Lax' }]);
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(server.url + path);
  await page.locator('#main h1').first().waitFor();
  return { page, context, complaints };
}

/** A rider's phone that was made just now. */
export async function riderDevice(server: RunningServer): Promise<Record<string, string>> {
  const { token } = await call<{ token: string }>(server, 'POST', '/api/devices', { body: {} });
  return { 'Device-Token': token };
}

/** A correction that a rider sends; answers its number. */
export async function suggest(server: RunningServer, placeId: string, changes: object, note = ''): Promise<string> {
  const headers = await riderDevice(server);
  const body = { placeId, changes, ...(note && { note }) };
  return (await call<{ number: string }>(server, 'POST', '/api/suggestions', { body, headers })).number;
}

export interface ListedPlace {
  id: string;
  name: string;
  point: [number, number];
  version: number;
}

/** Places of one kind that the desk's table begins with. */
export async function somePlaces(
  server: RunningServer,
  account: DeskAccount,
  query = 'kinds=station&statuses=active',
): Promise<ListedPlace[]> {
  return (await call<{ items: ListedPlace[] }>(server, 'GET', `/api/desk/places?${query}`, { account })).items;
}

/** Rules broken, with the first element of each. */
export async function axeViolations(page: Page): Promise<string[]> {
  // The policy of the page keeps inline scripts out; the browser's own hand does not go through the page.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: runner } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await runner.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html}`);
  });
}
