// What a rider says of a place, from the tap to what came of it. The pages show its state; what it sends goes through
// `voices.ts`, which keeps it on the phone while there is no network.

import type { VoiceField } from '../../data/confirmation.ts';
import type { CorePlace } from '../../data/core.ts';
import { wallClock } from '../../data/wall-clock.ts';
import { type AskView, noAnswers, type Said } from '../pages/ask.ts';
import { isProblem } from '../pages/problems.ts';
import { receiptHref } from '../pages/receipt.ts';
import { BLANK_FORM, type ReportForm } from '../pages/report.ts';
import type { Letter } from './letters.ts';
import { newKey } from './outbox.ts';
import { type ChosenPhoto, withFiles } from './photos.ts';
import { keptReceipts } from './receipts.ts';
import type { RiderState } from './rider-state.ts';
import { keep, readKept } from './storage.ts';
import { SuggestUi } from './suggest-ui.ts';
import { confirmSaid, plainSaid, SENDING } from './voice-words.ts';
import type { ReceiptNews, Voices } from './voices.ts';

export interface VoicesState {
  placeId: string;
  asked: AskView;
  /** What this rider counted here, at which minute: the city's data bring it up to a minute later. */
  counted: (AskView['bikes'] & { reportedAt: number }) | null;
  form: ReportForm;
  photos: readonly ChosenPhoto[];
  /** Of the report that failed and was not changed since: tried again it may have arrived already. */
  retryKey: string | null;
  /** What the store says of the receipt on the screen; null while asking. */
  receipt: { number: string; news: ReceiptNews | null } | null;
}

export interface VoicesHost {
  go(href: string, how: 'push' | 'replace'): void;
  requestUpdate(): void;
  /** Fetches what has changed since. */
  refresh(): Promise<void>;
}

function placeOf({ finder }: RiderState, id: string | null): CorePlace | undefined {
  const i = id === null ? undefined : finder?.core.indexOf(id);
  return i === undefined ? undefined : finder?.core.place(i);
}

const VISITS_KEPT_AS = 'yz-visits';
const VISITED: Said = { text: '今天已记下你到了，谢谢', tone: 'ok', isDone: true };
const MOST_BIKES = 1000;

export class VoicesUi {
  readonly #state: RiderState;
  readonly #host: VoicesHost;
  readonly #voices: Voices;
  readonly #suggest: SuggestUi;

  constructor(state: RiderState, host: VoicesHost, voices: Voices) {
    this.#state = state;
    this.#host = host;
    this.#voices = voices;
    this.#suggest = new SuggestUi(state, host, voices);
  }

  /** Called when the screen has changed: another place begins anew, a receipt is looked up. */
  arrive(): void {
    this.#suggest.arrive();
    const { placeId, part } = this.#state;
    const place = this.#place;
    if (placeId === null || !place) return;
    const isNew = this.#state.voices?.placeId !== place.id;
    if (isNew) this.#state.voices = blankVoices(place, this.#hasVisited(place.id));
    const { voices } = this.#state;
    if (!voices) return;
    if (part.kind === 'report' && isProblem(part.problem) && voices.form.problem === null) {
      this.#fill({ problem: part.problem });
    }
    if (part.kind === 'receipt' && part.number !== null && voices.receipt?.number !== part.number) {
      void this.#readReceipt(part.number);
    }
  }

  /** @returns whether the act was one of its own */
  act(act: string, target: HTMLElement): boolean {
    if (this.#suggest.act(act, target)) return true;
    const { voices } = this.#state;
    const place = this.#place;
    if (!voices || !place) return false;
    const { field, value, problem, name, step, index } = target.dataset;
    switch (act) {
      case 'confirm':
        void this.#confirm(place, field as VoiceField, value === 'true');
        return true;
      case 'check-in':
        void this.#checkIn(place);
        return true;
      case 'step-count':
        this.#stepCount(place, name as keyof AskView['bikes'], Number(step));
        return true;
      case 'send-count':
        void this.#count(place, voices.asked.bikes);
        return true;
      case 'choose-problem':
        voices.retryKey = null;
        if (isProblem(problem)) this.#fill({ problem, hint: null });
        return true;
      case 'drop-photo':
        this.#takePhotos(voices.photos.filter((_, i) => i !== Number(index)));
        return true;
      case 'send-report':
        void this.#report(place, voices);
        return true;
      default:
        return false;
    }
  }

  /** @returns whether the field was one of its own */
  input(input: HTMLInputElement): boolean {
    if (this.#suggest.input(input)) return true;
    const { voices } = this.#state;
    if (!voices) return false;
    if (input.name === 'note') {
      voices.form = { ...voices.form, note: input.value };
      voices.retryKey = null;
      return true;
    }
    if (input.name !== 'photos') return false;
    const files = [...(input.files ?? [])];
    // So that the same file can be chosen again after it was taken off.
    input.value = '';
    void withFiles(voices.photos, files).then(({ photos, hint }) => this.#takePhotos(photos, hint));
    return true;
  }

  /** What waits on the phone has changed: a report may have arrived while its page was looked at. */
  takeLetters(letters: readonly Letter[]): void {
    const before = this.#state.letters;
    this.#state.letters = letters;
    const { placeId, part } = this.#state;
    const place = this.#place;
    if (placeId !== null && place && part.kind === 'receipt' && part.number === null) {
      const wasWaiting = reportOf(before, place.id) !== undefined;
      const newest = keptReceipts().find((receipt) => receipt.placeId === place.id && receipt.problem !== null);
      if (wasWaiting && newest && reportOf(letters, place.id) === undefined) {
        this.#host.go(receiptHref(place.id, newest.number), 'replace');
      }
    }
    this.#suggest.takeLetters(before, letters);
    this.#host.requestUpdate();
  }

  get #place(): CorePlace | undefined {
    return placeOf(this.#state, this.#state.placeId);
  }

  // ── Short words ───────────────────────────────────────────────────────────────────────────────────────────────────

  async #confirm(place: CorePlace, field: VoiceField, value: boolean): Promise<void> {
    if (this.#isBusy(field)) return;
    this.#say(place, field, SENDING);
    const outcome = await this.#voices.confirm(place.id, field, value);
    this.#say(place, field, confirmSaid(field, value, outcome));
    if (outcome.state === 'sent') await this.#host.refresh();
  }

  async #checkIn(place: CorePlace): Promise<void> {
    if (this.#isBusy('check-in')) return;
    this.#say(place, 'check-in', SENDING);
    const outcome = await this.#voices.checkIn(place.id);
    if (outcome.state === 'sent' || outcome.state === 'queued') this.#rememberVisit(place.id);
    this.#say(place, 'check-in', plainSaid(outcome, VISITED.text));
  }

  #stepCount(place: CorePlace, name: keyof AskView['bikes'], step: number): void {
    const { voices } = this.#state;
    if (!voices) return;
    const bikes = { ...voices.asked.bikes, [name]: Math.max(0, Math.min(MOST_BIKES, voices.asked.bikes[name] + step)) };
    const total = place.bikes?.total ?? 0;
    const isTooMany = total > 0 && bikes.available + bikes.outOfService > total;
    const said: Said = { text: `这里一共登记了 ${total} 辆，加起来超过了`, tone: 'warn', isDone: false };
    voices.asked = { said: { ...voices.asked.said, count: isTooMany ? said : undefined }, bikes };
    this.#host.requestUpdate();
  }

  async #count(place: CorePlace, bikes: AskView['bikes']): Promise<void> {
    if (this.#isBusy('count')) return;
    this.#say(place, 'count', SENDING);
    const outcome = await this.#voices.count(place.id, bikes);
    const { voices, nowMs } = this.#state;
    if (outcome.state === 'sent' && voices?.placeId === place.id) {
      voices.counted = { ...bikes, reportedAt: Math.floor(nowMs / 60_000) };
    }
    this.#say(place, 'count', plainSaid(outcome, '已记下，谢谢'));
    if (outcome.state === 'sent') await this.#host.refresh();
  }

  #isBusy(key: string): boolean {
    return this.#state.voices?.asked.said[key] === SENDING;
  }

  #say(place: CorePlace, key: string, said: Said): void {
    const { voices } = this.#state;
    // The answer may come when another place is shown.
    if (voices?.placeId !== place.id) return;
    voices.asked = { ...voices.asked, said: { ...voices.asked.said, [key]: said } };
    this.#host.requestUpdate();
  }

  // ── The report ────────────────────────────────────────────────────────────────────────────────────────────────────

  async #report(place: CorePlace, voices: VoicesState): Promise<void> {
    const { problem, note, isSending } = voices.form;
    if (isSending) return;
    if (problem === null) {
      this.#fill({ hint: '先点上面一个，说说哪里不对' });
      return;
    }
    this.#fill({ isSending: true, hint: null });
    const photos = voices.photos.map((photo) => photo.file);
    const key = voices.retryKey ?? newKey();
    voices.retryKey = key;
    const outcome = await this.#voices.report(place.id, { problem, note: note.trim(), photos, key });
    if (outcome.state === 'failed' || outcome.state === 'refused') {
      if (outcome.state === 'refused') voices.retryKey = null;
      voices.form = { ...voices.form, isSending: false, failure: outcome.reason };
      this.#host.requestUpdate();
      return;
    }
    voices.form = BLANK_FORM;
    voices.photos = [];
    voices.retryKey = null;
    const number = outcome.state === 'sent' ? outcome.answer.number : null;
    if (number !== null) voices.receipt = { number, news: { state: 'received', status: 'received', outcome: null } };
    const isStillThere = this.#state.placeId === place.id && this.#state.part.kind === 'report';
    if (isStillThere) this.#host.go(receiptHref(place.id, number), 'replace');
    if (number !== null) await this.#host.refresh();
  }

  async #readReceipt(number: string): Promise<void> {
    const { voices } = this.#state;
    if (!voices) return;
    voices.receipt = { number, news: null };
    const news = await this.#voices.readReceipt(number);
    if (voices.receipt?.number === number) voices.receipt = { number, news };
    this.#host.requestUpdate();
  }

  #takePhotos(photos: readonly ChosenPhoto[], hint: string | null = null): void {
    const { voices } = this.#state;
    if (!voices) return;
    voices.photos = photos;
    voices.retryKey = null;
    this.#fill({ photos, hint });
  }

  #fill(changes: Partial<ReportForm>): void {
    const { voices } = this.#state;
    if (!voices) return;
    voices.form = { ...voices.form, ...changes };
    this.#host.requestUpdate();
  }

  // ── Once a day ────────────────────────────────────────────────────────────────────────────────────────────────────

  get #today(): number {
    const timezone = this.#state.finder?.core.city.timezone ?? 'UTC';
    return wallClock(timezone).dayOf(Math.floor(this.#state.nowMs / 60_000));
  }

  /** Of today only: what is older is of no use, and would be a record of where somebody was. */
  #visits(): string[] {
    const kept = readKept(VISITS_KEPT_AS) as { day?: unknown; places?: unknown } | undefined;
    if (kept?.day !== this.#today || !Array.isArray(kept.places)) return [];
    return kept.places.filter((id) => typeof id === 'string');
  }

  #hasVisited(placeId: string): boolean {
    return this.#visits().includes(placeId);
  }

  #rememberVisit(placeId: string): void {
    keep(VISITS_KEPT_AS, { day: this.#today, places: [...this.#visits(), placeId] });
  }
}

/** The report of a place that waits on the phone, or was refused later; the last one. */
export function reportOf(letters: readonly Letter[], placeId: string): Letter | undefined {
  return letters.filter((letter) => letter.placeId === placeId && letter.url.endsWith('/reports')).at(-1);
}

export function blankVoices(place: CorePlace, hasVisited = false): VoicesState {
  const asked = noAnswers(place);
  return {
    placeId: place.id,
    counted: null,
    asked: hasVisited ? { ...asked, said: { 'check-in': VISITED } } : asked,
    form: BLANK_FORM,
    photos: [],
    retryKey: null,
    receipt: null,
  };
}
