// What the lists of the desk have in common: they are read, acted upon in place, and read again.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Desk } from './desk.ts';
import { DeskElement, wordsOf } from './desk-element.ts';
import { formErrorsOf } from './form-errors.ts';
import { type FormErrors, failure, NO_ERRORS, note, skeleton } from './pieces.ts';
import type { Listed } from './shapes.ts';

export abstract class ListSection<Item> extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    _items: { state: true },
    _failure: { state: true },
    _said: { state: true },
    _refusal: { state: true },
    _errors: { state: true },
    _isBusy: { state: true },
  };

  declare desk: Desk;
  declare protected _items: readonly Item[] | null;
  declare protected _failure: string | null;
  /** What an act came to. */
  declare protected _said: string | null;
  declare protected _refusal: string | null;
  /** Of the section's form. */
  declare protected _errors: FormErrors;
  declare protected _isBusy: boolean;
  protected abstract readonly path: string;

  constructor() {
    super();
    this._items = null;
    this._failure = null;
    this._said = null;
    this._refusal = null;
    this._errors = NO_ERRORS;
    this._isBusy = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('desk')) void this.load();
  }

  async load(): Promise<void> {
    this._failure = null;
    try {
      this._items = (await this.desk.get<Listed<Item>>(this.path)).items;
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }

  /** The list, or what stands in for it. */
  protected renderList(draw: (items: readonly Item[]) => TemplateResult): TemplateResult {
    if (this._failure !== null) return failure(this._failure, () => void this.load());
    return this._items ? draw(this._items) : skeleton(3);
  }

  protected renderSaid(): TemplateResult {
    return html`${note(this._said, 'ok')}${note(this._refusal, 'bad')}${nothing}`;
  }

  /** @param said once it has gone well; a function may still want to show what came */
  protected async act(act: () => Promise<unknown>, said: string): Promise<boolean> {
    if (this._isBusy) return false;
    this._isBusy = true;
    this._said = null;
    this._refusal = null;
    try {
      await act();
      this._said = said;
      await this.load();
      return true;
    } catch (error) {
      this._refusal = wordsOf(error);
      return false;
    } finally {
      this._isBusy = false;
    }
  }

  /** As `act`, with what is wrong said at the form's fields. @param ids of its fields */
  protected async submit(ids: readonly string[], act: () => Promise<unknown>, said: string): Promise<boolean> {
    if (this._isBusy) return false;
    this._isBusy = true;
    this._said = null;
    this._refusal = null;
    this._errors = NO_ERRORS;
    try {
      await act();
      this._said = said;
      await this.load();
      return true;
    } catch (error) {
      this.refuse(formErrorsOf(error, ids));
      return false;
    } finally {
      this._isBusy = false;
    }
  }

  protected refuse(errors: FormErrors): void {
    this._errors = errors;
    void this.focusOn('.error-summary');
  }
}
