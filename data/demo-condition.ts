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

interface Seen {
  at: string;
  by: NonNullable<PlaceDraft['confirmedBy']>;
  daysAgo: number;
}
type Standing = 'confirmed' | 'declared' | 'unknown';

/** Sightings are made by day, 07:00 to 20:59; in minutes. */
const FIRST_SIGHTING = 7 * 60;
const LAST_SIGHTING = 21 * 60 - 1;
/** Where facilities were seen one by one: with the place, or up to so many days before. */
const SERVICE_LAG_DAYS = 15;

/**
 * @param has the services of this place, each at most once.
 * @param roundDaysAgo when the grid worker was last here.
 */
export function drawCondition(
  has: readonly ServiceCode[],
  roundDaysAgo: number,
  demo: Demo,
  clock: DemoClock,
  random: Random,
): Condition {
  const seen = random.chance(demo.condition.neverConfirmed) ? null : drawSeen(roundDaysAgo, demo, clock, random);
  const whole = random.chance(demo.condition.seenWhole) ? drawStanding(demo, random) : null;
  return {
    services: has.map((code) => drawService(code, seen, whole, demo, clock, random)),
    confirmedAt: seen?.at ?? null,
    confirmedBy: seen?.by ?? null,
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

function drawSeen(roundDaysAgo: number, demo: Demo, clock: DemoClock, random: Random): Seen {
  const by = random.draw(demo.condition.confirmers);
  const daysAgo = by === 'grid-worker' ? roundDaysAgo : drawDaysAgo(demo, random);
  return { by, daysAgo, at: drawSighting(daysAgo, clock, random) };
}

function drawStanding(demo: Demo, random: Random): Standing {
  const { confirmed, declared, unknown } = demo.condition;
  return random.draw([
    ['confirmed', confirmed],
    ['declared', declared],
    ['unknown', unknown],
  ] as const);
}

/** @param whole how all facilities of the place stand; null: each for itself */
function drawService(
  code: ServiceCode,
  seen: Seen | null,
  whole: Standing | null,
  demo: Demo,
  clock: DemoClock,
  random: Random,
): PlaceService {
  const isBroken = random.chance(demo.condition.broken);
  const standing = whole ?? drawStanding(demo, random);
  // Nobody can have seen a facility work or fail in a place that nobody has seen.
  if (seen === null || (!isBroken && standing !== 'confirmed')) {
    return { code, state: standing === 'unknown' ? 'unknown' : 'ok', confirmedAt: null, confirmedBy: null };
  }
  const state: ServiceState = isBroken ? 'broken' : 'ok';
  if (whole !== null) return { code, state, confirmedAt: seen.at, confirmedBy: seen.by };
  const daysAgo = Math.min(
    seen.daysAgo + Math.floor(SERVICE_LAG_DAYS * random.next() ** 2),
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
