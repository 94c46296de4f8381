// The queue of what waits for the desk: how a matter gets into it, and how it goes away by itself. Its acts run within
// those that bring the matter about.

import type { Kysely } from 'kysely';
import type { Place } from '../place-schema.ts';
import { isUrgent, type ReviewKind } from '../review.ts';
import type { Actor } from './audit.ts';
import type { ReviewRow, Tables } from './tables.ts';
import { advanceCounter, type Writing } from './writer.ts';

export interface NewReview {
  kind: ReviewKind;
  /** Of one subject at most one matter is open: a second word about it joins the first. */
  subject: string;
  placeId: string | null;
  title: string;
  /** One line: what it is about. */
  summary: string;
  area: Pick<Place, 'district' | 'street' | 'community'>;
}

export const disputeOf = (placeId: string) => `dispute:${placeId}`;
export const reportsOf = (placeId: string, problem: string) => `report:${placeId}:${problem}`;
export const photoOf = (photoId: string) => `photo:${photoId}`;
export const suggestionOf = (number: string) => `suggestion:${number}`;

export function openReviewOf(db: Kysely<Tables>, subject: string): Promise<ReviewRow | undefined> {
  return db
    .selectFrom('reviews')
    .selectAll()
    .where('subject', '=', subject)
    .where('state', '=', 'open')
    .executeTakeFirst();
}

/** Puts a matter into the queue, or one voice more to the open one. Returns its id. */
export async function queueReview({ db, at }: Writing, review: NewReview): Promise<number> {
  const { kind, subject, area } = review;
  const open = await openReviewOf(db, subject);
  if (open) {
    const voices = open.voices + 1;
    await db
      .updateTable('reviews')
      .set({ voices, urgent: Number(isUrgent(kind, voices)), version: open.version + 1, updated_at: at })
      .where('id', '=', open.id)
      .execute();
    return open.id;
  }
  const id = await advanceCounter(db, 'review_seq', 1);
  await db
    .insertInto('reviews')
    .values({
      id,
      kind,
      subject,
      state: 'open',
      version: 1,
      urgent: Number(isUrgent(kind, 1)),
      voices: 1,
      place_id: review.placeId,
      title: review.title,
      summary: review.summary,
      district: area.district,
      street: area.street,
      community: area.community,
      opened_at: at,
      updated_at: at,
      outcome: null,
      reason: null,
      decided_by: null,
      decided_at: null,
      undo: null,
    })
    .execute();
  return id;
}

/** The matter has gone away without the desk. */
export async function supersedeReview(
  { db, at }: Pick<Writing, 'db' | 'at'>,
  subject: string,
  reason: string,
  actor: Actor | null,
): Promise<void> {
  await db
    .updateTable('reviews')
    .set((row) => ({
      state: 'closed',
      outcome: 'superseded',
      reason,
      decided_by: actor?.kind === 'account' ? actor.name : null,
      decided_at: at,
      updated_at: at,
      version: row('version', '+', 1),
    }))
    .where('subject', '=', subject)
    .where('state', '=', 'open')
    .execute();
}

/** Every act that changes or creates places passes here: a place that is 存疑 waits for the desk as long as it is. */
export async function followDisputes(writing: Writing, places: readonly Place[], actor: Actor): Promise<void> {
  for (const place of places) {
    const subject = disputeOf(place.id);
    if (place.status !== 'disputed') {
      if (place.version > 1) await supersedeReview(writing, subject, '点位的状态已经改了', actor);
      continue;
    }
    if (await openReviewOf(writing.db, subject)) continue;
    await queueReview(writing, {
      kind: 'dispute',
      subject,
      placeId: place.id,
      title: place.name,
      summary: place.statusReason ?? '存疑',
      area: place,
    });
  }
}

/** After places were removed for good: nothing is left to decide. */
export async function supersedeOrphans({ db, at }: Writing): Promise<void> {
  await db
    .updateTable('reviews')
    .set((row) => ({
      state: 'closed',
      outcome: 'superseded',
      reason: '点位已经删除',
      decided_at: at,
      updated_at: at,
      version: row('version', '+', 1),
    }))
    .where('state', '=', 'open')
    .where('place_id', 'is not', null)
    .where('place_id', 'not in', (build) => build.selectFrom('places').select('places.id'))
    .execute();
}
