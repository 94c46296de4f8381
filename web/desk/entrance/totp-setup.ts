// <yz-desk-totp-setup>: a fresh secret for the authenticator app, as a picture and as text, and the first code as proof
// that it arrived. Says `totp-ready` {code}.

import { html, type TemplateResult } from 'lit';
import { DeskElement } from '../desk-element.ts';
import { button, errorSummary, type FormErrors, NO_ERRORS, textField } from '../pieces.ts';

export class TotpSetup extends DeskElement {
  static override properties = {
    secret: { attribute: false },
    uri: { attribute: false },
    errors: { attribute: false },
    isBusy: { attribute: false },
  };

  /** Base32. */
  declare secret: string;
  /** otpauth://, as authenticator apps read it. */
  declare uri: string;
  declare errors: FormErrors;
  declare isBusy: boolean;

  constructor() {
    super();
    this.errors = NO_ERRORS;
    this.isBusy = false;
  }

  protected override render(): TemplateResult {
    return html`<ol class="steps">
      <li>在手机上打开验证器（微信小程序“腾讯身份验证器”或任何支持 TOTP 的都行），扫这张图
        <div class="qr" role="img" aria-label="验证器用的二维码"></div></li>
      <li>扫不了，就手动输入这串密钥：<code class="secret">${this.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></li>
      <li>把验证器现在显示的 6 位数字填在下面</li>
    </ol>
    <p class="muted small">密钥只显示这一次。换手机以前，请管理员重置一次。</p>
    ${errorSummary(this.errors, { totp: '动态码' })}
    <form novalidate @submit=${this.#onSubmit}>
      ${textField({ id: 'totp', label: '动态码', autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 6, required: true, error: this.errors.fields.totp })}
      ${button({ label: '完成，进入管理台', kind: 'main', isBusy: this.isBusy })}
    </form>`;
  }

  protected override async firstUpdated(): Promise<void> {
    void this.focusOn('#totp');
    // Needed here and nowhere else.
    const [{ correction, generate }, { toSvg }] = await Promise.all([import('lean-qr'), import('lean-qr/extras/svg')]);
    const code = generate(this.uri, { minCorrectionLevel: correction.M });
    const picture = toSvg(code, document, { on: '#000', off: '#fff', padX: 4, padY: 4 });
    this.querySelector('.qr')?.replaceChildren(picture);
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget as HTMLFormElement).get('totp')).replaceAll(/\s/g, '');
    if (/^\d{6}$/.test(code)) {
      this.say('totp-ready', { code });
      return;
    }
    this.errors = { fields: { totp: '要 6 位数字' } };
    void this.focusOn('.error-summary');
  };
}

customElements.define('yz-desk-totp-setup', TotpSetup);
