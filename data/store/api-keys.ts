// Keys for programs: made, found by their hash, revoked for good.

import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { ApiKey, ApiScope } from '../api-key.ts';
import { type Actor, appendAudit } from './audit.ts';
import type { ApiKeyRow, Tables } from './tables.ts';
import type { Writing } from './writer.ts';

export interface NewApiKey {
  name: string;
  scopes: readonly ApiScope[];
  areaCode: string | null;
  /** A keyed hash of the key, which itself is kept nowhere. */
  keyHash: string;
}

export async function addApiKey(writing: Writing, key: NewApiKey, creator: { id: string }): Promise<ApiKey> {
  const row: ApiKeyRow = {
    id: `key-${randomBytes(6).toString('hex')}`,
    key_hash: key.keyHash,
    name: key.name,
    scopes: JSON.stringify(key.scopes),
    area_code: key.areaCode,
    created_by: creator.id,
    created_at: writing.at,
    revoked_at: null,
    last_used_on: null,
  };
  await writing.db.insertInto('api_keys').values(row).execute();
  const { name, scopes, areaCode } = key;
  await appendAudit(writing, {
    actor: { kind: 'account', name: creator.id },
    act: 'api-key.create',
    subject: row.id,
    details: { name, scopes, areaCode },
  });
  return apiKeyOf(row);
}

/** Newest first, the revoked ones too. */
export async function apiKeys(db: Kysely<Tables>): Promise<ApiKey[]> {
  const rows = await db.selectFrom('api_keys').selectAll().orderBy('created_at', 'desc').orderBy('id').execute();
  return rows.map(apiKeyOf);
}

/** Undefined for an unknown one, and for one that was revoked. */
export async function apiKeyByHash(db: Kysely<Tables>, keyHash: string): Promise<ApiKey | undefined> {
  const row = await db
    .selectFrom('api_keys')
    .selectAll()
    .where('key_hash', '=', keyHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row && apiKeyOf(row);
}

/** Remembers the day, so that a key that nobody uses can be found. */
export async function useApiKey({ db, at }: Writing, id: string): Promise<void> {
  await db
    .updateTable('api_keys')
    .set({ last_used_on: at.slice(0, 10) })
    .where('id', '=', id)
    .execute();
}

/** From here on it opens nothing. False when there is none that opens anything. */
export async function revokeApiKey(writing: Writing, id: string, actor: Actor): Promise<boolean> {
  const { db, at } = writing;
  const row = await db
    .updateTable('api_keys')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!row) return false;
  await appendAudit(writing, { actor, act: 'api-key.revoke', subject: id, details: {} });
  return true;
}

function apiKeyOf(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    scopes: JSON.parse(row.scopes),
    areaCode: row.area_code,
    createdBy: row.created_by,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
    lastUsedOn: row.last_used_on,
  };
}
