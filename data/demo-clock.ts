// The calendar of a demonstration: everything hangs on the city's day, so that one day always gives one city.

import { isoDateOf, MINUTES_A_DAY, wallClock } from './wall-clock.ts';

export interface DemoClock {
  /** The city's date, `2026-11-20`. */
  date: string;
  /** An instant so many days (negative: back) and minutes after the city's midnight, RFC 3339 with the city's offset. */
  instant(days: number, minutes: number): string;
}

/** @param timezone IANA name; its offset at `now` is kept for all instants, which is near enough for made-up ones. */
export function createDemoClock(now: Date, timezone: string): DemoClock {
  const clock = wallClock(timezone);
  const minute = Math.floor(now.getTime() / 60_000);
  const today = clock.dayOf(minute);
  const offset = formatOffset(clock.wallOf(minute) - minute);
  return {
    date: isoDateOf(today),
    instant: (days, minutes) => {
      const wall = new Date(((today + days) * MINUTES_A_DAY + minutes) * 60_000);
      return wall.toISOString().slice(0, 19) + offset;
    },
  };
}

/** 480 is `+08:00`. */
function formatOffset(minutes: number): string {
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}
