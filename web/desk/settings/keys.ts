// <yz-desk-keys>: keys for programs of the city. Shown once; what lies on the server opens nothing.

import { html, nothing, type TemplateResult } from 'lit';
import type { z } from 'zod';
import { API_SCOPE_LABELS, API_SCOPES } from '../../../data/api-key.ts';
import type { apiKeySchema } from '../../../data/api-key-schema.ts';
import { emptyOnes } from '../form-errors.ts';
import { ListSection } from '../list-section.ts';
import { button, choiceField, emptyState, errorSummary, tag, textField } from '../pieces.ts';
import { areaText, momentText } from '../words.ts';
import { once } from './people.ts';

type ApiKey = z.infer<typeof apiKeySchema>;
const LABELS = { name: '给谁用', scopes: '能做什么', areaCode: '哪个区域' };

export class Keys extends ListSection<ApiKey> {
  static override properties = { ...ListSection.properties, _key: { state: true } };

  declare private _key: string | null;
  protected readonly path = '/api/keys';

  constructor() {
    super();
    this._key = null;
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="key-title"><h2 id="key-title">给程序一把钥匙</h2>
        <p class="field-hint">别的系统用它读写点位，不用登录。写在请求头 Authorization: Bearer 后面。</p>
        ${this.renderSaid()} ${this._key === null ? nothing : once({ title: '钥匙，只显示这一次', text: this._key })} ${this.#renderForm()}
      </section>
      <section aria-labelledby="keys-title"><h2 id="keys-title">钥匙</h2>
        ${this.renderList((items) => (items.length === 0 ? emptyState('还没有钥匙', '有系统要对接时，在上面建一把。') : this.#renderTable(items)))}
      </section>`;
  }

  #renderForm(): TemplateResult {
    const { fields } = this._errors;
    const areas = [
      { value: '', label: '全市' },
      ...this.desk.start.city.districts.map(({ code, name }) => ({ value: code, label: name })),
    ];
    return html`${errorSummary(this._errors, LABELS)}
      <form class="narrow" novalidate @submit=${this.#onSubmit}>
        ${textField({ id: 'name', label: LABELS.name, maxlength: 40, required: true, error: fields.name, hint: '例如：公厕系统同步' })}
        <fieldset id="scopes" tabindex="-1"><legend class="field-label">${LABELS.scopes}</legend>
          ${API_SCOPES.map((scope) => html`<label class="check"><input type="checkbox" name="scopes" value=${scope} />${API_SCOPE_LABELS[scope]}</label>`)}
          ${fields.scopes === undefined ? nothing : html`<p class="field-error">${fields.scopes}</p>`}
        </fieldset>
        ${choiceField({ id: 'areaCode', label: LABELS.areaCode, value: '', choices: areas, error: fields.areaCode })}
        ${button({ label: '建一把', isBusy: this._isBusy })}
      </form>`;
  }

  #renderTable(items: readonly ApiKey[]): TemplateResult {
    return html`<div class="table-wrap"><table class="table">
      <caption class="visually-hidden">给程序的钥匙</caption>
      <thead><tr><th scope="col">给谁用</th><th scope="col">能做什么</th><th scope="col">区域</th><th scope="col">建</th><th scope="col">最近用到</th><th scope="col"><span class="visually-hidden">操作</span></th></tr></thead>
      <tbody>${items.map(
        ({ id, name, scopes, areaCode, createdBy, createdAt, lastUsedOn, revokedAt }) => html`<tr>
          <th scope="row">${name} ${revokedAt === null ? nothing : tag('已收回')}</th>
          <td>${scopes.map((scope) => API_SCOPE_LABELS[scope]).join('；')}</td>
          <td>${areaText(this.desk.start, areaCode)}</td>
          <td>${createdBy}，${momentText(createdAt, this.desk)}</td>
          <td>${lastUsedOn === null ? '没用过' : momentText(`${lastUsedOn}T12:00:00Z`, this.desk).split(' ')[0]}</td>
          <td>${revokedAt === null ? button({ label: '收回', kind: 'danger', onPress: () => void this.act(() => this.desk.delete(`/api/keys/${id}`), '收回了，马上失效') }) : nothing}</td>
        </tr>`,
      )}</tbody>
    </table></div>`;
  }

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const name = String(data.get('name')).trim();
    const scopes = data.getAll('scopes').map(String);
    const areaCode = String(data.get('areaCode'));
    const missing = emptyOnes({ name, scopes: scopes.join() });
    if (missing) return this.refuse({ fields: missing });
    this._key = null;
    const isDone = await this.submit(
      Object.keys(LABELS),
      async () => {
        const body = { name, scopes, ...(areaCode !== '' && { areaCode }) };
        this._key = (await this.desk.post<{ key: string }>('/api/keys', body)).key;
      },
      '建好了',
    );
    if (isDone) form.reset();
  };
}

customElements.define('yz-desk-keys', Keys);
