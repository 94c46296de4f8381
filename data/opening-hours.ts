// Opening hours in OSM syntax, expanded for phones. Server only (opening_hours is LGPL and large).
//
// The library reads the fields of Dates in the zone of the process. The city's wall clock is put into these fields and
// taken out again, so the zone of the process does not matter as long as it has no daylight-saving gaps: the server
// sets TZ=UTC on its first line.
//
// As in the library, a later rule for a day takes the whole of that day, also what the night before would have left of
// it (`Fr 18:00-02:00; Sa 10:00-18:00` closes at midnight); a comma instead of the semicolon keeps both, and the check says so.

import OpeningHours from 'opening_hours';
import type { Calendar } from './calendar.ts';
import { HORIZON_DAYS, type HoursExpansion } from './hours.ts';
import { localDate, spellOutDays, TIME_RANGES } from './hours-rules.ts';
import { type ReadText, readText } from './hours-text.ts';
import { MINUTES_A_DAY, type WallClock, wallClock } from './wall-clock.ts';

export { checkOpeningHours, HOURS_EXAMPLE, type HoursCheck, type HoursErrorCode } from './hours-text.ts';

/** Longest expansion, days: a place for a season, not for a history. */
const MOST_DAYS = 62;
const MOST_EXPANSIONS = 4000;
const MOST_TEXTS = 2000;

export interface HoursBook {
  /**
   * Intervals from the beginning of the day before `fromMinute` (so that yesterday's night is whole) until `days` days
   * after the beginning of `fromMinute`'s day, by the city's clock. The same object for the same text and day.
   * null for null, and for a text that `checkOpeningHours` refuses.
   * @throws RangeError when `days` is not within 1 … 62.
   */
  expand(osm: string | null, fromMinute: number, days?: number): HoursExpansion | null;
  /** What the text says of one instant (ms), near or far, worked out without an expansion. */
  stateAt(osm: string | null, atMs: number): 'open' | 'closed' | 'unknown';
}

export function createHoursBook({ timezone, calendar }: { timezone: string; calendar: Calendar }): HoursBook {
  refuseClockWithGaps();
  const clock = wallClock(timezone);
  const texts = createBoundedCache<ReadText | null>(MOST_TEXTS);
  const expansions = createBoundedCache<HoursExpansion | null>(MOST_EXPANSIONS);

  const readOnce = (osm: string) =>
    texts(osm, () => {
      const read = readText(osm);
      return 'code' in read ? null : read;
    });

  /** The wall days `firstDay` … `lastDay` as the library reads them, in wall minutes. */
  function intervalsOf(read: ReadText, firstDay: number, lastDay: number): WallInterval[] {
    // The night that reaches into the first day is spelled out as well.
    const spelled = spellOutDays(read.rules, calendar, firstDay - 2, lastDay + 1);
    const hours = spelled === undefined ? read.hours : new OpeningHours(spelled, null, TIME_RANGES);
    return hours
      .getOpenIntervals(localDate(firstDay * MINUTES_A_DAY), localDate((lastDay + 1) * MINUTES_A_DAY))
      .map(([start, end, isUnknown]) => ({ start: wallOfLocal(start), end: wallOfLocal(end), isUnknown }));
  }

  function expandText(osm: string, firstDay: number, lastDay: number): HoursExpansion | null {
    const read = readOnce(osm);
    if (read === null) return null;
    const from = clock.startOf(firstDay);
    const until = clock.startOf(lastDay + 1);
    const intervals = intervalsOf(read, firstDay, lastDay);
    const open: number[] = [];
    const unknown: number[] = [];
    for (const stretch of steadyStretches(clock, from, until)) {
      for (const { start, end, isUnknown } of intervals) {
        const pairs = isUnknown ? unknown : open;
        append(pairs, Math.max(start - stretch.offset, stretch.from), Math.min(end - stretch.offset, stretch.until));
      }
    }
    return { from, until, open, unknown, allDay: read.allDay };
  }

  return {
    expand(osm, fromMinute, days = HORIZON_DAYS) {
      if (!(days >= 1 && days <= MOST_DAYS)) throw new RangeError(`days must be 1 … ${MOST_DAYS}, not ${days}`);
      if (osm === null) return null;
      const today = clock.dayOf(fromMinute);
      return expansions(`${today} ${days} ${osm}`, () =>
        orElse(null, () => expandText(osm, today - 1, today + days - 1)),
      );
    },

    stateAt(osm, atMs) {
      const read = osm === null ? null : readOnce(osm);
      if (read === null) return 'unknown';
      const wall = clock.wallOf(Math.floor(atMs / 60_000));
      const day = Math.floor(wall / MINUTES_A_DAY);
      return orElse('unknown', () => {
        // Two days rather than one instant: asked for an instant, the library forgets the open end of `10:00-14:00+`.
        const found = intervalsOf(read, day - 1, day).find(({ start, end }) => wall >= start && wall < end);
        if (found === undefined) return 'closed';
        return found.isUnknown ? 'unknown' : 'open';
      });
    },
  };
}

interface WallInterval {
  start: number;
  end: number;
  isUnknown: boolean;
}

interface Stretch {
  from: number;
  until: number;
  /** Minutes that the wall clock is ahead of UTC. */
  offset: number;
}

/** [from, until) cut where the clock is changed. Each wall minute then means at most one instant in a stretch. */
function steadyStretches(clock: WallClock, from: number, until: number): Stretch[] {
  const offsetAt = (minute: number) => clock.wallOf(minute) - minute;
  const stretches: Stretch[] = [];
  let start = from;
  let offset = offsetAt(from);
  for (let next = from; next < until; ) {
    const previous = next;
    next = Math.min(next + MINUTES_A_DAY, until);
    const nextOffset = offsetAt(next);
    if (nextOffset === offset) continue;
    let [before, after] = [previous, next];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offsetAt(middle) === offset) before = middle;
      else after = middle;
    }
    stretches.push({ from: start, until: after, offset });
    start = after;
    offset = nextOffset;
  }
  stretches.push({ from: start, until, offset });
  return stretches;
}

function wallOfLocal(date: Date): number {
  const fields = [date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes()] as const;
  return Date.UTC(...fields) / 60_000;
}

/**
 * A text that passed the check may still fail at some far date, for which the library throws a string. One such text
 * then reads unknown, and the other places of the city keep their hours.
 */
function orElse<Value>(instead: Value, evaluate: () => Value): Value {
  try {
    return evaluate();
  } catch (error) {
    if (typeof error === 'string') return instead;
    throw error;
  }
}

/** Appends [start, end) to ascending flat pairs, joining what touches. */
function append(pairs: number[], start: number, end: number): void {
  if (start >= end) return;
  if (pairs.length > 0 && pairs[pairs.length - 1] === start) pairs[pairs.length - 1] = end;
  else pairs.push(start, end);
}

function refuseClockWithGaps(): void {
  const offset = (month: number) => new Date(2026, month, 1).getTimezoneOffset();
  if (offset(0) !== offset(6)) {
    throw new Error("The process's time zone has daylight saving; set process.env.TZ = 'UTC' on its first line.");
  }
}

/** A cache that forgets what it learned first. */
function createBoundedCache<Value>(most: number): (key: string, make: () => Value) => Value {
  const values = new Map<string, Value>();
  return (key, make) => {
    const known = values.get(key);
    if (known !== undefined) return known;
    const value = make();
    const oldest = values.size >= most ? values.keys().next().value : undefined;
    if (oldest !== undefined) values.delete(oldest);
    values.set(key, value);
    return value;
  };
}
