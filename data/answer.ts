// The answer to "where is the nearest friendly place that I can use now?", from the snapshot's core. Pure; the phone
// computes it as the rider moves, the server for the first screen.

import { type Crossing, minutesFor } from './city.ts';
import { type Core, type CorePlace, localDay } from './core.ts';
import { type HoursState, hoursStateAt } from './hours.ts';
import { metresBetween, PLACE_KINDS, type PlaceKind, type Point } from './place.ts';
import { compareRanked, type Demotion, demotedFor, standingRank, tierOf } from './ranking.ts';
import { type ServiceCode, type ServiceStanding, serviceMask } from './service.ts';
import { prepareWays, type Way, type WayNetwork } from './way.ts';

/** Nobody rides longer than this for a rest; beyond it the answer is "none nearby". */
export const REACH_MINUTES = 40;
/** What counts as "around here" when places are counted or folded. */
export const NEARBY_MINUTES = 10;
/** How many folded places are listed at most. */
export const FOLDED_COUNT = 20;
/** From this many days without a confirmation on, a place may have changed. */
export const STALE_DAYS = 30;
/** Beside an uncertain best there are so many others. */
const ALTERNATIVES_COUNT = 2;
/** How many places are counted when a wish is taken off. */
const RELAXED_COUNT = 20;

export interface Question {
  origin: Readonly<Point>;
  /** Any of these. */
  kinds: readonly PlaceKind[];
  /** All of these. */
  services: readonly ServiceCode[];
  /** Only what is surely open. */
  open: boolean;
  /** Only what is open around the clock. */
  allDay: boolean;
  nowMs: number;
  /** How many places to list. */
  count: number;
}

export interface Result {
  place: CorePlace;
  hours: HoursState;
  demotion: Demotion | null;
  tier: 0 | 1 | 2;
  id: string;
  /** Along the way that can be ridden. */
  metres: number;
  straightMetres: number;
  rideMinutes: number;
  /** The bridge that the ride needs, if any. */
  crossing: Crossing | null;
  standing: number;
  daysUnconfirmed: number;
}

export type Wish = ServiceCode | 'allDay';

export interface Answer {
  /** `listed`: there is something to ride to. `all-closed`: all that fits is shut. `none`: nothing fits nearby. */
  outcome: 'listed' | 'all-closed' | 'none';
  listed: Result[];
  /** More could be listed. */
  more: boolean;
  /**
   * When the best is uncertain: what the list lacks so that two others stand below it, one of them open around the clock.
   * Of any kind, where those asked for do not suffice.
   */
  backups: Result[];
  /** Perhaps open: unknown hours, disputed, or shut before one gets there; nearest first. */
  uncertain: Result[];
  /** Shut now; nearest first. */
  closed: Result[];
  /** Of the closed ones the first to open. */
  earliest: Result | null;
  /** What can be entered at this hour when all that fits is shut. */
  aroundTheClock: Result[];
  /** Which wishes stand in the way, what there is without them, and how many of those are nearby. */
  relax: { without: Wish[]; nearest: Result; count: number } | null;
  /** When there is nothing within reach and no wish to take off: the nearest that fits, however far. */
  beyond: Result | null;
  /** Nothing can be reached from here by the ways we know: distances are straight lines. */
  straightLines: boolean;
}

export interface Ways {
  ride: WayNetwork;
  /** Prepared when it is first asked for: lists do without. */
  walk(): WayNetwork;
}

/** Once for each core: the networks take milliseconds to prepare. */
export function waysOf(core: Core): Ways {
  let walk: WayNetwork | undefined;
  return {
    ride: prepareWays(core.city, 'ride'),
    walk() {
      walk ??= prepareWays(core.city, 'walk');
      return walk;
    },
  };
}

export function answer(core: Core, ways: Ways, question: Question): Answer {
  const survey = surveyFrom(core, ways, question);
  const found = survey.collect(question.services, question.allDay, question.kinds, question.count);
  const usable = found.filter((result) => result.tier === 0);
  const uncertain = question.open ? [] : found.filter((result) => result.tier === 1);
  const closed = question.open ? [] : found.filter((result) => result.tier === 2);
  // With nothing sure to go to, the uncertain ones are the answer; as extras they stay folded.
  const listed = usable.length > 0 ? usable : uncertain;
  const nearbyOf = (results: Result[]) => results.filter((result) => result.rideMinutes <= REACH_MINUTES);
  const answered: Answer = {
    outcome: listed.length > 0 ? 'listed' : found.some((result) => result.tier === 2) ? 'all-closed' : 'none',
    listed: listed.slice(0, question.count),
    more: listed.length > question.count,
    backups: backupsFor(survey, question, listed.slice(0, question.count)),
    uncertain: usable.length > 0 ? nearbyOf(uncertain).slice(0, FOLDED_COUNT) : [],
    closed: nearbyOf(closed).slice(0, FOLDED_COUNT),
    earliest: null,
    aroundTheClock: [],
    relax: null,
    beyond: null,
    straightLines: false,
  };
  if (answered.outcome === 'all-closed') {
    const shut = found.filter((result) => result.tier === 2 && result.hours.opensAt !== null);
    const near = shut.filter((result) => result.rideMinutes <= NEARBY_MINUTES);
    answered.earliest = (near.length > 0 ? near : shut).reduce<Result | null>(
      (first, each) => (first === null || (each.hours.opensAt ?? 0) < (first.hours.opensAt ?? 0) ? each : first),
      null,
    );
    answered.aroundTheClock = survey
      .collect([], true, PLACE_KINDS, 3)
      .filter((result) => result.tier === 0 && result.hours.state === 'open')
      .slice(0, 3);
  }
  if (answered.outcome === 'none') {
    answered.relax = relaxed(survey, question);
    if (!answered.relax) answered.beyond = survey.nearest(question.services, question.allDay, question.kinds) ?? null;
  }
  answered.straightLines = survey.straightLines;
  return answered;
}

/** It may be shut, without what was asked for, or different from what was said of it long ago. */
export function isUncertain({ tier, demotion, daysUnconfirmed }: Result): boolean {
  return tier === 1 || demotion === 'service-unconfirmed' || daysUnconfirmed >= STALE_DAYS;
}

function backupsFor(survey: Survey, { services, kinds }: Question, listed: readonly Result[]): Result[] {
  const [best, ...others] = listed;
  if (!best || !isUncertain(best)) return [];
  const backups: Result[] = [];
  const isNew = (result: Result) => ![...listed, ...backups].some((each) => each.id === result.id);
  const add = (allDay: boolean, askedFor: readonly ServiceCode[], ofKinds: readonly PlaceKind[]) => {
    const found = survey
      .collect(askedFor, allDay, ofKinds, listed.length + ALTERNATIVES_COUNT)
      .filter((result) => result.tier === 0 && (result.hours.state === 'open' || !allDay) && isNew(result));
    const backup = found.find((result) => !isUncertain(result)) ?? found[0];
    if (backup) backups.push(backup);
    return backup !== undefined;
  };
  const staysOpen = ({ place, tier, hours }: Result) => tier === 0 && hours.state === 'open' && place.hours?.allDay;
  if (!others.some(staysOpen) && !add(true, services, kinds)) add(true, [], PLACE_KINDS);
  while (others.length + backups.length < ALTERNATIVES_COUNT) {
    if (!add(false, services, kinds) && !add(false, [], PLACE_KINDS)) break;
  }
  return backups;
}

/** One place as it stands now for somebody at `origin`; for its page. A straight line where it cannot be reached. */
export function placeNow(core: Core, ways: Ways, i: number, origin: Readonly<Point>, nowMs: number): Result {
  const place = core.place(i);
  const from = ways.ride.from(origin);
  const straight = metresBetween(origin, place.point);
  const way = from.to(place.point) ?? { metres: straight, crossing: null };
  return resultOf(core, place, way, straight, [], nowMs, localDay(nowMs, core.city.timezone));
}

/** Estimated minutes on foot, who may use bridges that riders may not; null when there is no way. */
export function walkMinutesTo(core: Core, ways: Ways, place: CorePlace, origin: Readonly<Point>): number | null {
  const way = ways.walk().from(origin).to(place.point);
  return way ? minutesFor(way.metres, core.city.speeds.walkKmh) : null;
}

interface Survey {
  collect(services: readonly ServiceCode[], allDay: boolean, kinds: readonly PlaceKind[], count: number): Result[];
  /** Beyond reach as well. */
  nearest(services: readonly ServiceCode[], allDay: boolean, kinds: readonly PlaceKind[]): Result | undefined;
  straightLines: boolean;
}

/** Looks outward from the origin; a straight line is never longer than the way, so it tells when to stop looking. */
function surveyFrom(core: Core, ways: Ways, question: Question): Survey {
  const { origin, nowMs } = question;
  const ride = ways.ride.from(origin);
  const today = localDay(nowMs, core.city.timezone);
  const reachMetres = (REACH_MINUTES * core.city.speeds.rideKmh * 1000) / 60;
  const survey: Survey = { collect, nearest, straightLines: false };

  function collect(
    services: readonly ServiceCode[],
    allDay: boolean,
    kinds: readonly PlaceKind[],
    count: number,
  ): Result[] {
    const results = scan(services, allDay, kinds, count, (target) => ride.to(target));
    if (results.length > 0) return results;
    // Stranded (on an island without a bridge that we know): straight lines are better than silence.
    const stranded = scan(services, allDay, kinds, count, (target) => ({
      metres: metresBetween(origin, target),
      crossing: null,
    }));
    if (stranded.length > 0 && !reachesAnything()) {
      survey.straightLines = true;
      return stranded;
    }
    return [];
  }

  function reachesAnything(): boolean {
    return core.city.districts.some((district) => ride.to(district.point) !== undefined);
  }

  function scan(
    services: readonly ServiceCode[],
    allDay: boolean,
    kinds: readonly PlaceKind[],
    count: number,
    wayTo: (target: Readonly<Point>) => Way | undefined,
  ): Result[] {
    const results: Result[] = [];
    let usable = 0;
    for (const candidate of nearestFirst(core, origin, kinds, services)) {
      if (candidate.metres > reachMetres) break;
      // The surest `count` and one more, to know whether there is more; a minute's slack for ties.
      if (usable > count && enough(results, count, candidate.metres)) break;
      if (!fits(candidate.i, allDay)) continue;
      const way = wayTo(core.place(candidate.i).point);
      if (!way || way.metres > reachMetres) continue;
      const result = resultAt(candidate, way, services);
      results.push(result);
      if (result.tier === 0) usable++;
    }
    return results.sort(compareRanked);
  }

  function nearest(services: readonly ServiceCode[], allDay: boolean, kinds: readonly PlaceKind[]): Result | undefined {
    let best: Result | undefined;
    for (const candidate of nearestFirst(core, origin, kinds, services)) {
      if (best && candidate.metres > best.metres) break;
      if (!fits(candidate.i, allDay)) continue;
      const way = ride.to(core.place(candidate.i).point);
      if (way && (!best || way.metres < best.metres)) best = resultAt(candidate, way, services);
    }
    return best;
  }

  function fits(i: number, allDay: boolean): boolean {
    const place = core.place(i);
    return runsNow(place, nowMs) && (!allDay || place.hours?.allDay === true);
  }

  function resultAt(candidate: { i: number; metres: number }, way: Way, services: readonly ServiceCode[]): Result {
    const place = core.place(candidate.i);
    const wanted = services.map((code) => standingOf(place, code));
    return resultOf(core, place, way, candidate.metres, wanted, nowMs, today);
  }

  /** No place further than `metres` in a straight line can come before the first `count` usable ones. */
  function enough(results: Result[], count: number, metres: number): boolean {
    const bound = minutesFor(metres, core.city.speeds.rideKmh);
    return results.filter((result) => result.tier === 0 && result.rideMinutes < bound).length > count;
  }

  return survey;
}

function nearestFirst(
  core: Core,
  origin: Readonly<Point>,
  kinds: readonly PlaceKind[],
  services: readonly ServiceCode[],
): { i: number; metres: number }[] {
  return fitting(core, kinds, services)
    .map((i) => ({ i, metres: metresBetween(origin, [core.lng[i] as number, core.lat[i] as number]) }))
    .sort((a, b) => a.metres - b.metres);
}

function fitting(core: Core, kinds: readonly PlaceKind[], services: readonly ServiceCode[]): number[] {
  const mask = serviceMask(services);
  const wanted = new Set(kinds.map((kind) => PLACE_KINDS.indexOf(kind)));
  // Events show with any kind while they run.
  if (services.length === 0) wanted.add(PLACE_KINDS.indexOf('event-point'));
  const found: number[] = [];
  for (let i = 0; i < core.count; i++) {
    if (wanted.has(core.kind[i] as number) && ((core.usable[i] as number) & mask) === mask) found.push(i);
  }
  return found;
}

/** All places that the wishes keep, wherever they are, open or not: what the map shows. Positions in the core. */
export function placesThatFit(core: Core, question: Omit<Question, 'origin' | 'open' | 'count'>): number[] {
  const { kinds, services, allDay, nowMs } = question;
  return fitting(core, kinds, services).filter((i) => {
    const place = core.place(i);
    return runsNow(place, nowMs) && (!allDay || place.hours?.allDay === true);
  });
}

function resultOf(
  core: Core,
  place: CorePlace,
  way: Way,
  straightMetres: number,
  wanted: readonly ServiceStanding[],
  nowMs: number,
  today: number,
): Result {
  const { speeds, crossings } = core.city;
  const nowMinute = Math.floor(nowMs / 60_000);
  const hours = hoursStateAt(place.hours, place, nowMs);
  const rideMinutes = minutesFor(way.metres, speeds.rideKmh);
  const demotion = demotedFor({ status: place.status, hours, wanted }, nowMinute + rideMinutes);
  // A friendly scene has gates with rules, not opening hours.
  const hasNoHours = place.kind === 'scene' && demotion === 'hours-unknown';
  return {
    place,
    id: place.id,
    hours,
    demotion: hasNoHours ? null : demotion,
    tier: hasNoHours ? 0 : tierOf(demotion),
    metres: way.metres,
    straightMetres,
    rideMinutes,
    crossing: crossings.find((crossing) => crossing.id === way.crossing) ?? null,
    standing: standingRank(wanted),
    daysUnconfirmed: place.confirmedDay === null ? Number.POSITIVE_INFINITY : today - place.confirmedDay,
  };
}

function standingOf(place: CorePlace, code: ServiceCode): ServiceStanding {
  return place.services.find((service) => service.code === code)?.standing ?? 'unknown';
}

/** Event points are there only while their event runs. */
function runsNow(place: CorePlace, nowMs: number): boolean {
  if (!place.event) return true;
  const nowMinute = nowMs / 60_000;
  return (place.event.from ?? nowMinute) <= nowMinute && nowMinute < (place.event.until ?? Number.POSITIVE_INFINITY);
}

/** The fewest wishes whose absence helps, and of those the ones that leave the nearest place. */
function relaxed(survey: Survey, question: Question): Answer['relax'] {
  const wishes: Wish[] = [...question.services, ...(question.allDay ? (['allDay'] as const) : [])];
  const oneLess = wishes.map((without) => [without]);
  const onlyOne = wishes.map((kept) => wishes.filter((wish) => wish !== kept));
  for (const attempts of [oneLess, onlyOne, [wishes]]) {
    const helped = attempts
      .filter((without) => without.length > 0)
      .map((without) => relaxedBy(survey, question, without))
      .filter((relax) => relax !== null)
      .sort((a, b) => a.nearest.rideMinutes - b.nearest.rideMinutes);
    if (helped[0]) return helped[0];
  }
  return null;
}

function relaxedBy(survey: Survey, question: Question, without: Wish[]): Answer['relax'] {
  const rest = question.services.filter((code) => !without.includes(code));
  const found = survey
    .collect(rest, question.allDay && !without.includes('allDay'), question.kinds, RELAXED_COUNT)
    .filter((result) => result.tier === 0 || (result.tier === 1 && !question.open));
  return found[0] ? { without, nearest: found[0], count: Math.min(found.length, RELAXED_COUNT) } : null;
}
