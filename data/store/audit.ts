// Who did what, in a chain of hashes. A row's hash covers the hash before it, so that an edit, a deletion or another
// order shows at once; a tail cut off shows against a head that was exported earlier.

import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { AuditRow, Tables } from './tables.ts';
import type { Writing } from './writer.ts';

export interface Actor {
  kind: 'cli' | 'account' | 'system' | 'migration';
  name: string;
}

export interface AuditEntry {
  actor: Actor;
  /** Noun and verb: `place.update`, `places.create-many`. */
  act: string;
  /** The id of what was acted on; null for a bulk. */
  subject: string | null;
  /** JSON values, none of them personal. */
  details: Readonly<Record<string, unknown>>;
}

/** The last row's place in the chain; exported with each backup. Sequence 0 is the empty chain. */
export interface AuditHead {
  sequence: number;
  hash: string;
}

export type AuditVerdict =
  | { ok: true; head: AuditHead }
  | { ok: false; problem: 'edited' | 'missing' | 'truncated' | 'other-history'; sequence: number; message: string };

const START: AuditHead = { sequence: 0, hash: '0'.repeat(64) };
const BATCH = 1000;

/** Personal by nature or by chance: the audit says that they changed, never what they were. */
const REDACTED_FIELDS: readonly string[] = ['phone'];
export const REDACTED = 'redacted';

/** A value as the audit may hold it. */
export function auditable(field: string, value: unknown): unknown {
  return REDACTED_FIELDS.includes(field) && value !== null ? REDACTED : value;
}

/** Whether a value that the audit or a history holds stands for one that it does not. */
export function isRedacted(field: string, value: unknown): boolean {
  return REDACTED_FIELDS.includes(field) && value === REDACTED;
}

function hashOf(row: Omit<AuditRow, 'hash'>): string {
  const { sequence, at, actor_kind, actor_name, act, subject, details, previous_hash } = row;
  return createHash('sha256')
    .update(JSON.stringify([previous_hash, sequence, at, actor_kind, actor_name, act, subject, details]))
    .digest('hex');
}

/** The end of the chain, `{ sequence: 0, hash: 64 zeros }` when nothing was written yet. */
export async function auditHead(db: Kysely<Tables>): Promise<AuditHead> {
  const last = await db
    .selectFrom('audit')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? START;
}

/** Adds one act to the chain, inside the transaction of the act itself: both are kept, or neither. */
export async function appendAudit(writing: Pick<Writing, 'db' | 'at'>, entry: AuditEntry): Promise<void> {
  const head = await auditHead(writing.db);
  const row = {
    sequence: head.sequence + 1,
    at: writing.at,
    actor_kind: entry.actor.kind,
    actor_name: entry.actor.name,
    act: entry.act,
    subject: entry.subject,
    details: JSON.stringify(entry.details),
    previous_hash: head.hash,
  };
  await writing.db
    .insertInto('audit')
    .values({ ...row, hash: hashOf(row) })
    .execute();
}

/**
 * Walks the whole chain. With a head exported earlier, a chain that ends before it is `truncated`, and one that passes
 * it with another hash is `other-history` (rewritten from some row on, hashes included).
 */
export async function verifyAudit(db: Kysely<Tables>, exported?: AuditHead): Promise<AuditVerdict> {
  let head = START;
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('sequence', '>', head.sequence)
      .orderBy('sequence')
      .limit(BATCH)
      .execute();
    for (const { hash, ...row } of rows) {
      const sequence = head.sequence + 1;
      if (row.sequence !== sequence) return wrong('missing', sequence, `审计记录第 ${sequence} 条不见了`);
      if (row.previous_hash !== head.hash || hash !== hashOf(row)) {
        return wrong('edited', sequence, `审计记录第 ${sequence} 条被改过或换了位置`);
      }
      if (exported?.sequence === sequence && exported.hash !== hash) {
        return wrong('other-history', sequence, `审计记录到第 ${sequence} 条为止与当时导出的链头不一致`);
      }
      head = { sequence, hash };
    }
    if (rows.length < BATCH) break;
    // SQLite answers within a tick: a long chain would let nobody else have a turn.
    await nextTurn();
  }
  if (exported && exported.sequence > head.sequence) {
    const message = `审计记录只到第 ${head.sequence} 条，导出的链头是第 ${exported.sequence} 条：后面的被删了`;
    return wrong('truncated', head.sequence + 1, message);
  }
  return { ok: true, head };
}

function wrong(
  problem: Exclude<AuditVerdict, { ok: true }>['problem'],
  sequence: number,
  message: string,
): AuditVerdict {
  return { ok: false, problem, sequence, message };
}
