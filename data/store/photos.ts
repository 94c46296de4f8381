// Photos that riders sent: who sent which, and which report names it. The files are the API's business.

import type { Kysely } from 'kysely';
import { PHOTO_UNCLAIMED_MS } from '../photo.ts';
import type { Tables } from './tables.ts';
import type { Writing } from './writer.ts';

export async function addPhoto({ db, at }: Writing, id: string, deviceHash: string): Promise<{ id: string }> {
  await db.insertInto('photos').values({ id, device: deviceHash, at, report_number: null }).execute();
  return { id };
}

export async function photoIds(db: Kysely<Tables>): Promise<Set<string>> {
  const rows = await db.selectFrom('photos').select('id').execute();
  return new Set(rows.map((row) => row.id));
}

/** Forgets photos that no report named within a day. */
export async function pruneUnclaimedPhotos({ db, at }: Writing): Promise<void> {
  const oldest = new Date(Date.parse(at) - PHOTO_UNCLAIMED_MS).toISOString();
  await db.deleteFrom('photos').where('report_number', 'is', null).where('at', '<', oldest).execute();
}
