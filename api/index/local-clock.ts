// Instants in the city's own time, written fast: the zone is asked once a quarter of an hour, not once a feature.

import { wallClock } from '../../data/wall-clock.ts';

const QUARTER_MINUTES = 15;
const MOST_QUARTERS = 4096;

export interface LocalClock {
  /** RFC 3339 with the zone's offset, whole seconds: 2026-11-20T09:12:00+08:00. */
  format(ms: number): string;
}

/** Offsets of all zones in use are whole quarters of an hour and change on them. */
export function createLocalClock(timezone: string): LocalClock {
  const wall = wallClock(timezone);
  const offsets = new Map<number, number>();
  // Most are asked for this very second, which many answers share.
  let latest = { second: Number.NaN, text: '' };

  function offsetMinutes(ms: number): number {
    const quarter = Math.floor(ms / (QUARTER_MINUTES * 60_000)) * QUARTER_MINUTES;
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const offset = wall.wallOf(quarter) - quarter;
    if (offsets.size >= MOST_QUARTERS) offsets.clear();
    offsets.set(quarter, offset);
    return offset;
  }

  return {
    format(ms) {
      const second = Math.floor(ms / 1000);
      if (second !== latest.second) latest = { second, text: write(ms) };
      return latest.text;
    },
  };

  function write(ms: number): string {
    const offset = offsetMinutes(ms);
    const local = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
    const size = Math.abs(offset);
    const hours = String(Math.floor(size / 60)).padStart(2, '0');
    return `${local}${offset < 0 ? '-' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
  }
}
