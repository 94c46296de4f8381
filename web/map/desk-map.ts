// The desk's map: the rows of the table as pins, and one place that can be moved by hand. It takes plain data.

import { html, LitElement, nothing, type PropertyValues, render, svg, type TemplateResult } from 'lit';
import { type MapLibreMap, Marker } from 'maplibre-gl';
import type { Box, Crossing } from '../../data/city.ts';
import type { PlaceKind, Point } from '../../data/place.ts';
import { icon } from '../pages/icon.ts';
import { type PinLook, pin } from '../pages/pin.ts';
import { type Credit, creditsOf } from './attribution.ts';
import { type Basemap, styleOf } from './basemap.ts';
import { imageName } from './map-image.ts';
import { addOverlay, restyle } from './map-layers.ts';
import { MAP_THEME, type MapThemeName } from './map-theme.ts';
import type { PlaceFeature } from './place-features.ts';
import { expansionZoom, hitAt, writePlaces } from './place-layers.ts';
import { SourceWriter } from './source-writer.ts';
import { type FailureReason, startMap } from './start-map.ts';

const tags = { html, svg };
/** Close enough for the streets around, far enough to know where one is. */
const CLOSE_ZOOM = 15;

/** One row of the table on the map. */
export interface DeskPin {
  id: string;
  point: Point;
  look: PinLook;
}

/**
 * @element yz-desk-map
 * @fires place-selected {id} a pin was tapped
 * @fires point-moved {point} the movable pin was dropped
 * @fires map-failed {reason} there will be no map; the element says so itself
 */
export class DeskMap extends LitElement {
  static override properties = {
    pins: { attribute: false },
    selected: { attribute: false },
    movable: { attribute: false },
    movableKind: { attribute: false },
    isFollowing: { attribute: false },
    basemap: { attribute: false },
    area: { attribute: false },
    crossings: { attribute: false },
    notice: {},
    theme: {},
    workerUrl: { attribute: false },
    failure: { state: true },
    credits: { state: true },
  };

  declare pins: readonly DeskPin[];
  declare selected: string | null;
  /** Where the pin that can be dragged stands; null when nothing can be moved. */
  declare movable: Point | null;
  declare movableKind: PlaceKind;
  /** Looks at the pins whenever they change; else only at the first ones. */
  declare isFollowing: boolean;
  declare basemap: Basemap;
  declare area: Readonly<Box>;
  declare crossings: readonly Crossing[];
  declare notice: string;
  declare theme: MapThemeName;
  declare workerUrl: string;

  declare private failure: FailureReason | null;
  declare private credits: readonly Credit[];
  #map: MapLibreMap | undefined;
  #writer: SourceWriter | undefined;
  #marker: Marker | undefined;
  #hasLooked = false;

  constructor() {
    super();
    this.pins = [];
    this.selected = null;
    this.movable = null;
    this.movableKind = 'station';
    this.isFollowing = false;
    this.notice = '';
    this.theme = 'light';
    this.failure = null;
    this.credits = [];
  }

  protected override createRenderRoot(): this {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#open();
  }

  protected override render(): TemplateResult {
    return html`<div class="map-canvas"></div>
      <div class="map-controls" ?hidden=${this.failure !== null}>
        <div class="map-zoom">
          <button type="button" class="map-button" aria-label="放大" @click=${() => this.#map?.zoomIn({ duration: 200 })}>${icon(tags, 'plus')}</button>
          <button type="button" class="map-button" aria-label="缩小" @click=${() => this.#map?.zoomOut({ duration: 200 })}>${icon(tags, 'minus')}</button>
        </div>
      </div>
      <p class="map-notice">
        ${this.notice}${this.credits.map(({ text, href }) => (href ? html` <a href=${href} target="_blank" rel="noopener">${text}</a>` : html` ${text}`))}
      </p>
      ${
        this.failure === null
          ? nothing
          : html`<div class="map-failure" role="status"><p>这台电脑打不开地图，列表和坐标可以正常用</p></div>`
      }`;
  }

  protected override firstUpdated(): void {
    this.#open();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('theme') && this.#map && this.#writer) {
      restyle(this.#map, MAP_THEME[this.theme], this.basemap);
    }
    if (changed.has('pins') || changed.has('selected') || changed.has('movable')) this.#drawPins();
    if (changed.has('movable') || changed.has('movableKind')) this.#drawMovable();
    if (changed.has('pins')) this.#lookAtAll();
    if (changed.has('selected') || (changed.has('movable') && changed.get('movable') === null)) this.#lookAtSelected();
  }

  #open(): void {
    this.#close();
    const container = this.querySelector<HTMLElement>('.map-canvas');
    if (!container) return;
    const [west, south, east, north] = this.area;
    this.#map = startMap({
      container,
      workerUrl: this.workerUrl,
      style: styleOf(this.basemap, MAP_THEME[this.theme], this.crossings),
      centre: [(west + east) / 2, (south + north) / 2],
      area: this.area,
      onStyle: (map) => {
        this.#writer = new SourceWriter(map);
        this.#drawPins();
        addOverlay(map, MAP_THEME[this.theme], this.#writer);
      },
      onReady: () => this.#say('map-ready', {}),
      onFailed: (reason) => {
        this.#close();
        this.failure = reason;
        this.#say('map-failed', { reason });
      },
    });
    this.#map?.on('click', ({ point }) => void this.#tapped(point));
    this.#map?.on('sourcedata', ({ sourceDataType, target }) => {
      if (this.basemap.kind !== 'schematic' && sourceDataType === 'metadata') this.credits = creditsOf(target);
    });
    this.#drawMovable();
    this.#lookAtAll();
    this.#lookAtSelected();
  }

  #close(): void {
    this.#marker?.remove();
    this.#marker = undefined;
    this.#map?.remove();
    this.#map = undefined;
    this.#writer = undefined;
    this.#hasLooked = false;
  }

  #drawPins(): void {
    if (!this.#writer) return;
    const prominent: PlaceFeature[] = [];
    const clustered = new Map<PlaceKind, PlaceFeature[]>();
    for (const pin of this.pins) {
      const isSelected = pin.id === this.selected;
      // The movable pin stands in for it.
      if (isSelected && this.movable) continue;
      const image = imageName({ shape: 'pin', ...pin.look, ...(isSelected && { selected: true }) });
      const properties = { id: pin.id, image, order: isSelected ? 1 : 0 };
      const feature: PlaceFeature = {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: pin.point },
        properties,
      };
      // A number must not vanish in a cluster's count.
      if (isSelected || pin.look.number !== undefined) prominent.push(feature);
      else listOf(clustered, pin.look.kind).push(feature);
    }
    for (const kind of this.#kindsDrawn) if (!clustered.has(kind)) clustered.set(kind, []);
    this.#kindsDrawn = [...clustered.keys()];
    writePlaces(this.#writer, prominent, clustered);
  }
  #kindsDrawn: PlaceKind[] = [];

  #drawMovable(): void {
    const { movable } = this;
    if (!this.#map || !movable) {
      this.#marker?.remove();
      this.#marker = undefined;
      return;
    }
    if (!this.#marker) {
      const element = document.createElement('div');
      element.className = 'map-movable';
      element.title = '拖动来移动位置';
      this.#marker = new Marker({ element, draggable: true }).setLngLat(movable).addTo(this.#map);
      this.#marker.on('dragend', () => {
        const at = this.#marker?.getLngLat();
        if (at) this.#say('point-moved', { point: [at.lng, at.lat] });
      });
    }
    this.#marker.setLngLat(movable);
    render(pin(tags, { kind: this.movableKind }), this.#marker.getElement());
  }

  #lookAtAll(): void {
    const [first] = this.pins;
    const isDone = !this.isFollowing && (this.#hasLooked || this.selected !== null);
    if (!this.#map || !first || isDone) return;
    this.#hasLooked = true;
    const lngs = this.pins.map(({ point }) => point[0]);
    const lats = this.pins.map(({ point }) => point[1]);
    this.#map.fitBounds(
      [
        [Math.min(...lngs), Math.min(...lats)],
        [Math.max(...lngs), Math.max(...lats)],
      ],
      { padding: 40, maxZoom: 14, animate: false },
    );
  }

  #lookAtSelected(): void {
    const point = this.movable ?? this.pins.find(({ id }) => id === this.selected)?.point;
    if (!this.#map || !point) return;
    this.#hasLooked = true;
    const zoom = this.movable ? CLOSE_ZOOM : Math.max(13, this.#map.getZoom());
    this.#map.easeTo({ center: point, zoom, duration: 200 });
  }

  async #tapped(point: { x: number; y: number }): Promise<void> {
    const map = this.#map;
    const hit = map && this.#writer && hitAt(map, point);
    if (hit?.type === 'place') this.#say('place-selected', { id: hit.id });
    if (hit?.type !== 'cluster' || !map) return;
    const zoom = await expansionZoom(map, hit.source, hit.clusterId);
    if (this.#map === map) map.easeTo({ center: hit.centre, zoom: zoom + 0.1, duration: 200 });
  }

  #say(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

function listOf(lists: Map<PlaceKind, PlaceFeature[]>, kind: PlaceKind): PlaceFeature[] {
  const list = lists.get(kind) ?? [];
  lists.set(kind, list);
  return list;
}

customElements.define('yz-desk-map', DeskMap);
