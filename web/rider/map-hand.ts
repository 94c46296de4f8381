// Fetches the live map, and hands it what the app knows after each drawing of the page. The answer needs none of it.

import { type Answer, placesThatFit } from '../../data/answer.ts';
import type { Basemap, StreetsBasemap } from '../map/basemap.ts';
import type { LiveMap } from '../map/live-map.ts';
import { hasWebGl2 } from '../map/webgl.ts';
import type { StartBasemap } from '../pages/start-state.ts';
import type { MapListener } from './map-holder.ts';
import { focusOf, originOf, type RiderState } from './rider-state.ts';

const RING_MINUTES = [3, 6];
const NO_PADDING = { top: 0, right: 0, bottom: 0, left: 0 };
const PHONE_PADDING = { top: 68, right: 0, bottom: 16, left: 0 };

/**
 * @returns undefined where this phone cannot draw a map
 * @throws whatever an import throws when a part could not be fetched
 */
export async function bringMap(basemap: StartBasemap, listener: MapListener): Promise<MapHand | undefined> {
  if (!hasWebGl2()) return undefined;
  const [, rings, streets] = await Promise.all([
    import('../map/live-map.ts'),
    import('../map/rings.ts'),
    streetsOf(basemap),
  ]);
  return new MapHand(listener, rings, streets);
}

async function streetsOf(basemap: StartBasemap): Promise<StreetsBasemap | undefined> {
  if (basemap.kind !== 'pmtiles') return undefined;
  const { pmtilesBasemap } = await import('../map/pmtiles-basemap.ts');
  return pmtilesBasemap(basemap.url);
}

export class MapHand {
  readonly element = document.createElement('yz-live-map') as LiveMap;
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  readonly #contrast = matchMedia('(prefers-contrast: more)');
  readonly #rings: typeof import('../map/rings.ts');
  /** Where the city has vector tiles of its own. */
  readonly #streets: StreetsBasemap | undefined;
  #drawnFor: { answer: Answer | null; wishes: unknown; originKey: string } | undefined;

  constructor(listener: MapListener, rings: typeof import('../map/rings.ts'), streets: StreetsBasemap | undefined) {
    this.#rings = rings;
    this.#streets = streets;
    this.element.addEventListener('place-selected', (event) =>
      listener.select((event as CustomEvent<{ id: string }>).detail.id),
    );
    this.element.addEventListener('locate-wanted', () => listener.locateFromMap());
    // Other failures the element says itself, with a way to try again.
    this.element.addEventListener('map-failed', (event) => {
      const { reason } = (event as CustomEvent<{ reason: string }>).detail;
      if (reason === 'no-webgl') listener.mapFailed('no-webgl');
    });
    for (const query of [this.#dark, this.#contrast]) query.addEventListener('change', () => listener.requestUpdate());
  }

  give(state: RiderState): void {
    const { element } = this;
    const { finder, wishes, nowMs, start } = state;
    if (!finder) return;
    const { core, ways, shown } = finder;
    const origin = originOf(state, core.city);
    const from = ways.ride.from(origin.point);
    const originKey = origin.point.join();
    const drawn = this.#drawnFor;
    if (drawn?.wishes !== wishes || drawn.originKey !== originKey || element.core !== core) {
      element.shown = placesThatFit(core, { ...wishes, nowMs });
      element.rings = this.#rings.ringsAround(from, origin.point, core.city, RING_MINUTES);
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
    element.basemap ??= this.#streets ?? basemapOf(state);
    element.notice = start.notice;
    element.workerUrl = start.mapWorkerUrl;
    element.nowMs = nowMs;
    element.wide = state.isWide;
    element.theme = this.#theme;
    // The search field above the phone's map, and the sheet's rounded edge below it.
    element.padding = state.isWide ? NO_PADDING : PHONE_PADDING;
  }

  /** By hand (`modes.ts` writes it on the root element), else as the phone is set. */
  get #theme(): LiveMap['theme'] {
    const byHand = document.documentElement.dataset.theme as LiveMap['theme'] | undefined;
    return byHand ?? (this.#contrast.matches ? 'contrast' : this.#dark.matches ? 'dark' : 'light');
  }
}

function basemapOf({ start: { basemap }, schematic }: RiderState): Basemap {
  if (basemap.kind === 'style') return basemap;
  const features = schematic as unknown as GeoJSON.Feature[];
  return { kind: 'schematic', data: { type: 'FeatureCollection', features } };
}
