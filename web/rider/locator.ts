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
  private readonly _state: LocatedState;
  private readonly _host: LocatorHost;
  private _stopFollowing: (() => void) | undefined;

  constructor(state: LocatedState, host: LocatorHost) {
    this._state = state;
    this._host = host;
  }

  /** Without a tap only where the person has already agreed. */
  async locateIfAllowed(): Promise<void> {
    if (this._state.canLocate && (await mayLocateNow())) await this.locate();
  }

  async locate(): Promise<void> {
    this._state.location = 'asking';
    this._host.requestUpdate();
    const now = () => this._host.now();
    const outcome = await locate(now);
    if (outcome === 'denied' || outcome === 'failed') {
      this._state.location = outcome;
      if (outcome === 'denied') this.forget();
      this._host.requestUpdate();
      return;
    }
    this._state.location = 'located';
    this._take(outcome);
    this._stopFollowing ??= follow((fix) => this._consider(fix), now);
  }

  /** No position, and none kept on this phone. */
  forget(): void {
    this._stopFollowing?.();
    this._stopFollowing = undefined;
    this._state.fix = null;
    keepFix(null);
  }

  private _consider(fix: Fix): void {
    const before = this._state.fix;
    const isBetter = !before || fix.accuracyMetres < before.accuracyMetres / 2;
    const noise = Math.max(MOVED_METRES, fix.accuracyMetres / 2);
    if (isBetter || metresBetween(before.point, fix.point) > noise) this._take(fix);
  }

  private _take(fix: Fix): void {
    this._state.fix = fix;
    keepFix(fix);
    this._host.moved();
  }
}
