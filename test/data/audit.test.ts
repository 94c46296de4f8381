import { copyFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { type AuditHead, type AuditVerdict, openStore } from '../../data/store/store.ts';
import { station, temporaryFile, tester } from './store/support.ts';

const ROWS = 7;
let original: string;
/** The head as it was exported before anybody tampered. */
let exported: AuditHead;

beforeAll(async () => {
  original = temporaryFile();
  const store = await openStore({ file: original });
  const { id } = await store.places.create(station({ phone: '0451-8460 0000' }), tester);
  for (let version = 1; version <= 4; version++) {
    await store.places.update(id, { name: `第${version}个名字` }, { version, actor: tester });
  }
  await store.places.update(id, { phone: '0451-9999 0000' }, { version: 5, actor: tester });
  exported = await store.audit.head();
  await store.close();
});

/** What is found in a copy, changed as somebody could who has the file: the triggers are no obstacle to them. */
async function verdictAfter(sql: string, head?: AuditHead): Promise<AuditVerdict> {
  const file = temporaryFile();
  copyFileSync(original, file);
  const database = new Sqlite(file);
  database.exec(`drop trigger audit_refuses_update; drop trigger audit_refuses_delete; ${sql}`);
  database.close();
  const store = await openStore({ file });
  const verdict = await store.audit.verify(head);
  await store.close();
  return verdict;
}

test('an untouched chain is whole and ends at its head', async () => {
  expect(exported.sequence).toBe(ROWS);
  expect(await verdictAfter('')).toEqual({ ok: true, head: exported });
  expect(await verdictAfter('', exported)).toEqual({ ok: true, head: exported });
});

test('a chain that went on after the export is whole', async () => {
  const file = temporaryFile();
  copyFileSync(original, file);
  const store = await openStore({ file });
  await store.places.create(station(), tester);
  expect(await store.audit.verify(exported)).toMatchObject({ ok: true, head: { sequence: ROWS + 1 } });
  await store.close();
});

test.each(['at', 'actor_kind', 'actor_name', 'act', 'subject', 'details', 'previous_hash', 'hash'])(
  'an edit of %s is found in every row',
  async (column) => {
    for (let sequence = 1; sequence <= ROWS; sequence++) {
      const verdict = await verdictAfter(`update audit set ${column} = 'x' where sequence = ${sequence}`);
      expect(verdict).toMatchObject({ ok: false, problem: 'edited', sequence });
    }
  },
);

test('a deletion of any row before the last is found', async () => {
  for (let sequence = 1; sequence < ROWS; sequence++) {
    const verdict = await verdictAfter(`delete from audit where sequence = ${sequence}`);
    expect(verdict).toMatchObject({ ok: false, problem: 'missing', sequence });
  }
});

test('two rows that changed places are found', async () => {
  for (let sequence = 1; sequence < ROWS; sequence++) {
    const swap = `update audit set sequence = -1 where sequence = ${sequence};
      update audit set sequence = ${sequence} where sequence = ${sequence + 1};
      update audit set sequence = ${sequence + 1} where sequence = -1;`;
    expect(await verdictAfter(swap)).toMatchObject({ ok: false, problem: 'edited', sequence });
  }
});

test('a tail that was cut off is found by the exported head, and only by it', async () => {
  for (let sequence = 0; sequence < ROWS; sequence++) {
    const cut = `delete from audit where sequence > ${sequence}`;
    expect(await verdictAfter(cut)).toMatchObject({ ok: true, head: { sequence } });
    expect(await verdictAfter(cut, exported)).toMatchObject({
      ok: false,
      problem: 'truncated',
      sequence: sequence + 1,
    });
  }
});

test('a history that was written anew, hashes and all, is found by the exported head', async () => {
  const file = temporaryFile();
  const store = await openStore({ file });
  for (let i = 1; i < ROWS + 2; i++) await store.places.create(station(), tester);
  expect(await store.audit.verify()).toMatchObject({ ok: true });
  expect(await store.audit.verify(exported)).toMatchObject({ ok: false, problem: 'other-history', sequence: ROWS });
  await store.close();
});

describe('the database itself', () => {
  test.each(["update audit set details = '{}'", 'delete from audit'])('refuses: %s', (sql) => {
    const database = new Sqlite(original);
    expect(() => database.exec(sql)).toThrow('audit rows are never changed');
    database.close();
  });
});

describe('a row', () => {
  function details(sequence: number): unknown {
    const database = new Sqlite(original, { readonly: true });
    const text = database
      .prepare<[number], string>('select details from audit where sequence = ?')
      .pluck()
      .get(sequence);
    database.close();
    return JSON.parse(text ?? '');
  }

  test('of a creation holds the first values, of an update what changed from what to what', () => {
    expect(details(2)).toMatchObject({ values: { name: '尔滨新驿', district: '230102', version: 1 } });
    expect(details(3)).toEqual({ version: 2, fields: { name: { from: '尔滨新驿', to: '第1个名字' } } });
  });

  test('says that a phone number changed, and never which it was', () => {
    expect(details(2)).toMatchObject({ values: { phone: 'redacted' } });
    expect(details(7)).toEqual({ version: 6, fields: { phone: { from: 'redacted', to: 'redacted' } } });
    const database = new Sqlite(original, { readonly: true });
    const all = JSON.stringify(database.prepare('select * from audit').all());
    database.close();
    expect(all).not.toMatch(/8460|9999/);
  });

  test('of a bulk has a digest and no values; one that created nothing has no row', async () => {
    const store = await openStore({ file: temporaryFile() });
    await store.places.createMany([station(), station()], tester, 'test');
    await store.places.createMany([], tester, 'test');
    expect((await store.audit.head()).sequence).toBe(2);
    await store.write(async ({ db }) => {
      const row = await db.selectFrom('audit').selectAll().where('sequence', '=', 2).executeTakeFirstOrThrow();
      expect(row).toMatchObject({
        act: 'places.create-many',
        subject: null,
        actor_kind: 'system',
        actor_name: 'tests',
      });
      expect(JSON.parse(row.details)).toEqual({
        what: 'test',
        count: 2,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
    });
    await store.close();
  });
});
