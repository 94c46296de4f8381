// Short messages go out by a webhook that the city configures: whoever runs it holds the contract with the carrier. What
// is sent, and to whom, is in no log.

import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from './config.ts';

export interface Message {
  /** A mobile number, eleven digits. */
  to: string;
  /** What the carrier has approved, by its name. */
  template: 'sign-in-code';
  params: Readonly<Record<string, string>>;
  /** The same in full, for webhooks that send free text. */
  text: string;
}

export interface Sms {
  isConfigured: boolean;
  /**
   * Sends what `make` gives, if anything, and returns before that: the asker learns neither whether there was something
   * to send, nor how long it took. What goes wrong is logged.
   */
  sendSoon(make: () => Promise<Message | undefined>): void;
}

const PATIENCE_MS = 10_000;

export function createSms({ smsWebhook }: Pick<Config, 'smsWebhook'>, log: Logger): Sms {
  async function send(webhook: string, message: Message): Promise<void> {
    const response = await fetch(webhook, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...message, id: randomUUID() }),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The SMS webhook answered ${response.status}`);
  }

  return {
    isConfigured: smsWebhook !== null,
    sendSoon(make) {
      if (smsWebhook === null) return;
      make()
        .then((message) => message && send(smsWebhook, message))
        .catch((error: unknown) => log.error({ reason: reasonOf(error) }, 'could not send a short message'));
    },
  };
}

/** An error of fetch may hold the request: only its own words are told. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
