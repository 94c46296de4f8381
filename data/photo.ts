// A rider's photo: what is taken, and in which sizes it is kept. Words that phone and server share. Pure.

export const PHOTO_BYTES = 8 * 1024 * 1024;
export const PHOTO_PIXELS = 24_000_000;
/** Prepared widths, pixels; a smaller photo is not enlarged. */
export const PHOTO_WIDTHS = [1280, 480] as const;
export type PhotoWidth = (typeof PHOTO_WIDTHS)[number];
/** 128 random bits. */
export const PHOTO_ID = /^[0-9a-f]{32}$/;
/** A photo that no report names is thrown away after this. */
export const PHOTO_UNCLAIMED_MS = 24 * 3_600_000;

/** Shown on a place's page, in the order of their approval. */
export const PLACE_PHOTOS = 6;
export const PHOTO_ALT_CHARACTERS = 60;

/** Where anybody can see a photo that the city has approved. */
export function photoUrl(id: string, width: PhotoWidth): string {
  return `/photos/${id}-${width}.jpg`;
}
