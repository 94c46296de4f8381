// The tables as Kysely knows them. The migrations make them; a test compares the two.

import type { PlaceRow } from './place-row.ts';

/**
 * A number that only grows: `place_seq` and `voice_seq` are the last sequence numbers given to places, and to
 * confirmations and counts; `revision` is the last change of a place.
 */
export interface CounterRow {
  name: 'place_seq' | 'voice_seq' | 'revision';
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

/** What somebody saw at a place. `device` is a keyed hash; `mature` whether its voice weighs in a dispute. */
export interface ConfirmationRow {
  seq: number;
  place_id: string;
  field: string;
  value: number;
  confirmed_by: string;
  method: string;
  device: string;
  mature: number;
  at: string;
}

export interface BikeCountRow {
  seq: number;
  place_id: string;
  available: number;
  out_of_service: number;
  counted_by: string;
  device: string;
  at: string;
}

/** `note` is sealed with a key that is not in the database, `key_hash` a keyed hash of the receipt's key. */
export interface ReportRow {
  number: string;
  place_id: string;
  place_name: string;
  problem: string;
  note: string | null;
  key_hash: string;
  device: string;
  status: string;
  at: string;
}

/** The files lie in the photos folder under the id; `report_number` is null until a report names the photo. */
export interface PhotoRow {
  id: string;
  device: string;
  at: string;
  report_number: string | null;
}

/** `visitor` is a keyed hash of device, place and day: it links to nothing else, and goes after some days. */
export interface CheckInRow {
  place_id: string;
  day: string;
  visitor: string;
}

export interface CheckInDayRow {
  place_id: string;
  day: string;
  count: number;
}

/** The answer to a creation, for whoever repeats it. `id` and `fingerprint` are keyed hashes, `answer` is sealed. */
export interface AnswerRow {
  id: string;
  fingerprint: string;
  answer: string;
  at: string;
}

export interface Tables {
  places: PlaceRow;
  removals: RemovalRow;
  counters: CounterRow;
  audit: AuditRow;
  confirmations: ConfirmationRow;
  bike_counts: BikeCountRow;
  reports: ReportRow;
  photos: PhotoRow;
  check_ins: CheckInRow;
  check_in_days: CheckInDayRow;
  answers: AnswerRow;
}
