// Where the map looks by itself, and when it leaves that to the person who moved it.

import type { MapLibreMap } from 'maplibre-gl';
import { metresBetween, type Point } from '../../data/place.ts';
import { isInSight, type Padding } from './sight.ts';

/** What there is to look at. */
export interface Scenery {
  origin: Readonly<Point>;
  /** The first places of the list. */
  places: readonly Point[];
  /** The way, and a ring of minutes. */
  lines: readonly Point[];
  /** Beside the list, with the legend open. */
  wide: boolean;
}

/** Metres that the origin may drift before a map that nobody moved follows it, and before any map does. */
const DRIFT_METRES = 200;
const JUMP_METRES = 1_000;
/** Pixels around what the map shows by itself: a pin; beside the list also a name, and below the legend. */
const EDGE = 40;
const WIDE_MARGIN = { top: EDGE, right: 100, bottom: EDGE + 56, left: 100 };
const CLOSEST_ZOOM = 15;
const MOTION = { duration: 200 };

export class Camera {
  readonly #map: MapLibreMap;
  /** The origin that it last showed; undefined while the map has no size. */
  #shown: Readonly<Point> | undefined;
  #wasMovedByHand = false;

  constructor(map: MapLibreMap) {
    this.#map = map;
  }

  get hasLooked(): boolean {
    return this.#shown !== undefined;
  }

  movedByHand(): void {
    this.#wasMovedByHand = true;
  }

  /** Shows everything, as far as the map has a size. */
  lookAround({ origin, places, lines, wide }: Scenery, animate: boolean): void {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#shown = origin;
    this.#wasMovedByHand = false;
    const padding = wide ? WIDE_MARGIN : EDGE;
    const box = boxAround([origin, ...places, ...lines]);
    this.#map.fitBounds(box, { padding, maxZoom: CLOSEST_ZOOM, animate, ...MOTION });
  }

  /** Follows the rider who has gone on, and the list when its first place is out of sight. */
  follow(scenery: Scenery, padding: Padding, isListNew: boolean): void {
    const drift = this.#shown ? metresBetween(this.#shown, scenery.origin) : Number.POSITIVE_INFINITY;
    const [first] = scenery.places;
    const isListHidden = isListNew && !this.#wasMovedByHand && first !== undefined && !this.#sees(first, padding);
    if (isListHidden || drift > (this.#wasMovedByHand ? JUMP_METRES : DRIFT_METRES)) this.lookAround(scenery, true);
  }

  /** Moves as little as needed: not at all when the pin can be seen whole. */
  bringIntoSight(point: Readonly<Point>, padding: Padding): void {
    if (!this.#sees(point, padding)) this.#map.easeTo({ center: [...point], ...MOTION });
  }

  #sees(point: Readonly<Point>, padding: Padding): boolean {
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    return isInSight(this.#map.project([...point]), { width, height }, padding);
  }
}

/** The smallest box around points; at least one. */
function boxAround(points: readonly Readonly<Point>[]): [southWest: Point, northEast: Point] {
  const lngs = points.map((point) => point[0]);
  const lats = points.map((point) => point[1]);
  return [
    [Math.min(...lngs), Math.min(...lats)],
    [Math.max(...lngs), Math.max(...lats)],
  ];
}
