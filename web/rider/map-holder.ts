// Brings the live map when it is wanted. The map never delays the answer: what it needs is fetched then.

import { fetchAhead } from '../client.ts';
import type { LiveMap } from '../map/live-map.ts';
import { pause } from './breath.ts';
import type { MapHand } from './map-hand.ts';
import type { RiderState } from './rider-state.ts';

export interface MapListener {
  /** A pin was tapped. */
  select(id: string): void;
  locateFromMap(): void;
  mapFailed(reason: 'no-webgl' | 'not-fetched'): void;
  requestUpdate(): void;
}

/** Whoever leaves the map before it is drawn shall not hold up for ever what waits for it. */
const PATIENCE_MS = 10_000;

export class MapHolder {
  private readonly _listener: MapListener;
  private _hand: MapHand | undefined;
  private _isLoading = false;
  private _isFetched = false;
  private _coming: Promise<unknown> = Promise.resolve();

  constructor(listener: MapListener) {
    this._listener = listener;
  }

  /** Null until the map is there. */
  get element(): LiveMap | null {
    return this._hand?.element ?? null;
  }

  /** After each drawing of the page. */
  update(state: RiderState): void {
    const isWanted =
      (state.isWide || (state.wishes.view === 'map' && state.placeId === null)) && state.mapFailure === null;
    if (!isWanted) return;
    // The schematic is drawn from the start, not under the pins later.
    const { basemap, schematicUrl } = state.start;
    this._fetch(state);
    const isSchematicMissing = basemap.kind === 'schematic' && schematicUrl !== null && state.schematic.length === 0;
    if (this._hand) this._hand.give(state);
    else if (!isSchematicMissing && !this._isLoading) this._coming = this._load(state);
  }

  /** Ends when the map is not on its way, or has come. */
  settled(): Promise<unknown> {
    return this._coming;
  }

  /**
   * All scripts at once, where each would else be asked for when the one before has been read; then the worker's, which
   * comes while the map is being made.
   */
  private _fetch({ start }: RiderState): void {
    if (this._isFetched) return;
    this._isFetched = true;
    let missing = start.mapScripts.length;
    const came = () => {
      missing--;
      if (missing === 0) fetchAhead(start.mapWorkerUrl);
    };
    for (const href of start.mapScripts) {
      const link = Object.assign(document.createElement('link'), { rel: 'modulepreload', href, onload: came });
      document.head.append(link);
    }
  }

  private async _load({ start }: RiderState): Promise<void> {
    this._isLoading = true;
    try {
      const { bringMap } = await import('./map-hand.ts');
      this._hand = await bringMap(start.basemap, this._listener);
      if (!this._hand) return this._listener.mapFailed('no-webgl');
      this._listener.requestUpdate();
      await Promise.race([drawn(this._hand.element), pause(PATIENCE_MS)]);
    } catch {
      // The list still answers, and a tap tries again.
      this._isLoading = false;
      this._listener.mapFailed('not-fetched');
    }
  }
}

function drawn(map: LiveMap): Promise<unknown> {
  return new Promise((resolve) => {
    for (const type of ['map-ready', 'map-failed']) map.addEventListener(type, resolve, { once: true });
  });
}
