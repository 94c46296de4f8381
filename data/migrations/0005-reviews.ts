// What waits for the desk: riders' suggestions, and one queue of all that comes from outside; what became of a report;
// photos that are shown; announcements. Notes lie here sealed, and go after a time.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`insert into counters (name, value) values ('review_seq', 0)`.execute(db);

  await db.schema
    .createTable('reviews')
    .addColumn('id', 'bigint', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('urgent', 'smallint', (column) => column.notNull())
    .addColumn('voices', 'integer', (column) => column.notNull())
    .addColumn('place_id', 'text')
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('summary', 'text', (column) => column.notNull())
    .addColumn('district', 'text')
    .addColumn('street', 'text')
    .addColumn('community', 'text')
    .addColumn('opened_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('reason', 'text')
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'text')
    .addColumn('undo', 'text')
    .execute();
  await db.schema.createIndex('reviews_queue').on('reviews').columns(['state', 'urgent', 'opened_at', 'id']).execute();
  await db.schema.createIndex('reviews_subject').on('reviews').columns(['subject', 'state']).execute();
  await db.schema.createIndex('reviews_place').on('reviews').columns(['place_id', 'state']).execute();

  await db.schema
    .createTable('suggestions')
    .addColumn('number', 'text', (column) => column.primaryKey())
    .addColumn('place_id', 'text')
    .addColumn('place_name', 'text', (column) => column.notNull())
    .addColumn('changes', 'text', (column) => column.notNull())
    .addColumn('lng', 'double precision')
    .addColumn('lat', 'double precision')
    .addColumn('note', 'text')
    .addColumn('key_hash', 'text', (column) => column.notNull())
    .addColumn('device', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('decided_at', 'text')
    .addColumn('review_id', 'bigint')
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('suggestions_review').on('suggestions').column('review_id').execute();
  await db.schema.createIndex('suggestions_decided').on('suggestions').column('decided_at').execute();

  await db.schema.alterTable('reports').addColumn('reason', 'text').execute();
  await db.schema.alterTable('reports').addColumn('decided_at', 'text').execute();
  await db.schema.alterTable('reports').addColumn('review_id', 'bigint').execute();
  await db.schema.createIndex('reports_review').on('reports').column('review_id').execute();
  await db.schema.createIndex('reports_decided').on('reports').column('decided_at').execute();

  await db.schema.alterTable('photos').addColumn('suggestion_number', 'text').execute();
  await db.schema.alterTable('photos').addColumn('place_id', 'text').execute();
  await db.schema
    .alterTable('photos')
    .addColumn('state', 'text', (column) => column.notNull().defaultTo('waiting'))
    .execute();
  await db.schema.alterTable('photos').addColumn('state_at', 'text').execute();
  await db.schema.createIndex('photos_suggestion').on('photos').column('suggestion_number').execute();

  await db.schema
    .alterTable('places')
    .addColumn('photos', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();

  await db.schema
    .createTable('announcements')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('from_at', 'text', (column) => column.notNull())
    .addColumn('until_at', 'text', (column) => column.notNull())
    .addColumn('area_code', 'text')
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .execute();
  await db.schema.createIndex('announcements_until').on('announcements').column('until_at').execute();

  await queueWhatWaits(db);
}

const PROBLEM_WORDS = sql`case problem when 'no-hot-water' then '没热水' when 'charging-broken' then '充电坏了'
  when 'closed' then '关门了' when 'refused' then '不让进' when 'dirty' then '脏' else '其他' end`;

/** Reports and disputes of before, one matter each. */
async function queueWhatWaits(db: Kysely<unknown>): Promise<void> {
  await sql`insert into reviews (id, kind, subject, state, version, urgent, voices, place_id, title, summary,
      district, street, community, opened_at, updated_at)
    select row_number() over (order by places.seq), 'dispute', 'dispute:' || id, 'open', 1, 1, 1, id, name,
      coalesce(status_reason, '存疑'), district, street, community, updated_at, updated_at
    from places where status = 'disputed'`.execute(db);
  await sql`insert into reviews (id, kind, subject, state, version, urgent, voices, place_id, title, summary,
      district, street, community, opened_at, updated_at)
    select (select count(*) from reviews) + row_number() over (order by min(reports.at)), 'report',
      'report:' || place_id || ':' || problem, 'open', 1, case when count(*) > 1 then 1 else 0 end, count(*), place_id,
      max(place_name), ${PROBLEM_WORDS}, max(places.district), max(places.street), max(places.community),
      min(reports.at), max(reports.at)
    from reports left join places on places.id = reports.place_id
    where reports.status = 'received' group by place_id, problem`.execute(db);
  await sql`update reports set review_id = (select reviews.id from reviews
      where reviews.subject = 'report:' || reports.place_id || ':' || reports.problem)
    where status = 'received'`.execute(db);
  await sql`update counters set value = (select count(*) from reviews) where name = 'review_seq'`.execute(db);
}
