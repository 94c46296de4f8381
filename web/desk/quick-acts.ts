// <yz-desk-quick-acts>: what whoever looks after a place says of it today, in one tap. Live at once, and counted as seen with
// one's own eyes. Says `acted`.

import { html, nothing, type TemplateResult } from 'lit';
import { PLACE_STATUS_LABELS } from '../../data/place.ts';
import type { DeskPlaceAnswer } from '../../data/place-desk-schema.ts';
import { isClosedEarly } from '../../data/quick-act.ts';
import type { QuickActAnswer, QuickActRequest } from '../../data/quick-act-schema.ts';
import { SERVICE_LABELS, serviceStanding } from '../../data/service.ts';
import type { Desk } from './desk.ts';
import { DeskElement, wordsOf } from './desk-element.ts';
import { button, icon, note, textField } from './pieces.ts';
import { agoText, fromLocalInput, momentText } from './words.ts';

export class QuickActs extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    answer: { attribute: false },
    _said: { state: true },
    _failure: { state: true },
    _isPausing: { state: true },
    _isBusy: { state: true },
  };

  declare desk: Desk;
  declare answer: DeskPlaceAnswer;
  declare private _said: string | null;
  declare private _failure: string | null;
  declare private _isPausing: boolean;
  declare private _isBusy: boolean;

  constructor() {
    super();
    this._said = null;
    this._failure = null;
    this._isPausing = false;
    this._isBusy = false;
  }

  protected override render(): TemplateResult {
    const { place } = this.answer;
    const { nowMs } = this.desk;
    const isEarly = isClosedEarly(place, nowMs);
    const isPaused = place.status === 'paused';
    return html`<div class="quick-acts">
      <p class="small">${icon('clock')} ${this.#stateText(isEarly)}</p>
      ${note(this._said, 'ok')} ${note(this._failure, 'bad')}
      <div class="line">
        ${
          isPaused
            ? this.#act('恢复开放', { act: 'resume' }, '恢复了，骑手马上看得到', 'main')
            : isEarly
              ? this.#act('恢复开门', { act: 'reopen' }, '恢复了，骑手马上看得到', 'main')
              : html`${this.#act('开着，正常', { act: 'reopen' }, '记下了，算今天核实过', 'main')}
                ${place.status === 'active' ? this.#act('今天提前关门', { act: 'close-early' }, '今天不再显示开着，明天照常') : nothing}`
        }
        ${isPaused ? nothing : button({ label: '暂停开放…', pressed: this._isPausing, onPress: () => this.#togglePause() })}
      </div>
      ${this._isPausing ? this.#renderPause() : nothing}
      ${place.services.length === 0 ? nothing : this.#renderServices()}
      <form class="line" novalidate @submit=${this.#onCount}>
        ${textField({ id: `count-${place.id}`, label: '今天到现在来了多少人', inputmode: 'numeric', value: this.answer.today.visitors === null ? '' : String(this.answer.today.visitors) })}
        ${button({ label: '记下人数' })}
      </form>
    </div>`;
  }

  #renderServices(): TemplateResult {
    const { services } = this.answer.place;
    return html`<ul class="service-acts">${services.map((service) => {
      const standing = serviceStanding(service);
      const isBroken = standing === 'broken';
      const label = SERVICE_LABELS[service.code];
      const words = { confirmed: '正常', declared: '未核实', unknown: '未知', broken: '故障' }[standing];
      return html`<li><span>${label}</span><span class="small ${isBroken ? 'tone-bad' : standing === 'confirmed' ? 'tone-ok' : 'muted'}">${words}</span>
        ${this.#act('正常', { act: 'service-ok', service: service.code }, `${label}：正常，今天核实`, 'plain', `${label}正常`)}
        ${isBroken ? nothing : this.#act('坏了', { act: 'service-broken', service: service.code }, `${label}：故障，骑手马上看得到`, 'plain', `${label}坏了`)}</li>`;
    })}</ul>`;
  }

  #renderPause(): TemplateResult {
    const { id } = this.answer.place;
    return html`<form class="fields" novalidate @submit=${this.#onPause}>
      ${textField({ id: `reason-${id}`, label: '为什么（骑手看得到）', maxlength: 100, required: true })}
      ${textField({ id: `until-${id}`, label: '到什么时候', type: 'datetime-local', required: true })}
      ${button({ label: '暂停', kind: 'danger', isBusy: this._isBusy })}
    </form>`;
  }

  #act(
    label: string,
    request: QuickActRequest,
    said: string,
    kind: 'main' | 'plain' = 'plain',
    spoken: string | null = null,
  ): TemplateResult {
    return html`<button type="button" class="button button-${kind}" aria-label=${spoken ?? nothing} aria-disabled=${this._isBusy ? 'true' : nothing}
      @click=${() => void this.#send(request, said)}>${label}</button>`;
  }

  #stateText(isEarly: boolean): string {
    const { place } = this.answer;
    const { status, statusReason, statusUntil, confirmedAt } = place;
    const seen = confirmedAt === null ? '没核实过' : `${agoText(confirmedAt, this.desk)}核实`;
    if (isEarly) return `今天提前关门了 · ${seen}`;
    const until = status === 'paused' && statusUntil ? `，到 ${momentText(statusUntil, this.desk)}` : '';
    return `${PLACE_STATUS_LABELS[status]}${statusReason ? `（${statusReason}）` : ''}${until} · ${seen}`;
  }

  #togglePause(): void {
    this._isPausing = !this._isPausing;
    if (this._isPausing) void this.focusOn('form.fields input');
  }

  readonly #onPause = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const { id } = this.answer.place;
    const reason = String(data.get(`reason-${id}`)).trim();
    const until = fromLocalInput(String(data.get(`until-${id}`)), this.desk.timezone);
    if (reason === '' || until === null) this._failure = '写清为什么，到什么时候';
    else void this.#send({ act: 'pause', reason, until }, '暂停了，到时自动恢复');
  };

  readonly #onCount = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = String(
      new FormData(event.currentTarget as HTMLFormElement).get(`count-${this.answer.place.id}`),
    ).trim();
    const count = Number(text);
    if (text === '' || !Number.isInteger(count) || count < 0) this._failure = '人数要写一个整数';
    else void this.#send({ act: 'visitors', count }, `记下了，今天 ${count} 人`);
  };

  async #send(request: QuickActRequest, said: string): Promise<void> {
    if (this._isBusy) return;
    this._isBusy = true;
    this._said = null;
    this._failure = null;
    try {
      const { place } = this.answer;
      const { place: after, visitorsToday } = await this.desk.create<QuickActAnswer>(
        `/api/places/${place.id}/quick-acts`,
        request,
      );
      const today = { ...this.answer.today, visitors: visitorsToday };
      this.answer = { ...this.answer, place: { ...place, ...after }, today };
      this._isPausing = false;
      this._said = said;
      this.say('acted');
    } catch (error) {
      this._failure = wordsOf(error);
    } finally {
      this._isBusy = false;
    }
  }
}

customElements.define('yz-desk-quick-acts', QuickActs);
