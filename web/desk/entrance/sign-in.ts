// <yz-desk-sign-in>: by name and password, or by the phone number of a keeper or a merchant. Says `signed-in`.

import { html, type TemplateResult } from 'lit';
import type { DeskStart } from '../../pages/desk-state.ts';
import { ask } from '../asking.ts';
import { DeskElement } from '../desk-element.ts';
import { enrol, forgetEnrolment } from '../device.ts';
import { emptyOnes, formErrorsOf } from '../form-errors.ts';
import { button, errorSummary, type FormErrors, NO_ERRORS, note, textField } from '../pieces.ts';

const LABELS = { username: '用户名', password: '密码', totp: '动态码', phone: '手机号', code: '验证码' };

export class SignIn extends DeskElement {
  static override properties = {
    start: { attribute: false },
    _way: { state: true },
    _errors: { state: true },
    _isBusy: { state: true },
    _sentTo: { state: true },
  };

  declare start: DeskStart;
  declare private _way: 'password' | 'phone';
  declare private _errors: FormErrors;
  declare private _isBusy: boolean;
  /** The number that a code was asked for. */
  declare private _sentTo: string | null;

  constructor() {
    super();
    this._way = 'password';
    this._errors = NO_ERRORS;
    this._isBusy = false;
    this._sentTo = null;
  }

  protected override render(): TemplateResult {
    const isPhone = this._way === 'phone';
    return html`<main id="main" class="desk-entrance">
      <p class="muted">${this.start.city.title}管理台</p>
      <h1 tabindex="-1">登录</h1>
      <div class="segments" role="group" aria-label="用什么登录">
        ${button({ label: '用户名和密码', pressed: !isPhone, onPress: () => this.#choose('password') })}
        ${button({ label: '手机号', pressed: isPhone, onPress: () => this.#choose('phone') })}
      </div>
      ${errorSummary(this._errors, LABELS)}
      ${isPhone ? this.#renderPhone() : this.#renderPassword()}
      <p class="muted small">还没有账号：向你的区街管理员要一个邀请链接。</p>
    </main>`;
  }

  #renderPassword(): TemplateResult {
    const { fields } = this._errors;
    return html`<form novalidate @submit=${this.#signIn}>
      ${textField({ id: 'username', label: LABELS.username, autocomplete: 'username', required: true, error: fields.username })}
      ${textField({ id: 'password', label: LABELS.password, type: 'password', autocomplete: 'current-password', required: true, error: fields.password })}
      ${textField({ id: 'totp', label: LABELS.totp, autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 6, error: fields.totp, hint: '管理员填验证器里的 6 位数字；其他人不填' })}
      ${stayField()}
      ${button({ label: '登录', kind: 'main', isBusy: this._isBusy })}
    </form>`;
  }

  #renderPhone(): TemplateResult {
    const { fields } = this._errors;
    if (this._sentTo === null) {
      return html`<form novalidate @submit=${this.#askForCode}>
        ${textField({ id: 'phone', label: LABELS.phone, type: 'tel', inputmode: 'tel', autocomplete: 'tel-national', required: true, error: fields.phone, hint: '驻点负责人和商户用' })}
        ${button({ label: '要验证码', kind: 'main', isBusy: this._isBusy })}
      </form>`;
    }
    return html`${note(`如果 ${this._sentTo} 登记过，短信马上就到。没收到就向管理员要一个一次性验证码`)}
      <form novalidate @submit=${this.#signInByCode}>
        ${textField({ id: 'code', label: LABELS.code, autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 12, required: true, error: fields.code })}
        ${stayField()}
        ${button({ label: '登录', kind: 'main', isBusy: this._isBusy })}
        ${button({ label: '换个手机号', kind: 'quiet', onPress: () => this.#choose('phone') })}
      </form>`;
  }

  #choose(way: 'password' | 'phone'): void {
    this._way = way;
    this._sentTo = null;
    this._errors = NO_ERRORS;
    void this.focusOn('form input');
  }

  readonly #signIn = (event: SubmitEvent): void => {
    event.preventDefault();
    const { username, password, totp, stay } = valuesOf(event);
    const missing = emptyOnes({ username, password });
    if (missing) return void this.#refuse({ fields: missing });
    const code = totp.replaceAll(/\s/g, '');
    const body = { username: username.trim(), password, ...(code && { totp: code }) };
    void this.#enter('/api/session', body, stay !== '');
  };

  readonly #askForCode = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { phone } = valuesOf(event);
    const missing = emptyOnes({ phone });
    if (missing) return void this.#refuse({ fields: missing });
    const isAsked = await this.#attempt(() => ask('POST', '/api/phone-session', { body: { phone: phone.trim() } }));
    if (!isAsked) return;
    this._sentTo = phone.trim();
    void this.focusOn('#code');
  };

  readonly #signInByCode = (event: SubmitEvent): void => {
    event.preventDefault();
    const { code, stay } = valuesOf(event);
    const missing = emptyOnes({ code });
    if (missing) return void this.#refuse({ fields: missing });
    void this.#enter('/api/phone-session', { phone: this._sentTo, code: code.trim() }, stay !== '');
  };

  async #enter(path: string, body: object, isToStay: boolean): Promise<void> {
    const isIn = await this.#attempt(async () => {
      forgetEnrolment();
      const headers = isToStay ? await enrol() : {};
      await ask('POST', path, { body, headers });
    });
    if (isIn) this.say('signed-in');
  }

  async #attempt(act: () => Promise<unknown>): Promise<boolean> {
    this._isBusy = true;
    this._errors = NO_ERRORS;
    try {
      await act();
      return true;
    } catch (error) {
      this.#refuse(formErrorsOf(error, Object.keys(LABELS)));
      return false;
    } finally {
      this._isBusy = false;
    }
  }

  #refuse(errors: FormErrors): void {
    this._errors = errors;
    void this.focusOn('.error-summary');
  }
}

function stayField(): TemplateResult {
  return html`<label class="check"><input type="checkbox" name="stay" value="yes" />这是我自己的手机，30 天内不用再登录（管理员除外）</label>`;
}

type Values = Record<'username' | 'password' | 'totp' | 'phone' | 'code' | 'stay', string>;

function valuesOf(event: SubmitEvent): Values {
  const data = new FormData(event.currentTarget as HTMLFormElement);
  const read = (name: string) => String(data.get(name) ?? '');
  return {
    username: read('username'),
    password: read('password'),
    totp: read('totp'),
    phone: read('phone'),
    code: read('code'),
    stay: read('stay'),
  };
}

customElements.define('yz-desk-sign-in', SignIn);
