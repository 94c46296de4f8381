// Asks for the password in a dialog over the room: when a session has ended, or before a dangerous act. What stood in the
// room stands there still, and the request that was refused goes on afterwards.

import { html, nothing, render, type TemplateResult } from 'lit';
import { ask } from '../asking.ts';
import type { Doorkeeper } from '../desk.ts';
import { deviceHeaders } from '../device.ts';
import { emptyOnes, formErrorsOf } from '../form-errors.ts';
import { button, errorSummary, type FormErrors, NO_ERRORS, textField } from '../pieces.ts';
import type { SignedInAnswer } from '../shapes.ts';

type Reason = 'ended' | 'dangerous';
const LABELS = { username: '用户名', 'again-password': '密码', 'again-totp': '动态码' };

export class AskAgain {
  readonly element = document.createElement('dialog');
  #session: SignedInAnswer | null = null;
  #asked: { reason: Reason; answer: Promise<boolean>; resolve: (isIn: boolean) => void } | null = null;
  #errors: FormErrors = NO_ERRORS;
  #isBusy = false;

  constructor() {
    this.element.className = 'dialog';
    this.element.setAttribute('aria-labelledby', 'again-title');
    this.element.addEventListener('close', () => this.#settle(false));
  }

  for(session: SignedInAnswer): Doorkeeper {
    this.#session = session;
    return { signInAgain: () => this.#open('ended'), confirmPassword: () => this.#open('dangerous') };
  }

  /** Several requests may be refused at once: they wait for the one answer. */
  #open(reason: Reason): Promise<boolean> {
    if (this.#asked) return this.#asked.answer;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#asked = { reason, answer: promise, resolve };
    this.#errors = NO_ERRORS;
    this.#draw();
    this.element.showModal();
    this.element.querySelector<HTMLElement>('#again-password, a')?.focus();
    return promise;
  }

  #settle(isIn: boolean): void {
    const asked = this.#asked;
    this.#asked = null;
    if (this.element.open) this.element.close();
    render(nothing, this.element);
    asked?.resolve(isIn);
  }

  #draw(): void {
    if (this.#asked) render(this.#template(this.#asked.reason), this.element);
  }

  #template(reason: Reason): TemplateResult {
    const isEnded = reason === 'ended';
    const { fields } = this.#errors;
    const { account, needsTotp = false } = this.#session ?? {};
    if (!account?.hasPassword) return goSignIn();
    return html`<form novalidate @submit=${this.#onSubmit}>
      <h2 id="again-title">${isEnded ? '登录已过期' : '再输一次密码'}</h2>
      <p>${isEnded ? '太久没有操作，已自动退出。登录后回到这里，没保存的内容还在。' : '这一步影响大，先确认是你本人；10 分钟内不再问。'}</p>
      ${errorSummary(this.#errors, LABELS)}
      ${isEnded ? textField({ id: 'username', label: LABELS.username, autocomplete: 'username', value: account.username ?? '', required: true, error: fields.username }) : nothing}
      ${textField({ id: 'again-password', label: LABELS['again-password'], type: 'password', autocomplete: 'current-password', required: true, error: fields['again-password'] })}
      ${needsTotp ? textField({ id: 'again-totp', label: LABELS['again-totp'], autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 6, required: true, error: fields['again-totp'], hint: '验证器里的 6 位数字；刚用过的要等下一个' }) : nothing}
      <div class="dialog-acts">
        ${button({ label: isEnded ? '登录' : '确认', kind: 'main', isBusy: this.#isBusy })}
        ${button({ label: '取消', onPress: () => this.#settle(false) })}
      </div>
    </form>`;
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const values = Object.fromEntries([...data].map(([name, value]) => [name, String(value)]));
    const missing = emptyOnes(values);
    if (missing) {
      this.#refuse({ fields: missing });
      return;
    }
    const { username, 'again-password': password = '', 'again-totp': totp } = values;
    const proof = { password, ...(totp !== undefined && { totp: totp.replaceAll(/\s/g, '') }) };
    void this.#prove(username === undefined ? proof : { ...proof, username: username.trim() });
  };

  async #prove(proof: { username?: string; password: string; totp?: string }): Promise<void> {
    this.#isBusy = true;
    this.#draw();
    try {
      const isSignIn = proof.username !== undefined;
      const headers = deviceHeaders();
      await ask('POST', isSignIn ? '/api/session' : '/api/session/confirmation', { body: proof, headers });
      if (isSignIn) await this.#stayTheSame();
      this.#isBusy = false;
      this.#settle(true);
    } catch (error) {
      this.#isBusy = false;
      const { general, fields } = formErrorsOf(error, ['username', 'password', 'totp']);
      const own = Object.entries(fields).map(([id, words]) => [id === 'username' ? id : `again-${id}`, words]);
      this.#refuse({ general, fields: Object.fromEntries(own) });
    }
  }

  /** Somebody else took over this computer: nothing of the room is theirs to send. */
  async #stayTheSame(): Promise<void> {
    const { body } = await ask<SignedInAnswer>('GET', '/api/session');
    if (body.account.id !== this.#session?.account.id) location.assign('/desk');
    else this.#session = body;
  }

  #refuse(errors: FormErrors): void {
    this.#errors = errors;
    this.#draw();
    this.element.querySelector<HTMLElement>('.error-summary')?.focus();
  }
}

/** Who signs in by phone has a page for it, with the code that comes. */
function goSignIn(): TemplateResult {
  const next = encodeURIComponent(location.pathname + location.search);
  return html`<h2 id="again-title">登录已过期</h2>
    <p>请再用手机号登录一次。</p>
    <p><a class="button button-main" href="/desk/sign-in?next=${next}">去登录</a></p>`;
}
