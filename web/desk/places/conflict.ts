// <yz-desk-conflict>: two edits of one version, side by side. What only one side changed is kept from both; where both did,
// somebody chooses. Says `conflict-settled` {keep} or `conflict-left`.

import { html, nothing, type TemplateResult } from 'lit';
import type { Desk } from '../desk.ts';
import { DeskElement } from '../desk-element.ts';
import { button } from '../pieces.ts';
import { momentText } from '../words.ts';
import type { Fields } from './editing.ts';
import { labelOf } from './editor-fields.ts';
import { fieldText } from './place-words.ts';

export interface Conflict {
  current: Fields;
  version: number;
  changes: readonly { version: number; at: string; who: { name: string } }[];
  /** Null where the history does not reach back far enough to tell the sides apart. */
  fields:
    | readonly { field: string; label: string; base: unknown; yours: unknown; theirs: unknown; isBoth: boolean }[]
    | null;
}

export class ConflictDialog extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    conflict: { attribute: false },
    changes: { attribute: false },
    _theirs: { state: true },
  };

  declare desk: Desk;
  declare conflict: Conflict;
  /** What this side wanted: the fields of the patch. */
  declare changes: Fields;
  /** Fields in which the other side is kept. */
  declare private _theirs: ReadonlySet<string>;

  constructor() {
    super();
    this._theirs = new Set();
  }

  protected override render(): TemplateResult {
    const { changes, fields, version } = this.conflict;
    const who = [...new Set(changes.map((each) => each.who.name))].join('、') || '同事';
    const last = changes[0];
    const when = { nowMs: this.desk.nowMs, timezone: this.desk.timezone };
    return html`<dialog class="dialog wide" aria-labelledby="conflict-title" @close=${() => this.say('conflict-left')}>
      <h2 id="conflict-title">${who}先改了这个点位</h2>
      <p>现在是第 ${version} 版${last ? `，${momentText(last.at, when)} 改的` : ''}。你改的都还在：两边改得不一样的，选一边；其余的会合在一起。</p>
      <div class="table-wrap"><table class="table">
        <caption class="visually-hidden">两边各改了什么</caption>
        <thead><tr><th scope="col">改了什么</th><th scope="col">原来</th><th scope="col">你改成</th><th scope="col">${who}改成</th></tr></thead>
        <tbody>${fields ? fields.map((each) => this.#renderField(each)) : this.#renderBlind()}</tbody>
      </table></div>
      <div class="dialog-acts">
        ${button({ label: '按这样保存', kind: 'main', onPress: () => this.say('conflict-settled', { keep: this.#kept }) })}
        ${button({ label: '回去再改', onPress: () => this.querySelector('dialog')?.close() })}
      </div>
    </dialog>`;
  }

  #renderField(each: NonNullable<Conflict['fields']>[number]): TemplateResult {
    const { field, label, base, yours, theirs, isBoth } = each;
    const isMine = field in this.changes;
    return html`<tr>
      <th scope="row">${label}${isBoth ? nothing : html`<span class="second">${isMine ? '只有你改了' : '只有对方改了'}</span>`}</th>
      <td>${this.#text(field, base)}</td>
      <td>${isBoth ? this.#choice(field, label, 'mine', this.#text(field, yours)) : isMine ? html`<ins>${this.#text(field, yours)}</ins>` : '没改'}</td>
      <td>${isBoth ? this.#choice(field, label, 'theirs', this.#text(field, theirs)) : isMine ? '没改' : html`<ins>${this.#text(field, theirs)}</ins>`}</td>
    </tr>`;
  }

  /** Without the version that both had: every field of one's own beside what stands there now. */
  #renderBlind(): TemplateResult[] {
    return Object.keys(this.changes).map((field) => {
      const yours = this.changes[field];
      const theirs = this.conflict.current[field];
      return this.#renderField({ field, label: labelOf(field), base: undefined, yours, theirs, isBoth: true });
    });
  }

  #choice(field: string, label: string, side: 'mine' | 'theirs', text: string): TemplateResult {
    const isTheirs = side === 'theirs';
    return html`<label class="check"><input
      type="radio" name="side-${field}" aria-label="${label}：${isTheirs ? '用对方的' : '用我的'}，${text}"
      .checked=${this._theirs.has(field) === isTheirs}
      @change=${() => {
        const next = new Set(this._theirs);
        if (isTheirs) next.add(field);
        else next.delete(field);
        this._theirs = next;
      }}
    />${text}</label>`;
  }

  #text(field: string, value: unknown): string {
    const { start, nowMs, timezone } = this.desk;
    return fieldText(field, value, { start, nowMs, timezone });
  }

  get #kept(): string[] {
    return Object.keys(this.changes).filter((field) => !this._theirs.has(field));
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal();
  }
}

customElements.define('yz-desk-conflict', ConflictDialog);
