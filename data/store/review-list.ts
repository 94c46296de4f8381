// Reading the queue: what waits, in its order, and all that a reviewer needs to see of one matter.

import type { Kysely } from 'kysely';
import { isInArea } from '../account.ts';
import type { VoiceField } from '../confirmation.ts';
import { LIKE_METRES, likeness, type Named } from '../likeness.ts';
import type { Confirmer, PlaceKind, Point } from '../place.ts';
import type { Place } from '../place-schema.ts';
import { REVIEW_KINDS, REVIEW_VOICES_MS, type ReviewKind, type ReviewState } from '../review.ts';
import type { SuggestedChanges } from '../suggestion.ts';
import { placeById } from './places.ts';
import type { ReviewRow, Tables } from './tables.ts';

/** Where a page begins: after this matter. */
export interface ReviewPosition {
  urgent: number;
  at: string;
  id: number;
}

export interface ReviewQuery {
  state: ReviewState;
  /** Empty is all. */
  kinds: readonly ReviewKind[];
  /** Only what lies in it; null is everywhere. */
  areaCode: string | null;
  placeId?: string | undefined;
  after: ReviewPosition | null;
  limit: number;
}

export type ListedReview = ReviewRow & { decider: string | null };

function within(areaCode: string): { column: 'district' | 'street' | 'community'; code: string }[] {
  if (areaCode.length <= 6) return [{ column: 'district', code: areaCode }];
  return [
    { column: 'street', code: areaCode },
    { column: 'community', code: areaCode },
  ];
}

/** Open ones: the urgent first, then the oldest. Closed ones: the last decided first. */
export async function listReviews(db: Kysely<Tables>, query: ReviewQuery): Promise<ListedReview[]> {
  const { state, kinds, areaCode, placeId, after, limit } = query;
  let rows = db
    .selectFrom('reviews')
    .leftJoin('accounts', 'accounts.id', 'reviews.decided_by')
    .selectAll('reviews')
    .select('accounts.display_name as decider')
    .where('reviews.state', '=', state)
    .limit(limit);
  if (kinds.length > 0) rows = rows.where('reviews.kind', 'in', [...kinds]);
  if (placeId !== undefined) rows = rows.where('reviews.place_id', '=', placeId);
  if (areaCode !== null) {
    rows = rows.where(({ or, eb }) =>
      or(within(areaCode).map(({ column, code }) => eb(`reviews.${column}`, 'like', `${code}%`))),
    );
  }
  if (state === 'closed') {
    if (after) {
      rows = rows.where(({ or, and, eb }) =>
        or([
          eb('reviews.decided_at', '<', after.at),
          and([eb('reviews.decided_at', '=', after.at), eb('reviews.id', '<', after.id)]),
        ]),
      );
    }
    return rows.orderBy('reviews.decided_at', 'desc').orderBy('reviews.id', 'desc').execute();
  }
  if (after) {
    rows = rows.where(({ or, and, eb }) =>
      or([
        eb('reviews.urgent', '<', after.urgent),
        and([
          eb('reviews.urgent', '=', after.urgent),
          or([
            eb('reviews.opened_at', '>', after.at),
            and([eb('reviews.opened_at', '=', after.at), eb('reviews.id', '>', after.id)]),
          ]),
        ]),
      ]),
    );
  }
  return rows.orderBy('reviews.urgent', 'desc').orderBy('reviews.opened_at').orderBy('reviews.id').execute();
}

/** How many wait, by kind. */
export async function countReviews(db: Kysely<Tables>, areaCode: string | null): Promise<Record<ReviewKind, number>> {
  let rows = db
    .selectFrom('reviews')
    .select(({ fn }) => ['kind', fn.countAll<number>().as('count')])
    .where('state', '=', 'open')
    .groupBy('kind');
  if (areaCode !== null) {
    rows = rows.where(({ or, eb }) => or(within(areaCode).map(({ column, code }) => eb(column, 'like', `${code}%`))));
  }
  const found = new Map((await rows.execute()).map(({ kind, count }) => [kind, Number(count)]));
  return Object.fromEntries(REVIEW_KINDS.map((kind) => [kind, found.get(kind) ?? 0])) as Record<ReviewKind, number>;
}

/** Whether the matter lies in an area; the same rule as for a place. */
export function isReviewIn(areaCode: string, review: Pick<ReviewRow, 'district' | 'street' | 'community'>): boolean {
  return isInArea(areaCode, { ...review, district: review.district ?? '' });
}

/** A note as it lies in the database, with what it is sealed about. */
export interface SealedNote {
  kind: 'report' | 'suggestion';
  number: string;
  sealed: string;
  at: string;
}

export interface HeardVoice {
  field: VoiceField;
  value: boolean;
  by: Confirmer;
  at: string;
  weighs: boolean;
}

export interface ReviewEvidence {
  review: ListedReview;
  place: Place | undefined;
  suggestion: { number: string; changes: SuggestedChanges; point: Point | null } | null;
  notes: SealedNote[];
  photos: { id: string; isPublic: boolean }[];
  voices: HeardVoice[];
  duplicates: { id: string; name: string; point: Point; metres: number; why: string }[];
}

const MOST_VOICES = 20;
const MOST_NOTES = 50;

/** Undefined when there is no such matter. `now` bounds what others said. */
export async function reviewEvidence(
  db: Kysely<Tables>,
  id: number,
  nowMs: number,
): Promise<ReviewEvidence | undefined> {
  const review = await db
    .selectFrom('reviews')
    .leftJoin('accounts', 'accounts.id', 'reviews.decided_by')
    .selectAll('reviews')
    .select('accounts.display_name as decider')
    .where('reviews.id', '=', id)
    .executeTakeFirst();
  if (!review) return undefined;
  const place = review.place_id === null ? undefined : await placeById(db, review.place_id);
  const sent = await db.selectFrom('suggestions').selectAll().where('review_id', '=', id).executeTakeFirst();
  const suggestion = sent
    ? {
        number: sent.number,
        changes: JSON.parse(sent.changes) as SuggestedChanges,
        point: sent.lng === null || sent.lat === null ? null : ([sent.lng, sent.lat] as Point),
      }
    : null;
  const isMade = review.kind === 'suggestion' && sent !== undefined && sent.changes.includes('"kind"');
  const named = isMade && suggestion ? namedOf(suggestion.changes, suggestion.point) : place;
  return {
    review,
    place: isMade && review.state === 'open' ? undefined : place,
    suggestion,
    notes: await notesOf(db, id),
    photos: await photosOf(db, review, suggestion?.number ?? null),
    voices: place ? await voicesOf(db, place.id, nowMs) : [],
    duplicates: named ? await duplicatesOf(db, named, place?.id ?? null) : [],
  };
}

function namedOf({ kind, name }: SuggestedChanges, point: Point | null): Named | undefined {
  return kind !== undefined && name !== undefined && point ? { kind, name, point } : undefined;
}

async function notesOf(db: Kysely<Tables>, reviewId: number): Promise<SealedNote[]> {
  const of = async (table: 'reports' | 'suggestions', kind: SealedNote['kind']) => {
    const rows = await db
      .selectFrom(table)
      .select(['number', 'note', 'at'])
      .where('review_id', '=', reviewId)
      .where('note', 'is not', null)
      .orderBy('at', 'desc')
      .limit(MOST_NOTES)
      .execute();
    return rows.map(({ number, note, at }) => ({ kind, number, sealed: note ?? '', at }));
  };
  return [...(await of('suggestions', 'suggestion')), ...(await of('reports', 'report'))];
}

/** Of a photo its own; else those that reports and suggestions brought, as far as they are still kept. */
async function photosOf(
  db: Kysely<Tables>,
  review: ReviewRow,
  suggestionNumber: string | null,
): Promise<{ id: string; isPublic: boolean }[]> {
  const all = db.selectFrom('photos').select(['photos.id', 'photos.state']).where('photos.state', '!=', 'removed');
  const wanted =
    review.kind === 'photo'
      ? all.where('photos.id', '=', review.subject.slice('photo:'.length))
      : suggestionNumber !== null
        ? all.where('photos.suggestion_number', '=', suggestionNumber)
        : all
            .innerJoin('reports', 'reports.number', 'photos.report_number')
            .where('reports.review_id', '=', review.id)
            .limit(30);
  const rows = await wanted.orderBy('photos.at').execute();
  return rows.map(({ id, state }) => ({ id, isPublic: state === 'public' }));
}

async function voicesOf(db: Kysely<Tables>, placeId: string, nowMs: number): Promise<HeardVoice[]> {
  const rows = await db
    .selectFrom('confirmations')
    .select(['field', 'value', 'confirmed_by', 'at', 'mature'])
    .where('place_id', '=', placeId)
    .where('at', '>=', new Date(nowMs - REVIEW_VOICES_MS).toISOString())
    .orderBy('seq', 'desc')
    .limit(MOST_VOICES)
    .execute();
  return rows.map((row) => ({
    field: row.field as VoiceField,
    value: row.value === 1,
    by: row.confirmed_by as Confirmer,
    at: row.at,
    weighs: row.mature === 1,
  }));
}

const METRES_A_DEGREE = 111_000;

/** Places that may be the same one: those around, then judged by kind, distance and name. */
async function duplicatesOf(
  db: Kysely<Tables>,
  named: Named,
  ownId: string | null,
): Promise<ReviewEvidence['duplicates']> {
  const [lng, lat] = named.point;
  const north = LIKE_METRES / METRES_A_DEGREE;
  const east = north / Math.max(0.1, Math.cos((lat * Math.PI) / 180));
  const rows = await db
    .selectFrom('places')
    .select(['id', 'name', 'kind', 'lng', 'lat'])
    .where('kind', '=', named.kind)
    .where('lat', '>=', lat - north)
    .where('lat', '<=', lat + north)
    .where('lng', '>=', lng - east)
    .where('lng', '<=', lng + east)
    .where('status', 'not in', ['rejected', 'retired'])
    .execute();
  return rows
    .flatMap(({ id, name, kind, lng: placeLng, lat: placeLat }) => {
      if (id === ownId) return [];
      const point: Point = [placeLng, placeLat];
      const alike = likeness(named, { kind: kind as PlaceKind, name, point });
      return alike ? [{ id, name, point, ...alike }] : [];
    })
    .sort((a, b) => a.metres - b.metres);
}
