// <yz-desk-undo-bar>: what was just decided, and for how long it can be taken back. Says `undo-wanted`, and `undo-over` when
// the time is up.

import { html, type PropertyValues, type TemplateResult } from 'lit';
import { DeskElement } from '../desk-element.ts';
import { button, icon } from '../pieces.ts';

export class UndoBar extends DeskElement {
  static override properties = {
    text: {},
    untilMs: { attribute: false },
    nowMs: { attribute: false },
    _secondsLeft: { state: true },
  };

  declare text: string;
  /** By the clock that `nowMs` reads. */
  declare untilMs: number;
  declare nowMs: () => number;
  declare private _secondsLeft: number;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this._secondsLeft = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#tick(), 500);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('untilMs')) this.#tick();
  }

  protected override render(): TemplateResult {
    return html`<div class="undo-bar" role="status">${icon('check')}<span>${this.text}</span>
      <span class="push" aria-hidden="true">还有 ${this._secondsLeft} 秒</span>
      ${button({ label: '撤销', key: 'Z', onPress: () => this.say('undo-wanted') })}</div>`;
  }

  #tick(): void {
    this._secondsLeft = Math.max(0, Math.ceil((this.untilMs - this.nowMs()) / 1000));
    if (this._secondsLeft === 0) this.say('undo-over');
  }
}

customElements.define('yz-desk-undo-bar', UndoBar);
