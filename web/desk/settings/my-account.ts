// <yz-desk-my-account>: the own password, and where one is signed in.

import { html, nothing, type TemplateResult } from 'lit';
import { ROLE_LABELS } from '../../../data/account.ts';
import type { Desk } from '../desk.ts';
import { DeskElement, wordsOf } from '../desk-element.ts';
import { emptyOnes, formErrorsOf } from '../form-errors.ts';
import {
  button,
  errorSummary,
  type FormErrors,
  failure,
  NO_ERRORS,
  note,
  skeleton,
  tag,
  textField,
} from '../pieces.ts';
import type { Listed, SessionAnswer } from '../shapes.ts';
import { hasShortcuts, setShortcuts } from '../shortcuts.ts';
import { areaText, momentText, sinceText } from '../words.ts';

const LABELS = { old: '现在的密码', new: '新密码' };

export class MyAccount extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    _sessions: { state: true },
    _failure: { state: true },
    _said: { state: true },
    _errors: { state: true },
    _isBusy: { state: true },
  };

  declare desk: Desk;
  declare private _sessions: readonly SessionAnswer[] | null;
  declare private _failure: string | null;
  declare private _said: string | null;
  declare private _errors: FormErrors;
  declare private _isBusy: boolean;

  constructor() {
    super();
    this._sessions = null;
    this._failure = null;
    this._said = null;
    this._errors = NO_ERRORS;
    this._isBusy = false;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { account, start } = this.desk;
    return html`<section aria-labelledby="me-title">
        <h2 id="me-title">我的账号</h2>
        <dl class="facts">
          <dt>姓名</dt><dd>${account.displayName}</dd>
          ${account.username === null ? nothing : html`<dt>用户名</dt><dd>${account.username}</dd>`}
          <dt>角色</dt><dd>${ROLE_LABELS[account.role]}${account.areaCode ? html`，${areaText(start, account.areaCode)}` : nothing}</dd>
          ${account.phone === null ? nothing : html`<dt>手机号</dt><dd>${account.phone}</dd>`}
        </dl>
      </section>
      ${
        account.role === 'admin' || account.role === 'curator'
          ? html`<section aria-labelledby="keys-title"><h2 id="keys-title">键盘</h2>
            <label class="check"><input type="checkbox" .checked=${hasShortcuts()} @change=${(event: Event) => setShortcuts((event.target as HTMLInputElement).checked)} />待审用单个字母键（A 通过、R 退回、E 改后通过、J K 上下、Z 撤销）</label></section>`
          : nothing
      }
      ${account.hasPassword ? this.#renderPassword() : nothing}
      <section aria-labelledby="sessions-title">
        <h2 id="sessions-title">登录过的设备</h2>
        ${this.#renderSessions()}
      </section>`;
  }

  #renderPassword(): TemplateResult {
    const { fields } = this._errors;
    return html`<section aria-labelledby="password-title">
      <h2 id="password-title">改密码</h2>
      ${note(this._said, 'ok')}
      ${errorSummary(this._errors, LABELS)}
      <form class="narrow" novalidate @submit=${this.#changePassword}>
        <input type="text" name="username" autocomplete="username" .value=${this.desk.account.username ?? ''} hidden />
        ${textField({ id: 'old', label: LABELS.old, type: 'password', autocomplete: 'current-password', required: true, error: fields.old })}
        ${textField({ id: 'new', label: LABELS.new, type: 'password', autocomplete: 'new-password', required: true, error: fields.new, hint: '至少 12 个字符；改完以后，其他设备都要重新登录' })}
        ${button({ label: '改密码', isBusy: this._isBusy })}
      </form>
    </section>`;
  }

  #renderSessions(): TemplateResult {
    if (this._failure !== null) return failure(this._failure, () => void this.#load());
    if (!this._sessions) return skeleton(2);
    const when = { nowMs: this.desk.nowMs, timezone: this.desk.timezone };
    return html`<div class="table-wrap"><table class="table">
      <caption>不认识的，马上退出，再改密码</caption>
      <thead><tr><th scope="col">设备</th><th scope="col">登录</th><th scope="col">最近使用</th><th scope="col">到期</th><th scope="col"><span class="visually-hidden">操作</span></th></tr></thead>
      <tbody>${this._sessions.map(
        (each) => html`<tr>
          <th scope="row">${each.label} ${each.isCurrent ? tag('这一台', 'ok') : nothing} ${each.isEnrolled ? tag('常用设备') : nothing}</th>
          <td>${momentText(each.createdAt, when)}</td>
          <td>${sinceText(each.lastSeenAt, when)}</td>
          <td>${momentText(each.endsAt, when)}</td>
          <td>${each.isCurrent ? nothing : button({ label: '退出', onPress: () => void this.#end(each.id) })}</td>
        </tr>`,
      )}</tbody>
    </table></div>`;
  }

  async #load(): Promise<void> {
    this._failure = null;
    try {
      this._sessions = (await this.desk.get<Listed<SessionAnswer>>('/api/sessions')).items;
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }

  async #end(id: string): Promise<void> {
    try {
      await this.desk.delete(`/api/sessions/${id}`);
      await this.#load();
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }

  readonly #changePassword = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const values = { old: String(data.get('old')), new: String(data.get('new')) };
    this._said = null;
    const missing = emptyOnes(values);
    this._errors = missing ? { fields: missing } : NO_ERRORS;
    if (!missing) {
      this._isBusy = true;
      try {
        await this.desk.post('/api/session/password', values);
        form.reset();
        this._said = '密码改好了，其他设备都已退出';
        await this.#load();
      } catch (error) {
        this._errors = formErrorsOf(error, Object.keys(LABELS));
      } finally {
        this._isBusy = false;
      }
    }
    void this.focusOn('.error-summary');
  };
}

customElements.define('yz-desk-my-account', MyAccount);
