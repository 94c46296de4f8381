// Follows the phone's position for the app: asks when it may, and tells real moves from noise.

import { metresBetween } from '../../data/place.ts';
import { type Fix, follow, keepFix, locate, mayLocateNow } from './location.ts';
import type { RiderState } from './rider-state.ts';

/** Less than this is the noise of a standing phone. */
const MOVED_METRES = 60;

type LocatedState = Pick<RiderState, 'fix' | 'location' | 'canLocate'>;

export interface LocatorHost {
  /** Milliseconds by the server's clock. */
  now(): number;
  /** The position changed. */
  moved(): void;
  requestUpdate(): void;
}

export class Locator {
  readonly #state: LocatedState;
  readonly #host: LocatorHost;
  #stopFollowing: (() => void) | undefined;

  constructor(state: LocatedState, host: LocatorHost) {
    this.#state = state;
    this.#host = host;
  }

  /** Without a tap only where the person has already agreed. */
  async locateIfAllowed(): Promise<void> {
    if (this.#state.canLocate && (await mayLocateNow())) await this.locate();
  }

  async locate(): Promise<void> {
    this.#state.location = 'asking';
    this.#host.requestUpdate();
    const now = () => this.#host.now();
    const outcome = await locate(now);
    if (outcome === 'denied' || outcome === 'failed') {
      this.#state.location = outcome;
      if (outcome === 'denied') this.forget();
      this.#host.requestUpdate();
      return;
    }
    this.#state.location = 'located';
    this.#take(outcome);
    this.#stopFollowing ??= follow((fix) => this.#consider(fix), now);
  }

  /** No position, and none kept on this phone. */
  forget(): void {
    this.#stopFollowing?.();
    this.#stopFollowing = undefined;
    this.#state.fix = null;
    keepFix(null);
  }

  #consider(fix: Fix): void {
    const before = this.#state.fix;
    const isBetter = !before || fix.accuracyMetres < before.accuracyMetres / 2;
    const noise = Math.max(MOVED_METRES, fix.accuracyMetres / 2);
    if (isBetter || metresBetween(before.point, fix.point) > noise) this.#take(fix);
  }

  #take(fix: Fix): void {
    this.#state.fix = fix;
    keepFix(fix);
    this.#host.moved();
  }
}
