// Which place comes first, and why another does not. Pure; phone and server share it.

import type { HoursState } from './hours.ts';
import type { PlaceStatus } from './place.ts';
import type { ServiceStanding } from './service.ts';

export const DEMOTIONS = [
  'paused',
  'disputed',
  'closed',
  'closes-before-arrival',
  'hours-unknown',
  'service-unconfirmed',
] as const;
export type Demotion = (typeof DEMOTIONS)[number];

export interface RankSubject {
  status: PlaceStatus;
  hours: HoursState;
  /** Standing of each service that was asked for; empty when none was. */
  wanted: readonly ServiceStanding[];
}

/**
 * The first reason that applies against going there now, or null.
 * @param arrivalMinute minutes since 1970-01-01T00:00Z at which a rider would be there.
 */
export function demotedFor(place: RankSubject, arrivalMinute: number): Demotion | null {
  const { state, until } = place.hours;
  if (state === 'paused') return 'paused';
  if (place.status === 'disputed') return 'disputed';
  if (state === 'closed') return 'closed';
  if (until !== null && arrivalMinute >= until) return 'closes-before-arrival';
  if (state === 'unknown') return 'hours-unknown';
  if (place.wanted.some((standing) => standing !== 'confirmed')) return 'service-unconfirmed';
  return null;
}

/** 0: can be used on arrival. 1: perhaps. 2: shut. */
export function tierOf(demotion: Demotion | null): 0 | 1 | 2 {
  if (demotion === 'closed' || demotion === 'paused') return 2;
  return demotion === null || demotion === 'service-unconfirmed' ? 0 : 1;
}

const STANDING_RANKS: Record<ServiceStanding, number> = { confirmed: 0, declared: 1, unknown: 2, broken: 3 };

/** The worst standing decides: a place is as good as the one thing that may not work. */
export function standingRank(wanted: readonly ServiceStanding[]): number {
  return wanted.reduce((worst, standing) => Math.max(worst, STANDING_RANKS[standing]), 0);
}

export interface Ranked {
  id: string;
  tier: number;
  rideMinutes: number;
  standing: number;
  /** Days since the last confirmation; Infinity when there was none. */
  daysUnconfirmed: number;
  metres: number;
}

/** Open and reachable first, then ride minutes, working services, freshness; distance and id settle the rest. */
export function compareRanked(a: Ranked, b: Ranked): number {
  return (
    a.tier - b.tier ||
    a.rideMinutes - b.rideMinutes ||
    a.standing - b.standing ||
    compareDays(a.daysUnconfirmed, b.daysUnconfirmed) ||
    a.metres - b.metres ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

function compareDays(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
