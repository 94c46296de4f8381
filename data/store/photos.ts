// Photos: who sent which, what names it, and whether anybody may see it. The files are the API's business.

import type { Kysely } from 'kysely';
import type { Device } from '../device.ts';
import { PHOTO_UNCLAIMED_MS, PLACE_PHOTOS } from '../photo.ts';
import type { Place, PlacePhoto } from '../place-schema.ts';
import { type Actor, appendAudit } from './audit.ts';
import { MissingPhotosError } from './errors.ts';
import { placeById, type UpdateResult, updatePlace } from './places.ts';
import { photoOf, queueReview, supersedeReview } from './review-queue.ts';
import type { PhotoRow, Tables } from './tables.ts';
import type { Writing } from './writer.ts';

const NEW_PHOTO = { report_number: null, suggestion_number: null, place_id: null, state: 'waiting', state_at: null };

export async function addPhoto({ db, at }: Writing, id: string, deviceHash: string): Promise<{ id: string }> {
  await db
    .insertInto('photos')
    .values({ ...NEW_PHOTO, id, device: deviceHash, at })
    .execute();
  return { id };
}

export function photoRow(db: Kysely<Tables>, id: string): Promise<PhotoRow | undefined> {
  return db.selectFrom('photos').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Those whose files are kept. */
export async function photoIds(db: Kysely<Tables>): Promise<Set<string>> {
  const rows = await db.selectFrom('photos').select('id').where('state', '!=', 'removed').execute();
  return new Set(rows.map((row) => row.id));
}

/** A report or a suggestion takes photos that its own device sent and nothing else names. Throws MissingPhotosError. */
export async function claimPhotos(
  { db }: Writing,
  ids: readonly string[],
  device: Device,
  claim: { report_number: string } | { suggestion_number: string; place_id: string | null },
): Promise<void> {
  if (ids.length === 0) return;
  const rows = await db
    .updateTable('photos')
    .set(claim)
    .where('id', 'in', [...ids])
    .where('device', '=', device.hash)
    .where('report_number', 'is', null)
    .where('suggestion_number', 'is', null)
    .where('place_id', 'is', null)
    .returning('id')
    .execute();
  const found = new Set(rows.map((row) => row.id));
  const missing = ids.flatMap((id, i) => (found.has(id) ? [] : [i]));
  if (missing.length > 0) throw new MissingPhotosError(missing);
}

/** The photos of a suggestion wait for the desk, each by itself, once it is known which place they show. */
export async function queuePhotosOf(writing: Writing, number: string, place: Place): Promise<void> {
  const photos = await writing.db
    .selectFrom('photos')
    .select('id')
    .where('suggestion_number', '=', number)
    .where('state', '=', 'waiting')
    .execute();
  for (const { id } of photos) {
    await writing.db.updateTable('photos').set({ place_id: place.id }).where('id', '=', id).execute();
    await queueReview(writing, {
      kind: 'photo',
      subject: photoOf(id),
      placeId: place.id,
      title: place.name,
      summary: '一张照片，等着公开',
      area: place,
    });
  }
}

/** The other way round: the place that they would show does not exist any more. */
export async function unqueuePhotosOf(writing: Writing, number: string, reason: string): Promise<void> {
  const photos = await writing.db
    .selectFrom('photos')
    .select('id')
    .where('suggestion_number', '=', number)
    .where('state', '=', 'waiting')
    .execute();
  for (const { id } of photos) await supersedeReview(writing, photoOf(id), reason, null);
}

export async function setPhotoState(
  { db, at }: Writing,
  id: string,
  state: 'waiting' | 'public' | 'returned' | 'removed',
) {
  await db.updateTable('photos').set({ state, state_at: at }).where('id', '=', id).execute();
}

export const FULL = 'full';

/** Shows a photo on its place's page. `full`: the place shows as many as it may. */
export async function publishPhoto(
  writing: Writing,
  place: Place,
  photo: PlacePhoto,
  actor: Actor,
): Promise<Place | typeof FULL> {
  if (place.photos.length >= PLACE_PHOTOS) return FULL;
  await setPhotoState(writing, photo.id, 'public');
  const changes = { photos: [...place.photos, photo] };
  const result = await updatePlace(writing, place.id, changes, { version: place.version, actor, act: 'photo.publish' });
  if (!result || 'conflict' in result) throw new Error('A place changed within its own transaction');
  return result.place;
}

/** A photo that the desk took itself: public at once. Undefined when there is no such place. */
export async function addPlacePhoto(
  writing: Writing,
  placeId: string,
  photo: PlacePhoto,
  actor: Actor,
): Promise<PlacePhoto | typeof FULL | undefined> {
  const place = await placeById(writing.db, placeId);
  if (!place) return undefined;
  if (place.photos.length >= PLACE_PHOTOS) return FULL;
  const row = { ...NEW_PHOTO, id: photo.id, device: `account:${actor.name}`, at: writing.at, place_id: placeId };
  await writing.db.insertInto('photos').values(row).execute();
  await publishPhoto(writing, place, photo, actor);
  return photo;
}

/**
 * Takes a photo down everywhere: from its place, from the queue, from its own address. Undefined when there is none;
 * the place as it is after that, null when the photo was at none.
 */
export async function removePhoto(
  writing: Writing,
  id: string,
  actor: Actor,
): Promise<{ place: Place | null } | undefined> {
  const row = await photoRow(writing.db, id);
  if (!row || row.state === 'removed') return undefined;
  await setPhotoState(writing, id, 'removed');
  await supersedeReview(writing, photoOf(id), '照片已经删除', actor);
  await appendAudit(writing, {
    actor,
    act: 'photo.remove',
    subject: row.place_id,
    details: { photo: id, was: row.state },
  });
  const place = row.place_id === null ? undefined : await placeById(writing.db, row.place_id);
  if (!place) return { place: null };
  const changes = { photos: place.photos.filter((photo) => photo.id !== id) };
  const expected = { version: place.version, actor, act: 'photo.remove' };
  const result: UpdateResult | undefined = await updatePlace(writing, place.id, changes, expected);
  if (!result || 'conflict' in result) throw new Error('A place changed within its own transaction');
  return { place: result.place };
}

/** Forgets photos that nothing named within a day, and those that the desk did not use, a day after that. */
export async function prunePhotos({ db, at }: Writing): Promise<void> {
  const oldest = new Date(Date.parse(at) - PHOTO_UNCLAIMED_MS).toISOString();
  await db
    .deleteFrom('photos')
    .where('report_number', 'is', null)
    .where('suggestion_number', 'is', null)
    .where('place_id', 'is', null)
    .where('at', '<', oldest)
    .execute();
  await db.deleteFrom('photos').where('state', '=', 'returned').where('state_at', '<', oldest).execute();
}
