// All that a snapshot holds, at one moment, read on a connection of one's own: for a thread that only reads.

import { Kysely } from 'kysely';
import type { RunningAnnouncement } from '../announcement.ts';
import type { Place } from '../place-schema.ts';
import { announcementsForPhones } from './announcements.ts';
import { currentRevision } from './changes.ts';
import { allPlaces } from './places.ts';
import { openForReading, sqliteDialect } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** Throws StoreError when the file cannot be opened. */
export async function readAllPlaces(
  file: string,
  atMs: number,
): Promise<{ revision: number; places: Place[]; announcements: RunningAnnouncement[] }> {
  const database = openForReading(file);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database, () => undefined) });
  try {
    // What others commit from here on is not seen, so that the revision belongs to the places.
    database.exec('begin');
    const revision = await currentRevision(db);
    const places: Place[] = [];
    for await (const batch of allPlaces(db)) places.push(...batch);
    return { revision, places, announcements: await announcementsForPhones(db, atMs) };
  } finally {
    await db.destroy();
  }
}
