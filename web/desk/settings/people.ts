// <yz-desk-people>: colleagues: who is there, what they look after, and what helps when they cannot get in.

import { html, nothing, type TemplateResult } from 'lit';
import { ROLE_LABELS, type Role } from '../../../data/account.ts';
import { ListSection } from '../list-section.ts';
import { button, emptyState, tag } from '../pieces.ts';
import type { AccountAnswer } from '../shapes.ts';
import { areaText } from '../words.ts';

/** Something that is shown once, for somebody to hand over. */
interface Once {
  title: string;
  text: string;
}

export class People extends ListSection<AccountAnswer> {
  static override properties = { ...ListSection.properties, _once: { state: true } };

  declare private _once: Once | null;
  protected readonly path = '/api/accounts';

  constructor() {
    super();
    this._once = null;
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="people-title">
      <h2 id="people-title">同事</h2>
      ${this.renderSaid()}
      ${this._once ? once(this._once) : nothing}
      ${this.renderList((items) => (items.length === 0 ? emptyState('还没有同事', '在下面发一个邀请链接。') : this.#renderTable(items)))}
    </section>`;
  }

  #renderTable(items: readonly AccountAnswer[]): TemplateResult {
    return html`<div class="table-wrap"><table class="table">
      <caption class="visually-hidden">同事的账号</caption>
      <thead><tr><th scope="col">姓名</th><th scope="col">角色</th><th scope="col">负责</th><th scope="col">登录</th><th scope="col"><span class="visually-hidden">操作</span></th></tr></thead>
      <tbody>${items.map((each) => this.#renderRow(each))}</tbody>
    </table></div>`;
  }

  #renderRow(account: AccountAnswer): TemplateResult {
    const { id, displayName, role, areaCode, placeIds, username, phone, status } = account;
    const isSelf = id === this.desk.account.id;
    const isOff = status === 'disabled';
    const charge = placeIds.length > 0 ? `${placeIds.length} 个点位` : areaText(this.desk.start, areaCode);
    return html`<tr>
      <th scope="row">${displayName} ${isSelf ? tag('我') : nothing} ${isOff ? tag('停用', 'warn') : nothing}</th>
      <td>${ROLE_LABELS[role]}</td>
      <td>${charge}</td>
      <td>${[username, phone].filter(Boolean).join('，')}</td>
      <td><div class="line">${
        isSelf
          ? nothing
          : html`${isOff ? nothing : this.#renderHelp(account)}
            ${button({ label: isOff ? '恢复' : '停用', kind: isOff ? 'plain' : 'danger', onPress: () => void this.#setStatus(account, isOff ? 'active' : 'disabled') })}`
      }</div></td>
    </tr>`;
  }

  #renderHelp({ id, displayName, phone }: AccountAnswer): TemplateResult {
    return html`${button({ label: '重设登录', icon: 'key', onPress: () => void this.#reset(id, displayName) })}
      ${phone === null ? nothing : button({ label: '发登录码', onPress: () => void this.#signInCode(id, displayName) })}`;
  }

  async #setStatus({ id, displayName }: AccountAnswer, status: 'active' | 'disabled'): Promise<void> {
    const said = status === 'active' ? `${displayName} 又能登录了` : `${displayName} 停用了，所有设备都已退出`;
    await this.act(() => this.desk.patch(`/api/accounts/${id}`, { status }), said);
  }

  async #reset(id: string, displayName: string): Promise<void> {
    await this.act(async () => {
      const { url } = await this.desk.post<{ url: string }>(`/api/accounts/${id}/reset`, {});
      this._once = { title: `把这个链接交给 ${displayName}，用来重设密码和动态码`, text: url };
    }, '链接好了，只显示这一次');
  }

  async #signInCode(id: string, displayName: string): Promise<void> {
    await this.act(async () => {
      const { code } = await this.desk.post<{ code: string }>(`/api/accounts/${id}/sign-in-code`, {});
      this._once = { title: `把登录码告诉 ${displayName}`, text: code };
    }, '登录码好了，只显示这一次');
  }
}

export function once({ title, text }: Once): TemplateResult {
  return html`<div class="once"><p class="strong">${title}</p>
    <div class="line"><input class="input" readonly aria-label=${title} .value=${text} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
    ${button({ label: '复制', onPress: () => void navigator.clipboard.writeText(text) })}</div></div>`;
}

/** The roles that somebody may ask others into, for a choice. */
export function roleChoices(roles: readonly Role[]): { value: string; label: string }[] {
  return roles.map((role) => ({ value: role, label: ROLE_LABELS[role] }));
}

customElements.define('yz-desk-people', People);
