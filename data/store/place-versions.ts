// What every act changed of a place, one row for each version: its history, from which any earlier state follows.

import type { Kysely } from 'kysely';
import type { FieldChange, Fields } from '../place-edit.ts';
import type { Place } from '../place-schema.ts';
import { type Actor, isRedacted } from './audit.ts';
import type { PlaceVersionRow, Tables } from './tables.ts';
import type { Writing } from './writer.ts';

export interface PlaceVersion {
  version: number;
  /** RFC 3339. */
  at: string;
  actor: Actor;
  act: string;
  /** What it changed; empty for a creation. Personal values read `redacted`. */
  fields: Record<string, FieldChange>;
}

export type NewVersion = Omit<PlaceVersion, 'at'> & { placeId: string };

/** Rows per insert: 7 columns each. */
const INSERT_CHUNK = 200;

export async function recordVersion(writing: Writing, version: NewVersion): Promise<void> {
  await writing.db.insertInto('place_versions').values(rowOfVersion(writing.at, version)).execute();
}

export async function recordCreations(
  writing: Writing,
  places: readonly Pick<Place, 'id'>[],
  actor: Actor,
  act: string,
): Promise<void> {
  for (let i = 0; i < places.length; i += INSERT_CHUNK) {
    const rows = places
      .slice(i, i + INSERT_CHUNK)
      .map(({ id }) => rowOfVersion(writing.at, { placeId: id, version: 1, actor, act, fields: {} }));
    await writing.db.insertInto('place_versions').values(rows).execute();
  }
}

function rowOfVersion(at: string, { placeId, version, actor, act, fields }: NewVersion) {
  return {
    place_id: placeId,
    version,
    at,
    actor_kind: actor.kind,
    actor_name: actor.name,
    act,
    fields: JSON.stringify(fields),
  };
}

/** The versions of a place, newest first. Places that are older than this table begin later than with version 1. */
export async function placeVersions(
  db: Kysely<Tables>,
  placeId: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<PlaceVersion[]> {
  let query = db.selectFrom('place_versions').selectAll().where('place_id', '=', placeId);
  if (before !== undefined) query = query.where('version', '<', before);
  const rows = await query.orderBy('version', 'desc').limit(limit).execute();
  return rows.map(versionOf);
}

export interface EarlierState {
  fields: Fields;
  /** Changed since, and what they were is not kept, being personal: here they are as they are now. */
  lost: string[];
}

/** A place as it was at an earlier version; undefined when its history does not reach back so far. */
export async function placeAtVersion(
  db: Kysely<Tables>,
  place: Place,
  version: number,
): Promise<EarlierState | undefined> {
  if (version < 1 || version > place.version) return undefined;
  const later = await placeVersions(db, place.id, { limit: place.version - version });
  if (later.length < place.version - version) return undefined;
  const fields: Record<string, unknown> = { ...place };
  const lost = new Set<string>();
  for (const each of later) {
    if (each.version <= version) return undefined;
    for (const [field, { from }] of Object.entries(each.fields)) {
      if (isRedacted(field, from)) {
        lost.add(field);
      } else {
        lost.delete(field);
        fields[field] = from;
      }
    }
  }
  return { fields: { ...fields, version }, lost: [...lost] };
}

/** The act that last said something of a place's status, its end or its reason; undefined when the history has none. */
export async function lastStatusAct(db: Kysely<Tables>, placeId: string): Promise<PlaceVersion | undefined> {
  const row = await db
    .selectFrom('place_versions')
    .selectAll()
    .where('place_id', '=', placeId)
    .where('fields', 'like', '%"status%')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && versionOf(row);
}

function versionOf(row: PlaceVersionRow): PlaceVersion {
  const { version, at, act } = row;
  const actor: Actor = { kind: row.actor_kind as Actor['kind'], name: row.actor_name };
  return { version, at, actor, act, fields: JSON.parse(row.fields) };
}
