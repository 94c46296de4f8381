// <yz-desk-invitations>: links that let colleagues in, and acts that wait for a second administrator.

import { html, nothing, type TemplateResult } from 'lit';
import { AREA_ROLES, PLACE_ROLES, ROLE_LABELS, type Role } from '../../../data/account.ts';
import type { DeskRowAnswer } from '../../../data/place-desk-schema.ts';
import { ListSection } from '../list-section.ts';
import { button, choiceField, errorSummary, field, note, textField } from '../pieces.ts';
import type { InvitationAnswer, Listed, PendingActAnswer } from '../shapes.ts';
import { areaText, momentText } from '../words.ts';
import { once, roleChoices } from './people.ts';

const LABELS = { role: '角色', areaCode: '负责的区域', placeIds: '点位', phone: '手机号' };
const SEARCH_WAIT_MS = 300;

export class Invitations extends ListSection<InvitationAnswer> {
  static override properties = {
    ...ListSection.properties,
    _role: { state: true },
    _url: { state: true },
    _found: { state: true },
    _places: { state: true },
  };

  declare private _role: Role;
  declare private _url: string | null;
  declare private _found: readonly DeskRowAnswer[];
  /** Chosen for a keeper or a merchant. */
  declare private _places: readonly DeskRowAnswer[];
  protected readonly path = '/api/invitations';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this._role = 'keeper';
    this._url = null;
    this._found = [];
    this._places = [];
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="invite-title">
        <h2 id="invite-title">邀请同事</h2>
        ${this.renderSaid()}
        ${this._url === null ? nothing : once({ title: '把这个链接交给对方，用一次就作废，7 天内有效', text: this._url })}
        ${this.#renderForm()}
      </section>
      <section aria-labelledby="pending-title"><h2 id="pending-title">发出去还没用的邀请</h2>
        ${this.renderList((items) => (items.length === 0 ? html`<p class="muted">没有</p>` : this.#renderTable(items)))}
      </section>`;
  }

  #renderForm(): TemplateResult {
    const { fields } = this._errors;
    const { mayInvite } = this.desk.session;
    const own = this.desk.account.areaCode;
    const districts = this.desk.start.city.districts.filter(({ code }) => own === null || own.startsWith(code));
    const areas = districts.map(({ code, name }) => ({
      value: own ?? code,
      label: own && own !== code ? areaText(this.desk.start, own) : name,
    }));
    const isArea = AREA_ROLES.includes(this._role);
    const isPlace = PLACE_ROLES.includes(this._role);
    return html`${errorSummary(this._errors, LABELS)}
      <form class="narrow" novalidate @submit=${this.#onSubmit}>
        ${choiceField({ id: 'role', label: LABELS.role, value: this._role, choices: roleChoices(mayInvite), error: fields.role, onChange: (role) => this.#chooseRole(role as Role) })}
        ${this._role === 'admin' ? note('新管理员要另一位管理员同意；只有一位管理员时，24 小时后生效', 'warn') : nothing}
        ${isArea ? choiceField({ id: 'areaCode', label: LABELS.areaCode, value: own ?? '', choices: areas, error: fields.areaCode }) : nothing}
        ${isPlace ? this.#renderPlaces(fields.placeIds) : nothing}
        ${isPlace ? textField({ id: 'phone', label: LABELS.phone, type: 'tel', error: fields.phone, hint: '以后可以用手机号登录；不填就用用户名和密码' }) : nothing}
        ${button({ label: '生成邀请链接', isBusy: this._isBusy })}
      </form>`;
  }

  #renderPlaces(error: string | undefined): TemplateResult {
    return html`${field({
      id: 'placeIds',
      label: LABELS.placeIds,
      error,
      hint: '按名称、地址、短码找，点一下加上',
      control: html`<input id="placeIds" class="input" type="search" autocomplete="off" @input=${(event: InputEvent) => this.#search((event.target as HTMLInputElement).value)} />`,
    })}
      <ul class="plain-list">${this._found.map((row) => html`<li class="line"><span>${row.name}<span class="second muted small">${row.address}</span></span><span class="push">${button({ label: '加上', onPress: () => this.#add(row) })}</span></li>`)}</ul>
      <ul class="line" aria-label="选好的点位">${this._places.map((row) => html`<li><button type="button" class="desk-chip" aria-label="去掉 ${row.name}" @click=${() => this.#drop(row)}>${row.name} ×</button></li>`)}</ul>`;
  }

  #renderTable(items: readonly InvitationAnswer[]): TemplateResult {
    return html`<div class="table-wrap"><table class="table">
      <caption class="visually-hidden">没用过的邀请</caption>
      <thead><tr><th scope="col">给谁</th><th scope="col">谁发的</th><th scope="col">到期</th><th scope="col"><span class="visually-hidden">操作</span></th></tr></thead>
      <tbody>${items.map(
        ({ id, role, areaCode, placeIds, phone, createdBy, expiresAt, isHeld, accountId }) => html`<tr>
          <th scope="row">${accountId === null ? '' : '重设登录：'}${ROLE_LABELS[role]}<span class="second">${placeIds.length > 0 ? `${placeIds.length} 个点位` : areaText(this.desk.start, areaCode)}${phone ? `，${phone}` : ''}${isHeld ? '，等另一位管理员同意' : ''}</span></th>
          <td>${createdBy.displayName}</td>
          <td>${momentText(expiresAt, this.desk)}</td>
          <td>${button({ label: '收回', kind: 'danger', onPress: () => void this.act(() => this.desk.delete(`/api/invitations/${id}`), '收回了，链接不能再用') })}</td>
        </tr>`,
      )}</tbody>
    </table></div>`;
  }

  protected override firstUpdated(): void {
    const [first] = this.desk.session.mayInvite;
    if (first) this._role = this.desk.session.mayInvite.includes('keeper') ? 'keeper' : first;
  }

  #chooseRole(role: Role): void {
    this._role = role;
    this._url = null;
  }

  #search(q: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      if (q.trim() === '') this._found = [];
      else this._found = (await this.desk.get<Listed<DeskRowAnswer>>('/api/desk/places', { q, limit: 5 })).items;
    }, SEARCH_WAIT_MS);
  }

  #add(row: DeskRowAnswer): void {
    this._places = [...this._places.filter(({ id }) => id !== row.id), row];
    this._found = [];
  }

  #drop(row: DeskRowAnswer): void {
    this._places = this._places.filter(({ id }) => id !== row.id);
  }

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const phone = String(data.get('phone') ?? '').trim();
    const isArea = AREA_ROLES.includes(this._role);
    const isPlace = PLACE_ROLES.includes(this._role);
    const body = {
      role: this._role,
      ...(isArea && { areaCode: String(data.get('areaCode')) }),
      ...(isPlace && { placeIds: this._places.map(({ id }) => id) }),
      ...(isPlace && phone !== '' && { phone }),
    };
    this._url = null;
    await this.submit(
      Object.keys(LABELS),
      async () => {
        this._url = (await this.desk.post<{ url: string }>(this.path, body)).url;
        this._places = [];
      },
      '链接好了，只显示这一次',
    );
  };
}

customElements.define('yz-desk-invitations', Invitations);

/** <yz-desk-pending-acts>: what one administrator wants and a second one has to agree to. */
export class PendingActs extends ListSection<PendingActAnswer> {
  protected readonly path = '/api/pending-acts';

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="acts-title"><h2 id="acts-title">等另一位管理员同意</h2>
      ${this.renderSaid()}
      ${this.renderList((items) => (items.length === 0 ? html`<p class="muted">没有等着的</p>` : html`<ul class="plain-list">${items.map((each) => this.#renderAct(each))}</ul>`))}
    </section>`;
  }

  #renderAct({ id, label, proposedBy, at, readyAt, isOwn }: PendingActAnswer): TemplateResult {
    return html`<li class="line"><span><strong>${label}</strong><span class="second muted small">${proposedBy.displayName}，${momentText(at, this.desk)}${readyAt ? `；没有第二位管理员，${momentText(readyAt, this.desk)} 自动执行` : ''}</span></span>
      <span class="push line">${isOwn ? nothing : button({ label: '同意', onPress: () => void this.act(() => this.desk.post(`/api/pending-acts/${id}/approval`, {}), '同意了，已经执行') })}
      ${button({ label: '取消', kind: 'danger', onPress: () => void this.act(() => this.desk.delete(`/api/pending-acts/${id}`), '取消了') })}</span></li>`;
  }
}

customElements.define('yz-desk-pending-acts', PendingActs);
