// One-time codes of those who sign in with a phone: eight digits, kept as a keyed hash.

import { randomInt } from 'node:crypto';
import type { Actor } from '../data/store/store.ts';
import type { AppContext } from './context.ts';
import { isSameHash } from './secret.ts';

const MINUTE_MS = 60_000;
/** Sent to the phone. */
export const SENT_CODE_MS = 10 * MINUTE_MS;
/** Handed out by the desk: whoever gets it may still have to walk home. */
export const GIVEN_CODE_MS = 60 * MINUTE_MS;

type Parts = Pick<AppContext, 'store' | 'secret'>;

export async function makeCode(
  { store, secret }: Parts,
  { accountId, validMs, actor }: { accountId: string; validMs: number; actor: Actor },
): Promise<{ code: string; expiresAt: string }> {
  const code = String(randomInt(100_000_000)).padStart(8, '0');
  const codeHash = hashOf(secret, accountId, code);
  return { code, ...(await store.desk.signInCodes.add({ accountId, codeHash, validMs }, actor)) };
}

/** Whether it is an open code of the account, which then is used up. An account that is not there has none. */
export async function takeCode({ store, secret }: Parts, accountId: string, code: string): Promise<boolean> {
  const codeHash = hashOf(secret, accountId, code);
  return store.desk.signInCodes.take(accountId, (kept) => isSameHash(kept, codeHash));
}

function hashOf(secret: Parts['secret'], accountId: string, code: string): string {
  return secret.hash('sign-in-code', JSON.stringify([accountId, code]));
}
