// Accounts: who there is, where they act, and how they prove it. Every act on one has its row in the audit, which says
// what somebody may, never how they are called or reached.

import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type Account, type AccountStatus, type Located, PLACE_ROLES, type Post, type Role } from '../account.ts';
import { type Actor, appendAudit, REDACTED } from './audit.ts';
import { forgottenBefore, HOUSEKEEPING } from './retention.ts';
import type { AccountRow, Tables } from './tables.ts';
import type { Writing } from './writer.ts';

/** An account as the desk knows it. `sealedPhone` opens for the account's id. */
export interface StoredAccount extends Account {
  username: string | null;
  status: AccountStatus;
  sealedPhone: string | null;
  hasPassword: boolean;
  createdAt: string;
}

/** What a sign-in is checked against. `sealedTotpSecret` opens for the account's id. */
export interface KnownAccount {
  account: StoredAccount;
  passwordHash: string | null;
  sealedTotpSecret: string | null;
}

export interface SealedPhone {
  sealed: string;
  /** A keyed hash. */
  lookup: string;
}

export interface NewAccount extends Post {
  id: string;
  username: string | null;
  displayName: string;
  passwordHash: string | null;
  sealedTotpSecret: string | null;
  phone: SealedPhone | null;
  invitedBy: string | null;
}

/** A name or a phone that another account has. */
export type Taken = 'username-taken' | 'phone-taken';

/** What is undefined stays as it is. */
export interface AccountChanges {
  displayName?: string | undefined;
  areaCode?: string | null | undefined;
  placeIds?: readonly string[] | undefined;
  status?: AccountStatus | undefined;
  phone?: SealedPhone | null | undefined;
}

/** 64 random bits: names an account in the audit and in addresses. */
export function newAccountId(): string {
  return randomBytes(8).toString('hex');
}

export async function accountById(db: Kysely<Tables>, id: string): Promise<StoredAccount | undefined> {
  return (await knownBy(db, 'id', id))?.account;
}

/** By username as `readUsername` gives it, by id, or by the keyed hash of a phone. */
export async function knownBy(
  db: Kysely<Tables>,
  column: 'id' | 'username' | 'phone_lookup',
  value: string,
): Promise<KnownAccount | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where(column, '=', value).executeTakeFirst();
  if (!row) return undefined;
  const [account] = await accountsOf(db, [row]);
  return account && { account, passwordHash: row.password_hash, sealedTotpSecret: row.totp_secret };
}

/** The accounts of rows, in their order. */
async function accountsOf(db: Kysely<Tables>, rows: readonly AccountRow[]): Promise<StoredAccount[]> {
  const places = new Map<string, string[]>();
  const ids = rows.map((row) => row.id);
  const owned = ids.length === 0 ? [] : await placeRows(db, ids);
  for (const { account_id, place_id } of owned) places.set(account_id, [...(places.get(account_id) ?? []), place_id]);
  return rows.map((row) => ({
    id: row.id,
    role: row.role as Role,
    areaCode: row.area_code,
    placeIds: places.get(row.id) ?? [],
    displayName: row.display_name,
    username: row.username,
    status: row.status as AccountStatus,
    sealedPhone: row.phone,
    hasPassword: row.password_hash !== null,
    createdAt: row.created_at,
  }));
}

function placeRows(db: Kysely<Tables>, accountIds: readonly string[]) {
  return db
    .selectFrom('account_places')
    .selectAll()
    .where('account_id', 'in', [...accountIds])
    .orderBy('place_id')
    .execute();
}

export interface AccountQuery {
  /** Only those whose area lies in this one, and those with a place in it. */
  areaCode?: string | undefined;
  role?: Role | undefined;
  status?: AccountStatus | undefined;
  /** Part of the display name or the username. */
  text?: string | undefined;
  /** The last account of the page before. */
  after?: { createdAt: string; id: string } | undefined;
  limit: number;
}

/** In the order of their creation. */
export async function listAccounts(db: Kysely<Tables>, query: AccountQuery): Promise<StoredAccount[]> {
  const { areaCode, role, status, text, after, limit } = query;
  let rows = db.selectFrom('accounts').selectAll().orderBy('created_at').orderBy('id').limit(limit);
  if (role !== undefined) rows = rows.where('role', '=', role);
  if (status !== undefined) rows = rows.where('status', '=', status);
  if (text !== undefined) {
    const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    rows = rows.where(
      sql<boolean>`(lower(display_name) like ${pattern} escape '\\' or username like ${pattern} escape '\\')`,
    );
  }
  if (after !== undefined) rows = rows.where(isAfter(after));
  if (areaCode !== undefined)
    rows = rows.where(({ or, eb, exists, selectFrom }) => {
      const inside = `${areaCode}%`;
      const ownPlace = selectFrom('account_places')
        .innerJoin('places', 'places.id', 'account_places.place_id')
        .select('places.id')
        .whereRef('account_places.account_id', '=', 'accounts.id')
        .where((place) =>
          place.or([
            place('places.district', 'like', inside),
            place('places.street', 'like', inside),
            place('places.community', 'like', inside),
          ]),
        );
      return or([eb('area_code', 'like', inside), exists(ownPlace)]);
    });
  return accountsOf(db, await rows.execute());
}

/** What stands behind the last row of a page, in the order of creation. */
export function isAfter(last: { createdAt: string; id: string }) {
  return sql<boolean>`(created_at > ${last.createdAt} or (created_at = ${last.createdAt} and id > ${last.id}))`;
}

/** How colleagues see them, by id; keys of programs by their names. */
export async function displayNames(db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)];
  const accounts = await db.selectFrom('accounts').select(['id', 'display_name']).where('id', 'in', wanted).execute();
  const keys = await db.selectFrom('api_keys').select(['id', 'name']).where('id', 'in', wanted).execute();
  return new Map([
    ...accounts.map((row): [string, string] => [row.id, row.display_name]),
    ...keys.map((row): [string, string] => [row.id, `程序：${row.name}`]),
  ]);
}

/** Administrators who may sign in, but for one of them. */
export async function countOtherAdmins(db: Kysely<Tables>, butFor = ''): Promise<number> {
  const { count } = await db
    .selectFrom('accounts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .where('id', '<>', butFor)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Where places lie, as far as areas care; those that are not there are left out. */
export async function whereabouts(
  db: Kysely<Tables>,
  placeIds: readonly string[],
): Promise<(Located & { id: string; name: string })[]> {
  if (placeIds.length === 0) return [];
  return db
    .selectFrom('places')
    .select(['id', 'name', 'district', 'street', 'community'])
    .where('id', 'in', [...placeIds])
    .orderBy('id')
    .execute();
}

export async function createAccount(
  writing: Writing,
  account: NewAccount,
  actor: Actor,
): Promise<StoredAccount | Taken> {
  const { db, at } = writing;
  const { id, username, role, areaCode, placeIds, phone } = account;
  if (username !== null && (await knownBy(db, 'username', username))) return 'username-taken';
  if (phone !== null && (await knownBy(db, 'phone_lookup', phone.lookup))) return 'phone-taken';
  await db
    .insertInto('accounts')
    .values({
      id,
      username,
      display_name: account.displayName,
      role,
      area_code: areaCode,
      status: 'active',
      disabled_at: null,
      password_hash: account.passwordHash,
      totp_secret: account.sealedTotpSecret,
      totp_step: null,
      phone: phone?.sealed ?? null,
      phone_lookup: phone?.lookup ?? null,
      invited_by: account.invitedBy,
      created_at: at,
    })
    .execute();
  await setPlaces(writing, id, placeIds);
  const details = { role, areaCode, placeIds, invitedBy: account.invitedBy };
  await appendAudit(writing, { actor, act: 'account.create', subject: id, details });
  return (await accountById(db, id)) as StoredAccount;
}

async function setPlaces({ db }: Writing, accountId: string, placeIds: readonly string[]): Promise<void> {
  await db.deleteFrom('account_places').where('account_id', '=', accountId).execute();
  if (placeIds.length === 0) return;
  const rows = [...new Set(placeIds)].map((place_id) => ({ account_id: accountId, place_id }));
  await db.insertInto('account_places').values(rows).execute();
}

/**
 * Changes what is named, and nothing else. Whoever is disabled, or gets another phone, is signed out everywhere.
 * Undefined when there is no such account; `last-admin` when nobody could look after the accounts any more.
 */
export async function updateAccount(
  writing: Writing,
  id: string,
  changes: AccountChanges,
  actor: Actor,
): Promise<StoredAccount | 'phone-taken' | 'last-admin' | undefined> {
  const { db } = writing;
  const before = await accountById(db, id);
  if (!before) return undefined;
  const { displayName, areaCode, placeIds, status, phone } = changes;
  if (status === 'disabled' && before.role === 'admin' && (await countOtherAdmins(db, id)) === 0) return 'last-admin';
  if (phone) {
    const holder = await knownBy(db, 'phone_lookup', phone.lookup);
    if (holder && holder.account.id !== id) return 'phone-taken';
  }
  const set = {
    ...(displayName !== undefined && { display_name: displayName }),
    ...(areaCode !== undefined && { area_code: areaCode }),
    ...(status !== undefined && { status, disabled_at: status === 'disabled' ? writing.at : null }),
    ...(phone !== undefined && { phone: phone?.sealed ?? null, phone_lookup: phone?.lookup ?? null }),
  };
  if (Object.keys(set).length > 0) await db.updateTable('accounts').set(set).where('id', '=', id).execute();
  if (placeIds !== undefined) await setPlaces(writing, id, placeIds);
  if (status === 'disabled' || phone !== undefined) await forgetSignIns(writing, id);
  const details = {
    ...(displayName !== undefined && { displayName: REDACTED }),
    ...(areaCode !== undefined && { areaCode }),
    ...(placeIds !== undefined && { placeIds }),
    ...(status !== undefined && { status }),
    ...(phone !== undefined && { phone: phone && REDACTED }),
  };
  await appendAudit(writing, { actor, act: 'account.update', subject: id, details });
  return accountById(db, id);
}

/**
 * Another role, with what belongs to it; signed out everywhere. False when there is no such account, and when nobody
 * could look after the accounts any more.
 */
export async function changeRole(writing: Writing, id: string, post: Post, actor: Actor): Promise<boolean> {
  const { db } = writing;
  const before = await accountById(db, id);
  if (!before) return false;
  const { role, areaCode, placeIds } = post;
  if (before.role === 'admin' && role !== 'admin' && (await countOtherAdmins(db, id)) === 0) return false;
  const withoutPhone = PLACE_ROLES.includes(role) ? {} : { phone: null, phone_lookup: null };
  await db
    .updateTable('accounts')
    .set({ role, area_code: areaCode, ...withoutPhone })
    .where('id', '=', id)
    .execute();
  await setPlaces(writing, id, placeIds);
  await forgetSignIns(writing, id);
  const details = { from: before.role, role, areaCode, placeIds };
  await appendAudit(writing, { actor, act: 'account.change-role', subject: id, details });
  return true;
}

/** New credentials; every session but one is over. */
export async function setCredentials(
  writing: Writing,
  id: string,
  credentials: { passwordHash: string; sealedTotpSecret?: string | null },
  { actor, act, keptSession }: { actor: Actor; act: string; keptSession?: string },
): Promise<void> {
  const { passwordHash, sealedTotpSecret } = credentials;
  await writing.db
    .updateTable('accounts')
    .set({
      password_hash: passwordHash,
      ...(sealedTotpSecret !== undefined && { totp_secret: sealedTotpSecret, totp_step: null }),
    })
    .where('id', '=', id)
    .execute();
  await forgetSignIns(writing, id, keptSession);
  await appendAudit(writing, { actor, act, subject: id, details: {} });
}

/** Ends the sessions of an account, and takes back the codes and links with which new ones could begin. */
async function forgetSignIns({ db }: Writing, accountId: string, keptSession = ''): Promise<void> {
  await db.deleteFrom('sessions').where('account_id', '=', accountId).where('id', '<>', keptSession).execute();
  await db.deleteFrom('sign_in_codes').where('account_id', '=', accountId).execute();
  await db.deleteFrom('invitations').where('account_id', '=', accountId).execute();
}

/** Whether a code of this time step is the first of it or of a later one; remembers it. */
export async function takeTotpStep({ db }: Writing, accountId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ totp_step: step })
    .where('id', '=', accountId)
    .where((row) => row.or([row('totp_step', 'is', null), row('totp_step', '<', step)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets the phones of accounts that have been disabled for thirty days: nobody is to be called there any more. */
export async function forgetOldPhones(writing: Writing): Promise<void> {
  const { db, at } = writing;
  const rows = await db
    .updateTable('accounts')
    .set({ phone: null, phone_lookup: null })
    .where('phone', 'is not', null)
    .where('status', '=', 'disabled')
    .where('disabled_at', '<', forgottenBefore(at))
    .returning('id')
    .execute();
  for (const { id } of rows) {
    await appendAudit(writing, { actor: HOUSEKEEPING, act: 'account.forget-phone', subject: id, details: {} });
  }
}
