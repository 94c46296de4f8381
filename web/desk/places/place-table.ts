// <yz-desk-place-table>: the places that the filters keep, a page at a time. Up and down choose a row, Enter opens it.
// Says `place-chosen` {id} and `sort-chosen` {sort}.

import { html, nothing, type TemplateResult } from 'lit';
import type { DeskSort } from '../../../data/desk-list.ts';
import { daysUnverified } from '../../../data/desk-list.ts';
import { PLACE_KIND_LABELS, PLACE_STATUS_LABELS, type PlaceStatus } from '../../../data/place.ts';
import type { DeskRowAnswer } from '../../../data/place-desk-schema.ts';
import { SERVICE_LABELS } from '../../../data/service.ts';
import type { DeskIconName } from '../../pages/desk-icons.ts';
import type { Desk } from '../desk.ts';
import { DeskElement } from '../desk-element.ts';
import { icon, tag } from '../pieces.ts';
import { agoText, areaText } from '../words.ts';

const COLUMNS: readonly { label: string; sort: DeskSort | null; order: 'ascending' | 'descending' }[] = [
  { label: '名称', sort: 'name', order: 'ascending' },
  { label: '现在', sort: null, order: 'ascending' },
  { label: '核实', sort: 'unverifiedSince', order: 'ascending' },
];

export class PlaceTable extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    rows: { attribute: false },
    selected: { attribute: false },
    sort: { attribute: false },
    caption: { attribute: false },
    query: { attribute: false },
  };

  declare desk: Desk;
  declare rows: readonly DeskRowAnswer[];
  declare selected: string | null;
  declare sort: DeskSort;
  declare caption: string;
  /** Of the room's address: the list stays as it is when a place is opened. */
  declare query: string;

  constructor() {
    super();
    this.rows = [];
    this.selected = null;
    this.sort = 'unverifiedSince';
    this.caption = '';
    this.query = '';
  }

  protected override render(): TemplateResult {
    return html`<table class="table place-table" @keydown=${this.#onKey}>
      <caption class="visually-hidden">${this.caption}</caption>
      <thead><tr>${COLUMNS.map((column) => this.#renderHead(column))}</tr></thead>
      <tbody>${this.rows.map((row) => this.#renderRow(row))}</tbody>
    </table>`;
  }

  #renderHead({ label, sort, order }: (typeof COLUMNS)[number]): TemplateResult {
    if (sort === null) return html`<th scope="col">${label}</th>`;
    const isSorted = this.sort === sort;
    const arrow: DeskIconName = order === 'ascending' ? 'up' : 'down';
    return html`<th scope="col" aria-sort=${isSorted ? order : 'none'}><button type="button" class="sort" @click=${() => this.say('sort-chosen', { sort })}>${label}${isSorted ? icon(arrow) : nothing}</button></th>`;
  }

  #renderRow(row: DeskRowAnswer): TemplateResult {
    const { id, name, kind, district, demo } = row;
    const isSelected = id === this.selected;
    const href = `/desk/places/${id}${this.query ? `?${this.query}` : ''}`;
    const when = { nowMs: this.desk.nowMs, timezone: this.desk.timezone };
    const isStale = daysUnverified(row, when.nowMs) >= 30;
    return html`<tr class=${isSelected ? 'is-here' : ''}>
      <th scope="row">
        <a class="row-link ${isSelected ? 'strong' : ''}" href=${href} aria-current=${isSelected ? 'true' : nothing}>${name}</a> ${demo && !name.includes('演示') ? tag('演示') : nothing}
        <span class="second">${PLACE_KIND_LABELS[kind]} · ${areaText(this.desk.start, district)}</span>
      </th>
      <td class="keep">${nowText(row)}</td>
      <td class="keep ${isStale ? 'tone-warn' : 'muted'}">${agoText(row.confirmedAt, when)}</td>
    </tr>`;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const links = [...this.querySelectorAll<HTMLAnchorElement>('tbody a')];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (at < 0) return;
    event.preventDefault();
    links[at + step]?.focus();
  };
}

const STATUS_TONES: Readonly<Record<PlaceStatus, string>> = {
  active: '',
  pending: 'tone-warn',
  paused: 'muted',
  disputed: 'tone-warn',
  retired: 'muted',
  rejected: 'muted',
};

/** What matters most of a row, in words: its status, else what is missing or broken. */
function nowText({ status, brokenServices, hoursOsm, openReports }: DeskRowAnswer): TemplateResult {
  const more = openReports > 0 ? html`<span class="second">${openReports} 条反映没办</span>` : nothing;
  if (status !== 'active')
    return html`<span class=${STATUS_TONES[status]}>${PLACE_STATUS_LABELS[status]}</span>${more}`;
  if (brokenServices.length > 0) {
    return html`<span class="tone-bad">${brokenServices.map((code) => SERVICE_LABELS[code]).join('、')}故障</span>${more}`;
  }
  return html`<span class=${hoursOsm === null ? 'tone-warn' : 'tone-ok'}>${hoursOsm === null ? '时间未知' : '在用'}</span>${more}`;
}

customElements.define('yz-desk-place-table', PlaceTable);
