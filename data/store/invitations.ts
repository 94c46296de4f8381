// Links that work once: to a new account, or to new credentials for one that there is. What is left of a used one is its
// row in the audit.

import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Post, Role } from '../account.ts';
import {
  createAccount,
  isAfter,
  type KnownAccount,
  knownBy,
  type NewAccount,
  type SealedPhone,
  type StoredAccount,
  setCredentials,
  type Taken,
} from './accounts.ts';
import { type Actor, appendAudit } from './audit.ts';
import { actorOf } from './sessions.ts';
import type { InvitationRow, Tables } from './tables.ts';
import type { Writing } from './writer.ts';

const VALID_MS = 7 * 24 * 3_600_000;

export interface Invitation extends Post {
  id: string;
  /** Whose credentials it renews; null for one to a new account. */
  accountId: string | null;
  /** Opens for the invitation's id. */
  phone: SealedPhone | null;
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  /** Waits for a second person; until then its link opens nothing. */
  isHeld: boolean;
}

export interface NewInvitation extends Post {
  id: string;
  tokenHash: string;
  accountId: string | null;
  phone: SealedPhone | null;
  isHeld: boolean;
}

export function newInvitationId(): string {
  return randomBytes(8).toString('hex');
}

export async function createInvitation(
  writing: Writing,
  invitation: NewInvitation,
  creator: { id: string },
): Promise<Invitation> {
  const { db, at } = writing;
  const { id, tokenHash, accountId, role, areaCode, placeIds, phone, isHeld } = invitation;
  const row: InvitationRow = {
    id,
    token_hash: tokenHash,
    account_id: accountId,
    role,
    area_code: areaCode,
    place_ids: JSON.stringify(placeIds),
    phone: phone?.sealed ?? null,
    phone_lookup: phone?.lookup ?? null,
    created_by: creator.id,
    created_at: at,
    expires_at: new Date(Date.parse(at) + VALID_MS).toISOString(),
    held: Number(isHeld),
  };
  // The newest link to an account's credentials is the only one.
  if (accountId !== null) await db.deleteFrom('invitations').where('account_id', '=', accountId).execute();
  await db.insertInto('invitations').values(row).execute();
  const act = accountId === null ? 'invitation.create' : 'account.reset';
  const details = accountId === null ? { role, areaCode, placeIds } : { invitation: id };
  await appendAudit(writing, { actor: actorOf(creator), act, subject: accountId ?? id, details });
  return invitationOf(row);
}

function invitationOf(row: InvitationRow): Invitation {
  return {
    id: row.id,
    accountId: row.account_id,
    role: row.role as Role,
    areaCode: row.area_code,
    placeIds: JSON.parse(row.place_ids) as string[],
    phone: row.phone === null || row.phone_lookup === null ? null : { sealed: row.phone, lookup: row.phone_lookup },
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    isHeld: row.held === 1,
  };
}

export interface InvitationQuery {
  /** Only what this account gave out, and what is for its area. */
  of?: { id: string; areaCode: string } | undefined;
  /** The last one of the page before. */
  after?: { createdAt: string; id: string } | undefined;
  limit: number;
}

/** Those that may still be taken up, in the order in which they were given out. */
export async function listInvitations(
  db: Kysely<Tables>,
  { of, after, limit }: InvitationQuery,
  nowIso: string,
): Promise<Invitation[]> {
  let rows = db.selectFrom('invitations').selectAll().where('expires_at', '>', nowIso);
  if (of !== undefined) {
    rows = rows.where(({ eb, or }) => or([eb('created_by', '=', of.id), eb('area_code', 'like', `${of.areaCode}%`)]));
  }
  if (after !== undefined) rows = rows.where(isAfter(after));
  return (await rows.orderBy('created_at').orderBy('id').limit(limit).execute()).map(invitationOf);
}

/** Undefined for a link that was never given, used, taken back, or is too old. */
export async function invitationBy(
  db: Kysely<Tables>,
  column: 'id' | 'token_hash',
  value: string,
  nowIso: string,
): Promise<Invitation | undefined> {
  const row = await db
    .selectFrom('invitations')
    .selectAll()
    .where(column, '=', value)
    .where('expires_at', '>', nowIso)
    .executeTakeFirst();
  return row && invitationOf(row);
}

/** Returns whether there was one. */
export async function withdrawInvitation(writing: Writing, id: string, actor: Actor): Promise<boolean> {
  const row = await writing.db.deleteFrom('invitations').where('id', '=', id).returning('role').executeTakeFirst();
  if (!row) return false;
  await appendAudit(writing, { actor, act: 'invitation.withdraw', subject: id, details: { role: row.role } });
  return true;
}

/** The second person agreed: the link opens. */
export async function releaseInvitation({ db }: Writing, id: string): Promise<void> {
  await db.updateTable('invitations').set({ held: 0 }).where('id', '=', id).execute();
}

/** Makes the account; undefined when the link was used or taken back meanwhile, or is held. */
export async function acceptInvitation(
  writing: Writing,
  invitation: Invitation,
  account: NewAccount,
): Promise<StoredAccount | Taken | undefined> {
  if (!(await isStillOpen(writing, invitation.id))) return undefined;
  const made = await createAccount(writing, account, actorOf(account));
  if (typeof made !== 'string') await writing.db.deleteFrom('invitations').where('id', '=', invitation.id).execute();
  return made;
}

/** Gives an account new credentials and signs it out everywhere. Undefined when the link is no longer open. */
export async function acceptReset(
  writing: Writing,
  invitation: Invitation & { accountId: string },
  credentials: { passwordHash: string; sealedTotpSecret: string | null },
): Promise<KnownAccount | undefined> {
  if (!(await isStillOpen(writing, invitation.id))) return undefined;
  const actor = actorOf({ id: invitation.accountId });
  // Takes the link away too, as all that a sign-in could begin with.
  await setCredentials(writing, invitation.accountId, credentials, { actor, act: 'account.renew-credentials' });
  return knownBy(writing.db, 'id', invitation.accountId);
}

async function isStillOpen({ db, at }: Writing, id: string): Promise<boolean> {
  const invitation = await invitationBy(db, 'id', id, at);
  return invitation !== undefined && !invitation.isHeld;
}

/** Forgets links that are too old, and the phones with them. */
export async function pruneInvitations({ db, at }: Writing): Promise<void> {
  await db.deleteFrom('invitations').where('expires_at', '<=', at).execute();
}
