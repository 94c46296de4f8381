import { describe, expect, test } from '@jest/globals';
import type { HoursState, HoursStateName } from '../../data/hours.ts';
import type { PlaceStatus } from '../../data/place.ts';
import {
  compareRanked,
  DEMOTIONS,
  type Demotion,
  demotedFor,
  type Ranked,
  standingRank,
  tierOf,
} from '../../data/ranking.ts';
import type { ServiceStanding } from '../../data/service.ts';

const hours = (state: HoursStateName, until: number | null = null): HoursState => ({ state, until, opensAt: null });

describe('the reason against going there now', () => {
  const ARRIVAL = 1000;
  const table: [PlaceStatus, HoursState, ServiceStanding[], Demotion | null][] = [
    ['active', hours('open'), [], null],
    ['active', hours('open', 1001), ['confirmed'], null],
    ['active', hours('open', 1000), [], 'closes-before-arrival'],
    ['active', hours('closing-soon', 1001), [], null],
    ['active', hours('closing-soon', 999), [], 'closes-before-arrival'],
    ['active', hours('closed'), ['confirmed'], 'closed'],
    ['active', hours('unknown'), ['confirmed'], 'hours-unknown'],
    ['active', hours('open'), ['declared'], 'service-unconfirmed'],
    ['active', hours('open'), ['confirmed', 'unknown'], 'service-unconfirmed'],
    ['paused', hours('paused'), [], 'paused'],
    // A pause that has ended leaves the status until the desk changes it.
    ['paused', hours('open'), [], null],
    ['disputed', hours('open'), [], 'disputed'],
    // The first in the pinned order is said.
    ['disputed', hours('paused'), ['unknown'], 'paused'],
    ['disputed', hours('closed'), ['unknown'], 'disputed'],
    ['active', hours('closed'), ['unknown'], 'closed'],
    ['active', hours('closing-soon', 1), ['unknown'], 'closes-before-arrival'],
    ['active', hours('unknown'), ['unknown'], 'hours-unknown'],
  ];
  test.each(table)('%s, %o, %o → %s', (status, state, wanted, demotion) => {
    expect(demotedFor({ status, hours: state, wanted }, ARRIVAL)).toBe(demotion);
  });

  test('decides whether a place can be used, perhaps, or not', () => {
    expect(Object.fromEntries(DEMOTIONS.map((demotion) => [demotion, tierOf(demotion)]))).toEqual({
      paused: 2,
      disputed: 1,
      closed: 2,
      'closes-before-arrival': 1,
      'hours-unknown': 1,
      'service-unconfirmed': 0,
    });
    expect(tierOf(null)).toBe(0);
  });
});

describe('which comes first', () => {
  const base: Ranked = { id: 'm', tier: 0, rideMinutes: 5, standing: 0, daysUnconfirmed: 3, metres: 900 };
  const later: [string, Partial<Ranked>][] = [
    ['a lower tier, however near', { tier: 1, rideMinutes: 1, metres: 1, daysUnconfirmed: 0 }],
    ['a longer ride, however sure', { rideMinutes: 6, daysUnconfirmed: 0, metres: 1 }],
    ['a service that nobody confirmed, however fresh', { standing: 1, daysUnconfirmed: 0, metres: 1 }],
    ['an older confirmation, however near within the minute', { daysUnconfirmed: 4, metres: 1 }],
    ['no confirmation at all', { daysUnconfirmed: Number.POSITIVE_INFINITY, metres: 1 }],
    ['more metres', { metres: 901, id: 'a' }],
    ['a greater id', { id: 'n' }],
  ];
  test.each(later)('%s comes later', (_, change) => {
    expect(compareRanked(base, { ...base, ...change })).toBeLessThan(0);
    expect(compareRanked({ ...base, ...change }, base)).toBeGreaterThan(0);
  });

  test('two places that nobody confirmed are told apart by distance', () => {
    const never = { ...base, daysUnconfirmed: Number.POSITIVE_INFINITY };
    expect(compareRanked(never, { ...never, metres: 950 })).toBeLessThan(0);
    expect(compareRanked(never, never)).toBe(0);
  });

  test('the least sure of the services decides', () => {
    expect(standingRank([])).toBe(0);
    expect(standingRank(['confirmed', 'unknown', 'declared'])).toBe(2);
    expect(standingRank(['declared'])).toBe(1);
    expect(standingRank(['broken', 'confirmed'])).toBe(3);
  });
});
