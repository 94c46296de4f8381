// The k nearest by the way people must go. A straight line is never longer than the way, so places are taken in
// straight-line order until the next cannot beat the k-th best way any more: exact, and mostly k + 1 ways long.

import { metresBetween, type Point } from '../../data/place.ts';
import type { Way, WaysFromOrigin } from '../../data/way.ts';
import type { PointTree } from './point-tree.ts';

export interface Found {
  slot: number;
  id: string;
  way: Way;
  straightMetres: number;
}

export interface NearestSpace {
  tree: PointTree;
  /** Slots that came after the tree was built. */
  latecomers: readonly number[];
  point(slot: number): Point;
  id(slot: number): string;
  matches(slot: number): boolean;
}

/** Sums of floating-point metres along a way may fall this much short of the straight line. */
const SLACK_METRES = 0.01;

/**
 * @param ways from the same origin; without them distances are straight lines
 * @returns the nearest by way, then id; places that cannot be reached are left out
 */
export function findNearest(
  space: NearestSpace,
  origin: Point,
  limit: number,
  maxMetres: number,
  ways: WaysFromOrigin | undefined,
): Found[] {
  const { tree, matches } = space;
  const best: Found[] = [];
  const late = space.latecomers
    .filter(matches)
    .map((slot) => ({ slot, metres: metresBetween(origin, space.point(slot)) }))
    .sort((a, b) => a.metres - b.metres);
  let nextLate = 0;

  function worst(): number {
    return best.length < limit ? maxMetres : Math.min(maxMetres, best[best.length - 1]?.way.metres ?? maxMetres);
  }

  function consider(slot: number, straightMetres: number): void {
    const point = space.point(slot);
    const way = ways ? ways.to(point, worst()) : { metres: straightMetres, crossing: null };
    if (!way || way.metres > worst()) return;
    const found = { slot, id: space.id(slot), way, straightMetres };
    let at = best.length;
    while (at > 0 && comesBefore(found, best[at - 1] as Found)) at--;
    best.splice(at, 0, found);
    if (best.length > limit) best.pop();
  }

  function considerLateUpTo(metres: number): void {
    for (; nextLate < late.length; nextLate++) {
      const { slot, metres: straight } = late[nextLate] as (typeof late)[number];
      if (straight > metres || straight > worst() + SLACK_METRES) return;
      consider(slot, straight);
    }
  }

  tree.start(origin, matches);
  for (let slot = next(); slot >= 0; slot = next()) {
    const straight = metresBetween(origin, space.point(slot));
    considerLateUpTo(straight);
    if (straight > worst() + SLACK_METRES) break;
    consider(slot, straight);
  }
  considerLateUpTo(Number.POSITIVE_INFINITY);
  return best;

  function next(): number {
    return tree.next(worst() + SLACK_METRES);
  }
}

function comesBefore(a: Found, b: Found): boolean {
  return a.way.metres < b.way.metres || (a.way.metres === b.way.metres && a.id < b.id);
}
