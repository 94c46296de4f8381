// Every distinct hours text once, with its expansion around the city's day. Places hold a number.

import { HORIZON_DAYS, type HoursExpansion } from '../../data/hours.ts';
import type { HoursBook } from '../../data/opening-hours.ts';
import { type WallClock, wallClock } from '../../data/wall-clock.ts';

/** Other days that callers asked about with `at`; the last few are kept. */
const MOST_OTHER_DAYS = 8;

interface Horizon {
  /** Minutes: the local day begins, the next one begins, nothing is known any more. */
  from: number;
  dayEnds: number;
  until: number;
  /** By the text's number; `undefined` has not been asked for yet. */
  expansions: (HoursExpansion | null | undefined)[];
}

export class HoursTable {
  readonly #book: Pick<HoursBook, 'expand'>;
  readonly #wall: WallClock;
  readonly #texts: (string | null)[] = [null];
  readonly #numbers = new Map<string | null, number>([[null, 0]]);
  readonly #others = new Map<number, Horizon>();
  #today: Horizon = { from: Number.NaN, dayEnds: Number.NaN, until: Number.NaN, expansions: [] };

  constructor(book: Pick<HoursBook, 'expand'>, timezone: string) {
    this.#book = book;
    this.#wall = wallClock(timezone);
  }

  /** Minute at which today began: the city's local midnight. */
  get from(): number {
    return this.#today.from;
  }

  numberOf(osm: string | null): number {
    const known = this.#numbers.get(osm);
    if (known !== undefined) return known;
    const number = this.#texts.push(osm) - 1;
    this.#numbers.set(osm, number);
    return number;
  }

  textOf(number: number): string | null {
    return this.#texts[number] ?? null;
  }

  /** Begins a new horizon when the city's day has changed. */
  refresh(nowMs: number): void {
    const minute = Math.floor(nowMs / 60_000);
    if (!(minute >= this.#today.from && minute < this.#today.dayEnds)) this.#today = this.#horizonOf(minute);
  }

  /**
   * What is known of a text at an instant: today's horizon where it holds the instant, else that of the instant's own
   * local day.
   */
  expansionAt(number: number, minute: number): HoursExpansion | null {
    const isWithin = minute >= this.#today.from && minute < this.#today.until;
    return this.#expansionIn(isWithin ? this.#today : this.#otherDay(minute), number);
  }

  /** The expansion of today's horizon. */
  expansionToday(osm: string | null): HoursExpansion | null {
    return this.#expansionIn(this.#today, this.numberOf(osm));
  }

  #expansionIn(horizon: Horizon, number: number): HoursExpansion | null {
    const known = horizon.expansions[number];
    if (known !== undefined) return known;
    const made = this.#book.expand(this.textOf(number), horizon.from, HORIZON_DAYS);
    horizon.expansions[number] = made;
    return made;
  }

  #horizonOf(minute: number): Horizon {
    const day = this.#wall.dayOf(minute);
    const [from, dayEnds, until] = [day, day + 1, day + HORIZON_DAYS].map((each) => this.#wall.startOf(each));
    return { from: from as number, dayEnds: dayEnds as number, until: until as number, expansions: [] };
  }

  #otherDay(minute: number): Horizon {
    const day = this.#wall.dayOf(minute);
    const known = this.#others.get(day);
    if (known) return known;
    const oldest = this.#others.keys().next();
    if (this.#others.size >= MOST_OTHER_DAYS && !oldest.done) this.#others.delete(oldest.value);
    const made = this.#horizonOf(minute);
    this.#others.set(day, made);
    return made;
  }
}
