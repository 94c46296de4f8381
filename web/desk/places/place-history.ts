// <yz-desk-place-history>: who changed what, before and after, and back again. Says `revert-wanted` {version}.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { z } from 'zod';
import type { placeHistorySchema } from '../../../data/place-desk-schema.ts';
import type { Desk } from '../desk.ts';
import { DeskElement, wordsOf } from '../desk-element.ts';
import { button, emptyState, failure, skeleton } from '../pieces.ts';
import { momentText } from '../words.ts';
import { fieldText } from './place-words.ts';

type History = z.infer<typeof placeHistorySchema>;

export class PlaceHistory extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    placeId: { attribute: false },
    version: { attribute: false },
    mayRevert: { attribute: false },
    _history: { state: true },
    _failure: { state: true },
  };

  declare desk: Desk;
  declare placeId: string;
  /** The present one: a newer one is worth asking for. */
  declare version: number;
  declare mayRevert: boolean;
  declare private _history: History | null;
  declare private _failure: string | null;

  constructor() {
    super();
    this.mayRevert = false;
    this._history = null;
    this._failure = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('placeId') || changed.has('version')) void this.#load();
  }

  protected override render(): TemplateResult {
    if (this._failure !== null) return failure(this._failure, () => void this.#load());
    if (!this._history) return skeleton(4);
    const { items, next } = this._history;
    if (items.length === 0) return emptyState('还没有修改记录', '从现在起，每次修改都会记在这里。');
    return html`<ol class="history">${items.map((each) => this.#renderVersion(each))}</ol>
      ${next === null ? nothing : button({ label: '更早的记录', onPress: () => void this.#more(next) })}`;
  }

  #renderVersion({ version, at, who, actLabel, fields }: History['items'][number]): TemplateResult {
    const when = { nowMs: this.desk.nowMs, timezone: this.desk.timezone };
    const context = { start: this.desk.start, ...when };
    const canRevert = this.mayRevert && version < this.version;
    return html`<li>
      <div class="line"><span class="strong">${actLabel}</span><span class="muted small">第 ${version} 版 · ${who.name} · ${momentText(at, when)}</span>
        ${canRevert ? html`<span class="push">${button({ label: '回到这一版', icon: 'undo', kind: 'quiet', onPress: () => this.say('revert-wanted', { version }) })}</span>` : nothing}</div>
      ${
        fields.length === 0 || version === 1
          ? nothing
          : html`<dl class="facts">${fields.map(
              ({ field, label, from, to, isRedacted }) =>
                html`<dt>${label}</dt><dd>${isRedacted ? '改过（涉及个人，不记内容）' : html`<del>${fieldText(field, from, context)}</del> <ins>${fieldText(field, to, context)}</ins>`}</dd>`,
            )}</dl>`
      }
    </li>`;
  }

  async #load(): Promise<void> {
    this._failure = null;
    try {
      this._history = await this.desk.get<History>(`/api/places/${this.placeId}/history`);
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }

  async #more(cursor: string): Promise<void> {
    try {
      const page = await this.desk.get<History>(`/api/places/${this.placeId}/history`, { cursor });
      this._history = { items: [...(this._history?.items ?? []), ...page.items], next: page.next };
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }
}

customElements.define('yz-desk-place-history', PlaceHistory);
