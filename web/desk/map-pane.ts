// <yz-desk-map-pane>: brings the map when there is room for it, and says so where there can be none. What it is given it
// hands to the map.

import { html, nothing, type TemplateResult } from 'lit';
import type { PlaceKind, Point } from '../../data/place.ts';
import { getJson } from '../client.ts';
import type { Basemap } from '../map/basemap.ts';
import type { DeskMap, DeskPin } from '../map/desk-map.ts';
import { hasWebGl2 } from '../map/webgl.ts';
import type { DeskStart } from '../pages/desk-state.ts';
import { DeskElement } from './desk-element.ts';

export class MapPane extends DeskElement {
  static override properties = {
    start: { attribute: false },
    pins: { attribute: false },
    selected: { attribute: false },
    movable: { attribute: false },
    movableKind: { attribute: false },
    isFollowing: { attribute: false },
    _basemap: { state: true },
    _isMissing: { state: true },
    _theme: { state: true },
  };

  declare start: DeskStart;
  declare pins: readonly DeskPin[];
  declare selected: string | null;
  declare movable: Point | null;
  declare movableKind: PlaceKind;
  declare isFollowing: boolean;
  declare private _basemap: Basemap | null;
  declare private _isMissing: boolean;
  declare private _theme: DeskMap['theme'];
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  readonly #contrast = matchMedia('(prefers-contrast: more)');

  constructor() {
    super();
    this.pins = [];
    this.selected = null;
    this.movable = null;
    this.movableKind = 'station';
    this.isFollowing = false;
    this._basemap = null;
    this._isMissing = false;
    this._theme = this.#themeNow;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const query of [this.#dark, this.#contrast]) query.addEventListener('change', this.#onTheme);
    void this.#bring();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const query of [this.#dark, this.#contrast]) query.removeEventListener('change', this.#onTheme);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this._isMissing) {
      return html`<p class="map-missing" role="status">这台电脑打不开地图，列表和坐标可以正常用</p>`;
    }
    if (!this._basemap) return nothing;
    const { city, notice, mapWorkerUrl } = this.start;
    return html`<yz-desk-map
      .pins=${this.pins} .selected=${this.selected} .movable=${this.movable} .movableKind=${this.movableKind} .isFollowing=${this.isFollowing} .basemap=${this._basemap}
      .area=${city.area} .crossings=${city.crossings} .notice=${notice} .theme=${this._theme} .workerUrl=${mapWorkerUrl}
    ></yz-desk-map>`;
  }

  async #bring(): Promise<void> {
    if (this._basemap || this._isMissing) return;
    if (!hasWebGl2()) {
      this._isMissing = true;
      return;
    }
    try {
      const [basemap] = await Promise.all([this.#readBasemap(), import('../map/desk-map.ts')]);
      this._basemap = basemap;
    } catch {
      this._isMissing = true;
    }
  }

  async #readBasemap(): Promise<Basemap> {
    const { basemap, schematicUrl } = this.start;
    if (basemap.kind === 'style') return basemap;
    if (basemap.kind === 'pmtiles') {
      const { pmtilesBasemap } = await import('../map/pmtiles-basemap.ts');
      return pmtilesBasemap(basemap.url);
    }
    const empty = { type: 'FeatureCollection' as const, features: [] };
    const data = schematicUrl === null ? empty : await getJson<GeoJSON.FeatureCollection>(schematicUrl);
    return { kind: 'schematic', data };
  }

  get #themeNow(): DeskMap['theme'] {
    return this.#contrast.matches ? 'contrast' : this.#dark.matches ? 'dark' : 'light';
  }

  readonly #onTheme = (): void => {
    this._theme = this.#themeNow;
  };
}

customElements.define('yz-desk-map-pane', MapPane);
