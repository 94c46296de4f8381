import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import type { MapLibreMap } from 'maplibre-gl';
import type { Result } from '../../data/answer.ts';
import type { Core } from '../../data/core.ts';
import { PLACE_KINDS, type PlaceKind, type Point } from '../../data/place.ts';
import { icon } from '../pages/icon.ts';
import { type Credit, creditsOf } from './attribution.ts';
import { type Basemap, styleOf } from './basemap.ts';
import { Camera, type Scenery } from './camera.ts';
import { legend } from './legend.ts';
import { addOverlay, restyle } from './map-layers.ts';
import { MAP_THEME, type MapTheme, type MapThemeName } from './map-theme.ts';
import { clusteredFeatures, prominentFeatures } from './place-features.ts';
import { expansionZoom, hitAt, nameImage, writePlaces } from './place-layers.ts';
import type { Ring } from './rings.ts';
import type { Padding } from './sight.ts';
import { SourceWriter } from './source-writer.ts';
import { type FailureReason, startMap } from './start-map.ts';
import { writeSurroundings } from './surroundings-layers.ts';

/** How many of the listed places the map shows when it looks by itself. */
const IN_VIEW = 5;
const tags = { html, svg };

/**
 * The live map. It takes plain data and fetches nothing but what a configured basemap names. Loaded when it is asked for.
 *
 * @element yz-live-map
 * @fires place-selected {id} a pin was tapped
 * @fires map-ready the map was drawn for the first time
 * @fires map-failed {reason: 'no-webgl' | 'error'} there will be no map; the element says so itself
 * @fires locate-wanted the rider asks for the own position
 * @fires map-moved {centre} a person moved the map
 */
export class LiveMap extends LitElement {
  static override properties = {
    core: { attribute: false },
    shown: { attribute: false },
    listed: { attribute: false },
    selected: { attribute: false },
    me: { attribute: false },
    origin: { attribute: false },
    route: { attribute: false },
    rings: { attribute: false },
    basemap: { attribute: false },
    notice: {},
    theme: {},
    workerUrl: { attribute: false },
    nowMs: { attribute: false },
    wide: { type: Boolean, reflect: true },
    padding: { attribute: false },
    failure: { state: true },
    credits: { state: true },
  };

  declare core: Core;
  /** Indices in the core that the filters keep; clustered by kind. */
  declare shown: readonly number[];
  /** Numbered from 1, never clustered. */
  declare listed: readonly Result[];
  /** Id of the place that is drawn larger and kept in sight. */
  declare selected: string | null;
  declare me: { point: Point; accuracyMetres: number | null } | null;
  /** Where distances are measured from; marked when `me` is null. */
  declare origin: Readonly<Point>;
  /** The way to the selected or the first place. */
  declare route: readonly Point[] | null;
  declare rings: readonly Ring[];
  declare basemap: Basemap;
  /** What the law wants said of the basemap; always shown. */
  declare notice: string;
  declare theme: MapThemeName;
  declare workerUrl: string;
  declare nowMs: number;
  /** Beside the list: the legend is open, the selected pin carries its name, the list has the button for the position. */
  declare wide: boolean;
  /** Pixels that something else covers. */
  declare padding: Padding;

  declare private failure: FailureReason | null;
  declare private credits: readonly Credit[];
  #map: MapLibreMap | undefined;
  #camera: Camera | undefined;
  /** There once the style is. */
  #writer: SourceWriter | undefined;
  #kinds: readonly PlaceKind[] = [];

  constructor() {
    super();
    this.shown = [];
    this.listed = [];
    this.selected = null;
    this.me = null;
    this.route = null;
    this.rings = [];
    this.notice = '';
    this.theme = 'light';
    this.wide = false;
    this.padding = { top: 0, right: 0, bottom: 0, left: 0 };
    this.failure = null;
    this.credits = [];
  }

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('core') || changed.has('shown') || changed.has('listed')) {
      const present = new Set(this.shown.map((i) => this.core.kind[i]));
      for (const { place } of this.listed) present.add(PLACE_KINDS.indexOf(place.kind));
      this.#kinds = PLACE_KINDS.filter((_, position) => present.has(position));
    }
  }

  protected override render(): TemplateResult {
    return html`
      <div class="map-canvas"></div>
      <div class="map-controls" ?hidden=${this.failure !== null}>
        <div class="map-zoom">
          <button type="button" class="map-button" aria-label="放大" @click=${this.#zoomIn}>${icon(tags, 'plus')}</button>
          <button type="button" class="map-button" aria-label="缩小" @click=${this.#zoomOut}>${icon(tags, 'minus')}</button>
        </div>
        ${
          this.wide
            ? nothing
            : html`<button type="button" class="map-button map-locate" aria-label=${this.me ? '回到我的位置' : '用我的位置'} @click=${this.#locate}>${icon(tags, 'locate')}</button>`
        }
      </div>
      <p class="map-notice">
        ${this.notice}${this.credits.map(({ text, href }) => (href ? html` <a href=${href} target="_blank" rel="noopener">${text}</a>` : html` ${text}`))}
      </p>
      ${this.wide && this.failure === null ? legend(this.#kinds) : nothing}
      ${this.failure === null ? nothing : this.#renderFailure(this.failure)}
    `;
  }

  #renderFailure(reason: FailureReason): TemplateResult {
    return html`<div class="map-failure" role="status">
      ${
        reason === 'no-webgl'
          ? html`<p>这台手机打不开地图，列表可以正常用</p>`
          : html`<p>地图没加载出来，列表可以正常用</p>
              <button type="button" class="button" @click=${this.#open}>再试一次</button>`
      }
    </div>`;
  }

  protected override firstUpdated(): void {
    this.#open();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('padding')) {
      for (const side of ['top', 'right', 'bottom', 'left'] as const) {
        this.style.setProperty(`--map-${side}`, `${this.padding[side]}px`);
      }
    }
    if (changed.get('basemap')) this.#open();
    else this.#draw(changed);
  }

  #draw(changed: PropertyValues<this>): void {
    const { padding } = this;
    if (changed.has('padding')) this.#map?.setPadding(padding);
    if (changed.has('theme') && this.#map && this.#writer) restyle(this.#map, this.#colours, this.basemap);
    const minuteBefore = Math.floor((changed.get('nowMs') ?? this.nowMs) / 60_000);
    const isLater = Math.floor(this.nowMs / 60_000) !== minuteBefore;
    if (isLater || PLACE_INPUTS.some((name) => changed.has(name))) this.#drawPlaces();
    if (SURROUNDINGS_INPUTS.some((name) => changed.has(name))) this.#drawSurroundings();
    this.#camera?.follow(this.#scenery, padding, changed.has('listed'));
    const place = changed.has('selected') ? this.#selectedPlace : undefined;
    if (place) this.#camera?.bringIntoSight(place.point, padding);
  }

  /** Starts the map, anew if there was one. */
  #open(): void {
    this.#close();
    this.failure = null;
    const container = this.querySelector<HTMLElement>('.map-canvas');
    if (!container) return;
    const { basemap, origin, core, workerUrl } = this;
    this.#map = startMap({
      container,
      workerUrl,
      style: styleOf(basemap, this.#colours, core.city.crossings),
      centre: origin,
      area: core.city.area,
      onStyle: (map) => this.#furnish(map),
      onReady: () => this.#say('map-ready', {}),
      onFailed: (reason) => {
        this.#close();
        this.failure = reason;
        this.#say('map-failed', { reason });
      },
    });
    if (!this.#map) return;
    this.#camera = new Camera(this.#map);
    this.#listenTo(this.#map, this.#camera);
    this.#map.setPadding(this.padding);
    this.#camera.lookAround(this.#scenery, false);
  }

  #close(): void {
    this.#map?.remove();
    this.#map = undefined;
    this.#camera = undefined;
    this.#writer = undefined;
    this.credits = [];
  }

  #listenTo(map: MapLibreMap, camera: Camera): void {
    map.on('click', ({ point }) => this.#tapped(map, point));
    map.on('mousemove', ({ point }) => {
      map.getCanvas().style.cursor = this.#writer && hitAt(map, point) ? 'pointer' : '';
    });
    map.on('moveend', ({ originalEvent }) => {
      if (!originalEvent) return;
      camera.movedByHand();
      const { lng, lat } = map.getCenter();
      this.#say('map-moved', { centre: [lng, lat] });
    });
    // A map that was opened while hidden has not looked anywhere yet.
    map.on('resize', () => {
      if (!camera.hasLooked) camera.lookAround(this.#scenery, false);
    });
    map.on('sourcedata', ({ sourceDataType }) => {
      if (this.basemap.kind !== 'schematic' && sourceDataType === 'metadata') this.credits = creditsOf(map);
    });
  }

  get #colours(): MapTheme {
    return MAP_THEME[this.theme];
  }

  #furnish(map: MapLibreMap): void {
    this.#writer = new SourceWriter(map);
    this.#drawPlaces();
    this.#drawSurroundings();
    addOverlay(map, this.#colours, this.#writer);
  }

  #drawPlaces(): void {
    if (!this.#writer) return;
    const { core, shown, listed, selected, nowMs } = this;
    const prominent = prominentFeatures(core, listed, selected, nowMs);
    const ids = new Set(prominent.map(({ properties }) => properties.id));
    writePlaces(this.#writer, prominent, clusteredFeatures(core, shown, ids, nowMs));
  }

  #drawSurroundings(): void {
    const { origin, me, route, rings } = this;
    const place = this.#selectedPlace;
    const name = place &&
      this.wide && {
        point: place.point,
        image: nameImage(place.name, this.#colours),
        hasRing: place.positionQuality !== 'surveyed',
      };
    if (this.#writer) writeSurroundings(this.#writer, { origin, me, route, rings, name: name || null });
  }

  get #selectedPlace() {
    const index = this.selected === null ? undefined : this.core.indexOf(this.selected);
    return index === undefined ? undefined : this.core.place(index);
  }

  /** The origin, the first places, the way, and the inner ring, or the outer one where there is room. */
  get #scenery(): Scenery {
    const { origin, listed, route, rings, wide } = this;
    const places = listed.slice(0, IN_VIEW).map((result) => result.place.point);
    const ring = rings.at(wide ? -1 : 0)?.lines.flat() ?? [];
    return { origin, places, lines: [...(route ?? []), ...ring], wide };
  }

  async #tapped(map: MapLibreMap, point: { x: number; y: number }): Promise<void> {
    const hit = this.#writer && hitAt(map, point);
    if (hit?.type === 'place') this.#say('place-selected', { id: hit.id });
    if (hit?.type !== 'cluster') return;
    const zoom = await expansionZoom(map, hit.source, hit.clusterId);
    if (this.#map === map) map.easeTo({ center: hit.centre, zoom: zoom + 0.1, duration: 200 }, { originalEvent: true });
  }

  #zoomIn = (event: Event): void => {
    this.#map?.zoomIn({ duration: 200 }, { originalEvent: event });
  };

  #zoomOut = (event: Event): void => {
    this.#map?.zoomOut({ duration: 200 }, { originalEvent: event });
  };

  #locate = (): void => {
    if (this.me && this.#map)
      this.#map.easeTo({ center: this.me.point, zoom: Math.max(13, this.#map.getZoom()), duration: 200 });
    this.#say('locate-wanted', {});
  };

  #say(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

const PLACE_INPUTS = ['core', 'shown', 'listed', 'selected'] as const;
const SURROUNDINGS_INPUTS = ['core', 'origin', 'me', 'route', 'rings', 'selected', 'theme', 'wide'] as const;

customElements.define('yz-live-map', LiveMap);
