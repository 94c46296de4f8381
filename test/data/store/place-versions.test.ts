import { expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import type { Place } from '../../../data/place-schema.ts';
import { openStore, type PlaceChanges } from '../../../data/store/store.ts';
import { station, temporaryFile, tester } from './support.ts';

const anyEdit: fc.Arbitrary<PlaceChanges> = fc.record(
  {
    name: fc.constantFrom('甲站', '乙站', 'redacted'),
    seats: fc.constantFrom(null, 4, 8),
    entrance: fc.constantFrom<Place['entrance']>(
      null,
      { point: null, text: '侧门' },
      { point: null, text: '侧门', floor: '二楼' },
    ),
    phone: fc.constantFrom(null, '0451-1111 0000', '0451-2222 0000'),
    aliases: fc.constantFrom<string[]>([], ['老站']),
  },
  { requiredKeys: [] },
);

test('every earlier state of a place follows from its history, whatever was changed, but for what is personal', async () => {
  const store = await openStore({ file: temporaryFile() });
  await fc.assert(
    fc.asyncProperty(fc.array(anyEdit, { maxLength: 8 }), async (edits) => {
      let place: Place = await store.places.create(station(), tester);
      const states = [place];
      for (const edit of edits) {
        const result = await store.places.update(place.id, edit, { version: place.version, actor: tester });
        if (!result || !('place' in result)) throw new Error('Nobody else edits here');
        if (result.place.version > place.version) states.push(result.place);
        place = result.place;
      }
      for (const state of states) {
        const found = await store.placeDesk.atVersion(place, state.version);
        const { updatedAt: _, phone, ...expected } = state;
        expect(found?.fields).toMatchObject(expected);
        if (!found?.lost.includes('phone')) expect(found?.fields.phone).toBe(phone);
      }
      for (const version of [0, place.version + 1]) {
        expect(await store.placeDesk.atVersion(place, version)).toBeUndefined();
      }
    }),
    { numRuns: 50 },
  );
  await store.close();
});

test('a bulk creation begins a history for each place, and what was made up takes its own along', async () => {
  const file = temporaryFile();
  const store = await openStore({ file });
  const [real] = await store.places.createMany([station()], tester, 'test');
  await store.places.createMany(
    Array.from({ length: 450 }, () => station({ demo: true })),
    tester,
    'test',
  );
  const rows = (): unknown => {
    const database = new Sqlite(file, { readonly: true });
    const count = database.prepare('select count(*) from place_versions').pluck().get();
    database.close();
    return count;
  };
  expect(rows()).toBe(451);
  await store.places.removeDemo(tester);
  expect(rows()).toBe(1);
  expect(await store.placeDesk.versions(real?.id ?? '', { limit: 5 })).toMatchObject([
    { version: 1, act: 'places.create-many', actor: tester, fields: {} },
  ]);
  await store.close();
});
