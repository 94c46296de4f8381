// One change for many places: all or none, with a version for each and one row in the audit.

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Place } from '../place-schema.ts';
import { type Actor, appendAudit } from './audit.ts';
import { digestOfRows } from './digest.ts';
import { type PlaceRow, placeOf } from './place-row.ts';
import { type PlaceChanges, writeChanges } from './places.ts';
import type { Tables } from './tables.ts';
import type { Writing } from './writer.ts';

export interface BulkEdit {
  id: string;
  /** The version for which the changes were made out. */
  version: number;
  changes: PlaceChanges;
}

export async function placesById(db: Kysely<Tables>, ids: readonly string[]): Promise<Place[]> {
  return [...(await rowsById({ db }, ids)).values()].map(placeOf);
}

export interface BulkResult {
  changed: number;
  /** Places that changed meanwhile, or went: when there are any, nothing was written. */
  conflicts: string[];
}

const READ_CHUNK = 200;
/** So many take some twenty milliseconds. */
const WITHOUT_PAUSE = 50;

/**
 * The audit's row says what it was, which fields, how many places, and a digest of what changed, none of the values.
 * Throws InvalidPlaceError when the schema refuses an outcome; nothing is written then either.
 */
export async function changePlaces(
  writing: Writing,
  edits: readonly BulkEdit[],
  { actor, act, what }: { actor: Actor; act: string; what: string },
): Promise<BulkResult> {
  const rows = await rowsById(
    writing,
    edits.map((edit) => edit.id),
  );
  const conflicts = edits.filter(({ id, version }) => rows.get(id)?.version !== version).map(({ id }) => id);
  if (conflicts.length > 0) return { changed: 0, conflicts };
  const changes: { id: string; version: number; fields: string }[] = [];
  const names = new Set<string>();
  for (const [i, edit] of edits.entries()) {
    // The lock is held a little longer, and whoever reads meanwhile is answered.
    if (i % WITHOUT_PAUSE === WITHOUT_PAUSE - 1) await nextTurn();
    const { place, fields } = await writeChanges(writing, rows.get(edit.id) as PlaceRow, edit.changes, actor, act);
    if (Object.keys(fields).length === 0) continue;
    for (const field of Object.keys(fields)) names.add(field);
    changes.push({ id: place.id, version: place.version, fields: JSON.stringify(fields) });
  }
  if (changes.length > 0) {
    const details = { what, fields: [...names], count: changes.length, digest: digestOfRows(changes) };
    await appendAudit(writing, { actor, act, subject: null, details });
  }
  return { changed: changes.length, conflicts };
}

/** What a second person has to agree to: several places at once that nobody will find any more. */
export type Retirement = {
  placeIds: string[];
  reason: string;
};

/** Retires what is still in use by then, each at the version that it has. Returns how many there were. */
export async function retirePlaces(writing: Writing, { placeIds, reason }: Retirement, actor: Actor): Promise<number> {
  const rows = await rowsById(writing, placeIds);
  const edits = [...rows.values()]
    .filter((row) => ['active', 'paused', 'disputed'].includes(row.status))
    .map(({ id, version }) => ({
      id,
      version,
      changes: { status: 'retired' as const, statusUntil: null, statusReason: reason },
    }));
  const about = { actor, act: 'places.bulk-retire', what: reason };
  return (await changePlaces(writing, edits, about)).changed;
}

async function rowsById({ db }: { db: Kysely<Tables> }, ids: readonly string[]): Promise<Map<string, PlaceRow>> {
  const rows = new Map<string, PlaceRow>();
  for (let i = 0; i < ids.length; i += READ_CHUNK) {
    const chunk = ids.slice(i, i + READ_CHUNK);
    for (const row of await db.selectFrom('places').selectAll().where('id', 'in', chunk).execute()) {
      rows.set(row.id, row);
    }
  }
  return rows;
}
