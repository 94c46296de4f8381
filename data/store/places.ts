// What can be asked about places, and the acts that change them. The acts take an open transaction, so that an act of
// another noun can hold them; `store.ts` wraps each in one of its own.

import type { Kysely } from 'kysely';
import { fieldErrors, wordIssue } from '../field-errors.ts';
import { asDraft, placeDraftSchema } from '../place-draft-schema.ts';
import { changedFields, type FieldChange } from '../place-edit.ts';
import { type Place, type PlaceDraft, placeSchema } from '../place-schema.ts';
import { sequenceOf, shortCodeOf } from '../short-code.ts';
import { type Actor, appendAudit, auditable } from './audit.ts';
import { digestOfRows } from './digest.ts';
import { InvalidPlaceError } from './errors.ts';
import { type PlaceRow, placeOf, rowOf } from './place-row.ts';
import { recordCreations, recordVersion } from './place-versions.ts';
import { followDisputes, supersedeOrphans } from './review-queue.ts';
import type { Tables } from './tables.ts';
import { advanceCounter, type Writing } from './writer.ts';

type StoreSets = 'id' | 'shortCode' | 'kind' | 'createdAt' | 'updatedAt' | 'version';
type ChangesOf<Each> = Each extends Place ? Partial<Omit<Each, StoreSets>> : never;
/** Fields with their new values. The kind of a place, and what the store sets, never change. */
export type PlaceChanges = ChangesOf<Place>;

export type UpdateResult = { place: Place } | { conflict: Place };

/** Rows per insert: 50 rows of some 60 columns stay far below SQLite's 32,766 and PostgreSQL's 65,535 parameters. */
const INSERT_CHUNK = 50;
const READ_BATCH = 1000;

export async function placeById(db: Kysely<Tables>, id: string): Promise<Place | undefined> {
  const row = await db.selectFrom('places').selectAll().where('id', '=', id).executeTakeFirst();
  return row && placeOf(row);
}

/** Accepts a code as people write it; undefined when it is none, or no place has it. */
export async function placeByShortCode(db: Kysely<Tables>, code: string): Promise<Place | undefined> {
  const seq = sequenceOf(code);
  if (seq === undefined) return undefined;
  const row = await db.selectFrom('places').selectAll().where('seq', '=', seq).executeTakeFirst();
  return row && placeOf(row);
}

/** Batches of up to 1000 places in the order of their creation. Listen to changes first to miss none meanwhile. */
export async function* allPlaces(db: Kysely<Tables>): AsyncGenerator<Place[], void, undefined> {
  let after = -1;
  for (;;) {
    const rows = await db
      .selectFrom('places')
      .selectAll()
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(READ_BATCH)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(placeOf);
    after = last.seq;
  }
}

export async function countPlaces(db: Kysely<Tables>, only: { demo?: boolean } = {}): Promise<number> {
  let query = db.selectFrom('places').select(({ fn }) => fn.countAll<number>().as('count'));
  if (only.demo !== undefined) query = query.where('demo', '=', Number(only.demo));
  return Number((await query.executeTakeFirstOrThrow()).count);
}

/**
 * Drafts as their schema reads them (texts trimmed). Throws InvalidPlaceError with every wrong field; for more than one
 * draft each field begins with the draft's index. Done before a transaction begins: it takes a while for thousands.
 */
export function checkedDrafts(drafts: readonly PlaceDraft[]): PlaceDraft[] {
  const errors = [];
  const checked = [];
  for (const [index, draft] of drafts.entries()) {
    const result = placeDraftSchema.safeParse(draft, { error: wordIssue });
    if (result.success) checked.push(asDraft(result.data));
    else errors.push(...fieldErrors(result.error, drafts.length > 1 ? [index] : []));
  }
  if (errors.length > 0) throw new InvalidPlaceError(errors);
  return checked;
}

/** Creates one place from a checked draft, with an audit row that holds its first values. */
export async function createPlace(writing: Writing, draft: PlaceDraft, actor: Actor, idPrefix: string): Promise<Place> {
  const [row] = await insertPlaces(writing, [draft], idPrefix);
  if (!row) throw new Error('One draft makes one row');
  const place = placeOf(row);
  await recordCreations(writing, [place], actor, 'place.create');
  await followDisputes(writing, [place], actor);
  const values = Object.entries(place).map(([field, value]) => [field, auditable(field, value)]);
  await appendAudit(writing, {
    actor,
    act: 'place.create',
    subject: place.id,
    details: { values: Object.fromEntries(values) },
  });
  return place;
}

/** Creates many places from checked drafts, with one audit row: what it was, how many, and a digest of the rows. */
export async function createPlaces(
  writing: Writing,
  drafts: readonly PlaceDraft[],
  actor: Actor,
  what: string,
  idPrefix: string,
): Promise<Place[]> {
  if (drafts.length === 0) return [];
  const rows = await insertPlaces(writing, drafts, idPrefix);
  const places = rows.map(placeOf);
  await recordCreations(writing, places, actor, 'places.create-many');
  await followDisputes(writing, places, actor);
  await appendAudit(writing, {
    actor,
    act: 'places.create-many',
    subject: null,
    details: { what, count: rows.length, digest: digestOfRows(rows) },
  });
  return places;
}

async function insertPlaces(writing: Writing, drafts: readonly PlaceDraft[], idPrefix: string) {
  const { db, at } = writing;
  const revision = await writing.revision();
  const lastSeq = await advanceCounter(db, 'place_seq', drafts.length);
  const rows = drafts.map((draft, i) => {
    const seq = lastSeq - drafts.length + 1 + i;
    const shortCode = shortCodeOf(seq);
    const id = draft.id ?? `${draft.demo ? 'demo' : idPrefix}-${shortCode}`.toLowerCase();
    return rowOf({ ...draft, id, shortCode, photos: [], createdAt: at, updatedAt: at, version: 1 }, { seq, revision });
  });
  for (let i = 0; i < rows.length; i += INSERT_CHUNK) {
    const chunk = rows.slice(i, i + INSERT_CHUNK);
    await db.insertInto('places').values(chunk).execute();
  }
  for (const row of rows) {
    const place = placeOf(row);
    writing.changed.set(place.id, place);
    writing.removedIds.delete(place.id);
  }
  return rows;
}

/** Who changes a place that has this version; `act` is the audit's word, `place.update` unless it says more. */
export interface Expected {
  version: number;
  actor: Actor;
  act?: string;
}

/**
 * Changes some fields of a place whose version is the one expected. `conflict` brings the place as it is now;
 * undefined: there is none. Changes that change nothing make neither a version nor an audit row.
 * Throws InvalidPlaceError when the outcome is refused by the schema.
 */
export async function updatePlace(
  writing: Writing,
  id: string,
  changes: PlaceChanges,
  { version, actor, act = 'place.update' }: Expected,
): Promise<UpdateResult | undefined> {
  const row = await writing.db.selectFrom('places').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  if (row.version !== version) return { conflict: placeOf(row) };
  const { place, fields } = await writeChanges(writing, row, changes, actor, act);
  if (Object.keys(fields).length > 0) {
    await appendAudit(writing, { actor, act, subject: id, details: { version: place.version, fields } });
  }
  return { place };
}

/** Writes the changes of one place with its version, and leaves the audit to the act; no fields when nothing changes. */
export async function writeChanges(
  writing: Writing,
  row: PlaceRow,
  changes: PlaceChanges,
  actor: Actor,
  act: string,
): Promise<{ place: Place; fields: Record<string, FieldChange> }> {
  const before = placeOf(row);
  const next = checkedPlace(before, changes);
  const fields = auditableFields(changedFields(before, next));
  if (Object.keys(fields).length === 0) return { place: before, fields };
  const place = { ...next, version: before.version + 1, updatedAt: writing.at };
  const columns = rowOf(place, { seq: row.seq, revision: await writing.revision() });
  await writing.db.updateTable('places').set(columns).where('id', '=', place.id).execute();
  await recordVersion(writing, { placeId: place.id, version: place.version, actor, act, fields });
  writing.changed.set(place.id, place);
  if (place.status !== before.status) await followDisputes(writing, [place], actor);
  return { place, fields };
}

/** A place with some fields changed. Throws InvalidPlaceError when the schema refuses it. */
export function checkedPlace(before: Place, changes: PlaceChanges): Place {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const fixed = ['id', 'shortCode', 'kind', 'createdAt', 'updatedAt', 'version'].filter((field) => field in given);
  if (fixed.length > 0) {
    throw new InvalidPlaceError(fixed.map((field) => ({ field, code: 'read-only', message: '这一项不能改' })));
  }
  const result = placeSchema.safeParse({ ...before, ...given }, { error: wordIssue });
  if (!result.success) throw new InvalidPlaceError(fieldErrors(result.error));
  return result.data;
}

function auditableFields(fields: Record<string, FieldChange>): Record<string, FieldChange> {
  const entries = Object.entries(fields).map(([field, { from, to }]) => [
    field,
    { from: auditable(field, from), to: auditable(field, to) },
  ]);
  return Object.fromEntries(entries);
}

/** Removes every place that was made up, leaving a trace of each for those who follow. Returns how many there were. */
export async function removeDemoPlaces(writing: Writing, actor: Actor): Promise<number> {
  const { db, at } = writing;
  const rows = await db.selectFrom('places').selectAll().where('demo', '=', 1).orderBy('seq').execute();
  if (rows.length === 0) return 0;
  const revision = await writing.revision();
  await db
    .insertInto('removals')
    .columns(['id', 'revision', 'removed_at'])
    .expression((build) =>
      build
        .selectFrom('places')
        .select(({ val, ref }) => [ref('places.id').as('id'), val(revision).as('revision'), val(at).as('removed_at')])
        .where('demo', '=', 1),
    )
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ revision, removed_at: at }))
    .execute();
  for (const table of ['place_versions', 'place_contacts', 'visitor_counts'] as const) {
    await db
      .deleteFrom(table)
      .where('place_id', 'in', (build) => build.selectFrom('places').select('id').where('demo', '=', 1))
      .execute();
  }
  await db.deleteFrom('places').where('demo', '=', 1).execute();
  await supersedeOrphans(writing);
  await appendAudit(writing, {
    actor,
    act: 'places.remove-demo',
    subject: null,
    details: { count: rows.length, digest: digestOfRows(rows) },
  });
  for (const { id } of rows) {
    writing.removedIds.add(id);
    writing.changed.delete(id);
  }
  return rows.length;
}
