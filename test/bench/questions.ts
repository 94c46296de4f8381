// What the benches ask: unique positions around where people are, plain and with filters; and whether the answers are
// right, by the slow way of the tests.

import assert from 'node:assert/strict';
import type { Feature } from '../../api/index/feature.ts';
import type { NearestQuery } from '../../api/index/query.ts';
import { createCalendar } from '../../data/calendar.ts';
import { type City, isInside } from '../../data/city.ts';
import { createRandom } from '../../data/demo-random.ts';
import { createHoursBook } from '../../data/opening-hours.ts';
import type { Place, Point } from '../../data/place.ts';
import { bruteForce } from '../api/brute-force.ts';
import { NOON } from './places.ts';

/** Deviation of positions around a place, degrees: about half a kilometre. */
const SPREAD_DEGREES = 0.005;

/** Different each time: no two askers stand at one spot. Five decimals, as phones send them. */
export function* askers(city: Pick<City, 'area'>, places: readonly Place[], purpose: string): Generator<Point> {
  const random = createRandom(1, purpose);
  const seen = new Set<string>();
  for (;;) {
    const [lng, lat] = random.pick(places).point;
    const point: Point = [near(lng, random.normal()), near(lat, random.normal())];
    if (!isInside(city.area, point) || seen.has(String(point))) continue;
    seen.add(String(point));
    yield point;
  }
}

function near(degrees: number, deviations: number): number {
  return Number((degrees + deviations * SPREAD_DEGREES).toFixed(5));
}

export const PLAIN = { kinds: [], services: [], open: false, allDay: false } as const;
export const FILTERED = {
  kinds: ['station'],
  services: ['hot-water', 'phone-charging'],
  open: true,
  allDay: false,
} as const;

export function nearestQuery(point: Point, filter: typeof PLAIN | typeof FILTERED, limit = 10): NearestQuery {
  return { ...filter, point, atMs: NOON, limit, maxDistanceMetres: Number.POSITIVE_INFINITY };
}

/** @throws AssertionError when an answer differs from the slow one's. */
export function createChecker(city: City, places: readonly Place[]) {
  const hoursBook = createHoursBook({ timezone: city.timezone, calendar: createCalendar(city) });
  const slow = bruteForce(city, hoursBook, places, NOON);
  return (query: NearestQuery, features: readonly Feature[]): void => {
    const answered = features.map(({ id, properties }) => {
      const { distanceMetres, walkMinutes, crossing, demotedFor } = properties;
      return { id, distanceMetres, walkMinutes, crossing, demotedFor };
    });
    assert.deepEqual(answered, slow.nearest(query));
  };
}
