// How far it is for somebody who cannot cross a river: the shortest path outside the barriers or on a crossing. Pure.

import type { Barrier, Box, Crossing } from './city.ts';
import type { Point } from './place.ts';

export type TravelMode = 'ride' | 'walk';

export interface Way {
  metres: number;
  /** The first crossing that the way uses, or null. */
  crossing: string | null;
}

/** Prepared once for a city and a mode; answers any number of origins. */
export interface WayNetwork {
  mode: TravelMode;
  /** Ways from one origin. `undefined` is "cannot be reached". */
  from(origin: Readonly<Point>): WaysFromOrigin;
}

export interface WaysFromOrigin {
  to(destination: Readonly<Point>): Way | undefined;
  /** The way's corners from origin to destination, for drawing. */
  path(destination: Readonly<Point>): Point[] | undefined;
}

export declare function prepareWays(
  city: { area: Box; barriers: readonly Barrier[]; crossings: readonly Crossing[] },
  mode: TravelMode,
): WayNetwork;
