// <yz-desk-amend-form>: what was suggested, with the words of the desk. Says `amended` {changes} or `amend-left`.

import { html, nothing, type TemplateResult } from 'lit';
import type { Point } from '../../../data/place.ts';
import type { ReviewChanges, ReviewDetail } from '../../../data/review-schema.ts';
import { SERVICE_CODES, SERVICE_LABELS, type ServiceCode } from '../../../data/service.ts';
import type { Desk } from '../desk.ts';
import { DeskElement } from '../desk-element.ts';
import { button, choiceField, errorSummary, type FormErrors, NO_ERRORS, textField } from '../pieces.ts';
import '../places/hours-editor.ts';
import '../places/point-editor.ts';

const LABELS: Readonly<Record<string, string>> = {
  'f-name': '名称',
  'f-address': '地址',
  'f-hoursOsm': '开放时间',
  'f-entranceText': '怎么进',
  'f-point': '位置',
  'f-district': '区县',
  'f-services': '设施',
};

export class AmendForm extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    review: { attribute: false },
    errors: { attribute: false },
    isBusy: { attribute: false },
    _changes: { state: true },
  };

  declare desk: Desk;
  declare review: ReviewDetail;
  declare errors: FormErrors;
  declare isBusy: boolean;
  declare private _changes: ReviewChanges;

  constructor() {
    super();
    this.errors = NO_ERRORS;
    this.isBusy = false;
    this._changes = {};
  }

  protected override firstUpdated(): void {
    this._changes = { ...this.review.proposed };
    void this.focusOn('input, button');
  }

  protected override render(): TemplateResult {
    const { _changes: changes } = this;
    const { fields } = this.errors;
    const heard = this.review.changes.find(({ field }) => field === 'hours');
    const hasHours = heard !== undefined || changes.hoursOsm !== undefined;
    const text = (name: 'name' | 'address' | 'entranceText') =>
      changes[name] === undefined
        ? nothing
        : textField({
            id: `f-${name}`,
            label: LABELS[`f-${name}`] ?? '',
            value: changes[name] ?? '',
            error: fields[`f-${name}`],
            onInput: (value) => this.#set({ [name]: value }),
          });
    return html`<form class="block" novalidate @submit=${this.#onSubmit}>
      <h3>改后通过</h3>
      ${errorSummary(this.errors, LABELS)}
      ${text('name')} ${text('address')}
      ${
        changes.point && !this.review.place
          ? choiceField({
              id: 'f-district',
              label: LABELS['f-district'] ?? '',
              value: changes.district ?? '',
              choices: [
                { value: '', label: '按位置算' },
                ...this.desk.start.city.districts.map(({ code, name }) => ({ value: code, label: name })),
              ],
              error: fields['f-district'],
              onChange: (district) => this.#set({ district: district || undefined }),
            })
          : nothing
      }
      ${
        hasHours
          ? html`<div class="field"><span class="field-label">开放时间${heard?.after ? `，来信写的是“${heard.after}”` : ''}</span>
            <yz-desk-hours-editor .desk=${this.desk} .value=${changes.hoursOsm ?? null} .error=${fields['f-hoursOsm']}
              @hours-changed=${(event: CustomEvent<{ osm: string | null }>) => this.#set({ hoursOsm: event.detail.osm })}></yz-desk-hours-editor></div>`
          : nothing
      }
      ${text('entranceText')}
      ${changes.services === undefined ? nothing : this.#renderServices(changes.services)}
      ${
        changes.point
          ? html`<yz-desk-point-editor .kind=${this.review.place?.kind ?? changes.kind ?? 'station'} .original=${this.review.place?.point ?? null} .point=${changes.point as Point} .fallback=${changes.point as Point} .errors=${fields}
            @point-moved=${(event: CustomEvent<{ point: Point }>) => this.#set({ point: event.detail.point })}></yz-desk-point-editor>`
          : nothing
      }
      <div class="line">${button({ label: '这样通过', kind: 'main', isBusy: this.isBusy })}${button({ label: '取消', onPress: () => this.say('amend-left') })}</div>
    </form>`;
  }

  #renderServices(services: { add: ServiceCode[]; remove: ServiceCode[] }): TemplateResult {
    const named = SERVICE_CODES.filter((code) => services.add.includes(code) || services.remove.includes(code));
    const choose = (code: ServiceCode, answer: string) => {
      const without = (codes: ServiceCode[]) => codes.filter((each) => each !== code);
      const { add, remove } = services;
      this.#set({
        services: {
          add: answer === 'add' ? [...without(add), code] : without(add),
          remove: answer === 'remove' ? [...without(remove), code] : without(remove),
        },
      });
    };
    return html`<fieldset id="f-services" tabindex="-1"><legend>设施</legend>${named.map((code) =>
      choiceField({
        id: `f-services-${code}`,
        label: SERVICE_LABELS[code],
        value: services.add.includes(code) ? 'add' : 'remove',
        choices: [
          { value: 'add', label: '有' },
          { value: 'remove', label: '没有' },
          { value: 'leave', label: '不改' },
        ],
        onChange: (answer) => choose(code, answer),
      }),
    )}</fieldset>`;
  }

  #set(change: { [Key in keyof ReviewChanges]?: ReviewChanges[Key] | undefined }): void {
    this._changes = { ...this._changes, ...change } as ReviewChanges;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const given = Object.entries(this._changes).filter(([, value]) => value !== undefined);
    this.say('amended', { changes: Object.fromEntries(given) });
  };
}

customElements.define('yz-desk-amend-form', AmendForm);
