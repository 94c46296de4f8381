// A rider's words on their way to the server: through the outbox, which keeps them while there is no network.

import { ClientError, request } from '../client.ts';
import { isProblem } from '../pages/problems.ts';
import type { Letter, NewLetter } from './letters.ts';
import { newKey, Outbox } from './outbox.ts';
import { keepReceipt, keptReceipts } from './receipts.ts';
import type { RiderState } from './rider-state.ts';
import type { ConfirmationAnswer, Outcome, ReceiptNews, Voices } from './voices.ts';
import { type VoicesHost, VoicesUi } from './voices-ui.ts';

export interface VoicesSource {
  /** Milliseconds by the server's clock. */
  now(): number;
  nameOf(placeId: string): string;
  /** What waits to be sent, and what was refused later on. */
  lettersChanged(letters: readonly Letter[]): void;
}

/** What somebody saw is of then: sent later it would look as if it were of now. */
const SEEN_FOR_MS = 12 * 3_600_000;

const SUGGESTIONS = '/api/suggestions';

export interface SentVoices extends Voices {
  outbox: Outbox;
}

export function createVoices(source: VoicesSource): SentVoices {
  const outbox = new Outbox(
    {
      arrived: (letter, answer) => keepIfReceipt(letter, answer, source.now()),
      changed: (letters) => source.lettersChanged(letters),
    },
    () => source.now(),
  );

  async function say<Answer>(
    placeId: string,
    what: 'confirmations' | 'reports' | 'check-ins' | 'counts',
    body: Record<string, unknown>,
    photos: readonly Blob[] = [],
    key: string = newKey(),
  ): Promise<Outcome<Answer>> {
    const now = source.now();
    return post<Answer>({
      url: `/api/places/${encodeURIComponent(placeId)}/${what}`,
      body,
      key,
      photos,
      placeId,
      placeName: source.nameOf(placeId),
      addedAtMs: now,
      untilMs: what === 'reports' ? null : now + SEEN_FOR_MS,
    });
  }

  async function post<Answer>(letter: Omit<NewLetter, 'photoIds' | 'refused'>): Promise<Outcome<Answer>> {
    const settled = await outbox.add({ ...letter, photoIds: [], refused: null });
    return settled as Outcome<Answer>;
  }

  return {
    outbox,
    confirm: (placeId, field, value) =>
      say<ConfirmationAnswer>(placeId, 'confirmations', { field, value, method: 'gps' }),
    report: (placeId, { problem, note, photos, key }) =>
      say(placeId, 'reports', note === '' ? { problem } : { problem, note }, photos, key),
    suggest: ({ placeId, name, changes, point, note, photos, key }) =>
      post({
        url: SUGGESTIONS,
        body: { ...(placeId !== null && { placeId }), ...(point && { point }), changes, ...(note !== '' && { note }) },
        key,
        photos,
        placeId: placeId ?? '',
        placeName: name,
        addedAtMs: source.now(),
        untilMs: null,
      }),
    checkIn: (placeId) => say(placeId, 'check-ins', {}),
    count: (placeId, { available, outOfService }) => say(placeId, 'counts', { available, outOfService }),
    async readReceipt(number) {
      const receipt = keptReceipts().find((each) => each.number === number);
      if (!receipt) return { ...NO_NEWS, state: 'unknown' };
      try {
        const url = `/api/receipts/${encodeURIComponent(number)}`;
        const headers = { 'Receipt-Key': receipt.key };
        return await request(url, { headers }, newsOf);
      } catch (error) {
        if (!(error instanceof ClientError)) throw error;
        return NO_NEWS;
      }
    },
  };
}

const NO_NEWS: ReceiptNews = { state: 'unreachable', status: null, outcome: null };

async function newsOf(response: Response): Promise<ReceiptNews> {
  if (response.status !== 200) return { ...NO_NEWS, state: response.status === 404 ? 'unknown' : 'unreachable' };
  const { status, outcome } = (await response.json()) as {
    status: string;
    outcome: { reason: string | null; at: string } | null;
  };
  return {
    state: 'received',
    status,
    outcome: outcome && { reason: outcome.reason, atMs: Date.parse(outcome.at) },
  };
}

/** The app's own: what is said on its pages goes out by the outbox, and what waits there is in its state. */
export function openVoices(state: RiderState, host: VoicesHost & { now(): number }): VoicesUi {
  const voices = createVoices({
    now: () => host.now(),
    nameOf(placeId) {
      const core = state.finder?.core;
      const i = core?.indexOf(placeId);
      return i === undefined ? '' : (core?.names[i] ?? '');
    },
    lettersChanged: (letters) => ui.takeLetters(letters),
  });
  const ui = new VoicesUi(state, host, voices);
  state.dismissLetter = (id) => void voices.outbox.dismiss(id);
  return ui;
}

/** Kept before anybody is told, so that no number is lost. */
function keepIfReceipt({ url, body, placeId, placeName }: Letter, answer: unknown, at: number): void {
  const { number, key } = (answer ?? {}) as { number?: unknown; key?: unknown };
  const problem = typeof body.problem === 'string' ? body.problem : undefined;
  if (typeof number !== 'string' || typeof key !== 'string') return;
  if (url === SUGGESTIONS) keepReceipt({ number, key, placeId, name: placeName, problem: null, at });
  else if (isProblem(problem)) keepReceipt({ number, key, placeId, name: placeName, problem, at });
}
