// <yz-desk-today>: the home. What waits, mine first, in one table; beside it what can be done at once, and a round on foot.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { TOTP_ROLES } from '../../../data/account.ts';
import { PLACE_KIND_LABELS, PLACE_STATUS_LABELS } from '../../../data/place.ts';
import type { DeskPlaceAnswer, DeskRowAnswer, TodayAnswer } from '../../../data/place-desk-schema.ts';
import type { ReviewItem } from '../../../data/review-schema.ts';
import type { DeskPin } from '../../map/desk-map.ts';
import { distanceWords } from '../../pages/words.ts';
import { RoomElement, wordsOf } from '../desk-element.ts';
import '../map-pane.ts';
import { emptyState, failure, icon, skeleton } from '../pieces.ts';
import '../quick-acts.ts';
import { REVIEW_ICONS } from '../reviews/review-parts.ts';
import type { Listed } from '../shapes.ts';
import { agoText, areaText, momentText, sinceText } from '../words.ts';

const REVIEWS_SHOWN = 5;

interface ReviewList extends Listed<ReviewItem> {
  counts: Partial<Record<ReviewItem['kind'], number>>;
}

export class Today extends RoomElement {
  static override properties = {
    ...RoomElement.properties,
    _today: { state: true },
    _reviews: { state: true },
    _waiting: { state: true },
    _chosen: { state: true },
    _place: { state: true },
    _failure: { state: true },
  };

  declare private _today: TodayAnswer | null;
  declare private _reviews: readonly ReviewItem[];
  /** Suggestions and photos in all. */
  declare private _waiting: number;
  declare private _chosen: string | null;
  declare private _place: DeskPlaceAnswer | null;
  declare private _failure: string | null;

  constructor() {
    super();
    this._today = null;
    this._reviews = [];
    this._waiting = 0;
    this._chosen = null;
    this._place = null;
    this._failure = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('desk') || changed.has('query')) void this.#load();
  }

  protected override render(): TemplateResult {
    const { desk } = this;
    return html`<main id="main" class="desk-room">
      <header class="room-top"><h1 tabindex="-1">今日</h1>
        <span class="muted">${areaText(desk.start, desk.account.areaCode)} · ${momentText(new Date(desk.nowMs).toISOString(), desk)}</span></header>
      <div class="panes today-panes">
        <section class="pane" aria-label="等着办的">${this.#renderWork()}</section>
        <section class="pane" aria-label="现在办">${this.#renderSide()}</section>
      </div>
    </main>`;
  }

  #renderWork(): TemplateResult {
    if (this._failure !== null) return failure(this._failure, () => void this.#load());
    const today = this._today;
    if (!today) return skeleton(10);
    const { counts } = today;
    const { isReviewing } = this;
    if (counts.reviews + counts.reported + counts.disputed + counts.unverified === 0) {
      return emptyState('今天没有等着办的', html`可以<a href="/desk/places">看看点位</a>，或到附近走一圈。`);
    }
    return html`<div class="scroll" tabindex="-1"><table class="table">
      <caption class="visually-hidden">等着办的事</caption>
      <thead><tr><th scope="col">事项</th><th scope="col">来源</th><th scope="col">等了多久</th></tr></thead>
      ${this.#reviewRows(this._waiting)}
      ${this.#placeRows('有反映没办', counts.reported, '骑手说有问题', today.reported, isReviewing ? '/desk/reviews?kind=report' : '/desk/places?reported=true', (row) => `${row.openReports} 条反映`)}
      ${this.#placeRows('存疑', counts.disputed, '骑手看得到“存疑”', today.disputed, isReviewing ? '/desk/reviews?kind=dispute' : '/desk/places?statuses=disputed', (row) => row.statusReason ?? PLACE_STATUS_LABELS[row.status])}
      ${this.#placeRows('久没核实', counts.unverified, `超过 ${today.unverifiedDays} 天`, today.unverified, `/desk/places?unverifiedDays=${today.unverifiedDays}`, () => '')}
    </table></div>`;
  }

  #reviewRows(count: number): TemplateResult | typeof nothing {
    if (count === 0) return nothing;
    return html`<tbody>
      <tr class="group"><th scope="rowgroup" colspan="3">待审 ${count}<small>急的在前</small></th></tr>
      ${this._reviews.map(
        (each) => html`<tr>
          <th scope="row"><a class="row-link" href="/desk/reviews/${each.id}">${icon(REVIEW_ICONS[each.kind])}<strong>${each.summary}</strong> ${each.title}</a></th>
          <td>骑手${each.voices > 1 ? `，${each.voices} 人` : ''}</td>
          <td class=${each.isUrgent ? 'tone-bad' : ''}>${each.isUrgent ? '急，' : ''}${sinceText(each.openedAt, this.desk)}</td>
        </tr>`,
      )}
      ${count > this._reviews.length ? html`<tr><td colspan="3"><a href="/desk/reviews">再看 ${count - this._reviews.length} 件待审</a></td></tr>` : nothing}
    </tbody>`;
  }

  #placeRows(
    title: string,
    count: number,
    hint: string,
    rows: readonly DeskRowAnswer[],
    allHref: string,
    why: (row: DeskRowAnswer) => string,
  ): TemplateResult | typeof nothing {
    if (count === 0) return nothing;
    return html`<tbody>
      <tr class="group"><th scope="rowgroup" colspan="3">${title} ${count}<small>${hint}</small></th></tr>
      ${rows.slice(0, 5).map(
        (row) => html`<tr class=${row.id === this._chosen ? 'is-here' : ''}>
          <th scope="row"><button type="button" class="row-link" aria-pressed=${String(row.id === this._chosen)} @click=${() => void this.#choose(row.id)}>${row.name}</button><span class="second">${PLACE_KIND_LABELS[row.kind]} · ${row.address}</span></th>
          <td>${why(row)}</td>
          <td class="keep">${agoText(row.confirmedAt, this.desk)}</td>
        </tr>`,
      )}
      ${count > 5 ? html`<tr><td colspan="3"><a href=${allHref}>再看 ${count - 5} 处</a></td></tr>` : nothing}
    </tbody>`;
  }

  #renderSide(): TemplateResult {
    const today = this._today;
    return html`<div class="scroll" tabindex="-1">
      ${this._place ? this.#renderPlace(this._place) : html`<div class="block muted">点左边一处，在这里直接办。</div>`}
      ${today && today.nearby.length > 0 ? this.#renderRound(today) : nothing}
    </div>`;
  }

  #renderPlace(answer: DeskPlaceAnswer): TemplateResult {
    const { place, contact, may } = answer;
    return html`<section class="block" aria-labelledby="chosen-title">
      <div class="line"><h2 id="chosen-title" tabindex="-1">${place.name}</h2><a class="push" href="/desk/places/${place.id}">打开点位</a></div>
      <p class="muted small">${place.address}${contact ? ` · ${contact.name} ${contact.phone}` : ''}</p>
      ${may.quickActs ? html`<yz-desk-quick-acts .desk=${this.desk} .answer=${answer} @acted=${() => void this.#load()}></yz-desk-quick-acts>` : nothing}
    </section>`;
  }

  #renderRound({ nearby, from }: TodayAnswer): TemplateResult {
    const { city } = this.desk.start;
    const starts = [
      ...city.districts.map(({ code, name }) => ({ id: code, name })),
      ...city.landmarks.map(({ id, name }) => ({ id, name })),
    ];
    const chosen = new URLSearchParams(this.query).get('from') ?? '';
    const pins: DeskPin[] = nearby.map(({ id, point, kind, brokenServices }, at) => ({
      id,
      point,
      look: { kind, number: at + 1, ...(brokenServices.length > 0 && { fault: true }) },
    }));
    return html`<section class="block" aria-labelledby="round-title">
        <h2 id="round-title">顺路核实 ${nearby.length} 处</h2>
        <div class="field"><label for="from">从哪里走起</label><select id="from" class="input" @change=${(event: Event) => this.#startFrom((event.target as HTMLSelectElement).value)}>
          <option value="" .selected=${chosen === ''}>${from.name}</option>
          ${starts.map(({ id, name }) => html`<option value=${id} .selected=${id === chosen}>${name}</option>`)}
        </select></div>
        <p class="field-hint">按走路的顺序排，距离是直线。</p>
      </section>
      <div class="map-stage small-map"><yz-desk-map-pane .start=${this.desk.start} .pins=${pins} .isFollowing=${true}
        @place-selected=${(event: CustomEvent<{ id: string }>) => void this.#choose(event.detail.id)}></yz-desk-map-pane></div>
      <ol class="plain-list block">${nearby.map(
        (row, at) =>
          html`<li class="line"><strong>${at + 1}</strong><button type="button" class="row-link" @click=${() => void this.#choose(row.id)}>${row.name}</button><span class="push keep muted">${row.distanceMetres === null ? '' : distanceWords(row.distanceMetres)}</span></li>`,
      )}</ol>`;
  }

  #startFrom(from: string): void {
    this.desk.go(from === '' ? '/desk' : `/desk?from=${from}`, 'replace');
  }

  async #choose(id: string): Promise<void> {
    this._chosen = id;
    try {
      const place = await this.desk.get<DeskPlaceAnswer>(`/api/desk/places/${id}`);
      if (id === this._chosen) this._place = place;
      void this.focusOn('#chosen-title');
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }

  private get isReviewing(): boolean {
    return TOTP_ROLES.includes(this.desk.account.role);
  }

  async #load(): Promise<void> {
    this._failure = null;
    try {
      const from = new URLSearchParams(this.query).get('from');
      this._today = await this.desk.get<TodayAnswer>('/api/desk/today', { from });
      if (this.isReviewing && this._today.counts.reviews > 0) {
        // What is about a place that is listed below is not listed twice.
        const query = { kind: 'suggestion,photo', limit: REVIEWS_SHOWN };
        const { items, counts } = await this.desk.get<ReviewList>('/api/reviews', query);
        this._reviews = items;
        this._waiting = (counts.suggestion ?? 0) + (counts.photo ?? 0);
      }
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }
}

customElements.define('yz-desk-today', Today);
