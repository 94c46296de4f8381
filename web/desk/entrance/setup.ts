// <yz-desk-setup>: the first admin, by the link that the server prints while there is none. Says `signed-in`.

import { html, type TemplateResult } from 'lit';
import { emptyOnes } from '../form-errors.ts';
import { button, emptyState, errorSummary, textField } from '../pieces.ts';
import { FreshAccount, PASSWORD_HINT, USERNAME_HINT } from './fresh-account.ts';

const LABELS = { username: '用户名', password: '密码' };

export class Setup extends FreshAccount {
  protected override render(): TemplateResult {
    const { fields } = this._errors;
    return html`<main id="main" class="desk-entrance">
      <p class="muted">${this.start.city.title}管理台</p>
      <h1 tabindex="-1">${this._made ? '绑定验证器' : '设立第一位管理员'}</h1>
      ${
        this._made
          ? this.renderTotp(this._made)
          : this.token === ''
            ? emptyState(
                '要从服务器打印的链接进来',
                '启动服务的终端里有一行 Desk setup，点开那个链接；已经有管理员的话，直接去登录。',
              )
            : html`${errorSummary(this._errors, LABELS)}
              <form novalidate @submit=${this.#onSubmit}>
                ${textField({ id: 'username', label: LABELS.username, autocomplete: 'username', required: true, error: fields.username, hint: USERNAME_HINT })}
                ${textField({ id: 'password', label: LABELS.password, type: 'password', autocomplete: 'new-password', required: true, error: fields.password, hint: PASSWORD_HINT })}
                ${button({ label: '下一步：绑定验证器', kind: 'main', isBusy: this._isBusy })}
              </form>`
      }
      <p><a href="/desk/sign-in">去登录</a></p>
    </main>`;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const username = String(data.get('username')).trim();
    const password = String(data.get('password'));
    const missing = emptyOnes({ username, password });
    if (missing) {
      this.refuse({ fields: missing });
      return;
    }
    void this.make('/api/setup', { username, password }, Object.keys(LABELS));
  };
}

customElements.define('yz-desk-setup', Setup);
