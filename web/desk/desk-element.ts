// What the desk's elements have in common: they live in the light, so that one style sheet, links to fields and the
// browser's own search reach all of them.

import { LitElement } from 'lit';
import { ClientError } from '../client.ts';
import { ProblemError } from './asking.ts';
import { DeclinedError, type Desk } from './desk.ts';

export class DeskElement extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }

  protected say(type: string, detail: object = {}): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }

  /** Moves the keyboard to a part of this element, once it is drawn. */
  protected async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}

/** One room. The root sets these, anew whenever the address changes. */
export class RoomElement extends DeskElement {
  static override properties = { desk: { attribute: false }, item: { attribute: false }, query: { attribute: false } };

  declare desk: Desk;
  /** What stands after the room in the address: an id. */
  declare item: string | null;
  /** The address's query, without the question mark. */
  declare query: string;

  constructor() {
    super();
    this.item = null;
    this.query = '';
  }

  /** Asked before the room is left: a question for the person, or null. */
  get unsaved(): string | null {
    return null;
  }
}

/** What to tell a person about something that went wrong; null when they turned back themselves. */
export function wordsOf(error: unknown): string | null {
  if (error instanceof DeclinedError) return null;
  if (error instanceof ProblemError) {
    const { retryAfterSeconds } = error;
    return retryAfterSeconds === null ? error.message : `${error.message}（${retryAfterSeconds} 秒后再试）`;
  }
  if (error instanceof ClientError) return '没有连上服务器，内容还在。看看网络，再试一次';
  throw error;
}
