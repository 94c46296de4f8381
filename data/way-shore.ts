// The water's edge as straight segments: what it hides, where people turn round it, and where land is nearest. Pure.

import { type Barrier, type Box, isInside } from './city.ts';
import { metresBetween, type Point } from './place.ts';

/** One side of a ring, walked so that the barrier lies on its left. */
interface Side {
  ax: number;
  ay: number;
  bx: number;
  by: number;
}

/** Firm ground for a point: beside the water, never in it or on its line. */
export interface Landing {
  land: Point;
  /** From the point that was asked for to `land`; 0 when that was firm ground already. */
  metres: number;
  /** The point lies in a barrier. */
  isWet: boolean;
}

export interface Shore {
  /** The corners that a shortest path may turn at, each a hand's breadth on land. */
  corners: Point[];
  /**
   * A point is so far from all water that it is its own landing, and so is all within this many degrees of it on the
   * plane of lng and lat: nothing there hides anything. 0 for a point in the water or beside it. Quick.
   */
  clearDegrees(point: Readonly<Point>): number;
  /** True when the straight line between two landings meets a barrier. */
  hides(from: Readonly<Point>, to: Readonly<Point>): boolean;
  /** The point itself, or the bank nearest to it when it lies in a barrier. */
  landing(point: Readonly<Point>): Landing;
}

/**
 * Degrees, about 5 cm. Everything that takes part in a sight test is kept this far from the water's line, so that
 * walking along a bank is not a question of the last bit.
 */
const CLEARANCE = 5e-7;

/** True when the point lies in a barrier; islands are not in it. On the very line either answer is right. */
export function isInBarrier(city: { barriers: readonly Barrier[] }, [lng, lat]: Readonly<Point>): boolean {
  return city.barriers.some((barrier) => {
    let inside = false;
    for (const ring of barrier.coordinates) {
      let [ax, ay] = ring.at(-1) as Point;
      for (let i = 0; i < ring.length; i++) {
        const [bx, by] = ring[i] as Point;
        if (ay > lat !== by > lat && lng < ax + ((lat - ay) / (by - ay)) * (bx - ax)) inside = !inside;
        ax = bx;
        ay = by;
      }
    }
    return inside;
  });
}

export function readShore(city: { area: Box; barriers: readonly Barrier[] }): Shore {
  const sides = city.barriers.flatMap((barrier) => barrier.coordinates.flatMap(sidesOf));
  const stretches = stretchesOf(sides);
  const clearDegrees = dryGround(city, sides);

  /** Away from the water at a point of its line: across each side that passes there. */
  function outwards(x: number, y: number): Point {
    let dx = 0;
    let dy = 0;
    for (const side of sides) {
      const [footX, footY] = footOn(side, x, y, 1);
      if (Math.abs(footX - x) + Math.abs(footY - y) > CLEARANCE / 100) continue;
      const length = Math.hypot(side.bx - side.ax, side.by - side.ay);
      dx += (side.by - side.ay) / length;
      dy -= (side.bx - side.ax) / length;
    }
    const length = Math.hypot(dx, dy) || 1;
    return [x + (dx / length) * CLEARANCE, y + (dy / length) * CLEARANCE];
  }

  function landing(point: Readonly<Point>): Landing {
    const [x, y] = point;
    if (clearDegrees(point) > 0) return { land: [x, y], metres: 0, isWet: false };
    const shrink = shrinkAt(y);
    const isWet = isInBarrier(city, point);
    const near = isWet ? Number.POSITIVE_INFINITY : CLEARANCE * CLEARANCE;
    const rejected = new Set<Side>();
    for (;;) {
      let best = near;
      let nearest: Side | undefined;
      for (const side of sides) {
        if ((!isWet && isApart(side, x, y)) || rejected.has(side)) continue;
        const [footX, footY] = footOn(side, x, y, shrink);
        const squared = ((footX - x) * shrink) ** 2 + (footY - y) ** 2;
        if (squared >= best) continue;
        best = squared;
        nearest = side;
      }
      // Touching the line is standing on the bank.
      const isInWater = isWet && best > CLEARANCE * CLEARANCE;
      if (!nearest) return { land: [x, y], metres: 0, isWet: isInWater };
      const [footX, footY] = footOn(nearest, x, y, shrink);
      const land = outwards(footX, footY);
      if (!isInBarrier(city, land)) return { land, metres: metresBetween(point, land), isWet: isInWater };
      // Where two barriers overlap, the line of one runs through the other: no bank there.
      rejected.add(nearest);
    }
  }

  return {
    corners: sides
      .filter((side, i) => turnsLeft(side, sides, i))
      .map((side) => outwards(side.bx, side.by))
      .filter((corner) => isInside(city.area, corner) && !isInBarrier(city, corner)),
    hides([px, py], [qx, qy]) {
      const west = Math.min(px, qx);
      const east = Math.max(px, qx);
      const south = Math.min(py, qy);
      const north = Math.max(py, qy);
      const { boxes } = stretches;
      for (let i = 0, at = 0; at < boxes.length; i++, at += 4) {
        if ((boxes[at] as number) > east || (boxes[at + 2] as number) < west) continue;
        if ((boxes[at + 1] as number) > north || (boxes[at + 3] as number) < south) continue;
        for (const side of stretches.sides[i] as Side[]) if (crosses(side, px, py, qx, qy)) return true;
      }
      return false;
    },
    clearDegrees,
    landing,
  };
}

/** Sides that follow each other lie together: one look at their box spares a look at each. */
const SIDES_A_STRETCH = 8;

interface Stretches {
  sides: Side[][];
  /** West, south, east, north of each. */
  boxes: Float64Array;
}

function stretchesOf(all: readonly Side[]): Stretches {
  const sides = Array.from({ length: Math.ceil(all.length / SIDES_A_STRETCH) }, (_, i) =>
    all.slice(i * SIDES_A_STRETCH, (i + 1) * SIDES_A_STRETCH),
  );
  return { sides, boxes: Float64Array.from(sides.flatMap(boxOf)) };
}

function boxOf(sides: readonly Side[]): Box {
  const lngs = sides.flatMap(({ ax, bx }) => [ax, bx]);
  const lats = sides.flatMap(({ ay, by }) => [ay, by]);
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

const CELLS_A_SIDE = 512;
const UNSEEN = 0;
const WET_OR_NEAR = -1;

/** How far it is to water, rounded down to what holds for a whole cell. Learned cell by cell, on demand. */
function dryGround(city: { barriers: readonly Barrier[] }, sides: readonly Side[]): Shore['clearDegrees'] {
  if (sides.length === 0) return () => Number.POSITIVE_INFINITY;
  const margin = 2 * CLEARANCE;
  const [west, south, east, north] = boxOf(sides);
  const width = (east - west) / CELLS_A_SIDE;
  const height = (north - south) / CELLS_A_SIDE;
  const known = new Float32Array(CELLS_A_SIDE * CELLS_A_SIDE);

  /** From the middle of a cell to its farthest point, and the margin. */
  const radius = Math.hypot(width, height) / 2 + margin;

  function look(column: number, row: number): number {
    const x = west + (column + 0.5) * width;
    const y = south + (row + 0.5) * height;
    let squared = Number.POSITIVE_INFINITY;
    for (const side of sides) {
      const [footX, footY] = footOn(side, x, y, 1);
      squared = Math.min(squared, (footX - x) ** 2 + (footY - y) ** 2);
    }
    const clear = Math.sqrt(squared) - radius;
    return clear <= 0 || isInBarrier(city, [x, y]) ? WET_OR_NEAR : clear;
  }

  return ([x, y]) => {
    const beside = Math.max(west - x, x - east, south - y, y - north);
    if (beside > margin) return beside - margin;
    const column = Math.min(CELLS_A_SIDE - 1, Math.max(0, Math.floor((x - west) / width)));
    const row = Math.min(CELLS_A_SIDE - 1, Math.max(0, Math.floor((y - south) / height)));
    const cell = row * CELLS_A_SIDE + column;
    if (known[cell] === UNSEEN) known[cell] = look(column, row);
    return Math.max(0, known[cell] as number);
  };
}

function sidesOf(ring: readonly Point[], place: number): Side[] {
  const points = ring.filter((point, i) => i === 0 || metresBetween(point, ring[i - 1] as Point) > 0);
  let area = 0;
  const sides = points.slice(1).map((b, i) => {
    const a = points[i] as Point;
    area += (b[0] - a[0]) * (b[1] + a[1]);
    return { ax: a[0], ay: a[1], bx: b[0], by: b[1] };
  });
  // The sum is positive clockwise. An outer ring (the first) goes counter-clockwise, an island clockwise.
  if (area > 0 === place > 0) return sides;
  return sides.reverse().map(({ ax, ay, bx, by }) => ({ ax: bx, ay: by, bx: ax, by: ay }));
}

/** Paths bend only where land is the wide side of a corner, that is where the water's line turns left. */
function turnsLeft(side: Side, sides: readonly Side[], i: number): boolean {
  const following = sides[i + 1];
  const next =
    following && following.ax === side.bx && following.ay === side.by
      ? following
      : sides.find((each) => each.ax === side.bx && each.ay === side.by);
  if (!next) return false;
  return (side.bx - side.ax) * (next.by - next.ay) > (side.by - side.ay) * (next.bx - next.ax);
}

/** The point between a and b that is nearest to another, on a plane where a degree of longitude shrinks with latitude. */
export function footBetween(a: Readonly<Point>, b: Readonly<Point>, [x, y]: Readonly<Point>): Point {
  return footOn({ ax: a[0], ay: a[1], bx: b[0], by: b[1] }, x, y, shrinkAt(y));
}

/** Degrees of latitude that are as long as one degree of longitude. */
function shrinkAt(latitude: number): number {
  return Math.cos((latitude * Math.PI) / 180);
}

function footOn({ ax, ay, bx, by }: Side, x: number, y: number, shrink: number): Point {
  const dx = (bx - ax) * shrink;
  const dy = by - ay;
  const t = Math.min(1, Math.max(0, ((x - ax) * shrink * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return [ax + (bx - ax) * t, ay + (by - ay) * t];
}

/** A cheap look before the distance is worked out: this side is farther than the clearance. */
function isApart({ ax, ay, bx, by }: Side, x: number, y: number): boolean {
  const margin = 2 * CLEARANCE;
  return (
    (ax > x + margin && bx > x + margin) ||
    (ax < x - margin && bx < x - margin) ||
    (ay > y + margin && by > y + margin) ||
    (ay < y - margin && by < y - margin)
  );
}

/** A corner that lies exactly on the line counts to one of its sides, so that none is slipped through. */
function crosses({ ax, ay, bx, by }: Side, px: number, py: number, qx: number, qy: number): boolean {
  const dx = qx - px;
  const dy = qy - py;
  if (dx * (ay - py) >= dy * (ax - px) === dx * (by - py) >= dy * (bx - px)) return false;
  const sx = bx - ax;
  const sy = by - ay;
  return sx * (py - ay) >= sy * (px - ax) !== sx * (qy - ay) >= sy * (qx - ax);
}
