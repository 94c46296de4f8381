// Guessing made slow, without locking anybody out: after some failures each further try has to wait, twice as long each
// time. Whoever guesses from one place waits long; the name alone, guessed at from everywhere, slows down a little.

import { Problem } from './problem.ts';
import { network } from './rate-limits.ts';

interface Failures {
  count: number;
  lastMs: number;
}

/** `free` failures cost nothing; then 1 s, 2 s, 4 s … up to `longestMs`. */
interface Measure {
  free: number;
  longestMs: number;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HERE: Measure = { free: 5, longestMs: 15 * MINUTE_MS };
const ANYWHERE: Measure = { free: 20, longestMs: 10 * SECOND_MS };
/** An office shares an address. */
const ADDRESS: Measure = { free: 60, longestMs: MINUTE_MS };
/** Failures older than this are forgotten. */
const KEPT_MS = 12 * 60 * MINUTE_MS;
/** Memory is bounded: the oldest make room. */
const MOST_KEYS = 30_000;

export interface BackOff {
  /**
   * Counts a try as failed until it is said to have succeeded: of many at the same time, none is free.
   * @param name what is guessed at, known or not
   * @returns what to call when it was right
   * @throws Problem 429 with Retry-After
   */
  attempt(name: string, address: string): () => void;
}

export function createBackOff(now: () => number): BackOff {
  const failures = new Map<string, Failures>();

  function waitMs(key: string, { free, longestMs }: Measure): number {
    const known = failures.get(key);
    if (!known || now() - known.lastMs > KEPT_MS || known.count <= free) return 0;
    const delayMs = Math.min(longestMs, SECOND_MS * 2 ** Math.min(30, known.count - free - 1));
    return Math.max(0, known.lastMs + delayMs - now());
  }

  function count(key: string): void {
    const known = failures.get(key);
    const isRecent = known !== undefined && now() - known.lastMs <= KEPT_MS;
    failures.delete(key);
    failures.set(key, { count: (isRecent ? known.count : 0) + 1, lastMs: now() });
    const oldest = failures.size > MOST_KEYS ? failures.keys().next() : undefined;
    if (oldest && !oldest.done) failures.delete(oldest.value);
  }

  return {
    attempt(name, address) {
      const from = network(address);
      const here = `here ${name} ${from}`;
      const anywhere = `anywhere ${name}`;
      const origin = `address ${from}`;
      const longest = Math.max(waitMs(here, HERE), waitMs(anywhere, ANYWHERE), waitMs(origin, ADDRESS));
      if (longest > 0) throw tooMany(longest);
      for (const key of [here, anywhere, origin]) count(key);
      return () => {
        failures.delete(here);
        failures.delete(anywhere);
        const shared = failures.get(origin);
        if (shared) shared.count -= 1;
      };
    },
  };
}

function tooMany(delayMs: number): Problem {
  const seconds = Math.ceil(delayMs / SECOND_MS);
  const wait = seconds < 90 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`;
  return new Problem('too-many', `试得太多了，请过 ${wait}再试`, [], { 'Retry-After': String(seconds) });
}
