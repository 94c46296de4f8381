// <yz-desk-places>: the room 点位. Table and map show the same rows; the place that the address names stands beside them.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { DeskSort } from '../../../data/desk-list.ts';
import {
  PLACE_KIND_LABELS,
  PLACE_KINDS,
  PLACE_STATUS_LABELS,
  PLACE_STATUSES,
  type PlaceKind,
  type Point,
} from '../../../data/place.ts';
import type { DeskRowAnswer } from '../../../data/place-desk-schema.ts';
import type { DeskPin } from '../../map/desk-map.ts';
import { withQuery } from '../desk.ts';
import { RoomElement, wordsOf } from '../desk-element.ts';
import '../map-pane.ts';
import { button, type Choice, emptyState, failure, icon, skeleton } from '../pieces.ts';
import type { Listed } from '../shapes.ts';
import { filterCount, filterQuery, type PlaceFilters, readFilters } from './filters.ts';
import './bulk-edit.ts';
import './place-editor.ts';
import type { PlaceEditor } from './place-editor.ts';
import './place-table.ts';

const PAGE_ROWS = 100;
const SEARCH_WAIT_MS = 250;
const STALE_DAYS = 30;

interface PlaceList extends Listed<DeskRowAnswer> {
  numberMatched: number;
  counts: { statuses: Record<string, number>; kinds: Record<string, number> };
}

export class Places extends RoomElement {
  static override properties = {
    ...RoomElement.properties,
    _list: { state: true },
    _failure: { state: true },
    _movable: { state: true },
    _isBulk: { state: true },
  };

  declare private _list: PlaceList | null;
  declare private _failure: string | null;
  /** Where the place that is edited stands, moved or not; null when it is not to be moved. */
  declare private _movable: { point: Point; kind: PlaceKind } | null;
  declare private _isBulk: boolean;
  #pins: readonly DeskPin[] = [];
  #asked = '';
  #searchTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this._list = null;
    this._failure = null;
    this._movable = null;
    this._isBulk = false;
  }

  override get unsaved(): string | null {
    return this.#editor?.unsaved ?? null;
  }

  get #editor(): PlaceEditor | null {
    return this.querySelector('yz-desk-place-editor');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('item') && this.item === null) this._movable = null;
    if (changed.has('query') || changed.has('desk')) void this.#load();
  }

  protected override render(): TemplateResult {
    const filters = readFilters(this.query);
    return html`<main id="main" class="desk-room">
      <header class="room-top"><h1 tabindex="-1">点位</h1>${this.#renderSearch(filters)}</header>
      ${this.#renderFilters(filters)}
      <div class="panes places-panes" ?data-open=${this.item !== null}>
        <section class="pane" aria-label="点位表">${this.#renderList(filters)}</section>
        <section class="pane" aria-label="地图">
          <div class="map-stage"><yz-desk-map-pane
            .start=${this.desk.start} .pins=${this.#pins} .selected=${this.item} .movable=${this._movable?.point ?? null} .movableKind=${this._movable?.kind ?? 'station'}
            @place-selected=${(event: CustomEvent<{ id: string }>) => this.#open(event.detail.id)}
            @point-moved=${(event: CustomEvent<{ point: Point }>) => this.#editor?.moveTo(event.detail.point)}
          ></yz-desk-map-pane></div>
        </section>
        ${this.item === null ? nothing : this.#renderEditor(this.item)}
      </div>
      ${
        this._isBulk
          ? html`<yz-desk-bulk-edit
            .desk=${this.desk} .filters=${filters} .count=${this._list?.numberMatched ?? 0}
            @bulk-done=${() => void this.#load(true)} @bulk-left=${() => this.#showBulk(false)}
          ></yz-desk-bulk-edit>`
          : nothing
      }
    </main>`;
  }

  #renderSearch(filters: PlaceFilters): TemplateResult {
    return html`<label class="search push">${icon('search')}<span class="visually-hidden">找点位</span>
      <input type="search" class="search-input" placeholder="名称、地址、短码、拼音" .value=${filters.q}
        @input=${(event: InputEvent) => this.#search((event.target as HTMLInputElement).value)} /></label>`;
  }

  #renderFilters(filters: PlaceFilters): TemplateResult {
    const { start, account } = this.desk;
    const counts = this._list?.counts;
    const count = (number: number | undefined) => (number === undefined ? '' : `（${number}）`);
    const areas: Choice[] = [
      ...(account.areaCode === null ? [] : [{ value: '', label: '我的区域' }]),
      { value: account.areaCode === null ? '' : 'all', label: '全市' },
      ...start.city.districts.map(({ code, name }) => ({ value: code, label: name })),
    ];
    const kinds = [
      { value: '', label: '所有类别' },
      ...PLACE_KINDS.map((kind) => ({ value: kind, label: `${PLACE_KIND_LABELS[kind]}${count(counts?.kinds[kind])}` })),
    ];
    const statuses = [
      { value: '', label: '所有状态' },
      ...PLACE_STATUSES.map((each) => ({
        value: each,
        label: `${PLACE_STATUS_LABELS[each]}${count(counts?.statuses[each])}`,
      })),
    ];
    const isStale = filters.unverifiedDays !== null;
    return html`<div class="room-bar" role="search" aria-label="筛选点位">
      ${this.#select('区域', filters.area ?? '', areas, (area) => this.#filter({ area: area || null }))}
      ${this.#select('类别', filters.kinds[0] ?? '', kinds, (kind) => this.#filter({ kinds: PLACE_KINDS.filter((each) => each === kind) }))}
      ${this.#select('状态', filters.statuses[0] ?? '', statuses, (status) => this.#filter({ statuses: PLACE_STATUSES.filter((each) => each === status) }))}
      ${this.#toggle(`${STALE_DAYS} 天没核实`, isStale, () => this.#filter({ unverifiedDays: isStale ? null : STALE_DAYS }))}
      ${this.#toggle('时间未知', filters.hoursUnknown, () => this.#filter({ hoursUnknown: !filters.hoursUnknown }))}
      ${this.#toggle('有反映没办', filters.reported, () => this.#filter({ reported: !filters.reported }))}
      ${this.#toggle('不看演示', filters.demo === false, () => this.#filter({ demo: filters.demo === false ? null : false }))}
      <span class="push muted" role="status">${this._list ? `${this._list.numberMatched} 个` : ''}</span>
      ${account.role === 'grid-worker' ? nothing : html`${button({ label: '批量修改…', onPress: () => this.#showBulk(true) })}<a class="button" href="/desk/places/new">${icon('plus')}新点位</a>`}
    </div>`;
  }

  #select(label: string, value: string, choices: readonly Choice[], choose: (value: string) => void): TemplateResult {
    return html`<select class="desk-chip input" aria-label=${label} aria-current=${value === '' ? 'false' : 'true'} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${choices.map((each) => html`<option value=${each.value} .selected=${each.value === value}>${each.label}</option>`)}
    </select>`;
  }

  #toggle(label: string, isOn: boolean, press: () => void): TemplateResult {
    return html`<button type="button" class="desk-chip" aria-pressed=${String(isOn)} @click=${press}>${label}</button>`;
  }

  #renderList(filters: PlaceFilters): TemplateResult {
    if (this._failure !== null) return failure(this._failure, () => void this.#load(true));
    const list = this._list;
    if (!list) return skeleton(12);
    if (list.items.length === 0) {
      return filterCount(filters) === 0
        ? emptyState('还没有点位', '点右上角“新点位”录入第一个。')
        : emptyState('没有符合的点位', html`<a href="/desk/places">去掉所有筛选</a>，或换个词再找。`);
    }
    const rest = list.numberMatched - list.items.length;
    return html`<div class="scroll" tabindex="-1">
        <yz-desk-place-table
          .desk=${this.desk} .rows=${list.items} .selected=${this.item} .sort=${filters.sort} .query=${this.query}
          .caption=${`点位，共 ${list.numberMatched} 个`}
          @sort-chosen=${(event: CustomEvent<{ sort: DeskSort }>) => this.#filter({ sort: event.detail.sort })}
        ></yz-desk-place-table>
      </div>
      ${rest > 0 ? html`<div class="room-foot">${button({ label: `再看 ${Math.min(rest, PAGE_ROWS)} 个`, onPress: () => void this.#more() })}<span class="push muted small">还有 ${rest} 个</span></div>` : nothing}`;
  }

  #renderEditor(item: string): TemplateResult {
    return html`<section class="pane" aria-label="一个点位">
      <yz-desk-place-editor
        .desk=${this.desk} .placeId=${item === 'new' ? null : item} .backHref=${withQuery('/desk/places', filterQuery(readFilters(this.query)))}
        @point-changed=${this.#onPoint}
        @place-saved=${(event: CustomEvent<{ id: string; isNew: boolean }>) => this.#onSaved(event.detail)}
      ></yz-desk-place-editor>
    </section>`;
  }

  readonly #onPoint = (event: CustomEvent<{ point: Point | null; kind: PlaceKind }>): void => {
    const { point, kind } = event.detail;
    this._movable = point && { point, kind };
  };

  #onSaved({ id, isNew }: { id: string; isNew: boolean }): void {
    if (isNew) this.desk.go(`/desk/places/${id}`, 'replace');
    void this.#load(true);
    this.desk.changed();
  }

  #showBulk(isShown: boolean): void {
    this._isBulk = isShown;
  }

  #open(id: string): void {
    this.desk.go(`/desk/places/${id}${this.query ? `?${this.query}` : ''}`);
  }

  #filter(change: Partial<PlaceFilters>): void {
    const path = this.item === null ? '/desk/places' : `/desk/places/${this.item}`;
    this.desk.go(withQuery(path, filterQuery({ ...readFilters(this.query), ...change })), 'replace');
  }

  #search(q: string): void {
    clearTimeout(this.#searchTimer);
    this.#searchTimer = setTimeout(() => this.#filter({ q }), SEARCH_WAIT_MS);
  }

  async #load(isAnew = false): Promise<void> {
    const asked = JSON.stringify(filterQuery(readFilters(this.query)));
    if (asked === this.#asked && !isAnew) return;
    this.#asked = asked;
    const limit = Math.min(200, Math.max(PAGE_ROWS, this._list?.items.length ?? 0));
    await this.#read({ limit });
  }

  async #more(): Promise<void> {
    if (this._list?.next) await this.#read({ limit: PAGE_ROWS, cursor: this._list.next });
  }

  async #read(page: { limit: number; cursor?: string }): Promise<void> {
    const asked = this.#asked;
    this._failure = null;
    try {
      const list = await this.desk.get<PlaceList>('/api/desk/places', {
        ...filterQuery(readFilters(this.query)),
        ...page,
      });
      // A slower answer to an earlier question.
      if (asked !== this.#asked) return;
      this._list = page.cursor ? { ...list, items: [...(this._list?.items ?? []), ...list.items] } : list;
      this.#pins = this._list.items.map(pinOf);
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }
}

function pinOf({ id, point, kind, status, brokenServices, positionQuality }: DeskRowAnswer): DeskPin {
  const isClosed = status === 'paused' || status === 'retired' || status === 'rejected';
  return {
    id,
    point,
    look: {
      kind,
      ...(isClosed && { closed: true }),
      ...(brokenServices.length > 0 && { fault: true }),
      ...(positionQuality !== 'surveyed' && { approximate: true }),
    },
  };
}

customElements.define('yz-desk-places', Places);
