// <yz-desk-place-editor>: one place, all of its fields, its history, and what to do when somebody else was quicker. Says
// `point-changed` {point} for the map, and `place-saved` {id, isNew}.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import {
  PLACE_KIND_LABELS,
  PLACE_KINDS,
  PLACE_STATUS_LABELS,
  type PlaceKind,
  type Point,
} from '../../../data/place.ts';
import type { DeskPlaceAnswer } from '../../../data/place-desk-schema.ts';
import { clockText, isoDateOf, wallClock } from '../../../data/wall-clock.ts';
import { ProblemError } from '../asking.ts';
import type { Desk } from '../desk.ts';
import { DeskElement, wordsOf } from '../desk-element.ts';
import { editorErrors } from '../form-errors.ts';
import {
  button,
  choiceField,
  errorSummary,
  type FormErrors,
  failure,
  NO_ERRORS,
  note,
  skeleton,
  tag,
} from '../pieces.ts';
import './conflict.ts';
import type { Conflict } from './conflict.ts';
import { blankPlace, type Editing, fieldValue, rebased, withChange } from './editing.ts';
import {
  basics,
  type EditorView,
  entrance,
  exceptions,
  kindFields,
  labelOf,
  quality,
  services,
  source,
  status,
} from './editor-fields.ts';
import './hours-editor.ts';
import './place-contact.ts';
import './place-history.ts';
import './place-photos.ts';
import './point-editor.ts';
import './scene-editor.ts';
import type { PointEditor } from './point-editor.ts';

export class PlaceEditor extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    placeId: { attribute: false },
    backHref: { attribute: false },
    _answer: { state: true },
    _editing: { state: true },
    _errors: { state: true },
    _conflict: { state: true },
    _failure: { state: true },
    _said: { state: true },
    _isBusy: { state: true },
    _tab: { state: true },
  };

  declare desk: Desk;
  /** Null for a new place. */
  declare placeId: string | null;
  /** The list without a place beside it. */
  declare backHref: string;
  declare private _answer: DeskPlaceAnswer | null;
  declare private _editing: Editing | null;
  declare private _errors: FormErrors;
  declare private _conflict: Conflict | null;
  declare private _failure: string | null;
  declare private _said: string | null;
  declare private _isBusy: boolean;
  declare private _tab: 'fields' | 'history';

  constructor() {
    super();
    this._answer = null;
    this._editing = null;
    this._errors = NO_ERRORS;
    this._conflict = null;
    this._failure = null;
    this._said = null;
    this._isBusy = false;
    this._tab = 'fields';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Wherever in the room the keyboard is.
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#onKey);
  }

  /** A question for whoever leaves with something unsaved. */
  get unsaved(): string | null {
    return this.#changeCount > 0 ? '有修改还没保存，要离开吗？离开后这些修改就没有了。' : null;
  }

  /** Dropped on the map. */
  moveTo(point: Point): void {
    this.querySelector<PointEditor>('yz-desk-point-editor.place-point')?.moveTo(point);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('placeId')) void this.#open();
  }

  protected override render(): TemplateResult {
    if (this._failure !== null) return failure(this._failure, () => void this.#open());
    const editing = this._editing;
    if (!editing) return skeleton(10);
    const answer = this._answer;
    const isReadOnly = answer !== null && !answer.may.edit;
    return html`${this.#renderHead(editing, answer)}
      <div class="scroll" tabindex="-1">
        ${this._tab === 'history' && answer ? this.#renderHistory(answer) : this.#renderForm(editing, answer, isReadOnly)}
      </div>
      ${this._tab === 'fields' && !isReadOnly ? this.#renderFoot() : nothing}
      ${this._conflict ? this.#renderConflict(this._conflict, editing) : nothing}`;
  }

  #renderHead(editing: Editing, answer: DeskPlaceAnswer | null): TemplateResult {
    const place = answer?.place;
    return html`<header class="block">
      <div class="line"><h2>${fieldValue<string>(editing, 'name') || '新点位'}</h2>
        ${place ? tag(PLACE_STATUS_LABELS[place.status], place.status === 'active' ? 'ok' : 'warn') : nothing}
        ${place?.demo ? tag('演示') : nothing}
        <a class="button button-quiet push" href=${this.backHref}>关上</a></div>
      ${
        place
          ? html`<p class="muted small">${PLACE_KIND_LABELS[place.kind]} · 短码 ${place.shortCode} · 第 ${place.version} 版</p>
            <div class="segments" role="group" aria-label="看什么">
              ${button({ label: '编辑', pressed: this._tab === 'fields', onPress: () => this.#show('fields') })}
              ${button({ label: '历史', pressed: this._tab === 'history', onPress: () => this.#show('history') })}
            </div>`
          : choiceField({
              id: 'f-kind',
              label: '类别',
              value: fieldValue<string>(editing, 'kind'),
              choices: PLACE_KINDS.map((kind) => ({ value: kind, label: PLACE_KIND_LABELS[kind] })),
              onChange: (kind) => this.#begin(kind as PlaceKind),
            })
      }
    </header>`;
  }

  #renderForm(editing: Editing, answer: DeskPlaceAnswer | null, isReadOnly: boolean): TemplateResult {
    const { fields } = this._errors;
    const view: EditorView = {
      desk: this.desk,
      editing,
      isNew: answer === null,
      errors: fields,
      set: (field, value) => this.#set(field, value),
    };
    const kind = fieldValue<PlaceKind>(editing, 'kind');
    const section = (title: string, content: unknown) =>
      html`<section class="block fields"><h3>${title}</h3>${content}</section>`;
    const labels = Object.fromEntries(Object.keys(fields).map((id) => [id, labelOf(id.split('-')[1] ?? '')]));
    return html`${isReadOnly ? note('这个点位不在你负责的范围，只能看', 'warn') : nothing}
      <div class="block" ?hidden=${this._errors === NO_ERRORS}>${errorSummary(this._errors, labels)}</div>
      <fieldset class="editor" ?disabled=${isReadOnly}>
        ${section('基本', basics(view))}
        ${section(
          '开放时间',
          html`<yz-desk-hours-editor
            .desk=${this.desk} .value=${fieldValue<string | null>(editing, 'hoursOsm')} .error=${fields['f-hoursOsm']}
            @hours-changed=${(event: CustomEvent<{ osm: string | null }>) => this.#set('hoursOsm', event.detail.osm)}
          ></yz-desk-hours-editor><h4>临时开关门</h4>${exceptions(view)}`,
        )}
        ${section('设施', services(view))}
        ${section('怎么进', entrance(view))}
        ${section(
          '位置',
          html`<yz-desk-point-editor
              class="place-point" .kind=${kind} .original=${(editing.base.point as Point | null) ?? null}
              .point=${fieldValue<Point | null>(editing, 'point')} .entrance=${fieldValue<{ point: Point | null } | null>(editing, 'entrance')?.point ?? null}
              .fallback=${this.#fallback} .errors=${fields}
              @point-moved=${(event: CustomEvent<{ point: Point }>) => this.#set('point', event.detail.point)}
            ></yz-desk-point-editor>${quality(view)}`,
        )}
        ${section(PLACE_KIND_LABELS[kind], html`${kindFields(view)}${kind === 'scene' ? this.#renderScene(editing) : nothing}`)}
        ${section('状态', status(view))}
        ${section('来源', source(view))}
      </fieldset>
      ${
        answer
          ? html`<yz-desk-place-contact class="block" .desk=${this.desk} .answer=${answer} @place-answer=${this.#onAnswer}></yz-desk-place-contact>
            <yz-desk-place-photos class="block" .desk=${this.desk} .answer=${answer} @photos-changed=${() => void this.#open()}></yz-desk-place-photos>`
          : nothing
      }`;
  }

  #renderScene(editing: Editing): TemplateResult {
    return html`<yz-desk-scene-editor
      .gates=${fieldValue(editing, 'gates')} .buildings=${fieldValue(editing, 'buildings')} .errors=${this._errors.fields}
      @scene-changed=${(event: CustomEvent<{ field: string; value: unknown }>) => this.#set(event.detail.field, event.detail.value)}
    ></yz-desk-scene-editor>`;
  }

  #renderHistory({ place, may }: DeskPlaceAnswer): TemplateResult {
    return html`<yz-desk-place-history
      class="block" .desk=${this.desk} .placeId=${place.id} .version=${place.version} .mayRevert=${may.edit}
      @revert-wanted=${(event: CustomEvent<{ version: number }>) => void this.#revert(event.detail.version)}
    ></yz-desk-place-history>`;
  }

  #renderFoot(): TemplateResult {
    const count = this.#changeCount;
    const label = this.placeId === null ? '建立点位' : count === 0 ? '保存' : `保存 ${count} 处修改`;
    return html`<footer class="room-foot">
      ${button({ label, kind: 'main', key: 'Ctrl S', isBusy: this._isBusy, onPress: () => void this.#save() })}
      ${count > 0 && this.placeId !== null ? button({ label: '放弃', onPress: () => this.#discard() }) : nothing}
      <span class="push small ${count > 0 ? 'muted' : 'tone-ok'}" role="status">${count > 0 ? '还没保存' : (this._said ?? '')}</span>
    </footer>`;
  }

  #renderConflict(conflict: Conflict, editing: Editing): TemplateResult {
    return html`<yz-desk-conflict
      .desk=${this.desk} .conflict=${conflict} .changes=${editing.changes}
      @conflict-settled=${(event: CustomEvent<{ keep: string[] }>) => void this.#settle(conflict, event.detail.keep)}
      @conflict-left=${() => {
        this._conflict = null;
      }}
    ></yz-desk-conflict>`;
  }

  get #changeCount(): number {
    return Object.keys(this._editing?.changes ?? {}).length;
  }

  /** A new place is first looked for in the account's own district. */
  get #fallback(): Point {
    const { districts, core } = this.desk.start.city;
    const code = this._editing ? fieldValue<string>(this._editing, 'district') : null;
    return districts.find((each) => each.code === code)?.point ?? [(core[0] + core[2]) / 2, (core[1] + core[3]) / 2];
  }

  async #open(): Promise<void> {
    this._failure = null;
    this._said = null;
    this._errors = NO_ERRORS;
    this._tab = 'fields';
    this._editing = null;
    this._answer = null;
    if (this.placeId === null) return this.#begin('station');
    const wanted = this.placeId;
    try {
      const { body } = await this.desk.read<DeskPlaceAnswer>(`/api/desk/places/${wanted}`);
      if (wanted === this.placeId) this.#take(body);
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }

  #begin(kind: PlaceKind): void {
    const { account, nowMs, timezone, start } = this.desk;
    const district = account.areaCode?.slice(0, 6) ?? start.city.districts[0]?.code ?? '';
    const clock = wallClock(timezone);
    const today = isoDateOf(clock.dayOf(Math.floor(nowMs / 60_000)));
    const kept = this._editing?.changes ?? {};
    this._editing = { base: blankPlace(kind, district, today), changes: kept };
    this.say('point-changed', { point: this._editing.changes.point ?? null, kind });
  }

  /** What the server says stands there now. */
  #take(answer: DeskPlaceAnswer): void {
    this._answer = answer;
    this._editing = { base: answer.place, changes: {} };
    const { kind, point } = answer.place;
    this.say('point-changed', { point: answer.may.edit ? point : null, kind });
  }

  readonly #onAnswer = (event: Event): void => {
    const { answer } = (event as CustomEvent<{ answer: DeskPlaceAnswer }>).detail;
    this._answer = answer;
  };

  #set(field: string, value: unknown): void {
    if (!this._editing) return;
    this._editing = withChange(this._editing, field, value);
    this._said = null;
    if (field === 'point') this.say('point-changed', { point: value, kind: fieldValue(this._editing, 'kind') });
  }

  #show(tab: 'fields' | 'history'): void {
    this._tab = tab;
  }

  #discard(): void {
    if (!this._answer) return;
    this.#take(this._answer);
    this._errors = NO_ERRORS;
  }

  async #save(): Promise<void> {
    const editing = this._editing;
    if (!editing || this._isBusy) return;
    if (this.placeId !== null && this.#changeCount === 0) {
      this._said = '没有要保存的修改';
      return;
    }
    await this.#attempt(async () => {
      if (this.placeId === null) {
        const { place } = await this.desk.create<DeskPlaceAnswer>('/api/places', {
          ...editing.base,
          ...editing.changes,
        });
        this._editing = { base: editing.base, changes: {} };
        this.say('place-saved', { id: place.id, isNew: true });
        return;
      }
      const headers = { 'If-Match': `"${editing.base.version}"` };
      const { body } = await this.desk.patch<DeskPlaceAnswer>(`/api/places/${this.placeId}`, editing.changes, headers);
      this.#take(body);
      this._said = `保存好了，现在是第 ${body.place.version} 版（${this.#clock}）`;
      this.say('place-saved', { id: body.place.id, isNew: false });
    });
  }

  async #revert(version: number): Promise<void> {
    const editing = this._editing;
    if (!editing || this.placeId === null) return;
    if (this.#changeCount > 0 && !confirm('有修改还没保存，回到旧版本会丢掉它们。要继续吗？')) return;
    await this.#attempt(async () => {
      const headers = { 'If-Match': `"${editing.base.version}"` };
      const body = await this.desk.post<DeskPlaceAnswer>(`/api/places/${this.placeId}/revert`, { version }, headers);
      this.#take(body);
      const lost = (body.notReverted ?? []).map(({ reason }) => reason).join('；');
      this._said = `回到了第 ${version} 版的样子，记成第 ${body.place.version} 版${lost ? `。${lost}` : ''}`;
      this._tab = 'fields';
      this.say('place-saved', { id: body.place.id, isNew: false });
    });
  }

  /** The own changes upon theirs, and saved again. */
  async #settle({ current }: Conflict, keep: readonly string[]): Promise<void> {
    if (!this._editing) return;
    this._editing = rebased(this._editing, current, (field) => keep.includes(field));
    this._conflict = null;
    if (this.#changeCount > 0) return this.#save();
    await this.#open();
    this._said = '用了对方的改动';
  }

  async #attempt(act: () => Promise<void>): Promise<void> {
    this._isBusy = true;
    this._errors = NO_ERRORS;
    try {
      await act();
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'version-conflict' && error.document.conflict) {
        this._conflict = error.document.conflict as Conflict;
      } else {
        this._errors = editorErrors(error, this);
        void this.focusOn('.error-summary');
      }
    } finally {
      this._isBusy = false;
    }
  }

  get #clock(): string {
    return clockText(wallClock(this.desk.timezone).wallOf(Math.floor(this.desk.nowMs / 60_000)));
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const isAsked = document.querySelector('dialog[open]') !== null;
    if (!isAsked && this._tab === 'fields' && this._answer?.may.edit !== false) void this.#save();
  };
}

customElements.define('yz-desk-place-editor', PlaceEditor);
