// The small pieces that all rooms are made of. A message stands where it belongs and stays: nothing pops up and goes.

import { html, nothing, type TemplateResult } from 'lit';
import type { DeskIconName } from '../pages/desk-icons.ts';

export type Drawn = TemplateResult | typeof nothing;

export function icon(name: DeskIconName, size: 'normal' | 'small' = 'small'): TemplateResult {
  return html`<svg class="icon icon-${size}" viewBox="0 0 24 24" aria-hidden="true"><use href="#i-${name}"></use></svg>`;
}

export interface FieldView {
  /** Also the name in the form. */
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** The control itself; it takes `id`, and `describedBy(view)`. */
  control: TemplateResult;
}

export function describedBy({ id, hint, error }: Pick<FieldView, 'id' | 'hint' | 'error'>): string | typeof nothing {
  const ids = [error === undefined ? '' : `${id}-error`, hint === undefined ? '' : `${id}-hint`].filter(Boolean);
  return ids.length === 0 ? nothing : ids.join(' ');
}

/** Label, hint and error around a control. */
export function field({ id, label, hint, error, control }: FieldView): TemplateResult {
  return html`<div class="field" ?data-wrong=${error !== undefined}>
    <label for=${id}>${label}</label>
    ${control}
    ${error === undefined ? nothing : html`<p class="field-error" id="${id}-error">${error}</p>`}
    ${hint === undefined ? nothing : html`<p class="field-hint" id="${id}-hint">${hint}</p>`}
  </div>`;
}

export interface TextFieldView extends Omit<FieldView, 'control'> {
  value?: string;
  type?: 'text' | 'password' | 'tel' | 'url' | 'search' | 'number' | 'date' | 'time' | 'datetime-local';
  autocomplete?: string;
  inputmode?: 'numeric' | 'tel' | 'decimal';
  maxlength?: number;
  min?: string;
  max?: string;
  step?: string;
  required?: boolean;
  readonly?: boolean;
  spellcheck?: boolean;
  onInput?: (value: string) => void;
}

export function textField(view: TextFieldView): TemplateResult {
  const { id, value, error, onInput } = view;
  return field({
    ...view,
    control: html`<input
      id=${id} name=${id} class="input" type=${view.type ?? 'text'}
      autocomplete=${view.autocomplete ?? 'off'} autocapitalize="none" spellcheck=${view.spellcheck ? 'true' : 'false'}
      inputmode=${view.inputmode ?? nothing} maxlength=${view.maxlength ?? nothing}
      min=${view.min ?? nothing} max=${view.max ?? nothing} step=${view.step ?? nothing}
      ?readonly=${view.readonly} aria-required=${view.required ? 'true' : nothing}
      aria-invalid=${error === undefined ? nothing : 'true'} aria-describedby=${describedBy(view)}
      .value=${value ?? ''} @input=${onInput ? (event: InputEvent) => onInput((event.target as HTMLInputElement).value) : nothing}
    />`,
  });
}

export interface Choice {
  value: string;
  label: string;
}

export function choiceField(
  view: Omit<FieldView, 'control'> & {
    value: string;
    choices: readonly Choice[];
    onChange?: (value: string) => void;
  },
): TemplateResult {
  const { id, value, choices, error, onChange } = view;
  return field({
    ...view,
    control: html`<select
      id=${id} name=${id} class="input" aria-invalid=${error === undefined ? nothing : 'true'}
      aria-describedby=${describedBy(view)}
      @change=${onChange ? (event: Event) => onChange((event.target as HTMLSelectElement).value) : nothing}
    >${choices.map((each) => html`<option value=${each.value} .selected=${each.value === value}>${each.label}</option>`)}</select>`,
  });
}

/** What is wrong with a form: said once above it with links to the fields, and again at each field. */
export interface FormErrors {
  /** Of the form as a whole. */
  general?: string | undefined;
  /** By the field's id. */
  fields: Readonly<Record<string, string>>;
}
export const NO_ERRORS: FormErrors = { fields: {} };

export function hasErrors({ general, fields }: FormErrors): boolean {
  return general !== undefined || Object.keys(fields).length > 0;
}

/** @param labels by field id: what the link says */
export function errorSummary(errors: FormErrors, labels: Readonly<Record<string, string>>): Drawn {
  if (!hasErrors(errors)) return nothing;
  const listed = Object.entries(errors.fields);
  const title = errors.general ?? (listed.length === 1 ? '有一处要改' : `有 ${listed.length} 处要改`);
  return html`<div class="error-summary" role="alert" tabindex="-1">
    <p class="strong">${icon('warning')}${title}</p>
    ${
      listed.length === 0
        ? nothing
        : html`<ul>${listed.map(([id, message]) => html`<li><a href="#${id}" @click=${focusField}>${labels[id] ?? ''}${labels[id] ? '：' : ''}${message}</a></li>`)}</ul>`
    }
  </div>`;
}

function focusField(event: MouseEvent): void {
  event.preventDefault();
  const id = (event.currentTarget as HTMLAnchorElement).hash.slice(1);
  const target = document.getElementById(decodeURIComponent(id));
  target?.closest('details')?.setAttribute('open', '');
  target?.focus();
}

export interface ButtonView {
  label: string;
  kind?: 'main' | 'plain' | 'quiet' | 'danger';
  icon?: DeskIconName;
  /** The key that does the same. */
  key?: string;
  /** Says 正在… and takes no second press. */
  isBusy?: boolean;
  onPress?: (event: Event) => void;
  type?: 'button' | 'submit';
  pressed?: boolean;
}

export function button(view: ButtonView): TemplateResult {
  const { kind = 'plain', isBusy = false, onPress } = view;
  return html`<button
    type=${view.type ?? (onPress ? 'button' : 'submit')} class="button button-${kind}"
    aria-disabled=${isBusy ? 'true' : nothing} aria-keyshortcuts=${view.key ?? nothing}
    aria-pressed=${view.pressed === undefined ? nothing : String(view.pressed)}
    @click=${(event: Event) => (isBusy ? event.preventDefault() : onPress?.(event))}
  >${view.icon ? icon(view.icon) : nothing}${view.label}${view.key ? html` <kbd>${view.key}</kbd>` : nothing}</button>`;
}

/** Said in place after an act: what happened, or what did not. */
export function note(text: string | null, tone: 'info' | 'ok' | 'warn' | 'bad' = 'info', more: Drawn = nothing): Drawn {
  if (text === null) return nothing;
  const sign = tone === 'ok' ? 'check' : tone === 'info' ? 'info' : 'warning';
  return html`<div class="note note-${tone}" role=${tone === 'bad' ? 'alert' : 'status'}>${icon(sign)}<div>${text}${more}</div></div>`;
}

/** Nothing there: why, and what to do next. */
export function emptyState(title: string, next: TemplateResult | string): TemplateResult {
  return html`<div class="empty"><p class="strong">${title}</p><p>${next}</p></div>`;
}

/** Rows that will come; shown only when they take their time (the style sheet waits 0.4 s). */
export function skeleton(rows = 6): TemplateResult {
  return html`<div class="skeleton" role="status"><span class="visually-hidden">正在读取</span>${Array.from({ length: rows }, () => html`<i></i>`)}</div>`;
}

/** What could not be read, and another try. */
export function failure(words: string, again: () => void): TemplateResult {
  return html`<div class="empty" role="alert"><p class="strong">${words}</p><p>${button({ label: '再试一次', icon: 'update', onPress: again })}</p></div>`;
}

export function tag(text: string, tone: 'plain' | 'ok' | 'warn' | 'bad' = 'plain'): TemplateResult {
  return html`<span class="tag tag-${tone}">${text}</span>`;
}
