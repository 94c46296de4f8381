// Signing in: what was given is checked in the same way and the same time whether the account exists or not, and a
// session begins under a new name.

import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';
import { TOTP_ROLES } from '../data/account.ts';
import { isPassword, totpStepOf } from '../data/credentials.ts';
import type { KnownAccount, StoredSession } from '../data/store/store.ts';
import type { BackOff } from './back-off.ts';
import type { AppContext } from './context.ts';
import { addressOf } from './creation.ts';
import { deviceLabel } from './device-label.ts';
import { deviceHashOf, newSessionToken, readCookie, setCookie } from './identity.ts';
import { Problem } from './problem.ts';
import { openIfPossible } from './secret.ts';

export const DEVICE_TO_ENROL = {
  'Device-Token': {
    description: '网格员、驻点负责人、商户：登录时带上，就绑定这台设备，30 天不用再登录',
    required: false,
  },
};

export interface Proof {
  /** The time step of the code that was given, to be accepted once; undefined for roles without a second factor. */
  totpStep: number | undefined;
}

/** Whether password and code are the account's. Undefined when not; nothing says which of them was wrong. */
export async function prove(
  { secret, now }: Pick<AppContext, 'secret' | 'now'>,
  known: KnownAccount | undefined,
  { password, totp }: { password: string; totp?: string | undefined },
): Promise<Proof | undefined> {
  const isRight = await isPassword(known?.passwordHash ?? null, password);
  if (!known || !isRight || known.account.status !== 'active') return undefined;
  if (!TOTP_ROLES.includes(known.account.role)) return { totpStep: undefined };
  if (known.sealedTotpSecret === null || totp === undefined) return undefined;
  const totpSecret = openIfPossible(secret, 'totp', known.sealedTotpSecret, known.account.id);
  const totpStep = totpSecret === undefined ? undefined : totpStepOf(totpSecret, totp, now());
  return totpStep === undefined ? undefined : { totpStep };
}

/**
 * Opens a session in place of the one that the request brings, and sets its cookie. Undefined when the code was taken
 * before. The device is enrolled for those who work outside, not for desk staff.
 */
export async function beginSession(
  { store, secret, config }: Pick<AppContext, 'store' | 'secret' | 'config'>,
  request: IncomingMessage,
  response: Response,
  { account }: KnownAccount,
  { totpStep }: Proof,
): Promise<StoredSession | undefined> {
  const token = newSessionToken();
  const before = readCookie(request);
  const session = await store.desk.sessions.open({
    accountId: account.id,
    tokenHash: secret.hash('session', token),
    deviceHash: TOTP_ROLES.includes(account.role) ? null : (deviceHashOf(secret, request) ?? null),
    label: deviceLabel(request.headers['user-agent']),
    totpStep,
    replaces: before === undefined ? undefined : secret.hash('session', before),
  });
  if (session) setCookie(response, config.publicUrl, token, session);
  return session;
}

/** A try by name and address; call what it returns when it was right. @throws Problem 429 */
export function attempt(backOff: BackOff, request: Request, name: string): () => void {
  return backOff.attempt(name, addressOf(request));
}

export function signInFailed(detail: string): Problem {
  return new Problem('sign-in-failed', detail);
}
