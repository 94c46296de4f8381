// Sends what a rider said, in order and once, however often it has to be tried: each letter has a key by which the server
// knows it again. Tried when something is said, when the page is opened or seen again, when the network comes back, and
// after a while that grows. Nothing hangs on the browser's own background sending. Without a network it waits on the phone;
// where the server fails, whoever still looks at the page is told, and has it back.

import { ClientError } from '../client.ts';
import { postAsDevice } from './device.ts';
import { addLetter, allLetters, changeLetter, type Letter, type NewLetter, removeLetter } from './letters.ts';
import type { Posted } from './posting.ts';

export type Settled =
  | { state: 'sent'; answer: unknown }
  | { state: 'queued' }
  /** The server failed, or has no time: not kept, to be tried again by whoever said it. */
  | { state: 'failed'; reason: string }
  | { state: 'refused'; reason: string };

export interface OutboxListener {
  /** A letter has arrived, now or after hours. */
  arrived(letter: Letter, answer: unknown): void;
  /** What waits, and what was refused, in order. */
  changed(letters: readonly Letter[]): void;
}

/** What keeps a letter from being sent now. */
interface Hindrance {
  /** Before the next try. */
  delayMs: number;
  /** What the server says of it; null when there is no network. */
  reason: string | null;
}

/** So long somebody is kept waiting for what becomes of their word. */
const PATIENCE_MS = 15_000;
const FIRST_RETRY_MS = 5000;
const MOST_RETRY_MS = 10 * 60_000;
const BROKEN = '服务器这会儿出了问题，过一会儿再试';
const TOO_LATE = '隔得太久，那时的情况可能变了，没有发送';

export class Outbox {
  readonly #listener: OutboxListener;
  readonly #now: () => number;
  readonly #waiting = new Map<number, (outcome: Settled) => void>();
  #sending: Promise<void> | undefined;
  #hasMore = false;
  #retryMs = FIRST_RETRY_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param now milliseconds by the server's clock */
  constructor(listener: OutboxListener, now: () => number) {
    this.#listener = listener;
    this.#now = now;
    addEventListener('online', () => void this.flush());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.flush();
    });
    void this.flush();
  }

  /** Keeps it first, then sends it; `queued` when it will be sent later. One that did not succeed is told here and not kept. */
  async add(letter: NewLetter): Promise<Settled> {
    const { id } = await addLetter(letter);
    const settled = new Promise<Settled>((resolve) => {
      this.#waiting.set(id, resolve);
      setTimeout(() => this.#settle(id, { state: 'queued' }), PATIENCE_MS);
    });
    await this.#tell();
    void this.flush();
    return settled;
  }

  /** What waits, and what was refused. */
  pending(): Promise<Letter[]> {
    return allLetters();
  }

  /** The person has read why it was refused. */
  async dismiss(id: number): Promise<void> {
    await removeLetter({ id });
    await this.#tell();
  }

  /** Sends what waits, one after the other, until one cannot be sent now. */
  flush(): Promise<void> {
    this.#hasMore = true;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#hasMore) {
      this.#hasMore = false;
      for (const letter of await allLetters()) {
        if (letter.refused !== null) continue;
        const hindrance = await this.#send(letter);
        if (!hindrance) continue;
        await this.#giveBack(hindrance);
        this.#timer = setTimeout(() => void this.flush(), hindrance.delayMs);
        return this.#tell();
      }
    }
    await this.#tell();
  }

  /** To those who look at what becomes of their word. */
  async #giveBack({ reason }: Hindrance): Promise<void> {
    for (const id of [...this.#waiting.keys()]) {
      if (reason === null) this.#settle(id, { state: 'queued' });
      else {
        await removeLetter({ id });
        this.#settle(id, { state: 'failed', reason });
      }
    }
  }

  /** @returns what hinders it; undefined when this letter is done with */
  async #send(letter: Letter): Promise<Hindrance | undefined> {
    if (letter.untilMs !== null && this.#now() > letter.untilMs) {
      await this.#refuse(letter, TOO_LATE);
      return undefined;
    }
    try {
      const answer = await deliver(letter);
      if (answer.status >= 200 && answer.status < 300) {
        this.#retryMs = FIRST_RETRY_MS;
        this.#listener.arrived(letter, answer.body);
        await removeLetter(letter);
        this.#settle(letter.id, { state: 'sent', answer: answer.body });
        return undefined;
      }
      if (!isForNow(answer.status)) {
        await this.#refuse(letter, reasonOf(answer));
        return undefined;
      }
      const reason = answer.status === 429 ? reasonOf(answer) : BROKEN;
      return { delayMs: this.#nextRetry(answer.retryAfterMs), reason };
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      return { delayMs: this.#nextRetry(null), reason: null };
    }
  }

  async #refuse(letter: Letter, reason: string): Promise<void> {
    if (this.#waiting.has(letter.id)) await removeLetter(letter);
    else await changeLetter({ ...letter, photos: [], refused: reason });
    this.#settle(letter.id, { state: 'refused', reason });
  }

  #nextRetry(askedMs: number | null): number {
    const delayMs = Math.max(this.#retryMs, askedMs ?? 0);
    this.#retryMs = Math.min(this.#retryMs * 2, MOST_RETRY_MS);
    return delayMs;
  }

  #settle(id: number, outcome: Settled): void {
    this.#waiting.get(id)?.(outcome);
    this.#waiting.delete(id);
  }

  async #tell(): Promise<void> {
    this.#listener.changed(await allLetters());
  }
}

/** Photos first, each once; then what names them. */
async function deliver(letter: Letter): Promise<Posted> {
  const photoIds = [...letter.photoIds];
  for (const photo of letter.photos.slice(photoIds.length)) {
    const form = new FormData();
    form.append('photo', photo);
    const key = `${letter.key}-${photoIds.length}`;
    const answer = await postAsDevice('/api/photos', form, { 'Idempotency-Key': key });
    const id = (answer.body as { id?: unknown } | undefined)?.id;
    if (typeof id !== 'string') return answer;
    photoIds.push(id);
    await changeLetter({ ...letter, photoIds });
  }
  const body = photoIds.length === 0 ? letter.body : { ...letter.body, photoIds };
  return postAsDevice(letter.url, body, { 'Idempotency-Key': letter.key });
}

/** Another time it may be taken: busy, too many, or broken. */
function isForNow(status: number): boolean {
  return status >= 500 || [401, 408, 425, 429].includes(status);
}

function reasonOf({ body }: Posted): string {
  const detail = (body as { detail?: unknown } | undefined)?.detail;
  return typeof detail === 'string' ? detail : '服务器没有收下，原因不明';
}

/** A key that nobody else has; old web-views have no `randomUUID`. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
