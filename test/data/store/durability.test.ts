import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { checkSqliteVersion } from '../../../data/store/sqlite.ts';
import { openStore, type Store, StoreBusyError } from '../../../data/store/store.ts';
import { startChild, station, temporaryFile, tester } from './support.ts';

/** Starts a child that writes, kills it once it acknowledged so many places, and returns the ids it acknowledged. */
async function killAfter(file: string, acknowledgements: number): Promise<string[]> {
  const child = startChild('writing-child.ts', file, JSON.stringify(station()));
  let ledger = '';
  let complaints = '';
  child.stderr.on('data', (chunk) => (complaints += chunk));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      ledger += chunk;
      if (ledger.split('\n').length > acknowledgements) child.kill('SIGKILL');
    });
    child.on('close', () => resolve());
  });
  expect(complaints).toBe('');
  // A last line without its end was being written when the child died: it says nothing whole.
  return ledger.split('\n').slice(0, -1);
}

test('no acknowledged write is lost when the process is killed, five times over', async () => {
  const file = temporaryFile();
  const acknowledged: string[] = [];
  for (const acknowledgements of [1, 7, 20, 50, 110]) {
    acknowledged.push(...(await killAfter(file, acknowledgements)));
    const store = await openStore({ file });
    const kept = new Set<string>();
    for await (const batch of store.places.all()) for (const place of batch) kept.add(place.id);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    expect(await store.audit.verify()).toMatchObject({ ok: true, head: { sequence: kept.size + 1 } });
    await store.close();
    const database = new Sqlite(file, { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(188);
});

test('a long row of writes leaves the event loop a turn after each', async () => {
  const store = await openStore({ file: temporaryFile() });
  let turns = 0;
  let going = true;
  const others = (async () => {
    for (; going; turns++) await nextTurn();
  })();
  await Promise.all(Array.from({ length: 20 }, () => store.places.create(station(), tester)));
  going = false;
  await others;
  expect(turns).toBeGreaterThanOrEqual(19);
  await store.close();
});

describe('while another connection holds the write lock', () => {
  async function withLock(
    writePatienceMs: number,
    run: (store: Store, release: () => void) => Promise<void>,
  ): Promise<void> {
    const file = temporaryFile();
    const store = await openStore({ file, writePatienceMs });
    const other = new Sqlite(file);
    other.exec('begin immediate');
    try {
      await run(store, () => other.exec('commit'));
    } finally {
      other.close();
      await store.close();
    }
  }

  test('a write waits without stopping the event loop, and is done when the lock is free', () =>
    withLock(5000, async (store, release) => {
      let settled = false;
      const creation = store.places.create(station(), tester).finally(() => (settled = true));
      for (let turn = 0; turn < 50; turn++) await nextTurn();
      expect(settled).toBe(false);
      expect(await store.places.count()).toBe(0);
      release();
      const place = await creation;
      expect(await store.places.get(place.id)).toEqual(place);
    }));

  test('a write whose patience ends fails as busy and wrote nothing; the next one succeeds', () =>
    withLock(30, async (store, release) => {
      await expect(store.places.create(station(), tester)).rejects.toThrow(StoreBusyError);
      release();
      const place = await store.places.create(station(), tester);
      expect(await store.places.count()).toBe(1);
      expect(await store.audit.verify()).toMatchObject({ ok: true, head: { sequence: 2 } });
      expect(place.version).toBe(1);
    }));
});

describe('the engine', () => {
  test('keeps the database from other users of the machine', async () => {
    const file = temporaryFile();
    await (await openStore({ file })).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('makes the data folder when it is not there', async () => {
    const file = `${dirname(temporaryFile())}/var/of/city/yizhan.sqlite`;
    await (await openStore({ file })).close();
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  });

  test('writes ahead, syncs at each commit, checks references, and never waits for a lock', async () => {
    const file = temporaryFile();
    const asked: unknown[] = [];
    const store = await openStore({ file });
    await store.write(async ({ db }) => {
      const { sql } = await import('kysely');
      for (const pragma of ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout']) {
        const { rows } = await sql<Record<string, unknown>>`${sql.raw(`pragma ${pragma}`)}`.execute(db);
        asked.push(Object.values(rows[0] ?? {})[0]);
      }
    });
    await store.close();
    expect(asked).toEqual(['wal', 2, 1, 0]);
  });

  test.each(['3.51.2', '3.9.99', '2.99.99', '3.51'])('SQLite %s is refused', (version) => {
    expect(() => checkSqliteVersion(version)).toThrow(`SQLite ${version} 有损坏数据的缺陷，需要 3.51.3`);
  });

  test.each(['3.51.3', '3.54.0', '4.0.0'])('SQLite %s will do', (version) => {
    expect(() => checkSqliteVersion(version)).not.toThrow();
  });
});
