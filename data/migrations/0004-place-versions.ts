// What was changed of each place, by whom: versions that can be read and brought back. How many visitors a place's staff
// counted on a day. And whom the desk calls about a place: sealed, and in no version and no public answer.

import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('place_versions')
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor_kind', 'text', (column) => column.notNull())
    .addColumn('actor_name', 'text', (column) => column.notNull())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('fields', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('place_versions_one', ['place_id', 'version'])
    .execute();

  await db.schema
    .createTable('visitor_counts')
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addColumn('counted_by', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('visitor_counts_one', ['place_id', 'day'])
    .execute();

  await db.schema.createIndex('audit_actor').on('audit').columns(['actor_kind', 'actor_name', 'sequence']).execute();
  await db.schema.createIndex('audit_act').on('audit').columns(['act', 'sequence']).execute();
  await db.schema.createIndex('reports_status').on('reports').columns(['status', 'place_id']).execute();

  await db.schema
    .createTable('place_contacts')
    .addColumn('place_id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('phone', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
}
