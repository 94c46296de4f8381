// The Z-order curve: neighbours on it are mostly neighbours in space, and a place on it is a point. Pure.

import type { Point } from './place.ts';

/** Points are kept in whole numbers of this fraction of a degree: about one metre. */
export const POINT_DEGREES = 1e5;
/** The south-western corner of the world, in those numbers. */
const WEST = -180 * POINT_DEGREES;
const SOUTH = -90 * POINT_DEGREES;
const HALF_BITS = 2 ** 26;

/** Where a point lies on the curve: 26 bits an axis interleaved into a double, which holds 52 exactly. */
export function mortonKey([lng, lat]: Readonly<Point>): number {
  const x = Math.round(lng * POINT_DEGREES) - WEST;
  const y = Math.round(lat * POINT_DEGREES) - SOUTH;
  return (spread(x >>> 13) + 2 * spread(y >>> 13)) * HALF_BITS + spread(x & 0x1fff) + 2 * spread(y & 0x1fff);
}

/** The point at a place on the curve, five decimals. */
export function mortonPoint(key: number): Point {
  const high = Math.floor(key / HALF_BITS);
  const low = key % HALF_BITS;
  const x = (gathered(high) << 13) | gathered(low);
  const y = (gathered(high >>> 1) << 13) | gathered(low >>> 1);
  return [(x + WEST) / POINT_DEGREES, (y + SOUTH) / POINT_DEGREES];
}

/** 13 bits to the even places of 26. */
function spread(bits: number): number {
  let spreaded = 0;
  for (let i = 0; i < 13; i++) spreaded |= (bits & (1 << i)) << i;
  return spreaded;
}

/** The 13 bits at the even places of 26. */
function gathered(bits: number): number {
  let even = bits & 0x5555555;
  even = (even | (even >> 1)) & 0x3333333;
  even = (even | (even >> 2)) & 0xf0f0f0f;
  even = (even | (even >> 4)) & 0xff00ff;
  return (even | (even >> 8)) & 0x1fff;
}
