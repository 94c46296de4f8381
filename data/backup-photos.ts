// The photos' part of a backup: the files beside the database, and one hash over all of them.

import { createHash } from 'node:crypto';
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { syncToDisk } from './store/sqlite.ts';

export const PHOTOS_FOLDER = 'photos';
const PHOTO_FILE = /^[0-9a-z-]+\.jpg$/;

export const photosPartSchema = z.strictObject({
  files: z.int().min(0),
  /** Of names and contents, in the order of the names. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type PhotosPart = z.infer<typeof photosPartSchema>;

/**
 * Copies the photos of one folder that holds `photos/` into another, and says what arrived. A photo that is taken down
 * meanwhile is left out: gone is gone.
 */
export function copyPhotos(from: string, to: string): PhotosPart {
  const source = join(from, PHOTOS_FOLDER);
  const target = join(to, PHOTOS_FOLDER);
  const names = photoNames(source);
  if (names.length > 0) mkdirSync(target, { recursive: true, mode: 0o700 });
  for (const name of names) {
    try {
      copyFileSync(join(source, name), join(target, name), constants.COPYFILE_EXCL);
      syncToDisk(join(target, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  if (names.length > 0) syncToDisk(target);
  return photosIn(to);
}

/** What a folder's `photos/` holds; none when there is no such folder. */
export function photosIn(folder: string): PhotosPart {
  const names = photoNames(join(folder, PHOTOS_FOLDER));
  const hash = createHash('sha256');
  for (const name of names) {
    hash.update(`${name}\n`).update(
      createHash('sha256')
        .update(readFileSync(join(folder, PHOTOS_FOLDER, name)))
        .digest(),
    );
  }
  return { files: names.length, sha256: hash.digest('hex') };
}

function photoNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => PHOTO_FILE.test(name))
    .sort();
}
