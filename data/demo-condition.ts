// What is known of a made-up place: its facilities, when somebody last saw them, whether it is in use.

import type { DemoClock } from './demo-clock.ts';
import type { Random } from './demo-random.ts';
import type { Demo } from './demo-schema.ts';
import type { PlaceDraft } from './place.ts';
import type { HoursException, PlaceService } from './place-schema.ts';
import type { ServiceCode, ServiceState } from './service.ts';

export type Condition = Pick<
  PlaceDraft,
  'services' | 'confirmedAt' | 'confirmedBy' | 'status' | 'statusUntil' | 'statusReason' | 'hoursExceptions'
>;

/** Sightings are made by day, 07:00 to 20:59; in minutes. */
const FIRST_SIGHTING = 7 * 60;
const LAST_SIGHTING = 21 * 60 - 1;
/** A facility was seen with the place, or up to so many days before. */
const SERVICE_LAG_DAYS = 15;

/** @param has the services of this place, each at most once. */
export function drawCondition(has: readonly ServiceCode[], demo: Demo, clock: DemoClock, random: Random): Condition {
  const seenDaysAgo = random.chance(demo.condition.neverConfirmed) ? null : drawDaysAgo(demo, random);
  return {
    services: has.map((code) => drawService(code, seenDaysAgo, demo, clock, random)),
    confirmedAt: seenDaysAgo === null ? null : drawSighting(seenDaysAgo, clock, random),
    confirmedBy: seenDaysAgo === null ? null : random.draw(demo.condition.confirmers),
    ...drawStatus(demo, clock, random),
    hoursExceptions: random.chance(demo.condition.exceptions) ? [drawException(demo, clock, random)] : [],
  };
}

/** An instant by day, so many days before the city's today. */
export function drawSighting(daysAgo: number, clock: DemoClock, random: Random): string {
  return clock.instant(-daysAgo, random.whole(FIRST_SIGHTING, LAST_SIGHTING));
}

/** Mostly some days, some long ago; never today, so that one day gives one city whatever the hour. */
function drawDaysAgo(demo: Demo, random: Random): number {
  return 1 + Math.floor(demo.condition.oldestConfirmationDays * random.next() ** 2.5);
}

function drawService(
  code: ServiceCode,
  placeSeenDaysAgo: number | null,
  demo: Demo,
  clock: DemoClock,
  random: Random,
): PlaceService {
  const { confirmed, declared, unknown, broken } = demo.condition;
  const standing = random.draw([
    ['confirmed', confirmed],
    ['declared', declared],
    ['unknown', unknown],
    ['broken', broken],
  ] as const);
  // Nobody can have seen a facility work or fail in a place that nobody has seen.
  const isSeen = placeSeenDaysAgo !== null && (standing === 'confirmed' || standing === 'broken');
  const state: ServiceState = standing === 'unknown' || (standing === 'broken' && isSeen) ? standing : 'ok';
  if (!isSeen) return { code, state, confirmedAt: null, confirmedBy: null };
  const daysAgo = Math.min(
    placeSeenDaysAgo + Math.floor(SERVICE_LAG_DAYS * random.next() ** 2),
    demo.condition.oldestConfirmationDays,
  );
  return {
    code,
    state,
    confirmedAt: drawSighting(daysAgo, clock, random),
    confirmedBy: random.draw(demo.condition.confirmers),
  };
}

function drawStatus(
  demo: Demo,
  clock: DemoClock,
  random: Random,
): Pick<PlaceDraft, 'status' | 'statusUntil' | 'statusReason'> {
  const { paused, pausedReasons, disputed, disputedReasons } = demo.condition;
  const status = random.draw([
    ['active', 1 - paused - disputed],
    ['paused', paused],
    ['disputed', disputed],
  ] as const);
  if (status === 'active') return { status, statusUntil: null, statusReason: null };
  if (status === 'disputed') return { status, statusUntil: null, statusReason: random.pick(disputedReasons) };
  // A few pauses are until further notice.
  const statusUntil = random.chance(0.8) ? clock.instant(random.whole(2, 20), 8 * 60) : null;
  return { status, statusUntil, statusReason: random.pick(pausedReasons) };
}

/** Closed for one to three days, soon. */
function drawException(demo: Demo, clock: DemoClock, random: Random): HoursException {
  const from = random.whole(0, 7);
  return {
    from: clock.instant(from, 0),
    until: clock.instant(from + random.whole(1, 3), 0),
    open: false,
    reason: random.pick(demo.condition.exceptionReasons),
  };
}
