// The calendar of a demonstration: everything hangs on the city's day, so that one day always gives one city.

const DAY = 86_400_000;
const MINUTE = 60_000;

export interface DemoClock {
  /** The city's date, `2026-11-20`. */
  date: string;
  /** An instant so many days (negative: back) and minutes after the city's midnight, RFC 3339 with the city's offset. */
  instant(days: number, minutes: number): string;
}

/** @param timezone IANA name; its offset at `now` is used for all instants. */
export function createDemoClock(now: Date, timezone: string): DemoClock {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(now);
  const named = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
    .formatToParts(now)
    .find((part) => part.type === 'timeZoneName')?.value;
  // "GMT+08:00", or "GMT" alone for no offset.
  const offset = named?.slice(3) || '+00:00';
  const localMidnight = Date.parse(`${date}T00:00:00Z`);
  return {
    date,
    instant: (days, minutes) =>
      new Date(localMidnight + days * DAY + minutes * MINUTE).toISOString().slice(0, 19) + offset,
  };
}
