// Creations that arrive once however often they are sent: the answer is kept with the act, in the same transaction, and
// whoever repeats the request gets it again. Answers may hold keys and tokens, so that they lie here sealed.

import type { Kysely } from 'kysely';
import { KeyReusedError } from './errors.ts';
import type { Tables } from './tables.ts';
import type { Writing } from './writer.ts';

/** One request that may come again. */
export interface Once {
  /** A keyed hash of sender, route and idempotency key. */
  id: string;
  /** A keyed hash of what was sent. */
  fingerprint: string;
  seal(text: string): string;
  open(sealed: string): string;
}

const KEPT_MS = 31 * 24 * 3_600_000;

/**
 * The kept answer of a request that came before; else the act's, which is kept unless it is undefined. Transactions run
 * one after the other, so that of two at the same time one finds the other's answer. Throws KeyReusedError.
 */
export async function actOnce<Answer extends object | undefined>(
  writing: Writing,
  once: Once | undefined,
  act: () => Promise<Answer>,
): Promise<Answer> {
  if (!once) return act();
  const kept = await keptAnswer<Answer>(writing.db, once);
  if (kept !== undefined) return kept;
  const answer = await act();
  if (answer === undefined) return answer;
  const row = { id: once.id, fingerprint: once.fingerprint, answer: once.seal(JSON.stringify(answer)), at: writing.at };
  await writing.db.insertInto('answers').values(row).execute();
  return answer;
}

/** The answer that a request got before, or undefined. Throws KeyReusedError when the key belongs to another one. */
export async function keptAnswer<Answer>(db: Kysely<Tables>, once: Once): Promise<Answer | undefined> {
  const row = await db.selectFrom('answers').selectAll().where('id', '=', once.id).executeTakeFirst();
  if (!row) return undefined;
  if (row.fingerprint !== once.fingerprint) throw new KeyReusedError();
  return JSON.parse(once.open(row.answer)) as Answer;
}

/** Forgets answers older than 31 days. */
export async function pruneAnswers({ db, at }: Writing): Promise<void> {
  const oldest = new Date(Date.parse(at) - KEPT_MS).toISOString();
  await db.deleteFrom('answers').where('at', '<', oldest).execute();
}
