// Telling what changed: at once for this process's own commits, by asking the database for those of others.

import type { Kysely } from 'kysely';
import type { Place } from '../place-schema.ts';
import { placeOf } from './place-row.ts';
import type { Tables } from './tables.ts';
import type { Committed } from './writer.ts';

/** What is different since a revision. A place in `changed` may be new; one in `removedIds` no longer exists. */
export interface ChangeEvent {
  revision: number;
  changed: Place[];
  removedIds: string[];
}

export type ChangeListener = (event: ChangeEvent) => void;

/** The number of the last change that any process committed; 0 for a database without places. */
export async function currentRevision(db: Kysely<Tables>): Promise<number> {
  const counter = await db.selectFrom('counters').select('value').where('name', '=', 'revision').executeTakeFirst();
  return counter?.value ?? 0;
}

/**
 * All changes after a revision. The counter is read first: what is committed meanwhile may be told twice, never missed.
 */
export async function changedSince(db: Kysely<Tables>, since: number): Promise<ChangeEvent> {
  const revision = await currentRevision(db);
  const rows = await db.selectFrom('places').selectAll().where('revision', '>', since).orderBy('seq').execute();
  const removals = await db
    .selectFrom('removals')
    .select('id')
    .where('revision', '>', since)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('places').select('places.id').whereRef('places.id', '=', 'removals.id'))),
    )
    .orderBy('id')
    .execute();
  return { revision, changed: rows.map(placeOf), removedIds: removals.map((removal) => removal.id) };
}

export interface ChangeFeed {
  /** The last revision that the listeners were told. */
  seen(): number;
  listen(listener: ChangeListener): () => void;
  /** Tells what this process just committed, and what another committed before it. */
  tellCommitted(committed: Committed): Promise<void>;
  /** Tells what other processes committed since the last time. */
  tellOthers(): Promise<void>;
}

/**
 * `foreignVersion` gives a number that moves when another connection commits. A listener that throws no longer mirrors
 * the truth, and the write it heard of is already kept: its error becomes an uncaught one, which ends the process.
 */
export async function createChangeFeed(db: Kysely<Tables>, foreignVersion: () => number): Promise<ChangeFeed> {
  const listeners = new Set<ChangeListener>();
  let version = foreignVersion();
  let seen = await currentRevision(db);

  function tell(event: ChangeEvent): void {
    // What is not a place, such as an announcement, is a new version of the data too.
    const isNew = event.revision !== seen;
    seen = event.revision;
    if (!isNew && event.changed.length === 0 && event.removedIds.length === 0) return;
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        failLoudly(error);
      }
    }
  }

  return {
    seen: () => seen,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async tellCommitted({ revision, changed, removedIds }) {
      if (revision === undefined) return;
      if (revision === seen + 1) tell({ revision, changed, removedIds });
      else await changedSince(db, seen).then(tell, failLoudly);
    },
    async tellOthers() {
      const now = foreignVersion();
      if (now === version) return;
      tell(await changedSince(db, seen));
      version = now;
    },
  };
}

function failLoudly(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
