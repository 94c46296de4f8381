// <yz-desk-reviews>: the room 待审. One after the other, by keyboard or mouse: what was said, what speaks for it, and a
// decision that can be taken back for ten seconds. The next one comes at once.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { REVIEW_KIND_LABELS, REVIEW_KINDS, type ReviewChoice, type ReviewDecision } from '../../../data/review.ts';
import type { ReviewReason } from '../../../data/review-reasons.ts';
import type { ReviewChanges, ReviewDetail, ReviewItem } from '../../../data/review-schema.ts';
import { ProblemError } from '../asking.ts';
import { RoomElement, wordsOf } from '../desk-element.ts';
import '../map-pane.ts';
import { button, emptyState, type FormErrors, failure, NO_ERRORS, note, skeleton } from '../pieces.ts';
import type { Listed } from '../shapes.ts';
import { shortcutOf } from '../shortcuts.ts';
import './amend-form.ts';
import './reason-form.ts';
import type { ReasonForm } from './reason-form.ts';
import { differences, duplicates, evidence, head, pinsOf, queueItem } from './review-parts.ts';
import './undo-bar.ts';

const KEYS: Readonly<Record<ReviewDecision, string>> = {
  approve: 'A',
  'confirm-open': 'A',
  amend: 'E',
  return: 'R',
  pause: 'P',
  retire: 'X',
};

interface Undo {
  id: number;
  text: string;
  untilMs: number;
}

export class Reviews extends RoomElement {
  static override properties = {
    ...RoomElement.properties,
    _queue: { state: true },
    _next: { state: true },
    _review: { state: true },
    _reasons: { state: true },
    _asking: { state: true },
    _undo: { state: true },
    _said: { state: true },
    _failure: { state: true },
    _errors: { state: true },
    _isBusy: { state: true },
  };

  declare private _queue: readonly ReviewItem[] | null;
  declare private _next: string | null;
  declare private _review: ReviewDetail | null;
  declare private _reasons: readonly ReviewReason[];
  /** The decision that still needs its reason or its changes. */
  declare private _asking: ReviewDecision | null;
  declare private _undo: Undo | null;
  declare private _said: string | null;
  declare private _failure: string | null;
  declare private _errors: FormErrors;
  declare private _isBusy: boolean;
  #hasAsked = false;

  constructor() {
    super();
    this._queue = null;
    this._next = null;
    this._review = null;
    this._reasons = [];
    this._asking = null;
    this._undo = null;
    this._said = null;
    this._failure = null;
    this._errors = NO_ERRORS;
    this._isBusy = false;
  }

  override get unsaved(): string | null {
    return this._asking === 'amend' ? '改到一半，还没通过。要离开吗？' : null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#onKey);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('query') || !this.#hasAsked) void this.#load();
    else if (changed.has('item')) void this.#read();
  }

  protected override render(): TemplateResult {
    return html`<main id="main" class="desk-room">
      <header class="room-top"><h1 tabindex="-1">待审</h1>
        <span class="push muted small"><kbd>J</kbd> 下一件 <kbd>K</kbd> 上一件</span></header>
      <div class="panes review-panes">
        <section class="pane" aria-label="待审的事">${this.#renderQueue()}</section>
        <section class="pane" aria-labelledby="review-title">${this.#renderReview()}</section>
        <section class="pane" aria-label="附近">${this.#renderSide()}</section>
      </div>
    </main>`;
  }

  #renderQueue(): TemplateResult {
    const kind = new URLSearchParams(this.query).get('kind') ?? '';
    const open = this._queue?.filter(({ state }) => state === 'open').length ?? 0;
    return html`<div class="room-bar"><strong>${this._queue ? `${open}${this._next ? '+' : ''} 件` : ''}</strong>
        <select class="desk-chip input" aria-label="种类" @change=${(event: Event) => this.#filter((event.target as HTMLSelectElement).value)}>
          <option value="" .selected=${kind === ''}>全部种类</option>
          ${REVIEW_KINDS.map((each) => html`<option value=${each} .selected=${each === kind}>${REVIEW_KIND_LABELS[each]}</option>`)}
        </select><span class="push muted">急的在前</span></div>
      <div class="scroll" tabindex="-1">${
        this._queue === null
          ? this._failure === null
            ? skeleton(8)
            : failure(this._failure, () => void this.#load())
          : html`<ol class="queue">${this._queue.map((item) => queueItem(this.desk, item, String(item.id) === this.item))}</ol>
            ${this._next === null ? nothing : html`<div class="block">${button({ label: '再看一页', onPress: () => void this.#more() })}</div>`}`
      }</div>`;
  }

  #renderReview(): TemplateResult {
    const review = this._review;
    if (this._queue !== null && this.item === null) {
      return html`${this.#renderMessages()}<h2 id="review-title" class="visually-hidden">待审</h2>${emptyState('都审完了', html`骑手的建议、反映和存疑的点位会排到这里。现在可以去 <a href="/desk/places?unverifiedDays=30">看看久没核实的点位</a>。`)}`;
    }
    if (!review) return this._failure === null ? skeleton(8) : failure(this._failure, () => void this.#read());
    return html`<div class="scroll" tabindex="-1">
        ${this.#renderMessages()} ${head(this.desk, review)}
        ${
          this._asking === 'amend'
            ? html`<yz-desk-amend-form .desk=${this.desk} .review=${review} .errors=${this._errors} .isBusy=${this._isBusy}
              @amended=${(event: CustomEvent<{ changes: ReviewChanges }>) => void this.#decide('amend', { changes: event.detail.changes })}
              @amend-left=${() => this.#ask(null)}></yz-desk-amend-form>`
            : html`${differences(review)} ${review.hoursNeedRewriting ? html`<div class="block">${note('开放时间写得随意，要改成能用的写法才能通过：用“改后通过”', 'warn')}</div>` : nothing} ${evidence(this.desk, review, (number) => void this.#reveal(number))}`
        }
      </div>
      ${this.#renderActs(review)}`;
  }

  #renderMessages(): TemplateResult {
    return html`${this._said === null ? nothing : html`<div class="block">${note(this._said, 'warn')}</div>`}
      ${
        this._undo === null
          ? nothing
          : html`<yz-desk-undo-bar .text=${this._undo.text} .untilMs=${this._undo.untilMs} .nowMs=${() => this.desk.nowMs}
        @undo-wanted=${() => void this.#takeBack()} @undo-over=${() => {
          this._undo = null;
        }}></yz-desk-undo-bar>`
      }`;
  }

  #renderActs({ choices, outcome }: ReviewDetail): TemplateResult {
    if (choices.length === 0) {
      return html`<footer class="room-foot"><span class="muted">${outcome ? `${outcome.by?.name ?? '系统'}：${outcome.label}${outcome.reason ? `，${outcome.reason}` : ''}` : ''}</span></footer>`;
    }
    if (this._asking === 'amend') return html``;
    return html`<footer class="room-foot">
      ${choices.map((choice, at) =>
        button({
          label: choice.needsReason ? `${choice.label}…` : choice.label,
          key: KEYS[choice.decision],
          kind: at === 0 ? 'main' : 'plain',
          isBusy: this._isBusy,
          pressed: choice.needsReason ? this._asking === choice.decision : undefined,
          onPress: () => this.#choose(choice),
        } as Parameters<typeof button>[0]),
      )}
      <span class="push muted small">处理完自动到下一件</span>
    </footer>`;
  }

  #renderSide(): TemplateResult {
    const review = this._review;
    if (!review) return html``;
    const choice = review.choices.find(({ decision }) => decision === this._asking && decision !== 'amend');
    return html`<div class="scroll" tabindex="-1">
      ${
        choice
          ? html`<yz-desk-reason-form
            .desk=${this.desk} .choice=${choice} .errors=${this._errors} .isBusy=${this._isBusy}
            .reasons=${this._reasons.filter((each) => each.kind === review.kind && each.decision === choice.decision)}
            @reason-given=${(event: CustomEvent<{ reason: string; until?: string }>) => void this.#decide(choice.decision, event.detail)}
            @reason-left=${() => this.#ask(null)}
          ></yz-desk-reason-form>`
          : nothing
      }
      <div class="map-stage small-map"><yz-desk-map-pane .start=${this.desk.start} .pins=${pinsOf(review)} .isFollowing=${true}></yz-desk-map-pane></div>
      ${duplicates(review)}
    </div>`;
  }

  #choose(choice: ReviewChoice): void {
    if (choice.takesChanges || choice.needsReason) this.#ask(choice.decision);
    else void this.#decide(choice.decision, {});
  }

  #ask(decision: ReviewDecision | null): void {
    this._asking = decision;
    this._errors = NO_ERRORS;
  }

  async #decide(
    decision: ReviewDecision,
    more: { reason?: string; changes?: ReviewChanges; until?: string },
  ): Promise<void> {
    const review = this._review;
    if (!review || this._isBusy) return;
    this._isBusy = true;
    this._said = null;
    this._errors = NO_ERRORS;
    try {
      const { id, version, title } = review;
      const after = await this.desk.post<ReviewDetail>(`/api/reviews/${id}/decision`, { decision, version, ...more });
      const { outcome } = after;
      const untilMs = outcome?.undoUntil ? Date.parse(outcome.undoUntil) : 0;
      this._undo = untilMs > this.desk.nowMs ? { id, untilMs, text: `${title}：${outcome?.label ?? ''}` } : null;
      this.#replace(after);
      this.#ask(null);
      this.desk.changed();
      this.#goNext(id);
    } catch (error) {
      this.#refused(error, review);
    } finally {
      this._isBusy = false;
    }
  }

  /** Somebody else was quicker: who and when stays to be read, and the next one comes. */
  #refused(error: unknown, review: ReviewDetail): void {
    if (error instanceof ProblemError && error.code === 'version-conflict') {
      this._said = `${review.title}：${error.message}`;
      this.#ask(null);
      this.desk.changed();
      void this.#load();
      return;
    }
    const general = wordsOf(error) ?? undefined;
    if (this._asking === null) {
      this._said = general ?? null;
      return;
    }
    const errors = error instanceof ProblemError ? error.errors : [];
    const fields = Object.fromEntries(
      errors.map(({ field, message }) => [`f-${field.replace(/^changes\./, '').replaceAll('.', '-')}`, message]),
    );
    this._errors = errors.length > 0 ? { fields } : { general, fields: {} };
  }

  async #takeBack(): Promise<void> {
    const undo = this._undo;
    if (!undo) return;
    this._undo = null;
    try {
      const review = await this.desk.post<ReviewDetail>(`/api/reviews/${undo.id}/undo`, {});
      this.#replace(review);
      this.desk.changed();
      this.desk.go(`/desk/reviews/${undo.id}${this.#search}`, 'replace');
    } catch (error) {
      this._said = wordsOf(error);
    }
  }

  #replace(item: ReviewItem): void {
    this._queue = this._queue?.map((each) => (each.id === item.id ? item : each)) ?? null;
  }

  /** The next one that is open, after this one or from the beginning. */
  #goNext(id: number): void {
    const queue = this._queue ?? [];
    const at = queue.findIndex((each) => each.id === id);
    const next = [...queue.slice(at + 1), ...queue.slice(0, at)].find(({ state }) => state === 'open');
    if (!next && this._next) void this.#more().then(() => this.#goNext(id));
    else this.desk.go(next ? `/desk/reviews/${next.id}${this.#search}` : `/desk/reviews${this.#search}`, 'replace');
  }

  #step(by: 1 | -1): void {
    const queue = this._queue ?? [];
    const at = queue.findIndex((each) => String(each.id) === this.item);
    const next = queue[at + by];
    if (next) this.desk.go(`/desk/reviews/${next.id}${this.#search}`, 'replace');
  }

  get #search(): string {
    return this.query ? `?${this.query}` : '';
  }

  #filter(kind: string): void {
    this.desk.go(kind === '' ? '/desk/reviews' : `/desk/reviews?kind=${kind}`, 'replace');
  }

  async #load(): Promise<void> {
    this._failure = null;
    this.#hasAsked = true;
    try {
      const kind = new URLSearchParams(this.query).get('kind');
      const [{ items, next }, reasons] = await Promise.all([
        this.desk.get<Listed<ReviewItem>>('/api/reviews', { kind }),
        this._reasons.length > 0
          ? this._reasons
          : this.desk.get<Listed<ReviewReason>>('/api/review-reasons').then((all) => all.items),
      ]);
      this._queue = items;
      this._next = next;
      this._reasons = reasons;
      const isListed = items.some(({ id }) => String(id) === this.item);
      const [first] = items;
      if (this.item !== null && (isListed || !first)) await this.#read();
      else if (first) this.desk.go(`/desk/reviews/${first.id}${this.#search}`, 'replace');
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }

  async #more(): Promise<void> {
    try {
      const kind = new URLSearchParams(this.query).get('kind');
      const { items, next } = await this.desk.get<Listed<ReviewItem>>('/api/reviews', { kind, cursor: this._next });
      this._queue = [...(this._queue ?? []), ...items];
      this._next = next;
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }

  async #read(): Promise<void> {
    const wanted = this.item;
    this._asking = null;
    this._failure = null;
    if (wanted === null) {
      this._review = null;
      return;
    }
    try {
      const review = await this.desk.get<ReviewDetail>(`/api/reviews/${wanted}`);
      if (wanted === this.item) this._review = review;
    } catch (error) {
      this._review = null;
      this._failure = wordsOf(error);
    }
  }

  async #reveal(number: string): Promise<void> {
    const review = this._review;
    if (!review) return;
    try {
      const { text } = await this.desk.post<{ text: string }>(`/api/reviews/${review.id}/note-reveals`, { number });
      const notes = review.notes.map((each) => (each.number === number ? { ...each, text, isMasked: false } : each));
      this._review = { ...review, notes };
    } catch (error) {
      this._said = wordsOf(error);
    }
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const key = shortcutOf(event);
    if (key === null) {
      if (event.key === 'Escape' && this._asking) this.#ask(null);
      return;
    }
    const choice = this._review?.choices.find(({ decision }) => KEYS[decision].toLowerCase() === key);
    const form = this.querySelector<ReasonForm>('yz-desk-reason-form');
    if (key === 'z' && this._undo) void this.#takeBack();
    else if (key === 'j' || key === 'arrowdown') this.#step(1);
    else if (key === 'k' || key === 'arrowup') this.#step(-1);
    else if (key === 'escape' && this._asking) this.#ask(null);
    else if (form?.choose(Number(key))) event.preventDefault();
    else if (choice && this._asking === null) this.#choose(choice);
    else return;
    event.preventDefault();
  };
}

customElements.define('yz-desk-reviews', Reviews);
