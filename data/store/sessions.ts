// Sessions: who is signed in, on what, since when. Kept by the keyed hash of what the cookie holds, so that the database
// alone opens nothing.

import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Role } from '../account.ts';
import { endsAtMs, type SessionTimes, TOUCH_MS } from '../session.ts';
import { accountById, type StoredAccount, takeTotpStep } from './accounts.ts';
import { type Actor, appendAudit } from './audit.ts';
import type { SessionRow, Tables } from './tables.ts';
import type { Writing } from './writer.ts';

export interface StoredSession extends SessionTimes {
  /** Names it to its owner; opens nothing. */
  id: string;
  accountId: string;
  /** What it was opened with, roughly: `Chrome · Windows`. */
  label: string;
}

export interface NewSession {
  accountId: string;
  /** A keyed hash of what the cookie holds. */
  tokenHash: string;
  /** Keyed hash of the device that is enrolled with it. */
  deviceHash: string | null;
  label: string;
  /** The time step of the code that was given, for accounts with a second factor. */
  totpStep: number | undefined;
  /** The session that this one takes the place of, by its token's hash. */
  replaces: string | undefined;
}

export function actorOf(account: { id: string }): Actor {
  return { kind: 'account', name: account.id };
}

/** A session and whose it is; undefined for an unknown one, and for that of an account that is disabled. */
export async function sessionByToken(
  db: Kysely<Tables>,
  tokenHash: string,
): Promise<{ session: StoredSession; account: StoredAccount } | undefined> {
  const row = await db.selectFrom('sessions').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
  if (!row) return undefined;
  const account = await accountById(db, row.account_id);
  return account?.status === 'active' ? { session: sessionOf(row, account.role), account } : undefined;
}

/** The newest first. */
export async function sessionsOf(db: Kysely<Tables>, account: StoredAccount): Promise<StoredSession[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', account.id)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => sessionOf(row, account.role));
}

function sessionOf(row: SessionRow, role: Role): StoredSession {
  return {
    id: row.id,
    accountId: row.account_id,
    role,
    createdAtMs: Date.parse(row.created_at),
    lastSeenAtMs: Date.parse(row.last_seen_at),
    confirmedAtMs: Date.parse(row.confirmed_at),
    deviceHash: row.device_hash,
    label: row.label,
  };
}

/** Undefined when the code was taken before, or the account was disabled meanwhile. */
export async function openSession(writing: Writing, session: NewSession): Promise<StoredSession | undefined> {
  const { db, at } = writing;
  const { accountId, tokenHash, deviceHash, label, totpStep, replaces } = session;
  const account = await accountById(db, accountId);
  if (account?.status !== 'active') return undefined;
  if (totpStep !== undefined && !(await takeTotpStep(writing, accountId, totpStep))) return undefined;
  if (replaces !== undefined) await db.deleteFrom('sessions').where('token_hash', '=', replaces).execute();
  const row: SessionRow = {
    id: randomBytes(8).toString('hex'),
    token_hash: tokenHash,
    account_id: accountId,
    created_at: at,
    last_seen_at: at,
    confirmed_at: at,
    device_hash: deviceHash,
    label,
  };
  await db.insertInto('sessions').values(row).execute();
  const details = { session: row.id, label, enrolled: deviceHash !== null };
  await appendAudit(writing, { actor: actorOf(account), act: 'session.open', subject: accountId, details });
  return sessionOf(row, account.role);
}

/** Remembers that it was used just now. */
export async function touchSession({ db, at }: Writing, id: string): Promise<void> {
  await db.updateTable('sessions').set({ last_seen_at: at }).where('id', '=', id).execute();
}

/** Whether the last use is so long ago that it is worth a write. */
export function wantsTouch(session: StoredSession, nowMs: number): boolean {
  return nowMs - session.lastSeenAtMs >= TOUCH_MS;
}

/** The password was asked for again. False when the code was taken before. */
export async function confirmSession(
  writing: Writing,
  session: { id: string; accountId: string },
  totpStep: number | undefined,
): Promise<boolean> {
  if (totpStep !== undefined && !(await takeTotpStep(writing, session.accountId, totpStep))) return false;
  await writing.db.updateTable('sessions').set({ confirmed_at: writing.at }).where('id', '=', session.id).execute();
  return true;
}

/** False when there is none, or `owner` is given and it is another's. */
export async function closeSession(writing: Writing, id: string, actor: Actor, owner?: string): Promise<boolean> {
  let removal = writing.db.deleteFrom('sessions').where('id', '=', id);
  if (owner !== undefined) removal = removal.where('account_id', '=', owner);
  const row = await removal.returning('account_id').executeTakeFirst();
  if (!row) return false;
  await appendAudit(writing, { actor, act: 'session.close', subject: row.account_id, details: { session: id } });
  return true;
}

/** Forgets sessions that are over. */
export async function pruneSessions({ db, at }: Writing): Promise<void> {
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .selectAll('sessions')
    .select('accounts.role')
    .execute();
  const over = rows.filter((row) => endsAtMs(sessionOf(row, row.role as Role)) <= Date.parse(at));
  for (const { id } of over) await db.deleteFrom('sessions').where('id', '=', id).execute();
}
