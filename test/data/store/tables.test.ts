import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { openStore } from '../../../data/store/store.ts';
import { root } from '../../house/source-files.ts';
import { temporaryFile } from './support.ts';

/** Rows that are written down in `tables.ts`, by the name of their table: its columns, with ` | null` where it may be. */
function declaredTables(): Map<string, string[]> {
  const text = readFileSync(join(root, 'data/store/tables.ts'), 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\//g, '');
  const fieldsOf = (name: string) => new RegExp(`interface ${name} \\{([^}]*)\\}`).exec(text)?.[1] ?? '';
  const pairs = (fields: string) =>
    [...fields.matchAll(/(\w+): ([^;]+);/g)].map(([, key = '', type = '']) => ({ key, type }));
  const rows = pairs(fieldsOf('Tables')).map(({ key, type }) => {
    const columns = pairs(fieldsOf(type)).map(
      (field) => `${field.key}${field.type.includes('null') ? ' or null' : ''}`,
    );
    return [key, columns.sort()] as const;
  });
  // The table of places follows its schema; `place-row.test.ts` compares the two.
  return new Map(rows.filter(([name]) => name !== 'places'));
}

test('the row types say what the migrations make, which columns may be null included', async () => {
  const file = temporaryFile();
  await (await openStore({ file })).close();
  const database = new Sqlite(file, { readonly: true });
  const declared = declaredTables();
  expect(declared.size).toBeGreaterThan(10);
  const made = database.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
  expect([...declared.keys(), 'places'].sort()).toEqual(made.filter((name) => !/^(kysely|sqlite)_/.test(name)).sort());
  for (const [table, columns] of declared) {
    const found = database.prepare('select name, "notnull" as required, pk from pragma_table_info(?)').all(table) as {
      name: string;
      required: number;
      pk: number;
    }[];
    const actual = found.map(({ name, required, pk }) => (required || pk ? name : `${name} or null`)).sort();
    expect({ table, columns: actual }).toEqual({ table, columns });
  }
  database.close();
});
