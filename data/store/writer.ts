// One writer: acts of this process queue up, and the lock of another process is waited for without stopping the thread.

import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Place } from '../place-schema.ts';
import { StoreBusyError } from './errors.ts';
import type { Tables } from './tables.ts';

/** An open write transaction. Await nothing in it but its database: it holds the one write lock. */
export interface Writing {
  db: Transaction<Tables>;
  /** The instant of the act, RFC 3339 in UTC; the same for all that it touches. */
  at: string;
  /** The number of this change, given at its first call; every row that the act touches carries it. */
  revision(): Promise<number>;
  /** What the act changed and removed, for those who listen; the acts of `places.ts` fill them. */
  changed: Map<string, Place>;
  removedIds: Set<string>;
}

/** What a transaction did, told after its commit. `revision` is undefined when it changed no place. */
export interface Committed {
  revision: number | undefined;
  changed: Place[];
  removedIds: string[];
}

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 100;

export interface Writer {
  /** Runs an act in a transaction. Throws StoreBusyError when the lock could not be had in time. */
  write<Result>(act: (writing: Writing) => Promise<Result>): Promise<Result>;
  /** Runs something between two transactions of this process, without a transaction of its own. */
  between<Result>(run: () => Promise<Result>): Promise<Result>;
}

export function createWriter(
  db: Kysely<Tables>,
  options: { now: () => Date; patienceMs: number; onCommit: (committed: Committed) => Promise<void> },
): Writer {
  const inTurn = new AsyncLocalStorage<boolean>();
  let last: Promise<unknown> = Promise.resolve();

  function between<Result>(run: () => Promise<Result>): Promise<Result> {
    if (inTurn.getStore()) throw new Error('A write inside a write would wait for itself: use the open transaction');
    const turn = last.then(run);
    // SQLite answers within a tick: without a pause, a row of writes would let nobody else have a turn.
    last = turn.catch(() => undefined).then(() => nextTurn());
    return turn;
  }

  async function write<Result>(act: (writing: Writing) => Promise<Result>): Promise<Result> {
    const deadline = performance.now() + options.patienceMs;
    return between(async () => {
      const { result, committed } = await retryWhileBusy(
        () => inTurn.run(true, () => transact(db, options.now, act)),
        deadline,
      );
      await options.onCommit(committed);
      return result;
    });
  }

  return { write, between };
}

/**
 * Tries a transaction until a deadline (of `performance.now()`), pausing without stopping the thread. `begin immediate`
 * is what meets another's lock: once begun, a transaction is never refused for being busy, so that none runs twice.
 */
export async function retryWhileBusy<Result>(transaction: () => Promise<Result>, deadline: number): Promise<Result> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await transaction();
    } catch (error) {
      if (!(error instanceof StoreBusyError) || performance.now() + pause > deadline) throw error;
      await sleep(pause);
    }
  }
}

async function transact<Result>(
  db: Kysely<Tables>,
  now: () => Date,
  act: (writing: Writing) => Promise<Result>,
): Promise<{ result: Result; committed: Committed }> {
  let revision: number | undefined;
  const changed = new Map<string, Place>();
  const removedIds = new Set<string>();
  const result = await db.transaction().execute((transaction) =>
    act({
      db: transaction,
      at: now().toISOString(),
      revision: async () => (revision ??= await advanceCounter(transaction, 'revision', 1)),
      changed,
      removedIds,
    }),
  );
  return { result, committed: { revision, changed: [...changed.values()], removedIds: [...removedIds] } };
}

/** Adds to a counter within a transaction and returns its new value. */
export async function advanceCounter(
  db: Transaction<Tables>,
  name: Tables['counters']['name'],
  by: number,
): Promise<number> {
  const { value } = await db
    .updateTable('counters')
    .set((row) => ({ value: row('value', '+', by) }))
    .where('name', '=', name)
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}
