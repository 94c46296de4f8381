// What setup and invitation have in common: an account is made, its second factor shown, and its owner signed in.

import { html, type TemplateResult } from 'lit';
import type { DeskStart } from '../../pages/desk-state.ts';
import { ask } from '../asking.ts';
import { DeskElement } from '../desk-element.ts';
import { formErrorsOf } from '../form-errors.ts';
import { type FormErrors, NO_ERRORS } from '../pieces.ts';
import type { AcceptedInvitation } from '../shapes.ts';
import './totp-setup.ts';

export const USERNAME_HINT = '2 到 40 个字母、汉字或数字，登录用';
export const PASSWORD_HINT = '至少 12 个字符；几个不相干的词连起来最好记';

interface Made {
  username: string;
  password: string;
  totpSecret: string;
  uri: string;
}

/**
 * The token stands in the link's fragment, which no server and no log sees. It is taken out of the address at once, so
 * that no history and no photo of the screen keeps it.
 */
export function takeToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
  return token;
}

export abstract class FreshAccount extends DeskElement {
  static override properties = {
    start: { attribute: false },
    _errors: { state: true },
    _isBusy: { state: true },
    _made: { state: true },
  };

  declare start: DeskStart;
  declare protected _errors: FormErrors;
  declare protected _isBusy: boolean;
  /** There once the account is: what is still needed to sign it in. Gone with the page. */
  declare protected _made: Made | null;
  protected readonly token = takeToken();

  constructor() {
    super();
    this._errors = NO_ERRORS;
    this._isBusy = false;
    this._made = null;
  }

  /** The second step: the authenticator app. */
  protected renderTotp({ totpSecret, uri }: Made): TemplateResult {
    return html`<yz-desk-totp-setup
      .secret=${totpSecret} .uri=${uri} .errors=${this._errors} .isBusy=${this._isBusy}
      @totp-ready=${(event: CustomEvent<{ code: string }>) => void this.#signIn(event.detail.code)}
    ></yz-desk-totp-setup>`;
  }

  /**
   * Makes the account, and signs it in where nothing more is needed.
   * @param ids of the form's fields
   */
  protected async make(path: string, body: Record<string, string>, ids: readonly string[]): Promise<void> {
    await this.attempt(ids, async () => {
      const { body: made } = await ask<Partial<AcceptedInvitation>>('POST', path, {
        body: { token: this.token, ...body },
      });
      const username = made.username ?? body.username ?? '';
      const { password = '' } = body;
      const { totpSecret, otpauthUri } = made;
      if (totpSecret && otpauthUri) this._made = { username, password, totpSecret, uri: otpauthUri };
      else await this.finish(username, password);
    });
  }

  protected async finish(username: string, password: string): Promise<void> {
    await ask('POST', '/api/session', { body: { username, password } });
    this.say('signed-in');
  }

  async #signIn(totp: string): Promise<void> {
    const made = this._made;
    if (!made) return;
    const { username, password } = made;
    await this.attempt(['totp'], async () => {
      await ask('POST', '/api/session', { body: { username, password, totp } });
      this.say('signed-in');
    });
  }

  protected async attempt(ids: readonly string[], act: () => Promise<void>): Promise<void> {
    this._isBusy = true;
    this._errors = NO_ERRORS;
    try {
      await act();
    } catch (error) {
      this.refuse(formErrorsOf(error, ids));
    } finally {
      this._isBusy = false;
    }
  }

  protected refuse(errors: FormErrors): void {
    this._errors = errors;
    void this.focusOn('.error-summary');
  }
}
