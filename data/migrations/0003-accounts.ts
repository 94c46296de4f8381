// Who works at the desk: accounts with their places, sessions, invitations, one-time codes, and acts that wait for a
// second person. What is personal lies here sealed or as a keyed hash.

import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('accounts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('username', 'text', (column) => column.unique())
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('area_code', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('disabled_at', 'text')
    .addColumn('password_hash', 'text')
    .addColumn('totp_secret', 'text')
    .addColumn('totp_step', 'bigint')
    .addColumn('phone', 'text')
    .addColumn('phone_lookup', 'text', (column) => column.unique())
    .addColumn('invited_by', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('accounts_role').on('accounts').columns(['role', 'area_code']).execute();

  await db.schema
    .createTable('account_places')
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('account_places_once', ['account_id', 'place_id'])
    .execute();
  await db.schema.createIndex('account_places_place').on('account_places').column('place_id').execute();

  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('last_seen_at', 'text', (column) => column.notNull())
    .addColumn('confirmed_at', 'text', (column) => column.notNull())
    .addColumn('device_hash', 'text')
    .addColumn('label', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sessions_account').on('sessions').column('account_id').execute();

  await db.schema
    .createTable('invitations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('account_id', 'text', (column) => column.references('accounts.id'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('area_code', 'text')
    .addColumn('place_ids', 'text', (column) => column.notNull())
    .addColumn('phone', 'text')
    .addColumn('phone_lookup', 'text')
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('held', 'smallint', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('sign_in_codes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('code_hash', 'text', (column) => column.notNull())
    .addColumn('tries_left', 'integer', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sign_in_codes_account').on('sign_in_codes').column('account_id').execute();

  await db.schema
    .createTable('pending_acts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('proposed_by', 'text', (column) => column.notNull().references('accounts.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
}
