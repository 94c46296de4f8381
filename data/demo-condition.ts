// What is known of a made-up place: its facilities, when somebody last saw them, whether it is in use.

import type { DemoClock } from './demo-clock.ts';
import type { Random } from './demo-random.ts';
import type { Demo } from './demo-schema.ts';
import type { Confirmer, PlaceDraft } from './place.ts';
import type { HoursException, PlaceService } from './place-schema.ts';
import type { ServiceCode } from './service.ts';

export type Condition = Pick<
  PlaceDraft,
  'services' | 'confirmedAt' | 'confirmedBy' | 'status' | 'statusUntil' | 'statusReason' | 'hoursExceptions'
>;

/** Sightings are made in daylight: 07:00 to 20:59. */
const FIRST_SIGHTING = 7 * 60;
const LAST_SIGHTING = 21 * 60 - 1;

/** @param has the services that this place has, each at most once. */
export function drawCondition(has: readonly ServiceCode[], demo: Demo, clock: DemoClock, random: Random): Condition {
  const rules = demo.condition;
  const confirmers = () => random.deal(rules.confirmers, 1)[0] as Confirmer;
  const sighting = (daysAgo: number) => clock.instant(-daysAgo, random.whole(FIRST_SIGHTING, LAST_SIGHTING));

  const neverSeen = random.chance(rules.neverConfirmed);
  // Most were seen within days, some long ago; never today, so that the day's hour does not matter.
  const daysAgo = 1 + Math.floor(rules.oldestConfirmationDays * random.next() ** 2.5);
  const confirmedAt = neverSeen ? null : sighting(Math.min(daysAgo, rules.oldestConfirmationDays));
  return {
    services: has.map(drawService),
    confirmedAt,
    confirmedBy: neverSeen ? null : drawConfirmer(),
    ...drawStatus(demo, clock, random),
    hoursExceptions: random.chance(rules.exceptions) ? [drawException(demo, clock, random)] : [],
  };
}
