// <yz-desk-reason-form>: why something is returned, paused or taken down: ready words by their number, or one's own. Says
// `reason-given` {reason, until} or `reason-left`.

import { html, nothing, type TemplateResult } from 'lit';
import type { ReviewChoice } from '../../../data/review.ts';
import type { ReviewReason } from '../../../data/review-reasons.ts';
import type { Desk } from '../desk.ts';
import { DeskElement } from '../desk-element.ts';
import { button, type FormErrors, NO_ERRORS, note } from '../pieces.ts';
import { fromLocalInput } from '../words.ts';

export class ReasonForm extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    choice: { attribute: false },
    reasons: { attribute: false },
    errors: { attribute: false },
    isBusy: { attribute: false },
  };

  declare desk: Desk;
  declare choice: ReviewChoice;
  declare reasons: readonly ReviewReason[];
  declare errors: FormErrors;
  declare isBusy: boolean;

  constructor() {
    super();
    this.reasons = [];
    this.errors = NO_ERRORS;
    this.isBusy = false;
  }

  /** By the number beside it. @returns whether there is one */
  choose(number: number): boolean {
    const reason = this.reasons[number - 1];
    if (reason) this.say('reason-given', { reason: reason.text });
    return reason !== undefined;
  }

  protected override render(): TemplateResult {
    const { label, takesUntil } = this.choice;
    const { general, fields } = this.errors;
    return html`<form class="block" novalidate @submit=${this.#onSubmit}>
      <h3>${label}的理由 <span class="muted small">按数字键选，提交的人看得到</span></h3>
      ${note(general ?? Object.values(fields)[0] ?? null, 'bad')}
      <div class="line">${this.reasons.map((each, at) => html`<button type="button" class="desk-chip" @click=${() => this.choose(at + 1)}><kbd>${at + 1}</kbd> ${each.text}</button>`)}</div>
      <div class="field"><label for="reason">别的理由</label><textarea id="reason" name="reason" class="input" maxlength="200"></textarea></div>
      ${takesUntil ? html`<div class="field"><label for="until">到什么时候（不知道就留空）</label><input id="until" name="until" type="datetime-local" class="input" /></div>` : nothing}
      <div class="line">${button({ label, kind: 'main', isBusy: this.isBusy })}${button({ label: '取消', onPress: () => this.say('reason-left') })}</div>
    </form>`;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const reason = String(data.get('reason')).trim();
    const until = fromLocalInput(String(data.get('until') ?? ''), this.desk.timezone);
    if (reason === '') this.errors = { general: '写一句理由，或选一个现成的', fields: {} };
    else this.say('reason-given', { reason, ...(until !== null && { until }) });
  };
}

customElements.define('yz-desk-reason-form', ReasonForm);
