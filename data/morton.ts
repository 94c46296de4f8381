// The Z-order curve: neighbours on it are mostly neighbours in space. Pure.

import type { Point } from './place.ts';

/** 26 bits an axis interleaved into a double, which holds 52 exactly. */
export function mortonKey([lng, lat]: Readonly<Point>): number {
  const x = Math.round(((lng + 180) / 360) * 0x3ffffff);
  const y = Math.round(((lat + 90) / 180) * 0x3ffffff);
  return spread(x >>> 13) * 2 ** 26 + spread(x & 0x1fff) + 2 * (spread(y >>> 13) * 2 ** 26 + spread(y & 0x1fff));
}

/** 13 bits to the even places of 26. */
function spread(bits: number): number {
  let spreaded = 0;
  for (let i = 0; i < 13; i++) spreaded |= (bits & (1 << i)) << i;
  return spreaded;
}
