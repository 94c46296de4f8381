// <yz-desk-invitation>: from a link that a colleague handed over to an account of one's own; also the way back in after a
// reset. Says `signed-in`.

import { html, nothing, type TemplateResult } from 'lit';
import { ROLE_LABELS } from '../../../data/account.ts';
import { ask } from '../asking.ts';
import { wordsOf } from '../desk-element.ts';
import { emptyOnes } from '../form-errors.ts';
import { button, emptyState, errorSummary, skeleton, textField } from '../pieces.ts';
import type { InvitationLook } from '../shapes.ts';
import { FreshAccount, PASSWORD_HINT, USERNAME_HINT } from './fresh-account.ts';

const LABELS = { username: '用户名', displayName: '姓名', password: '密码' };

export class Invitation extends FreshAccount {
  static override properties = {
    ...FreshAccount.properties,
    _look: { state: true },
    _refusal: { state: true },
    _isByPhone: { state: true },
  };

  declare private _look: InvitationLook | null;
  declare private _refusal: string | null;
  declare private _isByPhone: boolean;

  constructor() {
    super();
    this._look = null;
    this._isByPhone = false;
    this._refusal = this.token === '' ? '链接不完整' : null;
  }

  protected override firstUpdated(): void {
    if (this.token !== '') void this.#look();
  }

  protected override render(): TemplateResult {
    return html`<main id="main" class="desk-entrance">
      <p class="muted">${this.start.city.title}管理台</p>
      <h1 tabindex="-1">${this._made ? '绑定验证器' : '接受邀请'}</h1>
      ${this.#renderBody()}
    </main>`;
  }

  #renderBody(): TemplateResult {
    if (this._refusal !== null) {
      return emptyState(
        this._refusal,
        html`邀请只能用一次，过期作废。请邀请你的人再发一个链接；已经有账号的话，<a href="/desk/sign-in">去登录</a>。`,
      );
    }
    if (this._made) return this.renderTotp(this._made);
    if (!this._look) return skeleton(3);
    if (this._isByPhone) return emptyState('账号已经好了', html`以后用手机号登录。<a href="/desk/sign-in">去登录</a>`);
    const { role, areaCode, username, places, isReset, wantsUsername } = this._look;
    const { fields } = this._errors;
    const optional = wantsUsername ? '' : '用手机号登录的可以不填。';
    return html`<p>${isReset ? html`重新设置 <strong>${username ?? ROLE_LABELS[role]}</strong> 的密码` : html`你被邀请为 <strong>${this.#areaName(areaCode)}${ROLE_LABELS[role]}</strong>`}${places.length > 0 ? html`：${places.map(({ name }) => name).join('、')}` : nothing}</p>
      ${errorSummary(this._errors, LABELS)}
      <form novalidate @submit=${this.#onSubmit}>
        ${textField({ id: 'username', label: LABELS.username, autocomplete: 'username', required: wantsUsername, value: username ?? '', readonly: isReset, error: fields.username, hint: isReset ? undefined : `${optional}${USERNAME_HINT}` })}
        ${isReset ? nothing : textField({ id: 'displayName', label: LABELS.displayName, autocomplete: 'name', required: true, spellcheck: false, error: fields.displayName, hint: '同事在记录里看到的名字' })}
        ${textField({ id: 'password', label: LABELS.password, type: 'password', autocomplete: 'new-password', required: wantsUsername, error: fields.password, hint: `${optional}${PASSWORD_HINT}` })}
        ${button({ label: '完成', kind: 'main', isBusy: this._isBusy })}
      </form>`;
  }

  protected override async finish(username: string, password: string): Promise<void> {
    if (username === '' || password === '') this._isByPhone = true;
    else await super.finish(username, password);
  }

  #areaName(areaCode: string | null): string {
    return this.start.city.districts.find(({ code }) => code === areaCode?.slice(0, 6))?.name ?? '';
  }

  async #look(): Promise<void> {
    try {
      const { body } = await ask<InvitationLook>('POST', '/api/invitations/look', { body: { token: this.token } });
      this._look = body;
      void this.focusOn('h1');
    } catch (error) {
      this._refusal = wordsOf(error);
    }
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const read = (name: string) => String(data.get(name) ?? '').trim();
    const { wantsUsername, isReset } = this._look as InvitationLook;
    const [username, displayName, password] = [read('username'), read('displayName'), String(data.get('password'))];
    const needed = {
      ...(wantsUsername && { username, password }),
      ...(!isReset && { displayName }),
      // One without the other is of no use.
      ...(username !== '' && { password }),
    };
    const missing = emptyOnes(needed);
    if (missing) {
      this.refuse({ fields: missing });
      return;
    }
    const given = isReset ? { password } : username === '' ? { displayName } : { username, displayName, password };
    void this.make('/api/invitations/accept', given, Object.keys(LABELS));
  };
}

customElements.define('yz-desk-invitation', Invitation);
