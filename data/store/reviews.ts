// Deciding what waits: the matter is closed and its consequence drawn in one transaction. `review-undo.ts`
// takes it back.

import type { Account } from '../account.ts';
import { changedFields } from '../place-edit.ts';
import type { Place, PlaceDraft, PlacePhoto } from '../place-schema.ts';
import type { ReviewDecision, ReviewKind } from '../review.ts';
import { type EditedFields, editedFields } from '../review-changes.ts';
import type { ReviewChanges } from '../review-schema.ts';
import { type Actor, appendAudit } from './audit.ts';
import { addStaffConfirmation } from './confirmations.ts';
import { FULL, publishPhoto, queuePhotosOf, setPhotoState } from './photos.ts';
import { createPlace, type PlaceChanges, placeById, updatePlace } from './places.ts';
import { reportsOf } from './review-queue.ts';
import { settlePhotosOnly, settleReports, settleSuggestion, setWaitingPhotos } from './review-settling.ts';
import type { ReviewRow } from './tables.ts';
import type { Writing } from './writer.ts';

export interface NewDecision {
  id: number;
  /** The matter as the decider saw it. */
  version: number;
  decision: ReviewDecision;
  /** Empty texts are null. */
  reason: string | null;
  by: Account;
  /** What an approved suggestion comes to. */
  changes: ReviewChanges | null;
  /** Of a new place, checked. */
  draft: PlaceDraft | null;
  /** Of an approved photo. */
  photo: PlacePhoto | null;
  /** Until when a place is paused; RFC 3339. */
  until: string | null;
}

/** `conflict`: somebody was there first, or a voice came in between. `gone`: the place is no more. `full`: no room for a photo. */
export type DecisionResult = { review: ReviewRow } | { conflict: ReviewRow } | { refused: 'gone' | typeof FULL };

/** What brings back the state of before: the place's own fields, or the place that was made. */
export interface Undo {
  place: { id: string; version: number; fields: Record<string, unknown> } | null;
  created: { id: string; version: number } | null;
}
const NOTHING: Undo = { place: null, created: null };

export function reviewRow({ db }: Pick<Writing, 'db'>, id: number): Promise<ReviewRow | undefined> {
  return db.selectFrom('reviews').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Undefined when there is no such matter. Throws InvalidPlaceError when the place would not be one any more. */
export async function decideReview(
  writing: Writing,
  decided: NewDecision,
  idPrefix: string,
): Promise<DecisionResult | undefined> {
  const { db, at } = writing;
  const review = await reviewRow(writing, decided.id);
  if (!review) return undefined;
  if (review.state !== 'open' || review.version !== decided.version) return { conflict: review };
  const actor: Actor = { kind: 'account', name: decided.by.id };
  // Closed first: what changes the place below would else take the matter for one that goes away by itself.
  const closed = {
    state: 'closed',
    outcome: decided.decision,
    reason: decided.reason,
    decided_by: decided.by.id,
    decided_at: at,
    updated_at: at,
    version: review.version + 1,
  };
  await db.updateTable('reviews').set(closed).where('id', '=', review.id).execute();
  const undo = await consequenceOf(writing, review, decided, actor, idPrefix);
  if (typeof undo === 'string') {
    const { state, outcome, reason, decided_by, decided_at, updated_at, version } = review;
    const as = { state, outcome, reason, decided_by, decided_at, updated_at, version };
    await db.updateTable('reviews').set(as).where('id', '=', review.id).execute();
    return { refused: undo };
  }
  await db
    .updateTable('reviews')
    .set({ undo: JSON.stringify(undo), place_id: undo.created?.id ?? review.place_id })
    .where('id', '=', review.id)
    .execute();
  await appendAudit(writing, {
    actor,
    act: `review.${decided.decision}`,
    subject: undo.created?.id ?? review.place_id,
    details: { review: review.id, kind: review.kind, about: review.subject, reason: decided.reason },
  });
  const after = await reviewRow(writing, review.id);
  if (!after) throw new Error('A matter vanished within its own transaction');
  return { review: after };
}

async function consequenceOf(
  writing: Writing,
  review: ReviewRow,
  decided: NewDecision,
  actor: Actor,
  idPrefix: string,
): Promise<Undo | 'gone' | typeof FULL> {
  switch (review.kind as ReviewKind) {
    case 'suggestion':
      return decideSuggestion(writing, review, decided, actor, idPrefix);
    case 'report':
      await settleReports(
        writing,
        review.id,
        decided.decision === 'approve' ? 'resolved' : 'unverifiable',
        decided.reason,
      );
      return NOTHING;
    case 'photo':
      return decidePhoto(writing, review, decided, actor);
    case 'dispute':
      return decideDispute(writing, review, decided, actor);
  }
}

async function decideSuggestion(
  writing: Writing,
  review: ReviewRow,
  { decision, reason, changes, draft }: NewDecision,
  actor: Actor,
  idPrefix: string,
): Promise<Undo | 'gone'> {
  const number = review.subject.slice('suggestion:'.length);
  const isNew = draft !== null;
  if (decision === 'return') {
    await settleSuggestion(writing, number, 'returned', reason);
    if (review.place_id === null) await setWaitingPhotos(writing, number, 'returned');
    return NOTHING;
  }
  await settleSuggestion(writing, number, decision === 'amend' ? 'amended' : 'approved', reason);
  if (isNew) {
    const place = await makePlace(writing, review, draft, actor, idPrefix);
    await writing.db.updateTable('suggestions').set({ place_id: place.id }).where('number', '=', number).execute();
    await queuePhotosOf(writing, number, place);
    return { place: null, created: { id: place.id, version: place.version } };
  }
  const before = review.place_id === null ? undefined : await placeById(writing.db, review.place_id);
  if (!before) return 'gone';
  return undoOf(before, await change(writing, before, editedFields(before, changes ?? {}), actor));
}

/** A place that an approval made before it was taken back is used again. */
async function makePlace(
  writing: Writing,
  review: ReviewRow,
  draft: PlaceDraft,
  actor: Actor,
  idPrefix: string,
): Promise<Place> {
  const before = review.place_id === null ? undefined : await placeById(writing.db, review.place_id);
  if (before?.kind !== draft.kind) return createPlace(writing, draft, actor, idPrefix);
  const { id: _, kind: __, ...fields } = draft;
  return change(writing, before, fields as PlaceChanges, actor);
}

async function decidePhoto(
  writing: Writing,
  review: ReviewRow,
  { decision, reason, photo }: NewDecision,
  actor: Actor,
): Promise<Undo | 'gone' | typeof FULL> {
  const id = review.subject.slice('photo:'.length);
  if (decision === 'return') {
    await setPhotoState(writing, id, 'returned');
    await settlePhotosOnly(writing, id, reason);
    return NOTHING;
  }
  const before = review.place_id === null ? undefined : await placeById(writing.db, review.place_id);
  if (!before || !photo) return 'gone';
  const after = await publishPhoto(writing, before, photo, actor);
  if (after === FULL) return FULL;
  await settlePhotosOnly(writing, id, reason);
  return undoOf(before, after);
}

async function decideDispute(
  writing: Writing,
  review: ReviewRow,
  { decision, reason, until }: NewDecision,
  actor: Actor,
): Promise<Undo | 'gone'> {
  const before = review.place_id === null ? undefined : await placeById(writing.db, review.place_id);
  if (!before) return 'gone';
  const isOpen = decision === 'confirm-open';
  if (isOpen) {
    // Kept as a voice too, so that the riders' earlier ones do not take the place down again with one more.
    await addStaffConfirmation(writing, {
      placeId: before.id,
      field: 'open',
      value: true,
      by: 'curator',
      actor,
      act: 'review.confirm-open',
    });
  }
  const now = (await placeById(writing.db, before.id)) ?? before;
  const after = await change(
    writing,
    now,
    isOpen ? openFields(writing.at) : shutFields(decision, reason, until),
    actor,
  );
  const reports = await writing.db
    .selectFrom('reviews')
    .select(['id', 'version'])
    .where('subject', '=', reportsOf(before.id, 'closed'))
    .where('state', '=', 'open')
    .execute();
  // Whoever said 关门了 has their answer by the same decision.
  for (const { id, version } of reports) {
    await settleReports(writing, id, isOpen ? 'unverifiable' : 'resolved', isOpen ? '核实过，正常开放' : reason);
    await writing.db
      .updateTable('reviews')
      .set({
        state: 'closed',
        outcome: 'superseded',
        reason: '随存疑点位一起处理',
        decided_by: actor.name,
        decided_at: writing.at,
        updated_at: writing.at,
        version: version + 1,
        undo: JSON.stringify({ with: review.id }),
      })
      .where('id', '=', id)
      .execute();
  }
  return undoOf(before, after);
}

function openFields(at: string): PlaceChanges {
  return { status: 'active', statusReason: null, statusUntil: null, confirmedAt: at, confirmedBy: 'curator' };
}

function shutFields(decision: ReviewDecision, reason: string | null, until: string | null): EditedFields {
  if (decision === 'retire') return { status: 'retired', statusReason: reason, statusUntil: null };
  return { status: 'paused', statusReason: reason, statusUntil: until };
}

/** Within the decision's own transaction, in which nobody else writes. */
export async function change(writing: Writing, place: Place, changes: PlaceChanges, actor: Actor): Promise<Place> {
  const expected = { version: place.version, actor, act: 'review.apply' };
  const result = await updatePlace(writing, place.id, changes, expected);
  if (!result || 'conflict' in result) throw new Error('A place changed within its own transaction');
  return result.place;
}

function undoOf(before: Place, after: Place): Undo {
  const changed = Object.entries(changedFields(before, after)).filter(
    ([field]) => !['version', 'updatedAt'].includes(field),
  );
  const fields = Object.fromEntries(changed.map(([field, { from }]) => [field, from]));
  return { place: { id: before.id, version: after.version, fields }, created: null };
}
