// Who asks: the account behind the cookie of a session, and whether it may call a route at all. What an account may do to
// one place is asked in the route, of `data/account.ts`.

import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Account } from '../data/account.ts';
import { isAlive, isConfirmed, longestMs } from '../data/session.ts';
import { StoreBusyError, type StoredAccount, type StoredSession, StoreFullError } from '../data/store/store.ts';
import { admitKey, showsKey } from './api-key.ts';
import type { AppContext } from './context.ts';
import { readToken } from './device-token.ts';
import { Problem } from './problem.ts';
import type { Access } from './route.ts';
import type { Secret } from './secret.ts';

const COOKIE = 'yizhan_session';
const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/** Whoever a route with roles admits: somebody who signed in, or a program with a key. */
export interface Caller {
  account: Account;
}

export interface SignedIn extends Caller {
  /** Names the session to its owner; no secret. */
  sessionId: string;
  session: StoredSession;
  stored: StoredAccount;
}

type Roles = Exclude<Access, 'anyone'>;

export interface Identity {
  /** @throws Problem 401 without a living session, 403 for another role, or when the password has to be asked for again */
  admit(request: IncomingMessage, access: Roles): Promise<Caller>;
}

export function createIdentity({ store, secret, now }: Pick<AppContext, 'store' | 'secret' | 'now'>): Identity {
  return {
    async admit(request, access) {
      if (showsKey(request)) {
        const account = await admitKey({ store, secret, now }, request, access.scope);
        requireRole(account, access);
        return { account };
      }
      const signedIn = await identify(request);
      requireRole(signedIn.account, access);
      if (access.isDangerous) requireConfirmed(signedIn, now());
      return signedIn;
    },
  };

  /** That nothing can be written just now is no reason to let nobody read. */
  async function touch(session: StoredSession, nowMs: number): Promise<void> {
    try {
      await store.desk.sessions.touch(session, nowMs);
    } catch (error) {
      if (!(error instanceof StoreBusyError || error instanceof StoreFullError)) throw error;
    }
  }

  async function identify(request: IncomingMessage): Promise<SignedIn> {
    const token = readCookie(request);
    const found = token === undefined ? undefined : await store.desk.sessions.byToken(secret.hash('session', token));
    if (!found) throw new Problem('sign-in-required', '要先登录：/desk/sign-in');
    const { session, account } = found;
    const nowMs = now();
    const asked = { nowMs, deviceHash: deviceHashOf(secret, request), isWriting: isWriting(request) };
    if (!isAlive(session, asked)) throw new Problem('sign-in-required', '登录过期了，请重新登录：/desk/sign-in');
    await touch(session, nowMs);
    const { id, role, areaCode, placeIds, displayName } = account;
    return { account: { id, role, areaCode, placeIds, displayName }, sessionId: session.id, session, stored: account };
  }
}

function requireRole({ role }: Account, { roles }: Roles): void {
  if (!roles.includes(role)) throw new Problem('not-allowed', '你的角色不能做这件事');
}

/** @throws Problem 403 when the password was not asked for within the last minutes */
export function requireConfirmed({ session }: SignedIn, nowMs: number): void {
  if (isConfirmed(session, nowMs)) return;
  throw new Problem('re-authentication-required', '这一步要再输一次密码：POST /api/session/confirmation');
}

/** The device that a request shows; a token that is not ours counts as none. */
export function deviceHashOf(secret: Secret, request: IncomingMessage): string | undefined {
  const token = request.headers['device-token'];
  return typeof token === 'string' ? readToken(secret, token)?.hash : undefined;
}

function isWriting({ method }: IncomingMessage): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** What a session's cookie holds: 256 random bits. */
export function newSessionToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The session's token that a request brings; undefined for none, and for what cannot be one. */
export function readCookie(request: IncomingMessage): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value = ''] = pair.trim().split('=', 2);
    if (name === COOKIE && TOKEN.test(value)) return value;
  }
  return undefined;
}

export function setCookie(response: ServerResponse, publicUrl: string, token: string, session: StoredSession): void {
  response.setHeader('Set-Cookie', cookie(publicUrl, token, longestMs(session) / 1000));
}

export function clearCookie(response: ServerResponse, publicUrl: string): void {
  response.setHeader('Set-Cookie', cookie(publicUrl, '', 0));
}

function cookie(publicUrl: string, value: string, maxAgeSeconds: number): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}
