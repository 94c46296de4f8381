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
  private _skewMs = 0;
  /** It was at least this late when the server was last heard. */
  private _floorMs = 0;
  private _seenMs = 0;
  private _isKnown = true;
  private _isHeard = false;

  /** False when the phone's clock was set back since the server was last heard: nobody can say then how late it is. */
  get isKnown(): boolean {
    return this._isKnown;
  }

  /** Milliseconds by the server's clock, as well as it is known; never before the server was last heard. */
  now(): number {
    const phoneMs = Date.now();
    if (phoneMs < this._seenMs - SLACK_MS) this._isKnown = false;
    else this._seenMs = Math.max(this._seenMs, phoneMs);
    return Math.max(phoneMs + this._skewMs, this._floorMs);
  }

  /** The server has said what time it is. */
  hear(serverMs: number): void {
    this._isHeard = true;
    this._isKnown = true;
    this._take({ serverMs, phoneMs: Date.now() });
    this.keep();
  }

  /** What was known when this phone last ran the app; does nothing once the server has been heard. */
  recall(pair: ClockPair | undefined): void {
    if (this._isHeard || !((pair?.serverMs ?? 0) > this._floorMs)) return;
    this._take(pair as ClockPair);
    this.now();
  }

  /** For the next time that the app starts. */
  keep(): void {
    if (!this._isKnown) return;
    const pair: ClockPair = { serverMs: this.now(), phoneMs: Date.now() };
    keep(KEPT_AS, pair);
  }

  recallKept(): void {
    this.recall(readKept(KEPT_AS) as ClockPair | undefined);
  }

  private _take({ serverMs, phoneMs }: ClockPair): void {
    const skewMs = serverMs - phoneMs;
    this._skewMs = Math.abs(skewMs) > SLACK_MS ? skewMs : 0;
    this._floorMs = serverMs;
    this._seenMs = phoneMs;
  }
}
