// Codes that open one session, for those who sign in with a phone: sent to it, or handed out by the desk.

import { randomBytes } from 'node:crypto';
import { type Actor, appendAudit } from './audit.ts';
import type { Writing } from './writer.ts';

const TRIES = 5;

export interface NewSignInCode {
  accountId: string;
  /** A keyed hash of account and code. */
  codeHash: string;
  validMs: number;
}

/** A code that was sent and one that the desk gave may both be open: neither makes the other useless. */
export async function addSignInCode(
  writing: Writing,
  code: NewSignInCode,
  actor: Actor,
): Promise<{ expiresAt: string }> {
  const { db, at } = writing;
  const expiresAt = new Date(Date.parse(at) + code.validMs).toISOString();
  const row = {
    id: randomBytes(8).toString('hex'),
    account_id: code.accountId,
    code_hash: code.codeHash,
    tries_left: TRIES,
    expires_at: expiresAt,
  };
  await db.insertInto('sign_in_codes').values(row).execute();
  await appendAudit(writing, { actor, act: 'account.sign-in-code', subject: code.accountId, details: {} });
  return { expiresAt };
}

/** Whether it is one of the account's codes, which then are all used up; a wrong one costs each of them a try. */
export async function takeSignInCode(
  { db, at }: Writing,
  accountId: string,
  isCode: (codeHash: string) => boolean,
): Promise<boolean> {
  const open = await db
    .selectFrom('sign_in_codes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('expires_at', '>', at)
    .where('tries_left', '>', 0)
    .execute();
  if (open.some((row) => isCode(row.code_hash))) {
    await db.deleteFrom('sign_in_codes').where('account_id', '=', accountId).execute();
    return true;
  }
  await db
    .updateTable('sign_in_codes')
    .set((row) => ({ tries_left: row('tries_left', '-', 1) }))
    .where('account_id', '=', accountId)
    .execute();
  return false;
}

export async function pruneSignInCodes({ db, at }: Writing): Promise<void> {
  await db.deleteFrom('sign_in_codes').where('expires_at', '<=', at).execute();
}
