// <yz-desk-announcements>: what all riders are told: a banner, the winter's order, a weather alarm. Begins and ends by itself.

import { html, type TemplateResult } from 'lit';
import {
  ANNOUNCEMENT_CHARACTERS,
  ANNOUNCEMENT_KIND_LABELS,
  ANNOUNCEMENT_KINDS,
  type AnnouncementKind,
  WINTER_WORDS,
} from '../../../data/announcement.ts';
import type { DeskAnnouncement } from '../../../data/announcement-schema.ts';
import { emptyOnes } from '../form-errors.ts';
import { ListSection } from '../list-section.ts';
import { button, choiceField, emptyState, errorSummary, tag, textField } from '../pieces.ts';
import { areaText, fromLocalInput, momentText, toLocalInput } from '../words.ts';

const LABELS = { kind: '种类', text: '写什么', from: '从', until: '到', areaCode: '给哪里' };
const STATES = { waiting: ['未开始', 'plain'], running: ['进行中', 'ok'], over: ['已结束', 'plain'] } as const;
const HINTS: Readonly<Record<AnnouncementKind, string>> = {
  banner: '一条通知，显示在骑手首页上方',
  winter: '骑手的手机会优先排有供暖的驿站',
  'severe-weather': '写明“恶劣天气放行”的小区门，这段时间随时放行',
};

export class Announcements extends ListSection<DeskAnnouncement> {
  static override properties = { ...ListSection.properties, _kind: { state: true } };

  declare private _kind: AnnouncementKind;
  protected readonly path = '/api/desk/announcements';

  constructor() {
    super();
    this._kind = 'banner';
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="announce-title"><h2 id="announce-title">发公告</h2>${this.renderSaid()}${this.#renderForm()}</section>
      <section aria-labelledby="announced-title"><h2 id="announced-title">公告</h2>
        ${this.renderList((items) => (items.length === 0 ? emptyState('还没有公告', '在上面写第一条。') : this.#renderTable(items)))}
      </section>`;
  }

  #renderForm(): TemplateResult {
    const { fields } = this._errors;
    const { nowMs, timezone, start, account } = this.desk;
    const input = (ms: number) => toLocalInput(new Date(ms).toISOString(), timezone);
    const own = account.areaCode;
    const areas =
      own === null
        ? [
            { value: '', label: '全市' },
            ...start.city.districts.map(({ code, name }) => ({ value: code, label: name })),
          ]
        : [{ value: own, label: areaText(start, own) }];
    const kinds = ANNOUNCEMENT_KINDS.map((kind) => ({ value: kind, label: ANNOUNCEMENT_KIND_LABELS[kind] }));
    return html`${errorSummary(this._errors, LABELS)}
      <form class="narrow" novalidate @submit=${this.#onSubmit}>
        ${choiceField({ id: 'kind', label: LABELS.kind, value: this._kind, choices: kinds, hint: HINTS[this._kind], error: fields.kind, onChange: (kind) => this.#choose(kind as AnnouncementKind) })}
        ${textField({ id: 'text', label: LABELS.text, maxlength: ANNOUNCEMENT_CHARACTERS, required: true, spellcheck: true, value: this._kind === 'winter' ? WINTER_WORDS : '', error: fields.text })}
        <div class="fields-row">
          ${textField({ id: 'from', label: LABELS.from, type: 'datetime-local', value: input(nowMs), error: fields.from })}
          ${textField({ id: 'until', label: LABELS.until, type: 'datetime-local', value: input(nowMs + 24 * 3_600_000), error: fields.until })}
        </div>
        ${choiceField({ id: 'areaCode', label: LABELS.areaCode, value: own ?? '', choices: areas, error: fields.areaCode })}
        ${button({ label: '发布', kind: 'main', isBusy: this._isBusy })}
      </form>`;
  }

  #renderTable(items: readonly DeskAnnouncement[]): TemplateResult {
    return html`<div class="table-wrap"><table class="table">
      <caption class="visually-hidden">所有公告，新的在前</caption>
      <thead><tr><th scope="col">内容</th><th scope="col">给哪里</th><th scope="col">从</th><th scope="col">到</th><th scope="col">谁发的</th><th scope="col"><span class="visually-hidden">操作</span></th></tr></thead>
      <tbody>${items.map(({ id, kind, text, areaCode, from, until, state, createdBy }) => {
        const [words, tone] = STATES[state];
        return html`<tr>
          <th scope="row">${text}<span class="second">${ANNOUNCEMENT_KIND_LABELS[kind]} ${tag(words, tone)}</span></th>
          <td>${areaText(this.desk.start, areaCode)}</td>
          <td class="keep">${momentText(from, this.desk)}</td><td class="keep">${momentText(until, this.desk)}</td>
          <td>${createdBy.name}</td>
          <td>${state === 'over' ? '' : button({ label: '提前结束', kind: 'danger', onPress: () => void this.act(() => this.desk.delete(`/api/announcements/${id}`), '结束了，骑手看不到了') })}</td>
        </tr>`;
      })}</tbody>
    </table></div>`;
  }

  #choose(kind: AnnouncementKind): void {
    this._kind = kind;
  }

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const read = (name: string) => String(data.get(name) ?? '').trim();
    const { timezone } = this.desk;
    const [from, until] = [fromLocalInput(read('from'), timezone), fromLocalInput(read('until'), timezone)];
    const missing = emptyOnes({ text: read('text'), from: from ?? '', until: until ?? '' });
    if (missing) return this.refuse({ fields: missing });
    const body = { kind: this._kind, text: read('text'), from, until, areaCode: read('areaCode') || null };
    const isDone = await this.submit(Object.keys(LABELS), () => this.desk.create('/api/announcements', body), '发布了');
    if (isDone) this._kind = 'banner';
  };
}

customElements.define('yz-desk-announcements', Announcements);
