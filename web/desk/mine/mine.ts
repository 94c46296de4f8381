// <yz-desk-mine>: the room of keepers and merchants, on a phone in the other hand: their own places, and what to say of them.

import { html, type PropertyValues, type TemplateResult } from 'lit';
import { PLACE_KIND_LABELS } from '../../../data/place.ts';
import type { DeskPlaceAnswer } from '../../../data/place-desk-schema.ts';
import { RoomElement, wordsOf } from '../desk-element.ts';
import { emptyState, failure, skeleton } from '../pieces.ts';
import '../quick-acts.ts';

export class Mine extends RoomElement {
  static override properties = { ...RoomElement.properties, _places: { state: true }, _failure: { state: true } };

  declare private _places: readonly DeskPlaceAnswer[] | null;
  declare private _failure: string | null;

  constructor() {
    super();
    this._places = null;
    this._failure = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('desk')) void this.#load();
  }

  protected override render(): TemplateResult {
    return html`<main id="main" class="desk-room">
      <header class="room-top"><h1 tabindex="-1">我的点位</h1></header>
      <div class="page-flow own-places">${this.#renderPlaces()}</div>
    </main>`;
  }

  #renderPlaces(): TemplateResult {
    if (this._failure !== null) return failure(this._failure, () => void this.#load());
    if (!this._places) return skeleton(4);
    if (this._places.length === 0) return emptyState('还没有归你管的点位', '请区街管理员把点位加到你的账号上。');
    return html`${this._places.map(
      (answer) => html`<section aria-labelledby="place-${answer.place.id}">
        <h2 id="place-${answer.place.id}">${answer.place.name}</h2>
        <p class="muted small">${PLACE_KIND_LABELS[answer.place.kind]} · ${answer.place.address}${answer.openReports > 0 ? ` · ${answer.openReports} 条反映没办` : ''}</p>
        <yz-desk-quick-acts .desk=${this.desk} .answer=${answer}></yz-desk-quick-acts>
      </section>`,
    )}`;
  }

  async #load(): Promise<void> {
    this._failure = null;
    try {
      const read = (id: string) => this.desk.get<DeskPlaceAnswer>(`/api/desk/places/${id}`);
      this._places = await Promise.all(this.desk.account.placeIds.map(read));
    } catch (error) {
      this._failure = wordsOf(error);
    }
  }
}

customElements.define('yz-desk-mine', Mine);
