// Photos: checked before anything is decoded, drawn anew in prepared sizes, and kept under a random name. What
// the camera wrote beside the picture, position included, is not in the new files.

import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { PHOTO_PIXELS, PHOTO_UNCLAIMED_MS, PHOTO_WIDTHS, type PhotoWidth } from '../data/photo.ts';
import type { Store } from '../data/store/store.ts';
import { Problem } from './problem.ts';

const SHARP_OPTIONS = { limitInputPixels: PHOTO_PIXELS, failOn: 'error', sequentialRead: true } as const;
/** Of a picture that is a strip, the longer side. */
const TALLEST = 2;
const JPEG_QUALITY = 78;
const DECODE_SECONDS = 10;
/** Decoded at the same time: one picture of the largest size is some 100 MB. */
const MOST_AT_WORK = 2;
const MOST_WAITING = 20;
const FILE_NAME = /^([0-9a-f]{32})-\d+\.jpg$/;

// One picture needs one thread: the others of the pool are for reading files and compressing answers.
sharp.concurrency(1);
sharp.cache(false);

export interface PhotoFolder {
  /**
   * Keeps a picture, as JPEG 1280 and 480 wide, and returns its id. The files are on disk when this resolves.
   * @throws Problem 415 no picture that we take, 413 too many pixels, 422 broken, 503 too many at once
   */
  keep(bytes: Buffer): Promise<string>;
  remove(id: string): Promise<void>;
  /** One prepared size; undefined when the file is not there. */
  read(id: string, width: PhotoWidth): Promise<Buffer | undefined>;
  /** Pixels of the larger file. Throws Problem 409 when the file is not there. */
  sizeOf(id: string): Promise<{ width: number; height: number }>;
}

export function openPhotoFolder(dataFolder: string): PhotoFolder {
  const folder = photoFolder(dataFolder);
  const enter = turnstile();

  async function write(id: string, width: number, bytes: Buffer): Promise<void> {
    const handle = await open(path.join(folder, fileName(id, width)), 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async function remove(id: string): Promise<void> {
    for (const width of PHOTO_WIDTHS) await rm(path.join(folder, fileName(id, width)), { force: true });
  }

  async function read(id: string, width: PhotoWidth): Promise<Buffer | undefined> {
    try {
      return await readFile(path.join(folder, fileName(id, width)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  return {
    remove,
    read,
    async sizeOf(id) {
      const bytes = await read(id, PHOTO_WIDTHS[0]);
      if (!bytes) throw new Problem('photo-removed', '照片的文件已经没有了');
      const { width, height } = await sharp(bytes, SHARP_OPTIONS).metadata();
      return { width, height };
    },
    async keep(bytes) {
      checkKind(bytes);
      const sizes = await enter(() => redraw(bytes));
      const id = randomBytes(16).toString('hex');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        for (const { width, jpeg } of sizes) await write(id, width, jpeg);
      } catch (error) {
        await remove(id);
        throw error;
      }
      return id;
    },
  };
}

/** Removes the files of photos that the store no longer knows, and those of an upload that was broken off. */
export async function removeStrayPhotos(
  dataFolder: string,
  store: Pick<Store, 'photos'>,
  nowMs: number,
): Promise<void> {
  const folder = photoFolder(dataFolder);
  const known = await store.photos.ids();
  for (const name of await readdir(folder).catch(() => [])) {
    const id = FILE_NAME.exec(name)?.[1];
    if (id === undefined || known.has(id)) continue;
    const file = path.join(folder, name);
    // A photo's files are there before its row is.
    if (nowMs - (await stat(file)).mtimeMs > PHOTO_UNCLAIMED_MS) await rm(file);
  }
}

function photoFolder(dataFolder: string): string {
  return path.join(dataFolder, 'photos');
}

function fileName(id: string, width: number): string {
  return `${id}-${width}.jpg`;
}

/** By the first bytes alone: nothing but these three kinds ever reaches a decoder. */
function checkKind(bytes: Buffer): void {
  const text = bytes.subarray(0, 15).toString('latin1');
  const isJpeg = text.startsWith('\xff\xd8\xff');
  const isPng = text.startsWith('\x89PNG\r\n\x1a\n');
  const isWebp = text.startsWith('RIFF') && text.startsWith('WEBPVP8', 8);
  if (!isJpeg && !isPng && !isWebp) throw new Problem('not-a-photo', '只收 JPEG、PNG、WebP 照片');
}

async function redraw(bytes: Buffer): Promise<{ width: number; jpeg: Buffer }[]> {
  const { width, height } = await decoding(() => sharp(bytes, SHARP_OPTIONS).metadata());
  if (width * height > PHOTO_PIXELS) {
    throw new Problem('photo-too-large', `照片有 ${width}×${height} 像素，最多 ${PHOTO_PIXELS / 10_000} 万像素`);
  }
  const sizes = [];
  for (const target of PHOTO_WIDTHS) {
    const jpeg = await decoding(() =>
      sharp(bytes, SHARP_OPTIONS)
        .autoOrient()
        .resize({ width: target, height: target * TALLEST, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: JPEG_QUALITY })
        .timeout({ seconds: DECODE_SECONDS })
        .toBuffer(),
    );
    sizes.push({ width: target, jpeg });
  }
  return sizes;
}

async function decoding<Result>(decode: () => Promise<Result>): Promise<Result> {
  try {
    return await decode();
  } catch (error) {
    if (error instanceof Error && /pixel limit/i.test(error.message)) {
      throw new Problem('photo-too-large', `照片最多 ${PHOTO_PIXELS / 10_000} 万像素`);
    }
    throw new Problem('broken-photo', '这张照片打不开，可能没有传完整；请换一张或重新拍');
  }
}

/** Lets a few at a time through, a few more wait, and turns the rest away. */
function turnstile(): <Result>(run: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async (run) => {
    if (inside >= MOST_AT_WORK) {
      if (waiting.length >= MOST_WAITING) {
        throw new Problem('busy', '正在处理很多照片，请过几秒再传', [], { 'Retry-After': '5' });
      }
      await new Promise<void>((enter) => waiting.push(enter));
    } else {
      inside += 1;
    }
    try {
      return await run();
    } finally {
      // The place goes straight to the next one, so that nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else inside -= 1;
    }
  };
}
