import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { MIGRATIONS_FOLDER } from '../../data/store/migrate.ts';
import { openStore, type StoreOptions } from '../../data/store/store.ts';
import { startChild, station, temporaryFile, temporaryFolder, tester } from './store/support.ts';

const OWN_MIGRATIONS = readdirSync(MIGRATIONS_FOLDER).filter((file) => file.endsWith('.ts'));

/** A folder with the house's migrations and later ones, each given as its SQL statements. */
function folderWith(later: Record<string, readonly string[]>): URL {
  const folder = temporaryFolder();
  for (const file of OWN_MIGRATIONS) {
    writeFileSync(join(folder, file), `export { up } from ${JSON.stringify(new URL(file, MIGRATIONS_FOLDER).href)};`);
  }
  for (const [name, statements] of Object.entries(later)) {
    const steps = statements.map((sql) => `await db.executeQuery({ sql: ${JSON.stringify(sql)}, parameters: [] });`);
    writeFileSync(join(folder, `${name}.ts`), `export async function up(db) { ${steps.join('\n')} }`);
  }
  return pathToFileURL(`${folder}/`);
}

async function opened(options: StoreOptions): Promise<readonly string[]> {
  const store = await openStore(options);
  await store.close();
  return store.migrated;
}

/** Everything that makes the schema, as one text. */
function schemaOf(file: string): string {
  const database = new Sqlite(file);
  const rows = database
    .prepare("select sql from sqlite_master where name not like 'sqlite_%' order by name")
    .pluck()
    .all();
  database.close();
  return rows.join('\n');
}

const LATER = {
  '8001-shelves': [
    'create table shelves (id text primary key)',
    "insert into shelves (id) values ('old shelf')",
    'alter table shelves add column height integer',
    "update places set name = name || '!'",
  ],
};

test('the house has migrations, numbered without a gap', () => {
  expect(OWN_MIGRATIONS.length).toBeGreaterThan(0);
  const numbers = OWN_MIGRATIONS.sort().map((file) => Number(file.slice(0, 4)));
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
});

test('a new database gets all of them, and an up-to-date one none', async () => {
  const file = temporaryFile();
  expect(await opened({ file })).toEqual(OWN_MIGRATIONS.map((name) => name.replace('.ts', '')));
  expect(await opened({ file })).toEqual([]);
  expect(existsSync(join(dirname(file), 'backups'))).toBe(false);
});

test('an older build refuses a newer database and changes nothing', async () => {
  const file = temporaryFile();
  await opened({ file, migrations: folderWith(LATER) });
  const before = schemaOf(file);
  const opening = openStore({ file });
  await expect(opening).rejects.toMatchObject({ code: 'database-newer' });
  await expect(opening).rejects.toThrow('8001-shelves');
  expect(schemaOf(file)).toBe(before);
});

test('without leave to migrate, a database that is behind is refused', async () => {
  const file = temporaryFile();
  await opened({ file });
  const opening = openStore({ file, migrations: folderWith(LATER), migrate: false });
  await expect(opening).rejects.toMatchObject({ code: 'database-behind' });
});

test('a file that is no database of ours is refused in words', async () => {
  const text = temporaryFile();
  writeFileSync(
    text,
    'this is a letter, not a database, and a long one, so that nobody takes it for a header'.repeat(9),
  );
  await expect(openStore({ file: text })).rejects.toMatchObject({ code: 'not-a-database' });
  const foreign = temporaryFile();
  const database = new Sqlite(foreign);
  database.exec('create table recipes (id text)');
  database.close();
  await expect(openStore({ file: foreign })).rejects.toMatchObject({ code: 'database-foreign' });
});

describe('migrating a database that holds something', () => {
  test('copies it first, whole, as it was', async () => {
    const file = temporaryFile();
    const store = await openStore({ file });
    const place = await store.places.create(station(), tester);
    await store.close();
    const before = schemaOf(file);
    expect(await opened({ file, migrations: folderWith(LATER) })).toEqual(['8001-shelves']);

    const backups = join(dirname(file), 'backups');
    const [copy, ...others] = readdirSync(backups);
    expect(others).toEqual([]);
    expect(copy).toMatch(/^before-8001-shelves-.*\.sqlite$/);
    const copied = join(backups, copy ?? '');
    expect(schemaOf(copied)).toBe(before);
    const old = await openStore({ file: copied });
    expect(await old.places.get(place.id)).toEqual(place);
    await old.close();
  });

  test('is told in the audit', async () => {
    const file = temporaryFile();
    const migrations = folderWith(LATER);
    await opened({ file });
    const store = await openStore({ file, migrations });
    expect(await store.audit.verify()).toMatchObject({ ok: true, head: { sequence: 2 } });
    await store.close();
  });

  test('that fails leaves the old schema and rows, and may be tried again', async () => {
    const file = temporaryFile();
    const store = await openStore({ file });
    const place = await store.places.create(station(), tester);
    await store.close();
    const before = schemaOf(file);
    const faulty = folderWith({
      ...LATER,
      '8002-faulty': ['create table more (id text)', 'insert into nowhere values (1)'],
    });
    await expect(openStore({ file, migrations: faulty })).rejects.toThrow('nowhere');
    expect(schemaOf(file)).toBe(before);
    const old = await openStore({ file });
    expect(await old.places.get(place.id)).toEqual(place);
    await old.close();
    expect(await opened({ file, migrations: folderWith(LATER) })).toEqual(['8001-shelves']);
  });
});

describe('a process killed while it migrates', () => {
  const migrations = folderWith(LATER);

  /** Runs a child to its statement with this number, or to its end; returns the number of statements when it ended. */
  async function migrateUntil(file: string, statement?: number): Promise<number | undefined> {
    const child = startChild('migrating-child.ts', file, migrations.href, ...(statement ? [String(statement)] : []));
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    const ending = await new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
    expect(ending).toBe(statement ? 'SIGKILL' : 0);
    return said ? Number(said) : undefined;
  }

  let statements: number;
  let newSchema: string;
  beforeAll(async () => {
    const file = temporaryFile();
    statements = (await migrateUntil(file)) ?? 0;
    newSchema = schemaOf(file);
  });

  test('leaves nothing or everything, at any statement, and the next start finishes it', async () => {
    expect(statements).toBeGreaterThan(20);
    const points = [0.2, 0.4, 0.6, 0.8, 0.95].map((share) => Math.ceil(statements * share));
    for (const point of points) {
      const file = temporaryFile();
      await migrateUntil(file, point);
      expect(['', newSchema]).toContain(schemaOf(file));
      await opened({ file, migrations });
      expect(schemaOf(file)).toBe(newSchema);
    }
  });

  test('leaves an older database old or new', async () => {
    for (const fromTheEnd of [6, 5, 4, 3, 2]) {
      const file = temporaryFile();
      await opened({ file });
      const oldSchema = schemaOf(file);
      const whole = temporaryFile();
      await opened({ file: whole });
      const total = (await migrateUntil(whole)) ?? 0;
      await migrateUntil(file, total - fromTheEnd);
      expect([oldSchema, newSchema]).toContain(schemaOf(file));
      await opened({ file, migrations });
      expect(schemaOf(file)).toBe(newSchema);
    }
  });
});
