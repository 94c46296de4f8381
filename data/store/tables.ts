// The tables as Kysely knows them. The migrations make them; a test compares the two.

import type { PlaceRow } from './place-row.ts';

/** A number that only grows: `place_seq` is the last sequence number given, `revision` the last change. */
export interface CounterRow {
  name: 'place_seq' | 'revision';
  value: number;
}

/** What is left of a removed place, so that whoever follows the changes hears of it. */
export interface RemovalRow {
  id: string;
  revision: number;
  removed_at: string;
}

/** One act, chained to the one before it. `details` is a JSON text without personal values. */
export interface AuditRow {
  sequence: number;
  at: string;
  actor_kind: string;
  actor_name: string;
  act: string;
  subject: string | null;
  details: string;
  previous_hash: string;
  hash: string;
}

export interface Tables {
  places: PlaceRow;
  removals: RemovalRow;
  counters: CounterRow;
  audit: AuditRow;
}
