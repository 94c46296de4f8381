// The state of every place's hours at one minute: worked out once for each hours text, not for each place.

import { type HoursState, type HoursSubject, hoursStateAt } from '../../data/hours.ts';
import { hoursPart } from './feature.ts';
import type { HoursTable } from './hours-table.ts';
import type { LocalClock } from './local-clock.ts';
import type { PlaceSlots } from './place-slots.ts';

export interface StateAndPart {
  hours: HoursState;
  /** Of the feature. */
  part: Buffer;
}

const PLAIN: HoursSubject = { status: 'active', statusUntil: null, exceptions: [] };
const DISPUTED: HoursSubject = { status: 'disputed', statusUntil: null, exceptions: [] };

export class Moment {
  readonly minute: number;
  /** The horizon by which it was worked out; another day's is another moment. */
  readonly horizon: number;
  readonly #hours: HoursTable;
  readonly #clock: LocalClock;
  /** By hours text; disputed places apart. */
  readonly #plain: StateAndPart[] = [];
  readonly #disputed: StateAndPart[] = [];
  /** Of places with a condition of their own, which an edit replaces. */
  readonly #own = new WeakMap<HoursSubject, StateAndPart>();

  constructor(minute: number, hours: HoursTable, clock: LocalClock) {
    this.minute = minute;
    this.horizon = hours.from;
    this.#hours = hours;
    this.#clock = clock;
  }

  stateOf(slots: PlaceSlots, slot: number): StateAndPart {
    const number = slots.columns.hours[slot] as number;
    const subject = slots.subjects.get(slot);
    if (subject) {
      const own = this.#own.get(subject) ?? this.#work(number, subject);
      this.#own.set(subject, own);
      return own;
    }
    const isDisputed = slots.columns.disputed[slot] === 1;
    const known = isDisputed ? this.#disputed : this.#plain;
    const state = known[number] ?? this.#work(number, isDisputed ? DISPUTED : PLAIN);
    known[number] = state;
    return state;
  }

  isAllDay(slots: PlaceSlots, slot: number): boolean {
    return this.#hours.expansionAt(slots.columns.hours[slot] as number, this.minute)?.allDay === true;
  }

  #work(number: number, subject: HoursSubject): StateAndPart {
    const hours = hoursStateAt(this.#hours.expansionAt(number, this.minute), subject, this.minute * 60_000);
    return { hours, part: hoursPart(this.#hours.textOf(number), hours, this.#clock) };
  }
}
