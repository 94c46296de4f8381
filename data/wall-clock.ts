// A city's wall clock: between instants and what the clock on its walls reads, whatever the zone of the process. Pure.

export const MINUTES_A_DAY = 1440;

/**
 * An instant is in minutes since 1970-01-01T00:00Z. A wall minute is what the clock reads, as minutes since
 * 1970-01-01 00:00 on that clock; a wall day is a whole number of days since then.
 */
export interface WallClock {
  wallOf(minute: number): number;
  /** The first instant that reads `wall`; in the gap of a spring change, which no instant reads, its end. */
  minuteOf(wall: number): number;
  /** The wall day of an instant. */
  dayOf(minute: number): number;
  /** The instant at which a wall day begins. */
  startOf(day: number): number;
}

const clocks = new Map<string, WallClock>();
/** Zones whose clock came from `presetWallClock`; a clock of the engine's own knows more and is kept. */
const presets = new Set<string>();

/** @param timezone an IANA name; throws a RangeError for one that nobody knows. */
export function wallClock(timezone: string): WallClock {
  const known = clocks.get(timezone);
  if (known) return known;
  const clock = createWallClock(timezone);
  clocks.set(timezone, clock);
  return clock;
}

/**
 * Spares the engine's zone tables, which take a cheap phone a tenth of a second to open: a clock from the offsets that the
 * server sends. Before the first step its offset holds, after the last step the last one.
 * @param steps flat pairs: the minute from which an offset holds, and the offset in minutes east of UTC; ascending
 */
export function presetWallClock(timezone: string, steps: readonly number[]): void {
  if (clocks.has(timezone) && !presets.has(timezone)) return;
  presets.add(timezone);
  const offsetAt = (minute: number) => {
    let offset = steps[1] ?? 0;
    for (let i = 0; i < steps.length && (steps[i] as number) <= minute; i += 2) offset = steps[i + 1] as number;
    return offset;
  };
  clocks.set(
    timezone,
    clockFrom((minute) => minute + offsetAt(minute)),
  );
}

/** The steps for `presetWallClock`, of the minutes from `from` to `until`. */
export function offsetSteps(timezone: string, from: number, until: number): number[] {
  const { wallOf } = wallClock(timezone);
  const offsetAt = (minute: number) => wallOf(minute) - minute;
  const steps = [from, offsetAt(from)];
  for (let day = from; day < until; day += MINUTES_A_DAY) {
    const end = Math.min(until, day + MINUTES_A_DAY);
    if (offsetAt(end) === offsetAt(day)) continue;
    let [before, after] = [day, end];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offsetAt(middle) === offsetAt(day)) before = middle;
      else after = middle;
    }
    steps.push(after, offsetAt(after));
  }
  return steps;
}

function createWallClock(timezone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });

  function wallOf(minute: number): number {
    const field: Record<string, number> = {};
    for (const part of format.formatToParts(minute * 60_000)) field[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour = 0, minute: past = 0 } = field;
    // Some older engines say 24 for the hour after midnight.
    return Date.UTC(year, month - 1, day, hour % 24, past) / 60_000;
  }

  return clockFrom(wallOf);
}

function clockFrom(wallOf: WallClock['wallOf']): WallClock {
  function minuteOf(wall: number): number {
    const offsets = [wall - MINUTES_A_DAY, wall + MINUTES_A_DAY].map((near) => wallOf(near) - near);
    const candidates = offsets.map((offset) => wall - offset).sort((a, b) => a - b);
    const exact = candidates.find((candidate) => wallOf(candidate) === wall);
    if (exact !== undefined) return exact;
    // In the gap: the change lies between the two candidates.
    let [before = wall, after = wall] = candidates;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (wallOf(middle) < wall) before = middle;
      else after = middle;
    }
    return after;
  }

  const dayOf = (minute: number) => Math.floor(wallOf(minute) / MINUTES_A_DAY);
  return { wallOf, minuteOf, dayOf, startOf: (day) => minuteOf(day * MINUTES_A_DAY) };
}

/** `2026-12-03` of a wall day. */
export function isoDateOf(day: number): string {
  return new Date(day * MINUTES_A_DAY * 60_000).toISOString().slice(0, 10);
}

/** The wall day of `2026-12-03`. */
export function wallDayOf(isoDate: string): number {
  return Date.parse(`${isoDate}T00:00Z`) / (MINUTES_A_DAY * 60_000);
}

/** 0 Sunday … 6 Saturday, as `Date.getDay` counts. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** `9:30` of a wall minute. */
export function clockText(wall: number): string {
  const minutes = ((wall % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
