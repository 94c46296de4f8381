// What time it is by the server, on a phone whose own clock may be wrong, with and without a network.

import { keep, readKept } from './storage.ts';

/** The two clocks at one moment; milliseconds since 1970. */
export interface ClockPair {
  serverMs: number;
  phoneMs: number;
}

const KEPT_AS = 'yz-clock';
/** A phone's clock this far off is not believed. */
const SLACK_MS = 90_000;

export class ServerClock {
  #skewMs = 0;
  /** It was at least this late when the server was last heard. */
  #floorMs = 0;
  #seenMs = 0;
  #isKnown = true;
  #isHeard = false;

  /** False when the phone's clock was set back since the server was last heard: nobody can say then how late it is. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Milliseconds by the server's clock, as well as it is known; never before the server was last heard. */
  now(): number {
    const phoneMs = Date.now();
    if (phoneMs < this.#seenMs - SLACK_MS) this.#isKnown = false;
    else this.#seenMs = Math.max(this.#seenMs, phoneMs);
    return Math.max(phoneMs + this.#skewMs, this.#floorMs);
  }

  /** The server has said what time it is. */
  hear(serverMs: number): void {
    this.#isHeard = true;
    this.#isKnown = true;
    this.#take({ serverMs, phoneMs: Date.now() });
    this.keep();
  }

  /** What was known when this phone last ran the app; does nothing once the server has been heard. */
  recall(pair: ClockPair | undefined): void {
    if (this.#isHeard || !((pair?.serverMs ?? 0) > this.#floorMs)) return;
    this.#take(pair as ClockPair);
    this.now();
  }

  /** For the next time that the app starts. */
  keep(): void {
    if (!this.#isKnown) return;
    const pair: ClockPair = { serverMs: this.now(), phoneMs: Date.now() };
    keep(KEPT_AS, pair);
  }

  recallKept(): void {
    this.recall(readKept(KEPT_AS) as ClockPair | undefined);
  }

  #take({ serverMs, phoneMs }: ClockPair): void {
    const skewMs = serverMs - phoneMs;
    this.#skewMs = Math.abs(skewMs) > SLACK_MS ? skewMs : 0;
    this.#floorMs = serverMs;
    this.#seenMs = phoneMs;
  }
}
