// What riders say of places: confirmations, reports with their photos, counts, check-ins; and the answers that a
// repeated request gets again. Confirmations and counts are only ever added: the database itself refuses the rest.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`insert into counters (name, value) values ('voice_seq', 0)`.execute(db);

  await db.schema
    .createTable('confirmations')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('value', 'smallint', (column) => column.notNull())
    .addColumn('confirmed_by', 'text', (column) => column.notNull())
    .addColumn('method', 'text', (column) => column.notNull())
    .addColumn('device', 'text', (column) => column.notNull())
    .addColumn('mature', 'smallint', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('confirmations_place').on('confirmations').columns(['place_id', 'field', 'at']).execute();

  await db.schema
    .createTable('bike_counts')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addColumn('available', 'integer', (column) => column.notNull())
    .addColumn('out_of_service', 'integer', (column) => column.notNull())
    .addColumn('counted_by', 'text', (column) => column.notNull())
    .addColumn('device', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('bike_counts_place').on('bike_counts').columns(['place_id', 'at']).execute();

  await db.schema
    .createTable('reports')
    .addColumn('number', 'text', (column) => column.primaryKey())
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addColumn('place_name', 'text', (column) => column.notNull())
    .addColumn('problem', 'text', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('key_hash', 'text', (column) => column.notNull())
    .addColumn('device', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('reports_place').on('reports').columns(['place_id', 'at']).execute();

  await db.schema
    .createTable('photos')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('device', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('report_number', 'text', (column) => column.references('reports.number'))
    .execute();
  await db.schema.createIndex('photos_report').on('photos').column('report_number').execute();

  await db.schema
    .createTable('check_ins')
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('visitor', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('check_ins_once', ['place_id', 'day', 'visitor'])
    .execute();
  await db.schema
    .createTable('check_in_days')
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('check_in_days_one', ['place_id', 'day'])
    .execute();

  await db.schema
    .createTable('answers')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('answer', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('answers_at').on('answers').column('at').execute();

  for (const table of ['confirmations', 'bike_counts']) {
    for (const act of ['update', 'delete']) {
      await sql`create trigger ${sql.raw(`${table}_refuse_${act}`)} before ${sql.raw(act)} on ${sql.raw(table)}
        begin select raise(abort, 'what somebody said is never changed'); end`.execute(db);
    }
  }
}
