// Places, what is needed to follow their changes, and the audit chain. A landed migration never changes: it imports
// nothing of the living code.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('counters')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .execute();
  await sql`insert into counters (name, value) values ('place_seq', 0), ('revision', 0)`.execute(db);

  await db.schema
    .createTable('places')
    .addColumn('seq', 'bigint', (column) => column.notNull().unique())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('short_code', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('aliases', 'text', (column) => column.notNull())
    .addColumn('lng', 'double precision', (column) => column.notNull())
    .addColumn('lat', 'double precision', (column) => column.notNull())
    .addColumn('position_quality', 'text', (column) => column.notNull())
    .addColumn('position_error_metres', 'integer')
    .addColumn('source_crs', 'text', (column) => column.notNull())
    .addColumn('entrance', 'text')
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('district', 'text', (column) => column.notNull())
    .addColumn('street', 'text')
    .addColumn('community', 'text')
    .addColumn('host', 'text')
    .addColumn('phone', 'text')
    .addColumn('services', 'text', (column) => column.notNull())
    .addColumn('access', 'text')
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('hours_osm', 'text')
    .addColumn('hours_exceptions', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('status_until', 'text')
    .addColumn('status_reason', 'text')
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('demo', 'smallint', (column) => column.notNull())
    .addColumn('confirmed_at', 'text')
    .addColumn('confirmed_by', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('seats', 'integer')
    .addColumn('category', 'text')
    .addColumn('bays', 'integer')
    .addColumn('max_minutes', 'integer')
    .addColumn('vehicle', 'text')
    .addColumn('at_toilet', 'smallint')
    .addColumn('marking', 'text')
    .addColumn('barrier_free', 'smallint')
    .addColumn('bikes_total', 'integer')
    .addColumn('bikes_available', 'integer')
    .addColumn('bikes_out_of_service', 'integer')
    .addColumn('last_reported_at', 'text')
    .addColumn('rules', 'text')
    .addColumn('compound', 'text')
    .addColumn('slots', 'integer')
    .addColumn('operator', 'text')
    .addColumn('scene_type', 'text')
    .addColumn('signatories', 'text')
    .addColumn('gates', 'text')
    .addColumn('buildings', 'text')
    .addColumn('event_name', 'text')
    .addColumn('event_from', 'text')
    .addColumn('event_until', 'text')
    .execute();
  await db.schema.createIndex('places_revision').on('places').column('revision').execute();

  await db.schema
    .createTable('removals')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('removed_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('removals_revision').on('removals').column('revision').execute();

  await db.schema
    .createTable('audit')
    .addColumn('sequence', 'bigint', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('actor_kind', 'text', (column) => column.notNull())
    .addColumn('actor_name', 'text', (column) => column.notNull())
    .addColumn('act', 'text', (column) => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('details', 'text', (column) => column.notNull())
    .addColumn('previous_hash', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .execute();
  await db.schema.createIndex('audit_subject').on('audit').columns(['subject', 'sequence']).execute();
  for (const act of ['update', 'delete']) {
    await sql`create trigger ${sql.raw(`audit_refuses_${act}`)} before ${sql.raw(act)} on audit
      begin select raise(abort, 'audit rows are never changed'); end`.execute(db);
  }
}
