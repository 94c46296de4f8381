// A rider's photo: what is taken, and in which sizes it is kept. Words that phone and server share. Pure.

export const PHOTO_BYTES = 8 * 1024 * 1024;
export const PHOTO_PIXELS = 24_000_000;
/** Prepared widths, pixels; a smaller photo is not enlarged. */
export const PHOTO_WIDTHS = [1280, 480] as const;
/** 128 random bits. */
export const PHOTO_ID = /^[0-9a-f]{32}$/;
/** A photo that no report names is thrown away after this. */
export const PHOTO_UNCLAIMED_MS = 24 * 3_600_000;
