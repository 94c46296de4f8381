// <yz-desk-hours-editor>: opening hours by preset and by day, or as text where they are more involved; read back in words,
// with what they mean now. Says `hours-changed` {osm}.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import {
  ALL_DAY,
  type DayRange,
  type HoursPlan,
  readPlan,
  readTime,
  WEEKDAY_LABELS,
  writePlan,
} from '../../../data/hours-plan.ts';
import type { HoursReading } from '../../../data/hours-reading-schema.ts';
import { weekdayWords } from '../../../data/hours-words.ts';
import type { Desk } from '../desk.ts';
import { DeskElement, wordsOf } from '../desk-element.ts';
import { button, icon, textField } from '../pieces.ts';

type Way = 'unknown' | 'daily' | 'workdays' | 'all-day' | 'by-day' | 'text';
const WAYS: readonly { way: Way; label: string }[] = [
  { way: 'daily', label: '每天一样' },
  { way: 'workdays', label: '工作日' },
  { way: 'all-day', label: '全天' },
  { way: 'by-day', label: '每天不同' },
  { way: 'text', label: '写法' },
  { way: 'unknown', label: '不知道' },
];
const USUAL: DayRange = ['08:30', '17:00'];
const READ_WAIT_MS = 300;

export class HoursEditor extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    value: { attribute: false },
    error: { attribute: false },
    _way: { state: true },
    _reading: { state: true },
    _refusal: { state: true },
  };

  declare desk: Desk;
  /** OSM's syntax; null is not known. */
  declare value: string | null;
  declare error: string | undefined;
  declare private _way: Way;
  declare private _reading: HoursReading | null;
  declare private _refusal: string | null;
  #said: string | null | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.value = null;
    this._way = 'unknown';
    this._reading = null;
    this._refusal = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('value') || this.value === this.#said) return;
    // Another place, or another version of it: the form follows what is stored.
    this.#said = this.value;
    this._way = wayOf(this.value);
    this.#readBack(this.value);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render(): TemplateResult {
    return html`<div class="segments wrap" role="group" aria-label="开放时间怎么填" id="f-hoursOsm" tabindex="-1">
        ${WAYS.map(({ way, label }) => button({ label, pressed: this._way === way, onPress: () => this.#choose(way) }))}
      </div>
      ${this.error === undefined ? nothing : html`<p class="field-error">${this.error}</p>`}
      ${this.#renderForm()}
      ${this.#renderReading()}`;
  }

  #renderForm(): TemplateResult | typeof nothing {
    if (this._way === 'unknown') return html`<p class="field-hint">骑手会看到“时间未知”，不会当成开着。</p>`;
    if (this._way === 'all-day') return nothing;
    if (this._way === 'text') {
      return textField({
        id: 'hours-text',
        label: '写法',
        value: this.value ?? '',
        maxlength: 255,
        hint: '星期 Mo Tu We Th Fr Sa Su，节假日 PH；例如 Mo-Fr 08:30-12:00,13:00-17:00; PH off',
        ...(this._refusal !== null && { error: this._refusal }),
        onInput: (text) => this.#give(text.trim() || null),
      });
    }
    const plan = this.#plan;
    const groups =
      this._way === 'daily'
        ? [{ label: '每天', days: [0, 1, 2, 3, 4, 5, 6] }]
        : this._way === 'workdays'
          ? [
              { label: '周一至周五', days: [0, 1, 2, 3, 4] },
              { label: '周六、周日', days: [5, 6] },
            ]
          : WEEKDAY_LABELS.map((label, day) => ({ label: label as string, days: [day] }));
    return html`<div class="hours-days">
      ${groups.map(({ label, days }) => this.#renderDays(label, plan.days[days[0] ?? 0] ?? [], (ranges) => this.#setDays(days, ranges)))}
      <div class="hours-row"><span class="hours-day">节假日</span>
        <select class="input" aria-label="法定节假日" @change=${(event: Event) => this.#setHolidays((event.target as HTMLSelectElement).value)}>
          <option value="usual" .selected=${plan.holidays === 'usual'}>和平日一样</option>
          <option value="closed" .selected=${plan.holidays !== 'usual' && plan.holidays.length === 0}>休息</option>
          ${plan.holidays !== 'usual' && plan.holidays.length > 0 ? html`<option value="own" selected>另外写的时间</option>` : nothing}
        </select>
        <span class="field-hint">调休上班照常</span>
      </div>
    </div>`;
  }

  #renderDays(label: string, ranges: readonly DayRange[], set: (ranges: readonly DayRange[]) => void): TemplateResult {
    const change = (at: number, side: 0 | 1, time: string) =>
      set(ranges.map((range, i): DayRange => (i !== at ? range : side === 0 ? [time, range[1]] : [range[0], time])));
    return html`<div class="hours-row"><span class="hours-day">${label}</span>
      <div class="hours-ranges">
        ${ranges.length === 0 ? html`<span class="muted">休息</span>` : nothing}
        ${ranges.map(
          (range, at) => html`<span class="line">
            ${timeInput(`${label}开门`, range[0], (time) => change(at, 0, time))} 至 ${timeInput(`${label}关门`, range[1], (time) => change(at, 1, time))}
            <button type="button" class="button button-quiet" aria-label=${`去掉${label} ${range[0]} 至 ${range[1]}`} @click=${() => set(ranges.filter((_, i) => i !== at))}>${icon('close')}</button>
          </span>`,
        )}
      </div>
      <button type="button" class="button button-quiet" aria-label=${`${label}加一段时间`} @click=${() => set([...ranges, ranges.length === 0 ? USUAL : ['18:00', '20:00']])}>${icon('plus')}</button>
    </div>`;
  }

  #renderReading(): TemplateResult | typeof nothing {
    const reading = this._reading;
    if (!reading || this.value === null) return nothing;
    const { words, advice, now, opensAt, week } = reading;
    return html`<div class="hours-reading" role="status">
      <p class="strong">${words}</p>
      ${this._way === 'text' ? html`<dl class="facts">${week.map((row) => html`<dt>${weekdayWords(row.weekday)}</dt><dd>${rangesText(row.ranges)}</dd>`)}</dl>` : nothing}
      <p>${now.text}${now.detail === null ? '' : `（${now.detail}）`}${opensAt === null ? '' : `，下次 ${opensAt} 开门`}</p>
      ${advice === null ? nothing : html`<p class="tone-warn">${advice}</p>`}
    </div>`;
  }

  get #plan(): HoursPlan {
    const plan = this.value === null ? null : readPlan(this.value);
    return plan ?? { days: WEEKDAY_LABELS.map(() => []), holidays: 'usual' };
  }

  #choose(way: Way): void {
    this._way = way;
    const { days, holidays } = this.#plan;
    const usual = days.find((ranges) => ranges.length > 0 && ranges[0] !== ALL_DAY && ranges[0]?.[1] !== '24:00') ?? [
      USUAL,
    ];
    if (way === 'unknown') this.#give(null);
    if (way === 'all-day') this.#give('24/7');
    if (way === 'daily') this.#givePlan({ days: days.map(() => usual), holidays });
    if (way === 'workdays') {
      this.#givePlan({
        days: days.map((_, day) => (day < 5 ? usual : [])),
        holidays: holidays === 'usual' ? [] : holidays,
      });
    }
    if (way === 'by-day' && days.every((ranges) => ranges.length === 0)) {
      this.#givePlan({ days: days.map(() => usual), holidays });
    }
  }

  #setDays(chosen: readonly number[], ranges: readonly DayRange[]): void {
    const { days, holidays } = this.#plan;
    this.#givePlan({ days: days.map((own, day) => (chosen.includes(day) ? ranges : own)), holidays });
  }

  #setHolidays(choice: string): void {
    if (choice !== 'own') this.#givePlan({ ...this.#plan, holidays: choice === 'usual' ? 'usual' : [] });
  }

  #givePlan(plan: HoursPlan): void {
    this.#give(writePlan(plan));
  }

  #give(osm: string | null): void {
    this.value = osm;
    this.#said = osm;
    this.say('hours-changed', { osm });
    this.#readBack(osm);
  }

  #readBack(osm: string | null): void {
    clearTimeout(this.#timer);
    this._refusal = null;
    if (osm === null) {
      this._reading = null;
      return;
    }
    this.#timer = setTimeout(() => void this.#read(osm), READ_WAIT_MS);
  }

  async #read(osm: string): Promise<void> {
    try {
      const reading = await this.desk.get<HoursReading>('/api/desk/hours-reading', { osm });
      if (osm === this.value) this._reading = reading;
    } catch (error) {
      this._reading = null;
      this._refusal = wordsOf(error)?.replace(/^osm：/, '') ?? null;
      if (this._refusal !== null) this._way = 'text';
    }
  }
}

/** The simplest way in which hours can be edited. */
function wayOf(osm: string | null): Way {
  if (osm === null) return 'unknown';
  const plan = readPlan(osm);
  if (!plan) return 'text';
  if (osm === '24/7') return 'all-day';
  const texts = plan.days.map((ranges) => JSON.stringify(ranges));
  if (new Set(texts).size === 1) return 'daily';
  const isWorkdays = new Set(texts.slice(0, 5)).size === 1 && texts[5] === texts[6];
  return isWorkdays ? 'workdays' : 'by-day';
}

/** 8:30, 830, 8点30, 24:00; the browser's own time field knows no 24:00, and follows the computer's language. */
function timeInput(label: string, value: string, give: (time: string) => void): TemplateResult {
  return html`<input
    class="input time" aria-label=${label} inputmode="numeric" maxlength="6" autocomplete="off" .value=${live(value.replace(/^0(?=\d)/, ''))}
    @change=${(event: Event) => {
      const input = event.target as HTMLInputElement;
      const time = readTime(input.value);
      if (time === null) input.value = value.replace(/^0(?=\d)/, '');
      else give(time);
    }}
  />`;
}

function rangesText(ranges: HoursReading['week'][number]['ranges']): string {
  if (ranges === 'closed') return '休息';
  if (ranges === 'all-day') return '全天';
  if (ranges === 'unknown') return '不确定';
  return ranges.map(([start, end]) => `${start}–${end}`).join('、');
}

customElements.define('yz-desk-hours-editor', HoursEditor);
