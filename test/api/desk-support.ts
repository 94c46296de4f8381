// What the tests of the desk share: accounts of every role, signed in over HTTP as their owners would.

import path from 'node:path';
import type { Test } from 'supertest';
import type { Account, Post, Role } from '../../data/account.ts';
import { makeCredentials, totpCodeAt } from '../../data/credentials.ts';
import { createSecret, readKeyFile } from '../../data/secret.ts';
import { newAccountId } from '../../data/store/accounts.ts';
import type { Api } from './support.ts';

export const PASSWORD = 'snow falls on the river';
export const ORIGIN = 'http://map.example:8080';

export interface Credentials {
  id: string;
  username: string;
  password: string;
  /** Base32; null for roles without a second factor. */
  totpSecret: string | null;
}

export interface DeskAgent {
  account: Account;
  credentials: Credentials;
  /** What a browser would send: cookie and Origin. */
  headers: Record<string, string>;
  get(path: string): Test;
  post(path: string, body?: object, headers?: Record<string, string>): Test;
  patch(path: string, body: object, headers?: Record<string, string>): Test;
  delete(path: string): Test;
}

const TIME_STEP_MS = 30_000;
let accounts = 0;

/** An account as an administrator's invitation would have made it, not signed in yet. */
export async function newAccount(api: Api, post: Partial<Post> & { role: Role }): Promise<Account & Credentials> {
  const id = newAccountId();
  const username = `${post.role}-${++accounts}`;
  const { role, areaCode = null, placeIds = [] } = post;
  const secret = createSecret(readKeyFile(path.dirname(api.file)));
  const made = await makeCredentials(secret, { accountId: id, role, password: PASSWORD });
  const { passwordHash, sealedTotpSecret, totpSecret } = made;
  const account = { id, role, areaCode, placeIds, displayName: `同事 ${accounts}` };
  await api.store.desk.accounts.create(
    { ...account, username, passwordHash, sealedTotpSecret, phone: null, invitedBy: null },
    { kind: 'system', name: 'tests' },
  );
  return { ...account, username, password: PASSWORD, totpSecret };
}

/** A new account, signed in. */
export async function signedIn(api: Api, post: Partial<Post> & { role: Role }): Promise<DeskAgent> {
  const { username, password, totpSecret, ...account } = await newAccount(api, post);
  return signInAs(api, account, { id: account.id, username, password, totpSecret });
}

/** Another session of an account. A code is good for one: the clock moves on to the next where there is need. */
export async function signInAgain(api: Api, { account, credentials }: DeskAgent): Promise<DeskAgent> {
  if (credentials.totpSecret !== null) api.clock.now += TIME_STEP_MS;
  return signInAs(api, account, credentials);
}

async function signInAs(api: Api, account: Account, credentials: Credentials): Promise<DeskAgent> {
  const { username, password, totpSecret } = credentials;
  const totp = totpSecret === null ? {} : { totp: totpCodeAt(totpSecret, api.clock.now) };
  const response = await api.request
    .post('/api/session')
    .send({ username, password, ...totp })
    .expect(200);
  return agentWith(api, account, credentials, cookieOf(response));
}

export function agentWith(api: Api, account: Account, credentials: Credentials, cookie: string): DeskAgent {
  const headers = { Cookie: cookie, Origin: ORIGIN };
  const { request } = api;
  return {
    account,
    credentials,
    headers,
    get: (url) => request.get(url).set(headers),
    post: (url, body = {}, own = {}) =>
      request
        .post(url)
        .set({ ...headers, ...own })
        .send(body),
    patch: (url, body, own = {}) =>
      request
        .patch(url)
        .set({ ...headers, ...own })
        .send(body),
    delete: (url) => request.delete(url).set(headers),
  };
}

/** `name=value` of the session's cookie in an answer. */
export function cookieOf(response: { headers: Record<string, unknown> }): string {
  const [cookie = ''] = (response.headers['set-cookie'] as string[] | undefined) ?? [];
  return cookie.split(';')[0] ?? '';
}
