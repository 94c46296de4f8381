// Starts MapLibre the way that this map needs it, and notices when it does not work out.

import { MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import type { Box } from '../../data/city.ts';
import type { Point } from '../../data/place.ts';
import { imageOf } from './map-image.ts';
import type { Style } from './maplibre-types.ts';
import { drawMapImage } from './pin-images.ts';
import { hasWebGl2 } from './webgl.ts';

export type FailureReason = 'no-webgl' | 'error';

export interface MapStart {
  container: HTMLElement;
  workerUrl: string;
  /** A style, or the address of one. */
  style: Style | string;
  centre: Readonly<Point>;
  /** The city; a little more than it can be looked at. */
  area: Readonly<Box>;
  /** The style is there: the moment to add layers. */
  onStyle(map: MapLibreMap): void;
  /** Everything in sight was drawn for the first time. */
  onReady(): void;
  /** Called once at most; the map is of no use any more. */
  onFailed(reason: FailureReason): void;
}

/** Degrees around the city's area that can still be looked at. */
const MARGIN_DEGREES = 0.4;
/** How long a worker may take to answer, and a lost drawing context to come back, while somebody looks. */
const PATIENCE_MS = 20_000;
const FADE_MS = 120;

/** @returns undefined when the map could not even be made; `onFailed` was told why. */
export function startMap(start: MapStart): MapLibreMap | undefined {
  const map = makeMap(start);
  if (!map) {
    start.onFailed(hasWebGl2() ? 'error' : 'no-webgl');
    return undefined;
  }
  const watch = new Watch(() => start.onFailed('error'));
  map.setMissingStyleImageResolver((name) => addPicture(map, name));
  map.once('style.load', () => {
    start.onStyle(map);
    // A worker that cannot be loaded says nothing: the map would stay blank for ever.
    watch.expect('worker');
  });
  map.once('load', () => {
    watch.met('worker');
    start.onReady();
  });
  // Our own sources are drawn by the worker at once, however slow a foreign basemap's tiles are.
  map.on('sourcedata', (event) => {
    if (event.isSourceLoaded) watch.met('worker');
  });
  // Later errors are tiles that did not arrive; the rest of the map goes on.
  map.on('error', () => {
    if (!map.style?.stylesheet) watch.fail();
  });
  map.on('webglcontextlost', () => watch.expect('context'));
  map.on('webglcontextrestored', () => watch.met('context'));
  map.once('remove', () => watch.end());
  return map;
}

function makeMap({ container, workerUrl, style, centre, area }: MapStart): MapLibreMap | undefined {
  const [west, south, east, north] = area;
  setWorkerUrl(workerUrl);
  try {
    const map = new MapLibreMap({
      container,
      style,
      // Our own is right, as the tests see; a foreign one is better asked than trusted.
      validateStyle: typeof style === 'string',
      center: [...centre],
      zoom: 12,
      minZoom: 8,
      maxZoom: 18,
      maxPitch: 0,
      maxBounds: [
        [west - MARGIN_DEGREES, south - MARGIN_DEGREES],
        [east + MARGIN_DEGREES, north + MARGIN_DEGREES],
      ],
      renderWorldCopies: false,
      dragRotate: false,
      touchPitch: false,
      pitchWithRotate: false,
      attributionControl: false,
      fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : FADE_MS,
      locale: { 'Map.Title': '地图。方向键移动，加号减号缩放' },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    return map;
  } catch {
    container.replaceChildren();
    return undefined;
  }
}

function addPicture(map: MapLibreMap, name: string): void {
  const image = imageOf(name);
  if (!image || map.hasImage(name)) return;
  const { data, pixelRatio } = drawMapImage(image);
  map.addImage(name, data, { pixelRatio });
}

type Awaited = 'worker' | 'context';

/** Waits for things that make no sound when they do not come. Time counts only while the page is looked at. */
class Watch {
  #timers = new Map<Awaited, ReturnType<typeof setTimeout>>();
  #onFailed: () => void;
  #isOver = false;

  constructor(onFailed: () => void) {
    this.#onFailed = onFailed;
  }

  expect(what: Awaited): void {
    if (this.#isOver) return;
    this.met(what);
    const again = () => (document.visibilityState === 'hidden' ? this.expect(what) : this.fail());
    this.#timers.set(what, setTimeout(again, PATIENCE_MS));
  }

  met(what: Awaited): void {
    clearTimeout(this.#timers.get(what));
    this.#timers.delete(what);
  }

  fail(): void {
    if (this.#isOver) return;
    this.end();
    this.#onFailed();
  }

  end(): void {
    this.#isOver = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
