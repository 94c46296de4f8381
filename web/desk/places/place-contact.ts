// <yz-desk-place-contact>: whom to call about a place. Masked until somebody asks for it, which is written down. Says
// `place-answer` {answer} when it was changed.

import { html, nothing, type TemplateResult } from 'lit';
import type { DeskPlaceAnswer } from '../../../data/place-desk-schema.ts';
import type { Desk } from '../desk.ts';
import { DeskElement, wordsOf } from '../desk-element.ts';
import { formErrorsOf } from '../form-errors.ts';
import { button, errorSummary, type FormErrors, NO_ERRORS, note, textField } from '../pieces.ts';

const LABELS = { 'contact.name': '称呼', 'contact.phone': '电话' };

export class PlaceContact extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    answer: { attribute: false },
    _phone: { state: true },
    _isEditing: { state: true },
    _errors: { state: true },
    _failure: { state: true },
  };

  declare desk: Desk;
  declare answer: DeskPlaceAnswer;
  /** The whole number, once it was asked for. */
  declare private _phone: string | null;
  declare private _isEditing: boolean;
  declare private _errors: FormErrors;
  declare private _failure: string | null;

  constructor() {
    super();
    this._phone = null;
    this._isEditing = false;
    this._errors = NO_ERRORS;
    this._failure = null;
  }

  protected override render(): TemplateResult {
    const { contact, may } = this.answer;
    return html`<h3>驻点联系人</h3>
      <p class="field-hint">不公开，加密保存；看全号会记进审计。</p>
      ${note(this._failure, 'bad')}
      ${this._isEditing ? this.#renderForm() : this.#renderContact(contact, may)}`;
  }

  #renderContact(contact: DeskPlaceAnswer['contact'], may: DeskPlaceAnswer['may']): TemplateResult {
    return html`<div class="line"><span>${contact ? `${contact.name}　${this._phone ?? contact.phone}` : '没有留'}</span>
      ${contact && may.revealPhone && this._phone === null ? button({ label: '显示全号', onPress: () => void this.#reveal() }) : nothing}
      ${may.edit ? button({ label: contact ? '修改' : '填写', onPress: () => this.#edit() }) : nothing}
      ${may.edit && contact ? button({ label: '删掉', kind: 'danger', onPress: () => void this.#send(null) }) : nothing}</div>`;
  }

  #renderForm(): TemplateResult {
    const { fields } = this._errors;
    return html`${errorSummary(this._errors, LABELS)}
      <form novalidate @submit=${this.#onSubmit}>
        <div class="fields-row">
          ${textField({ id: 'contact.name', label: LABELS['contact.name'], value: this.answer.contact?.name ?? '', error: fields['contact.name'] })}
          ${textField({ id: 'contact.phone', label: LABELS['contact.phone'], type: 'tel', error: fields['contact.phone'] })}
        </div>
        <div class="line">${button({ label: '记下' })}${button({ label: '取消', kind: 'quiet', onPress: () => this.#close() })}</div>
      </form>`;
  }

  #edit(): void {
    this._isEditing = true;
    void this.focusOn('input');
  }

  #close(): void {
    this._isEditing = false;
    this._errors = NO_ERRORS;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    void this.#send({ name: String(data.get('contact.name')), phone: String(data.get('contact.phone')) });
  };

  async #send(contact: { name: string; phone: string } | null): Promise<void> {
    try {
      const answer = await this.desk.post<DeskPlaceAnswer>(`/api/places/${this.answer.place.id}/contact`, { contact });
      this._phone = null;
      this.#close();
      this.say('place-answer', { answer });
    } catch (error) {
      this._errors = formErrorsOf(error, Object.keys(LABELS));
    }
  }

  async #reveal(): Promise<void> {
    try {
      const { phone } = await this.desk.post<{ phone: string }>(
        `/api/places/${this.answer.place.id}/phone-reveals`,
        {},
      );
      this._phone = phone;
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }
}

customElements.define('yz-desk-place-contact', PlaceContact);
