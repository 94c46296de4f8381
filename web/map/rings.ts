// How far one gets in a few minutes of riding, as rings that stop at the river, because riding does. Pure.

import type { PhoneCity } from '../../data/city.ts';
import { EARTH_RADIUS_METRES, type Point } from '../../data/place.ts';
import { isInBarrier, type WaysFromOrigin } from '../../data/way.ts';

export interface Ring {
  minutes: number;
  /** The pieces of the circle that can be ridden to; a whole circle is one piece that ends where it begins. */
  lines: Point[][];
  /** `3 分钟`, in the south of the circle if that is kept. */
  label: { point: Point; text: string };
}

/** A way this much longer than the straight line is a detour. */
const DETOUR = 1.05;
const STEPS = 120;
const STEP_DEGREES = 360 / STEPS;
/** How far from a piece's end its label stands. */
const LABEL_STEPS = 6;
/** Halvings that find where a piece ends: to 1/32 of a step. */
const HALVINGS = 5;

/**
 * The circles of so many minutes of riding around an origin, without what lies in the water or behind it.
 * @param ways for riding, from this origin
 * @param minutes one ring each; a ring of which nothing can be ridden to is left out
 */
export function ringsAround(
  ways: WaysFromOrigin,
  origin: Readonly<Point>,
  city: Pick<PhoneCity, 'speeds' | 'barriers'>,
  minutes: readonly number[],
): Ring[] {
  return minutes.flatMap((each) => {
    const metres = (each * city.speeds.rideKmh * 1000) / 60;
    const at = (bearing: number) => pointAt(origin, bearing, metres);
    const lines = kept(at, (point) => {
      if (isInBarrier(city, point)) return false;
      const way = ways.to(point);
      return way !== undefined && way.metres <= metres * DETOUR;
    });
    const [label] = lines.flatMap(inner).sort((a, b) => a[1] - b[1]);
    return label ? [{ minutes: each, lines, label: { point: label, text: `${each} 分钟` } }] : [];
  });
}

/** A piece without its ends, where a label would stand on the water; at least its middle. */
function inner(piece: Point[]): Point[] {
  const end = Math.min(LABEL_STEPS, (piece.length - 1) >> 1);
  return piece.slice(end, piece.length - end);
}

/** The point so many metres from another in a direction, on the sphere. Degrees clockwise from north. */
export function pointAt(from: Readonly<Point>, bearing: number, metres: number): Point {
  const radians = Math.PI / 180;
  const arc = metres / EARTH_RADIUS_METRES;
  const lat = from[1] * radians;
  const sinTo = Math.sin(lat) * Math.cos(arc) + Math.cos(lat) * Math.sin(arc) * Math.cos(bearing * radians);
  const east = Math.sin(bearing * radians) * Math.sin(arc) * Math.cos(lat);
  const lng = Math.atan2(east, Math.cos(arc) - Math.sin(lat) * sinTo);
  return [from[0] + lng / radians, Math.asin(sinTo) / radians];
}

/** The pieces of a circle whose points pass, each drawn to where it ends. */
function kept(at: (bearing: number) => Point, passes: (point: Point) => boolean): Point[][] {
  const isKept = Array.from({ length: STEPS }, (_, step) => passes(at(step * STEP_DEGREES)));
  const firstGap = isKept.indexOf(false);
  if (firstGap < 0) return [Array.from({ length: STEPS + 1 }, (_, step) => at((step % STEPS) * STEP_DEGREES))];
  const pieces: Point[][] = [];
  let piece: Point[] = [];
  // From a gap round to the same gap, so that no piece is cut in two.
  for (let step = firstGap + 1; step <= firstGap + STEPS; step++) {
    const bearing = step * STEP_DEGREES;
    const wasKept = isKept[(step - 1) % STEPS];
    if (isKept[step % STEPS]) {
      if (!wasKept) piece.push(edgeBetween(at, passes, bearing, bearing - STEP_DEGREES));
      piece.push(at(bearing));
    } else if (wasKept) {
      piece.push(edgeBetween(at, passes, bearing - STEP_DEGREES, bearing));
      pieces.push(piece);
      piece = [];
    }
  }
  return pieces;
}

/** The last point that passes between a bearing that does and one that does not. */
function edgeBetween(
  at: (bearing: number) => Point,
  passes: (point: Point) => boolean,
  inside: number,
  outside: number,
): Point {
  let near = inside;
  let far = outside;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (near + far) / 2;
    if (passes(at(middle))) near = middle;
    else far = middle;
  }
  return at(near);
}
