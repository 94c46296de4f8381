// What every room of the desk is given: the city, who is there, and a way to ask. When a session has ended on the way, or
// the server wants the password again, the person is asked in place and the request goes on: nothing that was typed is lost.

import type { DeskStart } from '../pages/desk-state.ts';
import { type Asking, ask, ProblemError, type Reply } from './asking.ts';
import { deviceHeaders } from './device.ts';
import type { AccountAnswer, SignedInAnswer } from './shapes.ts';

/** Asks the person; resolves to false when they would rather not. */
export interface Doorkeeper {
  signInAgain(): Promise<boolean>;
  confirmPassword(): Promise<boolean>;
}

/** The person closed the dialog: what they had in mind is not done, and no error either. */
export class DeclinedError extends Error {}

type Query = Record<string, string | number | boolean | null | undefined>;

export class Desk {
  readonly start: DeskStart;
  readonly session: SignedInAnswer;
  readonly #doorkeeper: Doorkeeper;
  readonly #go: (href: string, how: 'push' | 'replace') => void;
  readonly #changed: () => void;
  /** Server's time less this computer's, ms. */
  readonly #aheadMs: number;

  constructor(parts: {
    start: DeskStart;
    session: SignedInAnswer;
    doorkeeper: Doorkeeper;
    go: (href: string, how: 'push' | 'replace') => void;
    changed: () => void;
  }) {
    this.start = parts.start;
    this.session = parts.session;
    this.#doorkeeper = parts.doorkeeper;
    this.#go = parts.go;
    this.#changed = parts.changed;
    this.#aheadMs = parts.start.nowMs - Date.now();
  }

  get account(): AccountAnswer {
    return this.session.account;
  }

  /** Milliseconds by the server's clock. */
  get nowMs(): number {
    return Date.now() + this.#aheadMs;
  }

  get timezone(): string {
    return this.start.city.timezone;
  }

  async get<Body>(path: string, query: Query = {}): Promise<Body> {
    return (await this.#ask<Body>('GET', withQuery(path, query))).body;
  }

  /** With the ETag, for what is to be edited. */
  read<Body>(path: string): Promise<Reply<Body>> {
    return this.#ask<Body>('GET', path);
  }

  async post<Body>(path: string, body: object, headers: Record<string, string> = {}): Promise<Body> {
    return (await this.#ask<Body>('POST', path, { body, headers })).body;
  }

  /** A creation that may be sent twice by a bad line, and must arrive once. */
  create<Body>(path: string, body: object): Promise<Body> {
    return this.post(path, body, { 'Idempotency-Key': crypto.randomUUID() });
  }

  patch<Body>(path: string, body: object, headers: Record<string, string> = {}): Promise<Reply<Body>> {
    return this.#ask<Body>('PATCH', path, { body, headers });
  }

  async delete(path: string): Promise<void> {
    await this.#ask('DELETE', path);
  }

  go(href: string, how: 'push' | 'replace' = 'push'): void {
    this.#go(href, how);
  }

  /** Something was decided: the counts beside the rooms are to be asked for again. */
  changed(): void {
    this.#changed();
  }

  async #ask<Body>(method: Parameters<typeof ask>[0], path: string, asking: Asking = {}): Promise<Reply<Body>> {
    try {
      return await ask<Body>(method, path, { ...asking, headers: { ...deviceHeaders(), ...asking.headers } });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const again =
        error.code === 'sign-in-required'
          ? this.#doorkeeper.signInAgain()
          : error.code === 're-authentication-required'
            ? this.#doorkeeper.confirmPassword()
            : undefined;
      if (again === undefined) throw error;
      if (!(await again)) throw new DeclinedError();
      return this.#ask<Body>(method, path, asking);
    }
  }
}

export function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}
