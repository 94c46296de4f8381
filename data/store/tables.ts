// The tables as Kysely knows them. The migrations make them; a test compares the two.

import type { PlaceRow } from './place-row.ts';

/**
 * A number that only grows: `place_seq`, `voice_seq` and `review_seq` are the last sequence numbers given to
 * places, to confirmations and counts, and to reviews; `revision` is the last change of a place.
 */
export interface CounterRow {
  name: 'place_seq' | 'voice_seq' | 'review_seq' | 'revision';
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
  reason: string | null;
  decided_at: string | null;
  review_id: number | null;
}

/**
 * The files lie in the photos folder under the id. A report or a suggestion that names the photo has its number here.
 * `state`: waiting, public, returned (not used), or removed (was public).
 */
export interface PhotoRow {
  id: string;
  device: string;
  at: string;
  report_number: string | null;
  suggestion_number: string | null;
  place_id: string | null;
  state: string;
  state_at: string | null;
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

/** `password_hash` is argon2id, `totp_secret` and `phone` are sealed, `phone_lookup` is a keyed hash. */
export interface AccountRow {
  id: string;
  username: string | null;
  display_name: string;
  role: string;
  area_code: string | null;
  status: string;
  disabled_at: string | null;
  password_hash: string | null;
  totp_secret: string | null;
  /** The last time step whose code was accepted: none is taken twice. */
  totp_step: number | null;
  phone: string | null;
  phone_lookup: string | null;
  invited_by: string | null;
  created_at: string;
}

export interface AccountPlaceRow {
  account_id: string;
  place_id: string;
}

/** `id` names a session to its owner, `token_hash` is a keyed hash of what its cookie holds. */
export interface SessionRow {
  id: string;
  token_hash: string;
  account_id: string;
  created_at: string;
  last_seen_at: string;
  confirmed_at: string;
  device_hash: string | null;
  label: string;
}

/** With an `account_id`, it sets new credentials for that account. `held` waits for a second person. */
export interface InvitationRow {
  id: string;
  token_hash: string;
  account_id: string | null;
  role: string;
  area_code: string | null;
  place_ids: string;
  phone: string | null;
  phone_lookup: string | null;
  created_by: string;
  created_at: string;
  expires_at: string;
  held: number;
}

export interface SignInCodeRow {
  id: string;
  account_id: string;
  code_hash: string;
  tries_left: number;
  expires_at: string;
}

/** An act that one administrator proposed and another has to approve. `payload` is JSON without personal values. */
export interface PendingActRow {
  id: string;
  act: string;
  payload: string;
  proposed_by: string;
  at: string;
}

/** What one act changed of a place; `fields` is JSON `{field: {from, to}}`, empty for a creation, without personal values. */
export interface PlaceVersionRow {
  place_id: string;
  version: number;
  at: string;
  actor_kind: string;
  actor_name: string;
  act: string;
  fields: string;
}

/** How many visitors a place's staff counted on a day, by the city's calendar. */
export interface VisitorCountRow {
  place_id: string;
  day: string;
  count: number;
  counted_by: string;
  account_id: string;
  at: string;
}

/** Whom the desk calls about a place; name and phone are sealed. */
export interface PlaceContactRow {
  place_id: string;
  name: string;
  phone: string;
  at: string;
}

/**
 * One matter that waits for the desk, or waited. `subject` says which; of one subject at most one is open. `undo` is JSON:
 * what was before, for as long as the decision can be taken back.
 */
export interface ReviewRow {
  id: number;
  kind: string;
  subject: string;
  state: string;
  version: number;
  urgent: number;
  voices: number;
  place_id: string | null;
  title: string;
  summary: string;
  district: string | null;
  street: string | null;
  community: string | null;
  opened_at: string;
  updated_at: string;
  outcome: string | null;
  reason: string | null;
  decided_by: string | null;
  decided_at: string | null;
  undo: string | null;
}

/** `note` is sealed, `key_hash` a keyed hash of the receipt's key. A point was picked by hand. */
export interface SuggestionRow {
  number: string;
  place_id: string | null;
  place_name: string;
  changes: string;
  lng: number | null;
  lat: number | null;
  note: string | null;
  key_hash: string;
  device: string;
  status: string;
  reason: string | null;
  decided_at: string | null;
  review_id: number | null;
  at: string;
}

export interface AnnouncementRow {
  id: string;
  kind: string;
  text: string;
  from_at: string;
  until_at: string;
  area_code: string | null;
  created_by: string;
  created_at: string;
  ended_at: string | null;
}

/** `key_hash` is a keyed hash: the key itself is kept nowhere. `scopes` is a JSON list. */
export interface ApiKeyRow {
  id: string;
  key_hash: string;
  name: string;
  scopes: string;
  area_code: string | null;
  created_by: string;
  created_at: string;
  revoked_at: string | null;
  last_used_on: string | null;
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
  place_versions: PlaceVersionRow;
  visitor_counts: VisitorCountRow;
  place_contacts: PlaceContactRow;
  accounts: AccountRow;
  account_places: AccountPlaceRow;
  sessions: SessionRow;
  invitations: InvitationRow;
  sign_in_codes: SignInCodeRow;
  pending_acts: PendingActRow;
  reviews: ReviewRow;
  suggestions: SuggestionRow;
  announcements: AnnouncementRow;
  api_keys: ApiKeyRow;
}
