// Where a made-up place may stand: on dry land, on its district's bank, in its district's neighbourhood, apart from others.

import type { Barrier, Box } from './city.ts';
import { isInside } from './city.ts';
import type { City } from './city-schema.ts';
import type { Random } from './demo-random.ts';
import { EARTH_RADIUS_METRES, metresBetween, type Point } from './place.ts';
import { isInBarrier } from './way.ts';

const METRES_PER_DEGREE = (Math.PI / 180) * EARTH_RADIUS_METRES;
/** Attempts before a spot counts as impossible: reached only when an area is almost all water. */
const ATTEMPTS = 4000;

export interface Spread {
  district: string;
  centre: Readonly<Point>;
  /** Standard deviation, or with `ring` the greatest distance. */
  metres: number;
  /** Least distance from the centre, spread evenly from there: for what belongs to another place. */
  ring?: number;
}

export interface Ground {
  /** Takes a spot that nobody else may have, five decimals, WGS-84. Throws when there is none. */
  settle(spread: Spread, random: Random): Point;
  /** A dry spot for a gate or a door, which may be anybody's. */
  find(spread: Spread, random: Random): Point;
}

export function createGround(
  city: City,
  rules: { neighbourhoodMetres: number; bankMetres: number; apartMetres: number },
): Ground {
  const banks = city.barriers.flatMap((barrier) => edgesOf(barrier, rules.bankMetres));
  const neighbourhoods = new Map(
    city.districts.map((district) => [district.code, widen(district.box, rules.neighbourhoodMetres)]),
  );
  const taken = createTakenSpots(rules.apartMetres, city.area);

  function search({ district, centre, metres, ring }: Spread, random: Random, isFree: (spot: Point) => boolean): Point {
    const neighbourhood = neighbourhoods.get(district);
    if (!neighbourhood) throw new Error(`演示数据用到的区县 ${district} 不在城市档案里`);
    if (isInBarrier(city, centre)) {
      throw new Error(`演示数据的中心点 ${centre.join(', ')} 在水里，要放到岸上`);
    }
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const spot = ring === undefined ? scatter(centre, metres, random) : onRing(centre, ring, metres, random);
      if (!isInside(city.area, spot) || !isInside(neighbourhood, spot)) continue;
      // From land to land without touching a bank: the spot is dry, and on the same side of every river.
      const journey = boxOf(centre, spot);
      const isBarred = banks.some(
        (edge) =>
          overlap(edge.reach, journey) && (isCut(edge, centre, spot) || metresToEdge(edge, spot) < rules.bankMetres),
      );
      if (isBarred) continue;
      if (isFree(spot)) return spot;
    }
    throw new Error(`演示数据在 ${centre.join(', ')} 周围 ${metres} 米找不到空地，要换个中心或放大范围`);
  }

  return {
    find: (spread, random) => search(spread, random, () => true),
    settle: (spread, random) => {
      const spot = search(spread, random, taken.isFree);
      taken.take(spot);
      return spot;
    },
  };
}

/** The point so many metres east and north, five decimals (1 m). Flat: good for some kilometres. */
function offset([lng, lat]: Readonly<Point>, eastMetres: number, northMetres: number): Point {
  const east = eastMetres / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180));
  return [Number((lng + east).toFixed(5)), Number((lat + northMetres / METRES_PER_DEGREE).toFixed(5))];
}

function scatter(centre: Readonly<Point>, metres: number, random: Random): Point {
  return offset(centre, random.normal() * metres, random.normal() * metres);
}

function onRing(centre: Readonly<Point>, from: number, to: number, random: Random): Point {
  const angle = random.next() * 2 * Math.PI;
  const radius = from + random.next() * (to - from);
  return offset(centre, Math.cos(angle) * radius, Math.sin(angle) * radius);
}

function widen([west, south, east, north]: Box, metres: number): Box {
  const [lng, lat] = offset([west, south], -metres, -metres);
  const [farLng, farLat] = offset([east, north], metres, metres);
  return [lng, lat, farLng, farLat];
}

interface Edge {
  a: Point;
  b: Point;
  /** The box around it in which something may be too near. */
  reach: Box;
}

function edgesOf(barrier: Barrier, reachMetres: number): Edge[] {
  return barrier.coordinates.flatMap((ring) =>
    ring.slice(1).map((b, index) => {
      const a = ring[index] as Point;
      return { a, b, reach: widen(boxOf(a, b), reachMetres + 1) };
    }),
  );
}

function boxOf(a: Readonly<Point>, b: Readonly<Point>): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];
}

function overlap(a: Box, b: Box): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

function isCut({ a, b }: Edge, from: Readonly<Point>, to: Readonly<Point>): boolean {
  return side(from, to, a) * side(from, to, b) <= 0 && side(a, b, from) * side(a, b, to) <= 0;
}

/** Over 0 left of the line, under 0 right of it. */
function side(from: Readonly<Point>, to: Readonly<Point>, point: Readonly<Point>): number {
  return (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0]);
}

function metresToEdge({ a, b }: Edge, point: Readonly<Point>): number {
  const metresPerLng = METRES_PER_DEGREE * Math.cos((point[1] * Math.PI) / 180);
  const ax = (a[0] - point[0]) * metresPerLng;
  const ay = (a[1] - point[1]) * METRES_PER_DEGREE;
  const dx = (b[0] - a[0]) * metresPerLng;
  const dy = (b[1] - a[1]) * METRES_PER_DEGREE;
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared));
  return Math.hypot(ax + along * dx, ay + along * dy);
}

/** Spots in cells a little wider than the distance they keep, so that only nine cells are asked. */
function createTakenSpots(apartMetres: number, area: Box) {
  const cellLat = (apartMetres * 1.01) / METRES_PER_DEGREE;
  const northmost = Math.max(Math.abs(area[1]), Math.abs(area[3]));
  const cellLng = cellLat / Math.cos((northmost * Math.PI) / 180);
  const cells = new Map<string, Point[]>();
  const column = (point: Point) => Math.floor(point[0] / cellLng);
  const row = (point: Point) => Math.floor(point[1] / cellLat);

  return {
    isFree(point: Point): boolean {
      for (let x = column(point) - 1; x <= column(point) + 1; x++) {
        for (let y = row(point) - 1; y <= row(point) + 1; y++) {
          if (cells.get(`${x}/${y}`)?.some((other) => metresBetween(point, other) < apartMetres)) return false;
        }
      }
      return true;
    },
    take(point: Point): void {
      const key = `${column(point)}/${row(point)}`;
      const spots = cells.get(key);
      if (spots) spots.push(point);
      else cells.set(key, [point]);
    },
  };
}
