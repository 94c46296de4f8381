// <yz-desk-place-photos>: the photos that riders see of a place; one more, or one less. Says `photos-changed`.

import { html, nothing, type TemplateResult } from 'lit';
import { PLACE_PHOTOS, photoUrl } from '../../../data/photo.ts';
import type { DeskPlaceAnswer } from '../../../data/place-desk-schema.ts';
import { type Desk, withQuery } from '../desk.ts';
import { DeskElement, wordsOf } from '../desk-element.ts';
import { button, note, textField } from '../pieces.ts';

export class PlacePhotos extends DeskElement {
  static override properties = {
    desk: { attribute: false },
    answer: { attribute: false },
    _failure: { state: true },
    _isBusy: { state: true },
  };

  declare desk: Desk;
  declare answer: DeskPlaceAnswer;
  declare private _failure: string | null;
  declare private _isBusy: boolean;

  constructor() {
    super();
    this._failure = null;
    this._isBusy = false;
  }

  protected override render(): TemplateResult {
    const { place, may } = this.answer;
    const isFull = place.photos.length >= PLACE_PHOTOS;
    return html`<h3>照片</h3>
      ${note(this._failure, 'bad')}
      ${place.photos.length === 0 ? html`<p class="field-hint">还没有照片。拍门口，让骑手一眼认出来；别拍到人脸和车牌。</p>` : nothing}
      <ul class="photo-list">${place.photos.map(
        (photo) => html`<li>
          <img src=${photoUrl(photo.id, 480)} alt=${photo.alt} width="150" height=${Math.round((150 * photo.height) / photo.width)} loading="lazy" />
          ${may.edit ? button({ label: '撤下', kind: 'danger', onPress: () => void this.#remove(photo.id) }) : nothing}
        </li>`,
      )}</ul>
      ${
        may.edit && !isFull
          ? html`<form novalidate @submit=${this.#onSubmit}>
              <div class="field"><label for="photo-file">加一张照片</label><input id="photo-file" name="photo" type="file" class="input" accept="image/jpeg,image/png,image/webp" /></div>
              ${textField({ id: 'photo-alt', label: '照片里是什么', maxlength: 60, hint: '看不见照片的人会听到这句话' })}
              ${button({ label: '上传', icon: 'camera', isBusy: this._isBusy })}
            </form>`
          : nothing
      }`;
  }

  readonly #onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const alt = String(data.get('photo-alt')).trim();
    data.delete('photo-alt');
    const file = data.get('photo');
    if (!(file instanceof File) || file.size === 0) {
      this._failure = '先选一张照片';
      return;
    }
    await this.#attempt(async () => {
      await this.desk.create(withQuery(`/api/places/${this.answer.place.id}/photos`, { alt }), data);
      form.reset();
    });
  };

  async #remove(id: string): Promise<void> {
    await this.#attempt(() => this.desk.delete(`/api/photos/${id}`));
  }

  async #attempt(act: () => Promise<void>): Promise<void> {
    this._isBusy = true;
    this._failure = null;
    try {
      await act();
      this.say('photos-changed');
    } catch (error) {
      this._failure = wordsOf(error);
    } finally {
      this._isBusy = false;
    }
  }
}

customElements.define('yz-desk-place-photos', PlacePhotos);
