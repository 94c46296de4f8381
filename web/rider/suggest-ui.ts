// A rider's suggestion, from the link to what came of it. What it sends goes through `voices.ts`, which keeps it on the phone
// while there is no network. Where the phone is goes nowhere: the picture begins at a place or a landmark.

import type { PhoneCity } from '../../data/city.ts';
import { areaById, isInside } from '../../data/city.ts';
import type { CorePlace } from '../../data/core.ts';
import type { Point } from '../../data/place.ts';
import { SERVICE_CODES } from '../../data/service.ts';
import { SUGGESTED_FIELD_LABELS, SUGGESTIBLE_KINDS, type SuggestedField } from '../../data/suggestion.ts';
import { chosenOrigin, defaultOrigin } from '../pages/origin.ts';
import { type Direction, SPANS, spotAt, steppedTo } from '../pages/position-picker.ts';
import { blankForm, missingIn, SUGGEST_TEXTS, type SuggestForm, suggestionIn } from '../pages/suggest.ts';
import { suggestionReceiptHref } from '../pages/suggestion-receipt.ts';
import type { Letter } from './letters.ts';
import { newKey } from './outbox.ts';
import { type ChosenPhoto, withFiles } from './photos.ts';
import { keptReceipts } from './receipts.ts';
import type { RiderState } from './rider-state.ts';
import type { ReceiptNews, Voices } from './voices.ts';
import type { VoicesHost } from './voices-ui.ts';

export interface SuggestState {
  /** Null for a new place. */
  placeId: string | null;
  form: SuggestForm;
  photos: readonly ChosenPhoto[];
  /** Of what failed and was not changed since: tried again it may have arrived already. */
  retryKey: string | null;
  /** What the store says of the receipt on the screen; null while asking. */
  receipt: { number: string; news: ReceiptNews | null } | null;
}

const URL = '/api/suggestions';

export class SuggestUi {
  readonly #state: RiderState;
  readonly #host: VoicesHost;
  readonly #voices: Voices;

  constructor(state: RiderState, host: VoicesHost, voices: Voices) {
    this.#state = state;
    this.#host = host;
    this.#voices = voices;
    // A tap on the picture: where it fell matters, which no link and no button says.
    document.addEventListener('click', (event) => this.#tap(event));
  }

  /** Called when the screen has changed: another place begins anew, a receipt is looked up. */
  arrive(): void {
    const { part } = this.#state;
    if (part.kind !== 'suggest' && part.kind !== 'suggestion-receipt') return;
    const place = this.#place;
    const placeId = place?.id ?? null;
    const city = this.#state.finder?.core.city;
    if (!city || (this.#state.placeId !== null && !place)) return;
    if (this.#state.suggestion?.placeId !== placeId || !this.#state.suggestion) {
      this.#state.suggestion = blankSuggestion(place, startOf(this.#state, city, place));
    }
    if (part.kind !== 'suggestion-receipt' || part.number === null) return;
    if (this.#state.suggestion.receipt?.number !== part.number) void this.#readReceipt(part.number);
  }

  /** @returns whether the act was one of its own */
  act(act: string, { dataset }: HTMLElement): boolean {
    const suggestion = this.#state.suggestion;
    if (!suggestion) return false;
    const { form } = suggestion;
    switch (act) {
      case 'suggest-field':
        this.#fill({ fields: toggled(form.fields, dataset.field as SuggestedField, fieldNames) });
        return true;
      case 'suggest-kind':
        this.#fill({ kind: SUGGESTIBLE_KINDS.find((kind) => kind === dataset.kind) ?? null });
        return true;
      case 'suggest-service':
        this.#fill({ services: toggled(form.services, dataset.service as never, SERVICE_CODES) });
        return true;
      case 'suggest-drop-photo':
        this.#takePhotos(suggestion.photos.filter((_, i) => i !== Number(dataset.index)));
        return true;
      case 'spot-move':
        this.#pick(steppedTo(form.spot, dataset.to as Direction));
        return true;
      case 'spot-zoom': {
        const zoom = Math.max(0, Math.min(SPANS.length - 1, form.spot.zoom + Number(dataset.step)));
        this.#fill({ spot: { ...form.spot, zoom } });
        return true;
      }
      case 'send-suggestion':
        void this.#send(suggestion);
        return true;
      default:
        return false;
    }
  }

  /** @returns whether the field was one of its own */
  input(input: HTMLInputElement): boolean {
    const suggestion = this.#state.suggestion;
    if (!suggestion || !input.name.startsWith('suggest-')) return false;
    const name = input.name.slice('suggest-'.length);
    if (name === 'photos') {
      const files = [...(input.files ?? [])];
      // So that the same file can be chosen again after it was taken off.
      input.value = '';
      void withFiles(suggestion.photos, files).then(({ photos, hint }) => this.#takePhotos(photos, hint));
    } else if (name === 'start') this.#startAt(input.value);
    else {
      const text = SUGGEST_TEXTS.find((each) => each === name);
      // Not drawn anew: the field shows already what was typed.
      if (text) suggestion.form = { ...suggestion.form, texts: { ...suggestion.form.texts, [text]: input.value } };
      suggestion.retryKey = null;
    }
    return true;
  }

  /** What waits on the phone has changed: a suggestion may have arrived while its page was looked at. */
  takeLetters(before: readonly Letter[], letters: readonly Letter[]): void {
    const { part } = this.#state;
    const placeId = this.#place?.id ?? '';
    if (part.kind !== 'suggestion-receipt' || part.number !== null) return;
    const wasWaiting = suggestionLetter(before, placeId) !== undefined;
    const newest = keptReceipts().find((receipt) => receipt.problem === null && receipt.placeId === placeId);
    if (wasWaiting && newest && suggestionLetter(letters, placeId) === undefined) {
      this.#host.go(suggestionReceiptHref(placeId, newest.number), 'replace');
    }
  }

  get #place(): CorePlace | null {
    const { finder, placeId } = this.#state;
    const i = placeId === null ? undefined : finder?.core.indexOf(placeId);
    return i === undefined ? null : (finder?.core.place(i) ?? null);
  }

  #tap(event: MouseEvent): void {
    const picture = event.target instanceof Element ? event.target.closest('[data-spot]') : null;
    const spot = this.#state.suggestion?.form.spot;
    if (!picture || !spot) return;
    const { left, top, width, height } = picture.getBoundingClientRect();
    this.#pick(spotAt(spot, [(event.clientX - left) / width, (event.clientY - top) / height]));
  }

  /** Somebody has chosen this point. */
  #pick(point: Point): void {
    const city = this.#state.finder?.core.city;
    const spot = this.#state.suggestion?.form.spot;
    if (!city || !spot) return;
    if (isInside(city.area, point)) this.#fill({ spot: { ...spot, point, isPicked: true }, hint: null });
    else this.#fill({ hint: `那里不在${city.name}范围内` });
  }

  /** Where to look from: not yet a choice. */
  #startAt(id: string): void {
    const city = this.#state.finder?.core.city;
    const spot = this.#state.suggestion?.form.spot;
    const area = city && areaById(city, id);
    if (!area || !spot) return;
    this.#fill({ spot: { point: area.point, zoom: area.isDistrict ? 3 : spot.zoom, isPicked: false } });
  }

  async #send(suggestion: SuggestState): Promise<void> {
    const { form, photos, placeId } = suggestion;
    if (form.isSending) return;
    const place = this.#place;
    const hint = missingIn(form, placeId === null);
    if (hint !== null) {
      this.#fill({ hint });
      return;
    }
    this.#fill({ isSending: true, hint: null });
    const key = suggestion.retryKey ?? newKey();
    suggestion.retryKey = key;
    const outcome = await this.#voices.suggest({
      ...suggestionIn(form, place),
      placeId,
      name: place?.name ?? form.texts.name.trim(),
      photos: photos.map((photo) => photo.file),
      key,
    });
    if (outcome.state === 'failed' || outcome.state === 'refused') {
      if (outcome.state === 'refused') suggestion.retryKey = null;
      suggestion.form = { ...suggestion.form, isSending: false, failure: outcome.reason };
      this.#host.requestUpdate();
      return;
    }
    const isStillThere = this.#state.part.kind === 'suggest' && this.#state.suggestion === suggestion;
    if (this.#state.suggestion === suggestion) this.#state.suggestion = null;
    const number = outcome.state === 'sent' ? outcome.answer.number : null;
    if (isStillThere) this.#host.go(suggestionReceiptHref(placeId ?? '', number), 'replace');
  }

  async #readReceipt(number: string): Promise<void> {
    const { suggestion } = this.#state;
    if (!suggestion) return;
    suggestion.receipt = { number, news: null };
    const news = await this.#voices.readReceipt(number);
    if (suggestion.receipt?.number === number) suggestion.receipt = { number, news };
    this.#host.requestUpdate();
  }

  #takePhotos(photos: readonly ChosenPhoto[], hint: string | null = null): void {
    const { suggestion } = this.#state;
    if (!suggestion) return;
    suggestion.photos = photos;
    this.#fill({ photos, hint });
  }

  #fill(changes: Partial<SuggestForm>): void {
    const { suggestion } = this.#state;
    if (!suggestion) return;
    suggestion.form = { ...suggestion.form, hint: null, ...changes };
    suggestion.retryKey = null;
    this.#host.requestUpdate();
  }
}

const fieldNames = Object.keys(SUGGESTED_FIELD_LABELS) as SuggestedField[];

/** In the order of all. */
function toggled<Item>(chosen: readonly Item[], item: Item, all: readonly Item[]): Item[] {
  return all.filter((each) => (each === item) !== chosen.includes(each));
}

/** The suggestion about a place that waits on the phone, or was refused later; the last one. Empty for a new place. */
export function suggestionLetter(letters: readonly Letter[], placeId: string): Letter | undefined {
  return letters.filter((letter) => letter.url === URL && letter.placeId === placeId).at(-1);
}

/** Where the picture begins: at the place, else at what was chosen to look from. Never at the phone. */
function startOf({ wishes }: RiderState, city: PhoneCity, place: CorePlace | null): Point {
  return [...(place?.point ?? chosenOrigin(city, wishes.area)?.point ?? defaultOrigin(city).point)];
}

export function blankSuggestion(place: CorePlace | null, point: Point): SuggestState {
  const services = SERVICE_CODES.filter((code) => place?.services.some((service) => service.code === code));
  return { placeId: place?.id ?? null, form: blankForm(point, services), photos: [], retryKey: null, receipt: null };
}
