// Photos that go with a report: which files will do, and a small picture of each to look at.

import { REPORT_PHOTOS } from '../../data/report.ts';

export interface ChosenPhoto {
  file: Blob;
  name: string;
  /** A data: URL; empty when this phone cannot draw it. */
  preview: string;
}

/** What the server takes. */
const MOST_BYTES = 8 * 1024 * 1024;
const PREVIEW_PIXELS = 192;

/** The photos with the new files, and what is wrong with those that were left out. */
export async function withFiles(
  photos: readonly ChosenPhoto[],
  files: readonly File[],
): Promise<{ photos: ChosenPhoto[]; hint: string | null }> {
  const fit = files.filter((file) => file.type.startsWith('image/') && file.size <= MOST_BYTES);
  const taken = fit.slice(0, REPORT_PHOTOS - photos.length);
  const added = await Promise.all(
    taken.map(async (file) => ({ file, name: file.name, preview: await previewOf(file) })),
  );
  const hint =
    files.length > fit.length
      ? '只收 8 MB 以内的照片，换一张小一点的'
      : fit.length > taken.length
        ? `最多 ${REPORT_PHOTOS} 张照片，先去掉一张再加`
        : null;
  return { photos: [...photos, ...added], hint };
}

async function previewOf(file: File): Promise<string> {
  try {
    const bitmap = await createImageBitmap(file);
    const side = Math.min(bitmap.width, bitmap.height);
    const canvas = document.createElement('canvas');
    canvas.width = PREVIEW_PIXELS;
    canvas.height = PREVIEW_PIXELS;
    const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
    canvas.getContext('2d')?.drawImage(bitmap, left, top, side, side, 0, 0, PREVIEW_PIXELS, PREVIEW_PIXELS);
    bitmap.close();
    return canvas.toDataURL('image/jpeg', 0.7);
  } catch {
    // A format that this phone cannot draw: the server may know it.
    return '';
  }
}
