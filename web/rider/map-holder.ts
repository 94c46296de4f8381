// Brings the live map when it is wanted, and hands it what the app knows. The map never delays the answer.

import type { Answer } from '../../data/answer.ts';
import { placesThatFit } from '../../data/answer.ts';
import type { LiveMap } from '../map/live-map.ts';
import { hasWebGl2 } from '../map/webgl.ts';
import type { Finder } from './finder.ts';
import { focusOf, originOf, type RiderState } from './rider-state.ts';

const RING_MINUTES = [3, 6];

export interface MapListener {
  /** A pin was tapped. */
  select(id: string): void;
  locateFromMap(): void;
  mapFailed(reason: 'no-webgl' | 'not-fetched'): void;
}

export class MapHolder {
  /** Null until the map is there. */
  element: LiveMap | null = null;
  readonly #listener: MapListener & { requestUpdate(): void };
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  readonly #contrast = matchMedia('(prefers-contrast: more)');
  #rings: typeof import('../map/rings.ts') | undefined;
  #isLoading = false;
  #drawnFor: { answer: Answer | null; wishes: unknown; originKey: string } | undefined;

  constructor(listener: MapListener & { requestUpdate(): void }) {
    this.#listener = listener;
    for (const query of [this.#dark, this.#contrast]) query.addEventListener('change', () => listener.requestUpdate());
  }

  /** After each drawing of the page. */
  update(state: RiderState): void {
    const isWanted =
      (state.isWide || (state.wishes.view === 'map' && state.placeId === null)) && state.mapFailure === null;
    if (!isWanted) return;
    // The schematic is drawn from the start, not under the pins later.
    const isSchematicMissing = state.start.schematicUrl !== null && state.schematic.length === 0;
    if (!this.element && !isSchematicMissing) void this.#load();
    else if (this.element && state.finder) this.#hand(state, state.finder);
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    if (!hasWebGl2()) {
      this.#listener.mapFailed('no-webgl');
      return;
    }
    try {
      const [, rings] = await Promise.all([import('../map/live-map.ts'), import('../map/rings.ts')]);
      this.#rings = rings;
    } catch {
      // The list still answers, and a tap tries again.
      this.#isLoading = false;
      this.#listener.mapFailed('not-fetched');
      return;
    }
    const element = document.createElement('yz-live-map') as LiveMap;
    element.addEventListener('place-selected', (event) =>
      this.#listener.select((event as CustomEvent<{ id: string }>).detail.id),
    );
    element.addEventListener('locate-wanted', () => this.#listener.locateFromMap());
    // Other failures the element says itself, with a way to try again.
    element.addEventListener('map-failed', (event) => {
      const { reason } = (event as CustomEvent<{ reason: string }>).detail;
      if (reason === 'no-webgl') this.#listener.mapFailed('no-webgl');
    });
    this.element = element;
    this.#listener.requestUpdate();
  }

  #hand(state: RiderState, finder: Finder): void {
    const { element } = this;
    if (!element) return;
    const { core, ways, shown } = finder;
    const { wishes, nowMs, start } = state;
    const origin = originOf(state, core.city);
    const from = ways.ride.from(origin.point);
    const originKey = origin.point.join();
    const drawn = this.#drawnFor;
    if (drawn?.wishes !== wishes || drawn.originKey !== originKey || element.core !== core) {
      element.shown = placesThatFit(core, { ...wishes, nowMs });
      element.rings = this.#rings?.ringsAround(from, origin.point, core.city, RING_MINUTES) ?? [];
    }
    if (drawn?.answer !== shown || element.core !== core) element.listed = shown?.listed ?? [];
    this.#drawnFor = { answer: shown, wishes, originKey };
    element.core = core;
    element.origin = origin.point;
    element.me = origin.isMeasured ? { point: origin.point, accuracyMetres: origin.accuracyMetres } : null;
    element.selected = state.placeId ?? state.selected;
    const selected = element.selected === null ? undefined : core.indexOf(element.selected);
    const target = selected === undefined ? focusOf(state)?.place : core.place(selected);
    element.route = target ? (from.path(target.target) ?? null) : null;
    if (start.basemap.kind === 'style') element.basemap = start.basemap;
    else element.basemap ??= { kind: 'schematic', data: asCollection(state) };
    element.notice = start.notice;
    element.workerUrl = start.mapWorkerUrl;
    element.nowMs = nowMs;
    element.wide = state.isWide;
    element.theme = this.#contrast.matches ? 'contrast' : this.#dark.matches ? 'dark' : 'light';
    // The search field above the phone's map, and the sheet's rounded edge below it.
    element.padding = state.isWide ? NO_PADDING : PHONE_PADDING;
  }
}

const NO_PADDING = { top: 0, right: 0, bottom: 0, left: 0 };
const PHONE_PADDING = { top: 68, right: 0, bottom: 16, left: 0 };

function asCollection(state: RiderState): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features: state.schematic as unknown as GeoJSON.Feature[] };
}
