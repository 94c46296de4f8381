// Acts that need a second person. One administrator proposes, another approves; where there is no other, the act waits
// for a day, in everybody's sight, and can be called off.

import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { countOtherAdmins } from './accounts.ts';
import { type Actor, appendAudit } from './audit.ts';
import {
  PENDING_ACT_KINDS,
  type PendingActKind,
  type PendingActName,
  type PendingPayloads,
} from './pending-act-kinds.ts';
import { actorOf } from './sessions.ts';
import type { PendingActRow, Tables } from './tables.ts';
import type { Writing } from './writer.ts';

export const ALONE_MS = 24 * 3_600_000;

export interface PendingAct {
  id: string;
  act: PendingActName;
  label: string;
  payload: PendingPayloads[PendingActName];
  /** An account's id. */
  proposedBy: string;
  at: string;
  /** When it runs without a second person; null while there is one who could approve it. */
  readyAt: string | null;
}

export async function propose<Name extends PendingActName>(
  writing: Writing,
  act: Name,
  payload: PendingPayloads[Name],
  proposer: { id: string },
): Promise<PendingAct> {
  const row: PendingActRow = {
    id: randomBytes(8).toString('hex'),
    act,
    payload: JSON.stringify(payload),
    proposed_by: proposer.id,
    at: writing.at,
  };
  await writing.db.insertInto('pending_acts').values(row).execute();
  const details = { payload };
  await appendAudit(writing, { actor: actorOf(proposer), act: `${act}.propose`, subject: row.id, details });
  return pendingActOf(writing.db, row);
}

/** The oldest first. */
export async function pendingActs(db: Kysely<Tables>): Promise<PendingAct[]> {
  const rows = await db.selectFrom('pending_acts').selectAll().orderBy('at').orderBy('id').execute();
  const acts: PendingAct[] = [];
  for (const row of rows) acts.push(await pendingActOf(db, row));
  return acts;
}

/** Whether somebody else could approve is asked anew each time: people come and go. */
async function pendingActOf(db: Kysely<Tables>, row: PendingActRow): Promise<PendingAct> {
  const isAlone = (await countOtherAdmins(db, row.proposed_by)) === 0;
  const act = row.act as PendingActName;
  return {
    id: row.id,
    act,
    label: kindOf(act).label,
    payload: JSON.parse(row.payload),
    proposedBy: row.proposed_by,
    at: row.at,
    readyAt: isAlone ? new Date(Date.parse(row.at) + ALONE_MS).toISOString() : null,
  };
}

function kindOf(act: PendingActName): PendingActKind<PendingPayloads[PendingActName]> {
  return PENDING_ACT_KINDS[act] as PendingActKind<PendingPayloads[PendingActName]>;
}

/** Runs it; `own` for whoever proposed it, undefined when it is no longer there. */
export async function approve(
  writing: Writing,
  id: string,
  approver: { id: string },
): Promise<'done' | 'own' | undefined> {
  const act = await pendingAct(writing.db, id);
  if (!act) return undefined;
  if (act.proposedBy === approver.id) return 'own';
  await carryOut(writing, act, actorOf(approver), `${act.act}.approve`);
  return 'done';
}

/** Returns whether there was one. */
export async function callOff(writing: Writing, id: string, actor: Actor): Promise<boolean> {
  const act = await pendingAct(writing.db, id);
  if (!act) return false;
  await writing.db.deleteFrom('pending_acts').where('id', '=', id).execute();
  await kindOf(act.act).cancel?.(writing, act.payload, actor);
  await appendAudit(writing, {
    actor,
    act: `${act.act}.call-off`,
    subject: id,
    details: { proposedBy: act.proposedBy },
  });
  return true;
}

/** Runs what nobody else could approve and has waited for its day. */
export async function runReadyActs(writing: Writing): Promise<void> {
  for (const act of await pendingActs(writing.db)) {
    if (act.readyAt === null || act.readyAt > writing.at) continue;
    await carryOut(writing, act, { kind: 'system', name: 'waiting-time' }, `${act.act}.run-alone`);
  }
}

async function pendingAct(db: Kysely<Tables>, id: string): Promise<PendingAct | undefined> {
  const row = await db.selectFrom('pending_acts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && pendingActOf(db, row);
}

async function carryOut(writing: Writing, act: PendingAct, actor: Actor, word: string): Promise<void> {
  const { id, payload, proposedBy } = act;
  await writing.db.deleteFrom('pending_acts').where('id', '=', id).execute();
  await appendAudit(writing, { actor, act: word, subject: id, details: { proposedBy } });
  await kindOf(act.act).run(writing, payload, actorOf({ id: proposedBy }));
}
