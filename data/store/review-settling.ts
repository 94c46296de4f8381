// What riders learn of a decision: the outcome of what they sent, with its reason and date.

import type { Writing } from './writer.ts';

export async function settleSuggestion(
  { db, at }: Writing,
  number: string,
  status: 'received' | 'approved' | 'amended' | 'returned',
  reason: string | null,
): Promise<void> {
  const decided_at = status === 'received' ? null : at;
  await db.updateTable('suggestions').set({ status, reason, decided_at }).where('number', '=', number).execute();
}

export async function settleReports(
  { db, at }: Writing,
  reviewId: number,
  status: 'received' | 'resolved' | 'unverifiable',
  reason: string | null,
): Promise<void> {
  const decided_at = status === 'received' ? null : at;
  await db.updateTable('reports').set({ status, reason, decided_at }).where('review_id', '=', reviewId).execute();
}

export async function setWaitingPhotos(
  { db, at }: Writing,
  number: string,
  state: 'waiting' | 'returned',
): Promise<void> {
  await db
    .updateTable('photos')
    .set({ state, state_at: at })
    .where('suggestion_number', '=', number)
    .where('state', 'in', ['waiting', 'returned'])
    .execute();
}

/** A suggestion of nothing but photos is answered when its last one is: taken, if any was. */
export async function settlePhotosOnly(writing: Writing, photoId: string, reason: string | null): Promise<void> {
  const suggestion = await writing.db
    .selectFrom('suggestions')
    .innerJoin('photos', 'photos.suggestion_number', 'suggestions.number')
    .select('suggestions.number')
    .where('photos.id', '=', photoId)
    .where('suggestions.review_id', 'is', null)
    .executeTakeFirst();
  if (!suggestion) return;
  const photos = await writing.db
    .selectFrom('photos')
    .select('state')
    .where('suggestion_number', '=', suggestion.number)
    .execute();
  if (photos.some((photo) => photo.state === 'waiting')) {
    await settleSuggestion(writing, suggestion.number, 'received', null);
    return;
  }
  const isTaken = photos.some((photo) => photo.state === 'public');
  await settleSuggestion(writing, suggestion.number, isTaken ? 'approved' : 'returned', isTaken ? null : reason);
}
