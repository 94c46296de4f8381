// Taking a decision back: for some seconds, by whoever made it, if nothing has changed since.

import type { Account } from '../account.ts';
import { REVIEW_UNDO_MS, type ReviewKind } from '../review.ts';
import { type Actor, appendAudit } from './audit.ts';
import { setPhotoState, unqueuePhotosOf } from './photos.ts';
import { type PlaceChanges, placeById } from './places.ts';
import { settlePhotosOnly, settleReports, settleSuggestion, setWaitingPhotos } from './review-settling.ts';
import { change, reviewRow, type Undo } from './reviews.ts';
import type { ReviewRow } from './tables.ts';
import type { Writing } from './writer.ts';

export type UndoResult = { review: ReviewRow } | { refused: 'not-yours' | 'too-late' | 'open' | 'place-changed' };

/** Within some seconds, by whoever decided, as long as the place is as the decision left it. */
export async function undoReview(writing: Writing, id: number, by: Account): Promise<UndoResult | undefined> {
  const { db, at } = writing;
  const review = await reviewRow(writing, id);
  if (!review) return undefined;
  if (review.state === 'open' || review.undo === null || review.outcome === 'superseded') return { refused: 'open' };
  if (review.decided_by !== by.id) return { refused: 'not-yours' };
  if (Date.parse(at) - Date.parse(review.decided_at ?? at) > REVIEW_UNDO_MS) return { refused: 'too-late' };
  const actor: Actor = { kind: 'account', name: by.id };
  const undo = JSON.parse(review.undo) as Undo;
  const changed = undo.place ?? undo.created;
  const place = changed ? await placeById(db, changed.id) : undefined;
  if (changed && place?.version !== changed.version) return { refused: 'place-changed' };
  await reopen(writing, review.id, review.version);
  if (place && undo.place) await change(writing, place, undo.place.fields as PlaceChanges, actor);
  if (place && undo.created) await change(writing, place, { status: 'rejected', statusReason: '通过后撤回' }, actor);
  await unsettle(writing, review);
  await appendAudit(writing, {
    actor,
    act: 'review.undo',
    subject: review.place_id,
    details: { review: review.id, kind: review.kind, about: review.subject, was: review.outcome },
  });
  const after = await reviewRow(writing, id);
  if (!after) throw new Error('A matter vanished within its own transaction');
  return { review: after };
}

async function reopen({ db, at }: Writing, id: number, version: number): Promise<void> {
  await db
    .updateTable('reviews')
    .set({
      state: 'open',
      outcome: null,
      reason: null,
      decided_by: null,
      decided_at: null,
      undo: null,
      updated_at: at,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute();
}

/** What was said to riders is unsaid, and photos wait again. */
async function unsettle(writing: Writing, review: ReviewRow): Promise<void> {
  const { db } = writing;
  switch (review.kind as ReviewKind) {
    case 'suggestion': {
      const number = review.subject.slice('suggestion:'.length);
      await settleSuggestion(writing, number, 'received', null);
      const undo = JSON.parse(review.undo ?? 'null') as Undo | null;
      if (undo?.created) await unqueuePhotosOf(writing, number, '点位的通过撤回了');
      await setWaitingPhotos(writing, number, 'waiting');
      return;
    }
    case 'report':
      return settleReports(writing, review.id, 'received', null);
    case 'photo': {
      const id = review.subject.slice('photo:'.length);
      await setPhotoState(writing, id, 'waiting');
      return settlePhotosOnly(writing, id, null);
    }
    case 'dispute': {
      const along = await db
        .selectFrom('reviews')
        .select(['id', 'version'])
        .where('undo', '=', JSON.stringify({ with: review.id }))
        .execute();
      for (const { id, version } of along) {
        await reopen(writing, id, version);
        await settleReports(writing, id, 'received', null);
      }
    }
  }
}
