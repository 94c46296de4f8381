// <yz-desk-audit>: the room 审计. Who did what, when; as a file; and whether anybody has tampered with it.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { z } from 'zod';
import type { auditListSchema, auditVerdictSchema } from '../../../data/place-desk-schema.ts';
import { withQuery } from '../desk.ts';
import { RoomElement, wordsOf } from '../desk-element.ts';
import { button, emptyState, failure, note, skeleton } from '../pieces.ts';
import { labelOf } from '../places/editor-fields.ts';
import { fieldText } from '../places/place-words.ts';
import { fromLocalInput, momentText } from '../words.ts';

type AuditList = z.infer<typeof auditListSchema>;
type Act = AuditList['items'][number];
type Verdict = z.infer<typeof auditVerdictSchema>;

const KINDS = [
  { value: '', label: '所有事' },
  { value: 'place.', label: '点位' },
  { value: 'places.', label: '批量' },
  { value: 'review.', label: '审核' },
  { value: 'account.', label: '账号' },
  { value: 'session.', label: '登录' },
  { value: 'invitation.', label: '邀请' },
  { value: 'announcement.', label: '公告' },
];

export class Audit extends RoomElement {
  static override properties = {
    ...RoomElement.properties,
    _list: { state: true },
    _verdict: { state: true },
    _failure: { state: true },
  };

  declare private _list: AuditList | null;
  declare private _verdict: Verdict | null;
  declare private _failure: string | null;

  constructor() {
    super();
    this._list = null;
    this._verdict = null;
    this._failure = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('query') || changed.has('desk')) void this.#load();
  }

  protected override render(): TemplateResult {
    const { account } = this.desk;
    return html`<main id="main" class="desk-room">
      <header class="room-top"><h1 tabindex="-1">审计</h1>
        <span class="push line">${account.role === 'admin' ? button({ label: '查有没有被改过', icon: 'check', onPress: () => void this.#verify() }) : nothing}
          <a class="button" href=${withQuery('/api/audit/export', this.#filter)} download="审计.csv">导出表格</a></span></header>
      ${this.#renderFilter()}
      ${this._verdict ? html`<div class="block">${note(this._verdict.message, this._verdict.ok ? 'ok' : 'bad', this.#renderHead(this._verdict))}</div>` : nothing}
      <div class="page-flow flush" tabindex="-1">${this.#renderList()}</div>
    </main>`;
  }

  #renderFilter(): TemplateResult {
    const parameters = new URLSearchParams(this.query);
    const kind = parameters.get('act') ?? '';
    return html`<form class="room-bar" role="search" aria-label="筛选审计记录" @submit=${this.#onFilter}>
      <label class="line">做了什么 <select name="act" class="desk-chip input">${KINDS.map((each) => html`<option value=${each.value} .selected=${each.value === kind}>${each.label}</option>`)}</select></label>
      <label class="line">对象 <input name="subject" class="input audit-subject" .value=${parameters.get('subject') ?? ''} placeholder="点位编号" /></label>
      <label class="line">从 <input name="from" type="date" class="input" .value=${parameters.get('from') ?? ''} /></label>
      <label class="line">到 <input name="to" type="date" class="input" .value=${parameters.get('to') ?? ''} /></label>
      ${button({ label: '查' })}
      ${this.query ? html`<a href="/desk/audit">全部</a>` : nothing}
    </form>`;
  }

  #renderHead({ head }: Verdict): TemplateResult | typeof nothing {
    return head
      ? html`<p>抄下这两样，以后可以对：第 ${head.sequence} 条，<code class="secret">${head.hash}</code></p>`
      : nothing;
  }

  #renderList(): TemplateResult {
    if (this._failure !== null) return failure(this._failure, () => void this.#load());
    if (!this._list) return skeleton(10);
    const { items, next } = this._list;
    if (items.length === 0) return emptyState('没有这样的记录', html`<a href="/desk/audit">看全部记录</a>`);
    return html`<table class="table">
        <caption class="visually-hidden">审计记录，新的在前</caption>
        <thead><tr><th scope="col" class="number">序号</th><th scope="col">时间</th><th scope="col">谁</th><th scope="col">做了什么</th><th scope="col">对象</th><th scope="col">细节</th></tr></thead>
        <tbody>${items.map((act) => this.#renderAct(act))}</tbody>
      </table>
      ${next === null ? nothing : html`<div class="block">${button({ label: '更早的', onPress: () => void this.#more(next) })}</div>`}`;
  }

  #renderAct(act: Act): TemplateResult {
    const { sequence, at, who, actLabel, subject, subjectName } = act;
    return html`<tr>
      <td class="number muted">${sequence}</td>
      <td class="keep">${momentText(at, this.desk)}</td>
      <td>${who.name}</td>
      <th scope="row">${actLabel}</th>
      <td>${subjectName !== null && subject !== null ? html`<a href="/desk/places/${subject}">${subjectName}</a>` : nothing}</td>
      <td>${this.#renderDetails(act)}</td>
    </tr>`;
  }

  /** Which fields changed, where the act is about fields; whatever else it noted is in the exported file. */
  #renderDetails({ details }: Act): TemplateResult | typeof nothing {
    const { fields } = details;
    if (typeof fields !== 'object' || fields === null) return nothing;
    const context = { start: this.desk.start, nowMs: this.desk.nowMs, timezone: this.desk.timezone };
    const changed = Object.entries(fields as Record<string, { from?: unknown; to?: unknown } | null>).filter(
      ([field]) => field !== 'version' && field !== 'updatedAt',
    );
    return html`${changed.map(([field, change]) => {
      const isTold = change !== null && typeof change === 'object' && 'to' in change;
      return html`<span class="second">${labelOf(field)}${isTold ? html`：<del>${fieldText(field, change.from, context)}</del> <ins>${fieldText(field, change.to, context)}</ins>` : nothing}</span>`;
    })}`;
  }

  /** Days of the city as instants; `to` includes its day. */
  get #filter(): Record<string, string | null> {
    const parameters = new URLSearchParams(this.query);
    const instant = (name: string, clock: string) =>
      parameters.has(name) ? fromLocalInput(`${parameters.get(name)}T${clock}`, this.desk.timezone) : null;
    return {
      act: parameters.get('act'),
      subject: parameters.get('subject'),
      from: instant('from', '00:00'),
      to: instant('to', '23:59'),
    };
  }

  readonly #onFilter = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const query = Object.fromEntries([...data].map(([name, value]) => [name, String(value).trim()]));
    this.desk.go(withQuery('/desk/audit', query), 'replace');
  };

  async #load(): Promise<void> {
    this._failure = null;
    try {
      this._list = await this.desk.get<AuditList>('/api/audit', this.#filter);
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }

  async #more(cursor: string): Promise<void> {
    try {
      const { items, next } = await this.desk.get<AuditList>('/api/audit', { ...this.#filter, cursor });
      this._list = { items: [...(this._list?.items ?? []), ...items], next };
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }

  async #verify(): Promise<void> {
    try {
      this._verdict = await this.desk.get<Verdict>('/api/audit/verification');
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }
}

customElements.define('yz-desk-audit', Audit);
