// The part of the store for what comes from outside and what the city answers: suggestions, receipts, photos, reviews,
// announcements.

import type { Kysely } from 'kysely';
import type { Account } from '../account.ts';
import type { PlacePhoto } from '../place-schema.ts';
import {
  addAnnouncement,
  allAnnouncements,
  announcementById,
  announcementsForPhones,
  comingAnnouncements,
  endAnnouncement,
  type NewAnnouncement,
} from './announcements.ts';
import { actOnce, type Once } from './answers.ts';
import { type Actor, appendAudit } from './audit.ts';
import { addPhoto, addPlacePhoto, photoIds, photoRow, prunePhotos, removePhoto } from './photos.ts';
import { countReviews, listReviews, type ReviewQuery, reviewEvidence } from './review-list.ts';
import { undoReview } from './review-undo.ts';
import { decideReview, type NewDecision } from './reviews.ts';
import { addSuggestion, type NewSuggestion, pruneNotes, receiptOf } from './suggestions.ts';
import type { PhotoRow, Tables } from './tables.ts';
import type { Writer, Writing } from './writer.ts';

export type Inbox = ReturnType<typeof createInbox>;

export function createInbox(db: Kysely<Tables>, write: Writer['write'], now: () => Date, idPrefix: string) {
  return {
    suggestions: {
      /** `prefix` begins the number. Undefined when there is no such place. Throws MissingPhotosError. */
      create: (suggestion: NewSuggestion, prefix: string, once?: Once) =>
        write((writing) => actOnce(writing, once, () => addSuggestion(writing, suggestion, prefix))),
    },
    receipts: {
      /** `hasKey` is asked about a hash, an empty one for an unknown number. */
      get: (number: string, hasKey: (keyHash: string) => boolean) => receiptOf(db, number, hasKey),
    },
    photos: {
      create: (id: string, deviceHash: string, once?: Once) =>
        write((writing) => actOnce(writing, once, () => addPhoto(writing, id, deviceHash))),
      get: (id: string) => photoRow(db, id),
      /** The place that a photo shows or a report about it speaks of. */
      placeIdOf: (photo: PhotoRow) => placeIdOf(db, photo),
      /** Where the new place lies that a photo would show; null when it was not sent with one. */
      districtOf: (photo: PhotoRow) => districtOf(db, photo),
      ids: () => photoIds(db),
      addToPlace: (placeId: string, photo: PlacePhoto, actor: Actor, once?: Once) =>
        write((writing) =>
          actOnce(writing, once, async () => {
            const added = await addPlacePhoto(writing, placeId, photo, actor);
            return typeof added === 'string' ? { refused: added } : added;
          }),
        ),
      remove: (id: string, actor: Actor) => write((writing) => removePhoto(writing, id, actor)),
    },
    reviews: {
      list: (query: ReviewQuery) => listReviews(db, query),
      counts: (areaCode: string | null) => countReviews(db, areaCode),
      get: (id: number) => reviewEvidence(db, id, now().getTime()),
      decide: (decided: NewDecision) => write((writing) => decideReview(writing, decided, idPrefix)),
      undo: (id: number, by: Account) => write((writing) => undoReview(writing, id, by)),
      /** Says in the audit who read a note whole. */
      tellReveal: (number: string, placeId: string | null, actor: Actor) =>
        write((writing) =>
          appendAudit(writing, { actor, act: 'note.reveal', subject: placeId, details: { receipt: number } }),
        ),
    },
    announcements: {
      create: (announcement: NewAnnouncement, actor: Actor, once?: Once) =>
        write((writing) => actOnce(writing, once, () => addAnnouncement(writing, announcement, actor))),
      get: (id: string) => announcementById(db, id),
      /** Running now or later, by their beginning. */
      coming: () => comingAnnouncements(db, now().toISOString()),
      forPhones: (atMs: number) => announcementsForPhones(db, atMs),
      all: () => allAnnouncements(db),
      end: (id: string, actor: Actor) => write((writing) => endAnnouncement(writing, id, actor)),
    },
  };
}

async function placeIdOf(db: Kysely<Tables>, photo: PhotoRow): Promise<string | null> {
  if (photo.place_id !== null || photo.report_number === null) return photo.place_id;
  const report = await db
    .selectFrom('reports')
    .select('place_id')
    .where('number', '=', photo.report_number)
    .executeTakeFirst();
  return report?.place_id ?? null;
}

async function districtOf(db: Kysely<Tables>, photo: PhotoRow): Promise<string | null> {
  if (photo.suggestion_number === null) return null;
  const review = await db
    .selectFrom('suggestions')
    .innerJoin('reviews', 'reviews.id', 'suggestions.review_id')
    .select('reviews.district')
    .where('suggestions.number', '=', photo.suggestion_number)
    .executeTakeFirst();
  return review?.district ?? null;
}

/** Forgets photos that nobody uses, and what riders wrote for the desk long ago. */
export async function pruneInbox(writing: Writing): Promise<void> {
  await prunePhotos(writing);
  await pruneNotes(writing);
}
