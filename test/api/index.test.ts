import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Feature } from '../../api/index/feature.ts';
import { type NearestQuery, NO_FILTER } from '../../api/index/query.ts';
import { metresBetween, type Place, type PlaceDraft } from '../../data/place.ts';
import { openStore } from '../../data/store/store.ts';
import { station, tester } from '../data/store/support.ts';
import { bruteForce } from './brute-force.ts';
import { anyCorePoint, corePlace, corePoint, someKinds, someServices } from './places.ts';
import { type Api, NOON, startApi } from './support.ts';

const filter = { kinds: someKinds, services: someServices, open: fc.boolean(), allDay: fc.constant(false) };
const anyInstant = fc.integer({ min: 0, max: 3 * 24 * 60 }).map((minutes) => NOON + minutes * 60_000);
const anyNearest: fc.Arbitrary<NearestQuery> = fc.record({
  ...filter,
  point: anyCorePoint,
  atMs: anyInstant,
  limit: fc.integer({ min: 1, max: 50 }),
  maxDistanceMetres: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 1, max: 20_000 })),
});

function features(bytes: Buffer): Feature[] {
  return JSON.parse(`[${bytes}]`) as Feature[];
}

function summaries(bytes: Buffer) {
  return features(bytes).map(({ id, properties: { distanceMetres, walkMinutes, crossing, demotedFor } }) => {
    return { id, distanceMetres, walkMinutes, crossing, demotedFor };
  });
}

const drafts = (count: number) =>
  fc.sample(fc.array(corePlace, { minLength: count, maxLength: count }), { numRuns: 1, seed: 7 })[0] ?? [];

describe('over two hundred random places on both banks', () => {
  let api: Api;
  let expected: ReturnType<typeof bruteForce>;
  beforeAll(async () => {
    api = await startApi(drafts(240));
    expected = bruteForce(api.loaded.city, api.hoursBook, await api.allPlaces(), NOON);
  });

  test('the nearest are exactly those of brute force: by way, then id, whatever is asked', () => {
    const seen = { crossings: 0, ties: 0 };
    fc.assert(
      fc.property(anyNearest, (query) => {
        const found = summaries(api.index.nearest(query).features);
        expect(found).toEqual(expected.nearest(query));
        if (found.some((each) => each.crossing !== null)) seen.crossings++;
        if (found.some((each, i) => each.distanceMetres === found[i + 1]?.distanceMetres)) seen.ties++;
      }),
      { numRuns: 50 },
    );
    expect(seen.crossings).toBeGreaterThan(3);
    expect(seen.ties).toBeGreaterThan(3);
  });

  test('a list by box, district and filters is exactly that of brute force, page by page', () => {
    const box = fc
      .tuple(corePoint, corePoint)
      .map(([a, b]): [number, number, number, number] => [
        Math.min(a[0], b[0]) - 0.001,
        Math.min(a[1], b[1]),
        Math.max(a[0], b[0]),
        Math.max(a[1], b[1]) + 0.001,
      ]);
    const anyList = fc.record({
      ...filter,
      allDay: fc.boolean(),
      atMs: anyInstant,
      bbox: fc.option(box, { nil: undefined }),
      district: fc.constantFrom(undefined, undefined, '230102', '230109'),
      limit: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(anyList, (query) => {
        const ids: string[] = [];
        let page = api.index.list(query);
        const { numberMatched } = page;
        for (;;) {
          ids.push(...features(page.features).map((feature) => feature.id));
          if (!page.next) break;
          page = api.index.list({ ...query, after: page.next });
        }
        expect(ids).toEqual(expected.listed(query));
        expect(numberMatched).toBe(ids.length);
      }),
      { numRuns: 100 },
    );
  });

  test('a place behind the river is never nearer than over its bridge', () => {
    const [first] = features(api.index.nearest({ ...everything, point: [126.6113, 45.7787], limit: 1 }).features);
    const far = features(api.index.nearest({ ...everything, point: [126.6113, 45.7787], limit: 50 }).features);
    expect(first?.properties.crossing).toBeNull();
    for (const { properties } of far) {
      if (properties.crossing !== null) expect(properties.distanceMetres).toBeGreaterThan(2000);
    }
  });
});

const everything: NearestQuery = {
  ...NO_FILTER,
  point: [126.6, 45.75],
  atMs: NOON,
  limit: 50,
  maxDistanceMetres: Number.POSITIVE_INFINITY,
};

describe('following the store', () => {
  const ids = (api: Api) => features(api.index.nearest(everything).features).map((feature) => feature.id);
  const create = (api: Api, draft: Partial<PlaceDraft> = {}) =>
    api.store.places.create(station(draft as Parameters<typeof station>[0]), tester);
  const update = async (api: Api, { id, version }: Place, changes: Parameters<Api['store']['places']['update']>[1]) => {
    const result = await api.store.places.update(id, changes, { version, actor: tester });
    if (!result || !('place' in result)) throw new Error('no update');
    return result.place;
  };

  test('a new, a changed, a moved, a retired, a returned and a removed place are seen at once', async () => {
    const api = await startApi([station({ id: 'first-place' })]);
    const place = await create(api, { demo: true, point: [126.6001, 45.7501] });
    expect(ids(api)).toEqual([place.id, 'first-place']);

    const renamed = await update(api, place, { name: '改了名' });
    expect(features(api.index.nearest(everything).features)[0]?.properties).toMatchObject({
      name: '改了名',
      version: 2,
    });

    const moved = await update(api, renamed, { point: [126.7, 45.7] });
    expect(ids(api)).toEqual(['first-place', place.id]);
    expect(api.index.list({ ...everything, bbox: [126.6, 45.75, 126.6002, 45.7502] }).count).toBe(0);
    expect(api.index.list({ ...everything, bbox: [126.69, 45.69, 126.71, 45.71] }).count).toBe(1);

    const retired = await update(api, moved, { status: 'retired' });
    expect(ids(api)).toEqual(['first-place']);
    expect(api.index.byId(place.shortCode, NOON)).toBeUndefined();

    await update(api, retired, { status: 'active' });
    expect(ids(api)).toEqual(['first-place', place.id]);

    await api.store.places.removeDemo(tester);
    expect(ids(api)).toEqual(['first-place']);
    expect(api.index.size).toBe(1);
  });

  test('what another process wrote is seen after the next poll', async () => {
    const api = await startApi();
    const other = await openStore({ file: api.file, idPrefix: 'other' });
    const place = await other.places.create(station(), tester);
    await other.close();
    expect(ids(api)).toEqual([]);
    const before = api.index.dataVersion;
    await api.store.pollChanges();
    expect(ids(api)).toEqual([place.id]);
    expect(api.index.dataVersion).not.toBe(before);
  });

  test('after any mixture of changes, large and small, it still equals brute force', async () => {
    const api = await startApi(drafts(60));
    const step = fc.oneof(
      { arbitrary: fc.record({ act: fc.constant('create' as const), draft: corePlace }), weight: 3 },
      { arbitrary: fc.record({ act: fc.constant('move' as const), pick: fc.nat(), point: corePoint }), weight: 3 },
      { arbitrary: fc.record({ act: fc.constant('pause' as const), pick: fc.nat() }), weight: 2 },
      {
        arbitrary: fc.record({
          act: fc.constant('bulk' as const),
          drafts: fc.array(corePlace, { minLength: 300, maxLength: 300 }),
        }),
        weight: 1,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 5 }),
        fc.array(anyNearest, { minLength: 3, maxLength: 3 }),
        async (steps, queries) => {
          for (const each of steps) {
            const places = await api.allPlaces();
            if (each.act === 'create') await api.store.places.create(each.draft, tester);
            else if (each.act === 'bulk') await api.store.places.createMany(each.drafts, tester, 'bulk');
            else {
              const place = places[each.pick % places.length] as Place;
              await update(
                api,
                place,
                each.act === 'move' ? { point: each.point } : { status: 'paused', statusUntil: null },
              );
            }
          }
          const expected = bruteForce(api.loaded.city, api.hoursBook, await api.allPlaces(), NOON);
          for (const query of queries)
            expect(summaries(api.index.nearest(query).features)).toEqual(expected.nearest(query));
          const all = { ...everything, limit: 1000 };
          expect(features(api.index.list(all).features).map((feature) => feature.id)).toEqual(
            expected.listed(all).slice(0, 1000),
          );
        },
      ),
      { numRuns: 4 },
    );
  });
});

describe('an asker who can reach nothing', () => {
  test('is answered by straight lines, unless it is only the filter that finds nothing', async () => {
    // No bridge ends on the island, and no place is on it.
    const api = await startApi([station({ id: 'on-the-bank', point: [126.5967, 45.7624] })]);
    const island: [number, number] = [126.6502, 45.8047];
    const [found] = features(api.index.nearest({ ...everything, point: island }).features);
    expect(found?.id).toBe('on-the-bank');
    expect(found?.properties.distanceMetres).toBe(Math.round(metresBetween(island, [126.5967, 45.7624])));
    expect(api.index.nearest({ ...everything, point: island, kinds: ['toilet'] }).count).toBe(0);
  });
});

test('yesterday’s hours do not survive midnight', async () => {
  const api = await startApi([station({ id: 'weekdays-only', hoursOsm: 'Mo-Fr 08:30-17:00' })]);
  const state = () =>
    features(api.index.nearest({ ...everything, atMs: api.clock.now }).features)[0]?.properties.hours.state;
  const version = api.index.dataVersion;
  expect(state()).toBe('open');
  api.clock.now = Date.parse('2026-11-21T00:00:30+08:00');
  expect(api.index.dataVersion).not.toBe(version);
  api.clock.now = NOON + 86_400_000;
  expect(state()).toBe('closed');
  api.clock.now = NOON + 30 * 86_400_000 + 86_400_000;
  expect(state()).toBe('open');
});
