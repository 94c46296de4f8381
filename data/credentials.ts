// How an account proves itself: a password, kept as argon2id, and a code of the moment (TOTP, RFC 6238), whose secret is
// kept sealed.

import { hash, verify } from '@node-rs/argon2';
import { Secret as OtpSecret, TOTP } from 'otpauth';
import { type Role, TOTP_ROLES } from './account.ts';
import type { Secret } from './secret.ts';

/** argon2id, its package's default algorithm, with what OWASP asks for at least: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const STEP_SECONDS = 30;

/** What the store keeps of an account's credentials, and what its owner has to be shown once. */
export interface NewCredentials {
  passwordHash: string;
  /** Sealed for the account's id; null for roles without a second factor. */
  sealedTotpSecret: string | null;
  /** Base32, for the authenticator app; null for roles without a second factor. */
  totpSecret: string | null;
}

/** Each takes a thread and 19 MiB: a crowd at the door must not take all that photos and backups need. */
const MOST_AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running < MOST_AT_ONCE) running++;
  else await new Promise<void>((go) => waiting.push(go));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** The same password however it was typed: composed (RFC 8265 without its other rules). */
const composed = (password: string) => password.normalize('NFC');

export async function makeCredentials(
  secret: Secret,
  { accountId, role, password }: { accountId: string; role: Role; password: string },
): Promise<NewCredentials> {
  const totpSecret = TOTP_ROLES.includes(role) ? new OtpSecret({ size: 20 }).base32 : null;
  return {
    passwordHash: await inTurn(() => hash(composed(password), COST)),
    totpSecret,
    sealedTotpSecret: totpSecret === null ? null : secret.seal('totp', totpSecret, accountId),
  };
}

/** Of thirty-two random bytes that nobody has. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$wTOiydNLkGT0643ujFETOA$AO66X5wp/pFSo0mgo3TKZBx/kaoxQDkPXwEPgWD/RsM';

/** Takes as long, and does the same work, for an account without a password: nobody learns which there are. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isSame = await inTurn(() => verify(passwordHash ?? NOBODYS_HASH, composed(password)));
  return isSame && passwordHash !== null;
}

/**
 * The time step whose code this is: the present one, the one before or the next, since clocks differ; undefined for
 * another code. Whoever accepts it keeps the step, and accepts none twice.
 */
export function totpStepOf(totpSecret: string, code: string, nowMs: number): number | undefined {
  const delta = /^\d{6}$/.test(code) ? totp(totpSecret).validate({ token: code, timestamp: nowMs, window: 1 }) : null;
  return delta === null ? undefined : Math.floor(nowMs / 1000 / STEP_SECONDS) + delta;
}

/** The code of a moment, as an authenticator app shows it. */
export function totpCodeAt(totpSecret: string, nowMs: number): string {
  return totp(totpSecret).generate({ timestamp: nowMs });
}

/** What an authenticator app reads from a QR code. */
export function totpUri(totpSecret: string, about: { issuer: string; username: string }): string {
  return totp(totpSecret, about.issuer, about.username).toString();
}

function totp(totpSecret: string, issuer = '', label = ''): TOTP {
  return new TOTP({ issuer, label, secret: OtpSecret.fromBase32(totpSecret), period: STEP_SECONDS, digits: 6 });
}
