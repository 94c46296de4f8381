import { expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { PLACE_KEYS, type Place, placeSchema } from '../../../data/place-schema.ts';
import { columnName, INTERNAL_COLUMNS, PLACE_COLUMNS, placeOf, rowOf } from '../../../data/store/place-row.ts';
import { openStore } from '../../../data/store/store.ts';
import { anyDraft, temporaryFile, tester } from './support.ts';

test('the table has one column for each key of the schema, a point two, and the two that are internal', async () => {
  const file = temporaryFile();
  await (await openStore({ file })).close();
  const database = new Sqlite(file);
  const columns = database.prepare("select name from pragma_table_info('places')").pluck().all();
  database.close();
  const expected = PLACE_KEYS.flatMap((key) => (key === 'point' ? ['lng', 'lat'] : [columnName(key)]));
  expect([...PLACE_COLUMNS].sort()).toEqual([...expected].sort());
  expect([...columns].sort()).toEqual([...expected, ...INTERNAL_COLUMNS].sort());
});

test('a place of any kind comes back from its row as it was', () => {
  fc.assert(
    fc.property(anyDraft, (draft) => {
      const instant = '2026-11-20T01:12:00.000Z';
      const whole = {
        ...draft,
        id: 'any-place',
        shortCode: '00000',
        createdAt: instant,
        updatedAt: instant,
        version: 1,
        photos: [{ id: '0'.repeat(32), alt: '门口', width: 1280, height: 960 }],
      };
      const place: Place = placeSchema.parse(whole);
      const row = rowOf(place, { seq: 0, revision: 1 });
      expect(placeOf(row)).toEqual(place);
      for (const value of Object.values(row)) expect(['string', 'number', 'object']).toContain(typeof value);
    }),
  );
});

test('a place of any kind comes back from the database as it was created', async () => {
  const store = await openStore({ file: temporaryFile() });
  await fc.assert(
    fc.asyncProperty(anyDraft, async (draft) => {
      const created = await store.places.create(draft, tester);
      expect(created).toMatchObject(placeSchema.parse(created));
      expect(await store.places.get(created.id)).toEqual(created);
      expect(created).toMatchObject(draft);
    }),
    { numRuns: 60 },
  );
  await store.close();
});
