// Riders' suggestions, and the receipts of all that riders send.

import type { Kysely } from 'kysely';
import type { Device } from '../device.ts';
import { isPublicStatus, type Point } from '../place.ts';
import type { Place } from '../place-schema.ts';
import type { ReportProblem, ReportStatus } from '../report.ts';
import {
  SUGGESTED_FIELD_LABELS,
  type SuggestedChanges,
  type SuggestionStatus,
  suggestedFields,
} from '../suggestion.ts';
import { claimPhotos, queuePhotosOf } from './photos.ts';
import { placeById } from './places.ts';
import { freeReceiptNumber } from './receipt-numbers.ts';
import { forgottenBefore } from './retention.ts';
import { queueReview, suggestionOf } from './review-queue.ts';
import type { Tables } from './tables.ts';
import type { Writing } from './writer.ts';

export interface NewSuggestion {
  /** Null for a new place. */
  placeId: string | null;
  changes: SuggestedChanges;
  point: Point | null;
  /** The district of a new place's point. */
  district: string | null;
  /** Seals the note for a suggestion of this number; null when nothing was added. */
  sealNote: ((number: string) => string) | null;
  photoIds: readonly string[];
  /** Given back with the number; only its hash is kept. */
  key: string;
  keyHash: string;
  device: Device;
}

/** Undefined when there is no such place. `prefix` begins the number. Throws MissingPhotosError. */
export async function addSuggestion(
  writing: Writing,
  suggestion: NewSuggestion,
  prefix: string,
): Promise<{ number: string; key: string } | undefined> {
  const { db, at } = writing;
  const { placeId, changes, point, device, photoIds } = suggestion;
  const place = placeId === null ? null : await placeById(db, placeId);
  if (place === undefined || (place && !isPublicStatus(place.status))) return undefined;
  const number = await freeReceiptNumber(db, prefix);
  const note = suggestion.sealNote?.(number) ?? null;
  const fields = suggestedFields(changes, point);
  // Photos alone are decided one by one: there is nothing else to say yes or no to.
  const isPhotosOnly = place !== null && fields.length === 0 && note === null;
  const reviewId = isPhotosOnly
    ? null
    : await queueReview(writing, {
        kind: 'suggestion',
        subject: suggestionOf(number),
        placeId: place?.id ?? null,
        title: place?.name ?? changes.name ?? '',
        summary: summaryOf(place, changes, fields),
        area: place ?? { district: suggestion.district ?? '', street: null, community: null },
      });
  await db
    .insertInto('suggestions')
    .values({
      number,
      place_id: place?.id ?? null,
      place_name: place?.name ?? changes.name ?? '',
      changes: JSON.stringify(changes),
      lng: point?.[0] ?? null,
      lat: point?.[1] ?? null,
      note,
      key_hash: suggestion.keyHash,
      device: device.hash,
      status: 'received',
      reason: null,
      decided_at: null,
      review_id: reviewId,
      at,
    })
    .execute();
  await claimPhotos(writing, photoIds, device, { suggestion_number: number, place_id: place?.id ?? null });
  if (place) await queuePhotosOf(writing, number, place);
  return { number, key: suggestion.key };
}

function summaryOf(place: Place | null, changes: SuggestedChanges, fields: ReturnType<typeof suggestedFields>): string {
  if (!place) return '推荐新点位';
  if (changes.closedForGood) return '已经不在了';
  if (fields.length === 0) return '有话说';
  return `要改：${fields.map((field) => SUGGESTED_FIELD_LABELS[field]).join('、')}`;
}

/** What became of something that a rider sent. */
export interface Receipt {
  kind: 'report' | 'suggestion';
  number: string;
  /** A suggested place has no id before it is approved. */
  place: { id: string | null; name: string };
  /** Of a report. */
  problem: ReportProblem | null;
  status: ReportStatus | SuggestionStatus;
  at: string;
  hasPhotos: boolean;
  /** Null until the desk has decided. */
  outcome: { reason: string | null; at: string } | null;
}

/** The receipt of a number and its key's hash; undefined for a number that is not there and for another key alike. */
export async function receiptOf(
  db: Kysely<Tables>,
  number: string,
  hasKey: (keyHash: string) => boolean,
): Promise<Receipt | undefined> {
  const report = await db.selectFrom('reports').selectAll().where('number', '=', number).executeTakeFirst();
  const suggestion = await db.selectFrom('suggestions').selectAll().where('number', '=', number).executeTakeFirst();
  const row = report ?? suggestion;
  const fits = hasKey(row?.key_hash ?? '');
  if (!row || !fits) return undefined;
  const photo = await db
    .selectFrom('photos')
    .select('id')
    .where(report ? 'report_number' : 'suggestion_number', '=', number)
    .executeTakeFirst();
  return {
    kind: report ? 'report' : 'suggestion',
    number,
    place: { id: row.place_id, name: row.place_name },
    problem: (report?.problem as ReportProblem | undefined) ?? null,
    status: row.status as Receipt['status'],
    at: row.at,
    hasPhotos: photo !== undefined,
    outcome: row.decided_at === null ? null : { reason: row.reason, at: row.decided_at },
  };
}

/** What somebody wrote for the desk goes when the matter has been decided for long. */
export async function pruneNotes({ db, at }: Writing): Promise<void> {
  for (const table of ['reports', 'suggestions'] as const) {
    await db
      .updateTable(table)
      .set({ note: null })
      .where('decided_at', '<', forgottenBefore(at))
      .where('note', 'is not', null)
      .execute();
  }
}
