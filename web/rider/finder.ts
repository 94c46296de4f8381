// Asks the core for answers, and keeps a list still under the finger: a new order waits until it is wanted.

import { type Answer, answer, type Question, type Ways, waysOf } from '../../data/answer.ts';
import type { Core } from '../../data/core.ts';
import { PLACE_KINDS } from '../../data/place.ts';

export class Finder {
  readonly core: Core;
  readonly ways: Ways;
  /** What waits, waits because of newer data. */
  hasNewData: boolean;
  private _shown: Answer | null = null;
  private _waiting: Answer | null = null;

  /** @param before what was shown of older data stays until the new order is wanted */
  constructor(core: Core, before: Finder | null = null) {
    this.core = core;
    this.ways = waysOf(core);
    this._shown = before?.shown ?? null;
    this.hasNewData = this._shown !== null;
  }

  /** What is on the screen. */
  get shown(): Answer | null {
    return this._shown;
  }

  /** A newer answer in another order waits for a tap. */
  get hasNewOrder(): boolean {
    return this._waiting !== null;
  }

  /** @param mayReorder false while a finger may be on its way to a row */
  ask(question: Question, mayReorder: boolean): void {
    const next = answer(this.core, this.ways, question);
    if (mayReorder || !this._shown || sameOrder(this._shown, next)) {
      this._shown = next;
      this._waiting = null;
      this.hasNewData = false;
    } else {
      this._waiting = next;
    }
  }

  takeNewOrder(): void {
    this._shown = this._waiting ?? this._shown;
    this.hasNewData = false;
    this._waiting = null;
  }

  /** Whether the city has any place of these kinds. */
  hasKinds(kinds: readonly string[]): boolean {
    return this.core.kind.some((kind) => kinds.includes(PLACE_KINDS[kind] as string));
  }
}

function sameOrder(a: Answer, b: Answer): boolean {
  const ids = (each: Answer) => `${each.outcome}:${each.listed.map((result) => result.id).join()}`;
  return ids(a) === ids(b);
}
