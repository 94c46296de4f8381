// Opening hours as the phone knows them: intervals that the server expanded, evaluated in a few lines. Pure.

import type { PlaceStatus } from './place.ts';
import { clockText, isoDateOf, type WallClock, wallClock, weekdayOf } from './wall-clock.ts';

export const HOURS_STATES = ['open', 'closing-soon', 'closed', 'paused', 'unknown'] as const;
export type HoursStateName = (typeof HOURS_STATES)[number];

/** From here to closing, in minutes, an open place is closing-soon. */
export const CLOSING_SOON_MINUTES = 30;
export const HORIZON_DAYS = 14;

/**
 * One hours text, expanded. All times in whole minutes since 1970-01-01T00:00Z, half-open [start, end).
 * Outside [from, until) nothing is known.
 */
export interface HoursExpansion {
  from: number;
  until: number;
  /** Flat pairs start, end; ascending, not touching. */
  open: readonly number[];
  /** Flat pairs in which the text itself says that it is not sure. */
  unknown: readonly number[];
  /** 24/7 by its text: open at every minute, beyond the horizon as well. */
  allDay: boolean;
}

export interface HoursSubject {
  status: PlaceStatus;
  /** Minute at which a pause ends; null is until further notice. */
  statusUntil: number | null;
  /** Dated exceptions, flat triples start, end (minutes), open (0 or 1); the later in the list wins. */
  exceptions: readonly number[];
}

export interface HoursState {
  state: HoursStateName;
  /** Minute at which an open place closes; null when always open, unknown or beyond the horizon. */
  until: number | null;
  /** Minute at which a closed or paused place opens next; null when not known. */
  opensAt: number | null;
}

type Known = 'open' | 'closed' | 'unknown';

/** A stretch of time in which nothing changes: what is known, and the minute at which it ends. */
interface Stretch {
  known: Known;
  end: number;
}

export function isOpenState(state: HoursState | HoursStateName): boolean {
  const name = typeof state === 'string' ? state : state.state;
  return name === 'open' || name === 'closing-soon';
}

/**
 * What a place's hours are at an instant.
 * @param expansion null: the hours are unknown, but dated exceptions still hold.
 * @param atMs milliseconds since 1970, as `Date.now()` gives them.
 */
export function hoursStateAt(expansion: HoursExpansion | null, subject: HoursSubject, atMs: number): HoursState {
  const minute = Math.floor(atMs / 60_000);
  if (isPausedAt(subject, minute)) {
    const again = subject.statusUntil;
    return { state: 'paused', until: null, opensAt: again === null ? null : nextOpen(expansion, subject, again) };
  }
  const { known } = stretchAt(expansion, subject.exceptions, minute);
  if (known === 'unknown') return { state: 'unknown', until: null, opensAt: null };
  if (known === 'closed') return { state: 'closed', until: null, opensAt: nextOpen(expansion, subject, minute) };
  const until = closesAt(expansion, subject.exceptions, minute);
  const isSoon = until !== null && until - minute <= CLOSING_SOON_MINUTES;
  return { state: isSoon ? 'closing-soon' : 'open', until, opensAt: null };
}

function isPausedAt(subject: HoursSubject, minute: number): boolean {
  return subject.status === 'paused' && (subject.statusUntil === null || minute < subject.statusUntil);
}

/** The end of the open time that `minute` lies in; null when it never ends, or not before the horizon. */
function closesAt(expansion: HoursExpansion | null, exceptions: readonly number[], minute: number): number | null {
  for (let at = minute; ; ) {
    const stretch = stretchAt(expansion, exceptions, at);
    if (stretch.known !== 'open') {
      const isHorizon = stretch.known === 'unknown' && at === expansion?.until;
      return isHorizon ? null : at;
    }
    if (stretch.end === Infinity) return null;
    at = stretch.end;
  }
}

/** The first minute from `minute` on at which the place is surely open; null when none is known. */
function nextOpen(expansion: HoursExpansion | null, subject: HoursSubject, minute: number): number | null {
  for (let at = minute; at !== Infinity; ) {
    const stretch = stretchAt(expansion, subject.exceptions, at);
    if (stretch.known === 'open') return at;
    at = stretch.end;
  }
  return null;
}

/** The hours at `minute`, exceptions included: the last one in the list that covers it decides. */
export function stretchAt(expansion: HoursExpansion | null, exceptions: readonly number[], minute: number): Stretch {
  let end = Infinity;
  for (let i = exceptions.length - 3; i >= 0; i -= 3) {
    const [start = 0, stop = 0, open] = exceptions.slice(i, i + 3);
    if (start >= stop) continue;
    if (minute >= start && minute < stop) return { known: open === 1 ? 'open' : 'closed', end: Math.min(end, stop) };
    if (start > minute) end = Math.min(end, start);
  }
  const text = textStretchAt(expansion, minute);
  return { known: text.known, end: Math.min(end, text.end) };
}

/** The hours at `minute` by the text alone. */
function textStretchAt(expansion: HoursExpansion | null, minute: number): Stretch {
  if (expansion === null) return { known: 'unknown', end: Infinity };
  if (expansion.allDay) return { known: 'open', end: Infinity };
  if (minute >= expansion.until) return { known: 'unknown', end: Infinity };
  if (minute < expansion.from) return { known: 'unknown', end: expansion.from };
  const open = boundsAround(expansion.open, minute);
  if (open.inside) return { known: 'open', end: open.end };
  const unknown = boundsAround(expansion.unknown, minute);
  const end = Math.min(open.end, unknown.end, expansion.until);
  return { known: unknown.inside ? 'unknown' : 'closed', end };
}

/** Binary search in flat pairs: whether `minute` is inside one, and the next bound after it. */
function boundsAround(pairs: readonly number[], minute: number): { inside: boolean; end: number } {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs[middle] ?? Infinity) <= minute) low = middle + 1;
    else high = middle;
  }
  // As many bounds at or before it as there are starts and ends: an odd number is inside.
  return { inside: low % 2 === 1, end: pairs[low] ?? Infinity };
}

/** The hours of one date, for reading. */
export interface WeekRow {
  /** 0 Sunday … 6 Saturday, as `Date.getDay` counts. */
  weekday: number;
  isoDate: string;
  isToday: boolean;
  /** Pairs such as `['9:30', '22:00']` or `['18:00', '次日 2:00']`. unknown: not a minute of it is sure to be open. */
  ranges: readonly (readonly [start: string, end: string])[] | 'closed' | 'all-day' | 'unknown';
}

/** What is still of the night before: an opening that began there and ends before noon belongs to that day. */
const NIGHT_MINUTES = 12 * 60;

/**
 * The coming seven days, today first in time, sorted from Monday to Sunday for display. Dated exceptions are in it; a
 * pause is not, since the schedule is what holds after it.
 */
export function weekTable(
  expansion: HoursExpansion | null,
  subject: HoursSubject,
  atMs: number,
  timezone: string,
): WeekRow[] {
  const clock = wallClock(timezone);
  const today = clock.dayOf(Math.floor(atMs / 60_000));
  const stretches = stretchesWithin(expansion, subject.exceptions, clock.startOf(today - 1), clock.startOf(today + 8));
  const rows = Array.from({ length: 7 }, (_, i): WeekRow => {
    const day = today + i;
    return {
      weekday: weekdayOf(day),
      isoDate: isoDateOf(day),
      isToday: i === 0,
      ranges: rangesOf(stretches, day, clock),
    };
  });
  return rows.sort((a, b) => ((a.weekday + 6) % 7) - ((b.weekday + 6) % 7));
}

interface DatedStretch extends Stretch {
  start: number;
}

function stretchesWithin(
  expansion: HoursExpansion | null,
  exceptions: readonly number[],
  from: number,
  until: number,
): DatedStretch[] {
  const stretches: DatedStretch[] = [];
  for (let at = from; at < until; ) {
    const { known, end } = stretchAt(expansion, exceptions, at);
    const last = stretches.at(-1);
    if (last?.known === known) last.end = Math.min(end, until);
    else stretches.push({ known, start: at, end: Math.min(end, until) });
    at = end;
  }
  return stretches;
}

function rangesOf(stretches: readonly DatedStretch[], day: number, clock: WallClock): WeekRow['ranges'] {
  const start = clock.startOf(day);
  const end = clock.startOf(day + 1);
  const within = stretches.filter((stretch) => stretch.start < end && stretch.end > start);
  const open = within.filter((stretch) => stretch.known === 'open');
  if (open.some((stretch) => stretch.start <= start && stretch.end >= end)) return 'all-day';
  const ranges = open
    .filter((stretch) => !isLeftOver(stretch, start, clock.startOf(day - 1)))
    .map((stretch): [string, string] => {
      const from = stretch.start < start ? '0:00' : clockText(clock.wallOf(stretch.start));
      if (stretch.end < end) return [from, clockText(clock.wallOf(stretch.end))];
      const isNight = stretch.end > end && isLeftOver(stretch, end, start);
      return [from, isNight ? `次日 ${clockText(clock.wallOf(stretch.end))}` : '24:00'];
    });
  if (ranges.length > 0) return ranges;
  return within.some((stretch) => stretch.known === 'unknown') ? 'unknown' : 'closed';
}

/** Whether an opening over the midnight `midnight` is the end of an evening that began in the day before it. */
function isLeftOver(stretch: DatedStretch, midnight: number, dayBefore: number): boolean {
  return stretch.start > dayBefore && stretch.start < midnight && stretch.end <= midnight + NIGHT_MINUTES;
}
