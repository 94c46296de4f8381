// <yz-desk-bulk-edit>: one change to many places: all that the filters keep. First what would happen, then all or none. Says
// `bulk-done` or `bulk-left`.

import { html, nothing, type TemplateResult } from 'lit';
import type { BulkEditAnswer } from '../../../data/bulk-edit-schema.ts';
import {
  ACCESS_LABELS,
  ACCESS_WAYS,
  HOST_LABELS,
  HOSTS,
  PLACE_STATUS_LABELS,
  type PlaceStatus,
} from '../../../data/place.ts';
import { SERVICE_CODES, SERVICE_LABELS } from '../../../data/service.ts';
import type { Desk } from '../desk.ts';
import { DeskElement, wordsOf } from '../desk-element.ts';
import { button, type Choice, choiceField, note, textField } from '../pieces.ts';
import { momentText } from '../words.ts';
import type { PlaceFilters } from './filters.ts';
import './hours-editor.ts';
import { fieldText } from './place-words.ts';

const KINDS_OF_CHANGE = [
  { value: 'status', label: '状态' },
  { value: 'hoursOsm', label: '开放时间' },
  { value: 'access', label: '进门方式' },
  { value: 'host', label: '依托单位' },
  { value: 'addServices', label: '加一项设施' },
  { value: 'removeServices', label: '去掉一项设施' },
] as const;
type ChangeKind = (typeof KINDS_OF_CHANGE)[number]['value'];

const STATUSES: readonly PlaceStatus[] = ['active', 'paused', 'retired'];
const CHOICES: Readonly<Record<Exclude<ChangeKind, 'hoursOsm'>, readonly Choice[]>> = {
  status: STATUSES.map((value) => ({ value, label: PLACE_STATUS_LABELS[value] })),
  access: ACCESS_WAYS.map((value) => ({ value, label: ACCESS_LABELS[value] })),
  host: HOSTS.map((value) => ({ value, label: HOST_LABELS[value] })),
  addServices: SERVICE_CODES.map((value) => ({ value, label: SERVICE_LABELS[value] })),
  removeServices: SERVICE_CODES.map((value) => ({ value, label: SERVICE_LABELS[value] })),
};

export class BulkEdit extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    filters: { attribute: false },
    count: { attribute: false },
    _kind: { state: true },
    _value: { state: true },
    _reason: { state: true },
    _preview: { state: true },
    _failure: { state: true },
    _done: { state: true },
    _isBusy: { state: true },
  };

  declare desk: Desk;
  declare filters: PlaceFilters;
  declare count: number;
  declare private _kind: ChangeKind;
  declare private _value: string | null;
  declare private _reason: string;
  declare private _preview: BulkEditAnswer | null;
  declare private _failure: string | null;
  declare private _done: string | null;
  declare private _isBusy: boolean;

  constructor() {
    super();
    this._kind = 'status';
    this._value = 'paused';
    this._reason = '';
    this._preview = null;
    this._failure = null;
    this._done = null;
    this._isBusy = false;
  }

  protected override render(): TemplateResult {
    return html`<dialog class="dialog wide" aria-labelledby="bulk-title" @close=${() => this.say('bulk-left')}>
      <h2 id="bulk-title">批量修改 ${this.count} 个点位</h2>
      <p class="muted">就是现在筛选出来的这些里、归你管的。先看会怎样，再执行；要么全部改好，要么一个也不改。</p>
      ${note(this._failure, 'bad')} ${note(this._done, 'ok')}
      ${this._done === null ? this.#renderForm() : html`<div class="dialog-acts">${button({ label: '关上', kind: 'main', onPress: () => this.#close() })}</div>`}
    </dialog>`;
  }

  #renderForm(): TemplateResult {
    const kind = this._kind;
    const needsReason = kind === 'status' && this._value !== 'active';
    return html`<form novalidate @submit=${this.#onPreview}>
        <div class="fields-row">
          ${choiceField({ id: 'bulk-kind', label: '改什么', value: kind, choices: KINDS_OF_CHANGE, onChange: (value) => this.#choose(value as ChangeKind) })}
          ${kind === 'hoursOsm' ? nothing : choiceField({ id: 'bulk-value', label: '改成', value: this._value ?? '', choices: CHOICES[kind], onChange: (value) => this.#give(value) })}
        </div>
        ${kind === 'hoursOsm' ? html`<yz-desk-hours-editor .desk=${this.desk} .value=${this._value} @hours-changed=${(event: CustomEvent<{ osm: string | null }>) => this.#give(event.detail.osm)}></yz-desk-hours-editor>` : nothing}
        ${needsReason ? textField({ id: 'bulk-reason', label: '原因（骑手看得到）', value: this._reason, maxlength: 200, onInput: (text) => this.#because(text) }) : nothing}
        <div class="dialog-acts">${button({ label: '看会怎样', kind: this._preview ? 'plain' : 'main', isBusy: this._isBusy })}${button({ label: '取消', onPress: () => this.#close() })}</div>
      </form>
      ${this._preview ? this.#renderPreview(this._preview) : nothing}`;
  }

  #renderPreview({ changing, unchanged, refused, refusedCount, sample }: BulkEditAnswer): TemplateResult {
    const { start, nowMs, timezone } = this.desk;
    const text = (field: string, value: unknown) => fieldText(field, value, { start, nowMs, timezone });
    return html`<p role="status"><strong>会改 ${changing} 个</strong>，本来就是这样 ${unchanged} 个，不能改 ${refusedCount} 个</p>
      ${
        refusedCount === 0
          ? nothing
          : note(
              '有不能改的，先处理好，或把筛选写窄一点：',
              'warn',
              html`<ul class="dots">${refused.slice(0, 5).map(({ name, errors }) => html`<li>${name}：${errors.map(({ message }) => message).join('；')}</li>`)}</ul>`,
            )
      }
      <div class="bulk-sample" ?hidden=${sample.length === 0} tabindex="0" role="region" aria-label="改前改后"><table class="table">
        <caption class="visually-hidden">改前改后，前 ${sample.length} 个</caption>
        <thead><tr><th scope="col">点位</th><th scope="col">改什么</th><th scope="col">现在</th><th scope="col">改成</th></tr></thead>
        <tbody>${sample.flatMap(({ name, fields }) => fields.map(({ field, label, from, to }) => html`<tr><th scope="row">${name}</th><td>${label}</td><td><del>${text(field, from)}</del></td><td><ins>${text(field, to)}</ins></td></tr>`))}</tbody>
      </table></div>
      ${changing > 0 && refusedCount === 0 ? html`<div class="dialog-acts">${button({ label: `执行，改 ${changing} 个`, kind: 'main', isBusy: this._isBusy, onPress: () => void this.#send(false) })}</div>` : nothing}`;
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal();
  }

  #close(): void {
    this.querySelector('dialog')?.close();
  }

  #choose(kind: ChangeKind): void {
    this._kind = kind;
    this.#give(kind === 'hoursOsm' ? null : (CHOICES[kind][0]?.value ?? ''));
  }

  #give(value: string | null): void {
    this._value = value;
    this._preview = null;
  }

  #because(reason: string): void {
    this._reason = reason;
    this._preview = null;
  }

  readonly #onPreview = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#send(true);
  };

  get #body(): object {
    const { q, kinds, statuses, area, unverifiedDays, hoursUnknown, reported, demo } = this.filters;
    const chosen = area === null ? this.desk.account.areaCode : area === 'all' ? null : area;
    const filter = {
      ...(q.trim() && { q: q.trim() }),
      ...(kinds.length > 0 && { kinds }),
      ...(statuses.length > 0 && { statuses }),
      ...(chosen !== null && { area: chosen }),
      ...(unverifiedDays !== null && { unverifiedDays }),
      ...(hoursUnknown && { hoursUnknown }),
      ...(reported && { reported }),
      ...(demo !== null && { demo }),
    };
    const value = this._value;
    switch (this._kind) {
      case 'addServices':
      case 'removeServices':
        return { filter, [this._kind]: [value] };
      case 'status':
        return {
          filter,
          changes: { status: value, ...(value !== 'active' && { statusReason: this._reason || null }) },
        };
      default:
        return { filter, changes: { [this._kind]: value } };
    }
  }

  async #send(dryRun: boolean): Promise<void> {
    this._isBusy = true;
    this._failure = null;
    try {
      const expected = dryRun ? {} : { expected: this._preview?.digest };
      const answer = await this.desk.post<BulkEditAnswer>('/api/places/bulk', { ...this.#body, dryRun, ...expected });
      if (dryRun) this._preview = answer;
      else {
        this._done = this.#doneWords(answer);
        this.say('bulk-done');
      }
    } catch (error) {
      this._failure = wordsOf(error);
      this._preview = null;
    } finally {
      this._isBusy = false;
    }
  }

  #doneWords({ changing, pendingAct }: BulkEditAnswer): string {
    if (!pendingAct) return `改好了 ${changing} 个，骑手马上看到`;
    const { readyAt } = pendingAct;
    const when =
      readyAt === null
        ? '另一位管理员同意后执行'
        : `没有第二位管理员，${momentText(readyAt, this.desk)} 自动执行，可以取消`;
    return `${pendingAct.label}：${when}`;
  }
}

customElements.define('yz-desk-bulk-edit', BulkEdit);
