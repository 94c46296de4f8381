import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { City } from '../../data/city.ts';
import { loadCity } from '../../data/load-city.ts';
import { metresBetween, type Point } from '../../data/place.ts';
import { isInBarrier, prepareWays, type WayNetwork } from '../../data/way.ts';
import { lengthOf, planSlowly, type SlowWays } from './slow-ways.ts';

const { city } = await loadCity('harbin');
const ride = prepareWays(city, 'ride');
const walk = prepareWays(city, 'walk');

const flood: Point = [126.6113, 45.7787];
const zhongyang: Point = [126.6118, 45.7729];
const sunIsland: Point = [126.592, 45.7897];
const alejinIsland: Point = [126.6502, 45.8047];

const between = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true });
const around = (points: readonly Point[], degrees: number) =>
  fc
    .tuple(fc.constantFrom(...points), between(-degrees, degrees), between(-degrees, degrees))
    .map(([[lng, lat], east, north]): Point => [lng + east, lat + north]);
const anywhere = fc.tuple(between(city.area[0], city.area[2]), between(city.area[1], city.area[3]));
const inTown = fc.tuple(between(126.45, 126.76), between(45.68, 45.93));
const banks = city.barriers.flatMap((barrier) => barrier.coordinates.flat());
const onBridges = fc
  .tuple(fc.constantFrom(...city.crossings), between(0, 1), between(-0.0015, 0.0015))
  .map(([{ line }, part, aside]): Point => {
    const [[ax, ay], [bx, by]] = [line[0] as Point, line.at(-1) as Point];
    return [ax + (bx - ax) * part + aside, ay + (by - ay) * part];
  });
/** All over the area, and oftener where it is difficult: at the banks, on the bridges, on the island. */
const points = fc.oneof(
  anywhere,
  inTown,
  inTown,
  around(banks, 0.004),
  fc.constantFrom(...banks.filter(([lng]) => lng > city.area[0] && lng < city.area[2])),
  onBridges,
  around([alejinIsland], 0.006),
);

describe('along the whole river', () => {
  let slowRide: SlowWays;
  let slowWalk: SlowWays;
  beforeAll(() => {
    slowRide = planSlowly(city, 'ride');
    slowWalk = planSlowly(city, 'walk');
  });

  function expectSame(network: WayNetwork, slow: SlowWays, from: Point, to: Point): void {
    const expected = slow.way(from, to);
    const found = network.from(from).to(to);
    expect(found?.crossing).toBe(expected?.crossing);
    // Each corner is passed a hand's breadth on land.
    if (expected) expect(Math.abs((found?.metres ?? 0) - expected.metres)).toBeLessThan(2);
  }

  test('a ride is as long as a slow planner says that tries every crossing', () => {
    fc.assert(
      fc.property(points, points, (from, to) => expectSame(ride, slowRide, from, to)),
      { numRuns: 120 },
    );
  });

  test('so is a walk', () => {
    fc.assert(
      fc.property(points, points, (from, to) => expectSame(walk, slowWalk, from, to)),
      { numRuns: 60 },
    );
  });

  test('the drawn path is the way: it joins both ends, is as long, and leaves land by crossings only', () => {
    const dry = points.filter((point) => !slowWalk.isWet(point));
    fc.assert(
      fc.property(dry, dry, (from, to) => {
        const ways = walk.from(from);
        const way = ways.to(to);
        const path = ways.path(to);
        expect(path === undefined).toBe(way === undefined);
        if (!way || !path) return;
        expect(path[0]).toEqual(from);
        if (way.metres > 0) expect(path.at(-1)).toEqual(to);
        expect(Math.abs(lengthOf(path) - way.metres)).toBeLessThan(0.5);
        const wetLegs = path.slice(1).filter((point, i) => !slowWalk.isClear(path[i] as Point, point));
        const bridges = city.crossings.filter((crossing) => crossing.walk === 'yes').map(({ line }) => line);
        for (const end of wetLegs) {
          expect(bridges.some((line) => line.some((point) => metresBetween(point, end) < 0.1))).toBe(true);
        }
        if (way.crossing === null) expect(wetLegs).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

test('no way is shorter than the straight line, and there is as long as back', () => {
  fc.assert(
    fc.property(points, points, (from, to) => {
      const there = ride.from(from).to(to);
      const back = ride.from(to).to(from);
      expect(there === undefined).toBe(back === undefined);
      if (!there || !back) return;
      expect(there.metres).toBeGreaterThanOrEqual(metresBetween(from, to) - 1e-6);
      expect(Math.abs(there.metres - back.metres)).toBeLessThan(0.5);
    }),
    { numRuns: 300 },
  );
});

test('what is in sight is as far as the straight line', () => {
  expect(ride.from(zhongyang).to(flood)).toEqual({ metres: metresBetween(zhongyang, flood), crossing: null });
  expect(ride.from(zhongyang).path(flood)).toEqual([zhongyang, flood]);
});

test('a place on the other bank is never nearer than over its bridge', () => {
  const lines = city.crossings.filter((crossing) => crossing.ride === 'yes').map(({ line }) => line);
  const overBridge = Math.min(
    ...[...lines, ...lines.map((line) => line.toReversed())].map(
      (line) =>
        metresBetween(flood, line[0] as Point) + lengthOf(line) + metresBetween(line.at(-1) as Point, sunIsland),
    ),
  );
  const way = ride.from(flood).to(sunIsland);
  expect(way?.crossing).toBe('gonglu');
  expect(way?.metres).toBeGreaterThanOrEqual(overBridge);
  expect(overBridge).toBeGreaterThan(3 * metresBetween(flood, sunIsland));
});

test('the pedestrian railway bridge counts for walking and not for riding', () => {
  const across: Point = [126.612, 45.796];
  expect(walk.from(flood).to(across)?.crossing).toBe('binzhou');
  expect(ride.from(flood).to(across)?.crossing).not.toBe('binzhou');
  expect(ride.from(flood).to(across)?.metres).toBeGreaterThan(3 * (walk.from(flood).to(across)?.metres ?? 0));
});

test('a bridge whose rule is unknown is not used, not even by who stands at its end', () => {
  for (const id of ['yangmingtan', 'binbei']) {
    const { line } = city.crossings.find((crossing) => crossing.id === id) as City['crossings'][number];
    const [head, tail] = [line[0] as Point, line.at(-1) as Point];
    expect(['gonglu', 'songpu']).toContain(ride.from(head).to(tail)?.crossing);
    const allowed = {
      ...city,
      crossings: city.crossings.map((each) => (each.id === id ? { ...each, ride: 'yes' as const } : each)),
    };
    expect(prepareWays(allowed, 'ride').from(head).to(tail)?.crossing).toBe(id);
  }
});

test('two points of one bank go round the bend without a bridge', () => {
  const pairs: [Point, Point][] = [
    [
      [126.575, 45.7705],
      [126.607, 45.7893],
    ],
    [
      [126.534, 45.7531],
      [126.586, 45.7602],
    ],
  ];
  for (const [from, to] of pairs) {
    const way = ride.from(from).to(to);
    expect(way?.crossing).toBeNull();
    expect(way?.metres).toBeGreaterThan(metresBetween(from, to) + 10);
    expect(ride.from(from).path(to)?.length).toBeGreaterThan(2);
  }
});

test('nobody rides round the end of the river at the edge of the map', () => {
  const unbridged = prepareWays({ ...city, crossings: [] }, 'ride');
  for (const lng of [city.area[0], 126.1, 126.6, 127.2, city.area[2]]) {
    const ways = unbridged.from([lng, city.area[1]]);
    expect(ways.to([lng, city.area[3]])).toBeUndefined();
    expect(ways.path([lng, city.area[3]])).toBeUndefined();
  }
});

test('an island is reached only by a crossing that ends on it', () => {
  expect(isInBarrier(city, alejinIsland)).toBe(false);
  expect(walk.from(flood).to(alejinIsland)).toBeUndefined();
  expect(walk.from(alejinIsland).to([126.652, 45.805])?.crossing).toBeNull();
  const footbridge = {
    id: 'footbridge',
    name: '便桥',
    line: [[126.655, 45.793], alejinIsland],
    ride: 'no',
    walk: 'yes',
  } as const;
  const joined = {
    ...city,
    crossings: [...city.crossings, { ...footbridge, line: footbridge.line.map(([x, y]): Point => [x, y]) }],
  };
  expect(prepareWays(joined, 'walk').from(flood).to(alejinIsland)?.crossing).toBe('footbridge');
  expect(prepareWays(joined, 'ride').from(flood).to(alejinIsland)).toBeUndefined();
});

describe('from the middle of a bridge', () => {
  const { line } = city.crossings.find((crossing) => crossing.id === 'gonglu') as City['crossings'][number];
  const [head, tail] = [line[0] as Point, line.at(-1) as Point];
  const middle: Point = [(head[0] + tail[0]) / 2, (head[1] + tail[1]) / 2];

  test('both banks are half a bridge away', () => {
    for (const end of [head, tail]) {
      const way = ride.from(middle).to(end);
      expect(way?.crossing).toBe('gonglu');
      expect(way?.metres).toBeCloseTo(lengthOf(line) / 2, 0);
    }
  });

  test('more than 80 metres beside it, one stands on the nearest bank', () => {
    const adrift: Point = [126.5885, 45.765];
    expect(isInBarrier(city, adrift)).toBe(true);
    const ways = ride.from(adrift);
    const [, bank] = ways.path(zhongyang) ?? [];
    expect(ways.to(zhongyang)?.crossing).toBeNull();
    expect(ways.to(zhongyang)?.metres).toBeGreaterThan(
      metresBetween(adrift, bank as Point) + metresBetween(bank as Point, zhongyang) - 1,
    );
  });

  test('on a bridge that may not be ridden, a rider stands on the nearest bank', () => {
    const onRailway: Point = [126.6182, 45.7847];
    expect(isInBarrier(city, onRailway)).toBe(true);
    expect(walk.from(onRailway).to(flood)?.crossing).toBe('binzhou');
    expect(ride.from(onRailway).to(flood)?.crossing).toBeNull();
  });
});

describe('in a made-up town', () => {
  const square = (west: number, south: number, east: number, north: number): Point[] => [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const area: City['area'] = [0, 0, 1, 1];
  const lake = { id: 'lake', name: '湖', coordinates: [square(0.4, 0.4, 0.6, 0.6)] };

  test('without water every way is straight', () => {
    const open = prepareWays({ area, barriers: [], crossings: [] }, 'walk');
    fc.assert(
      fc.property(fc.tuple(between(0, 1), between(0, 1)), fc.tuple(between(0, 1), between(0, 1)), (from, to) => {
        expect(open.from(from).to(to)).toEqual({ metres: metresBetween(from, to), crossing: null });
      }),
    );
  });

  test('a lake is gone round by its shorter side, whichever way its ring is written', () => {
    for (const ring of [lake.coordinates[0] as Point[], (lake.coordinates[0] as Point[]).toReversed()]) {
      const ways = prepareWays({ area, barriers: [{ ...lake, coordinates: [ring] }], crossings: [] }, 'ride');
      const path = ways.from([0.3, 0.55]).path([0.7, 0.55]) ?? [];
      expect(path.map(([lng, lat]) => [Number(lng.toFixed(3)), Number(lat.toFixed(3))])).toEqual([
        [0.3, 0.55],
        [0.4, 0.6],
        [0.6, 0.6],
        [0.7, 0.55],
      ]);
    }
  });

  test('walking along a bank from corner to corner is allowed', () => {
    const ways = prepareWays({ area, barriers: [lake], crossings: [] }, 'ride');
    const way = ways.from([0.4, 0.4]).to([0.4, 0.6]);
    expect(way?.metres).toBeCloseTo(metresBetween([0.4, 0.4], [0.4, 0.6]), 0);
    expect(ways.from([0.4, 0.4]).to([0.6, 0.6])?.metres).toBeGreaterThan(40_000);
  });

  test('where two waters overlap there is no gap between them', () => {
    const stream = { id: 'stream', name: '溪', coordinates: [square(0.5, 0.55, 0.52, 1.5)] };
    const river = { id: 'river', name: '河', coordinates: [square(0.5, -0.5, 0.52, 0.45)] };
    const sealed = prepareWays({ area, barriers: [lake, stream, river], crossings: [] }, 'ride');
    expect(sealed.from([0.1, 0.5]).to([0.9, 0.5])).toBeUndefined();
    const halfOpen = prepareWays({ area, barriers: [lake, stream], crossings: [] }, 'ride');
    expect(halfOpen.from([0.1, 0.5]).to([0.9, 0.5])?.crossing).toBeNull();
  });

  test('a bent bridge is as long as its line, and is drawn with its bends', () => {
    const line: Point[] = [
      [0.39, 0.5],
      [0.5, 0.52],
      [0.61, 0.5],
    ];
    const bridge = { id: 'bridge', name: '桥', line, ride: 'yes', walk: 'no' } as const;
    const ways = prepareWays({ area, barriers: [lake], crossings: [bridge] }, 'ride').from([0.3, 0.5]);
    const whole: Point[] = [[0.3, 0.5], ...line, [0.7, 0.5]];
    expect(ways.path([0.7, 0.5])).toEqual(whole);
    expect(ways.to([0.7, 0.5])?.metres).toBeCloseTo(lengthOf(whole), 3);
    expect(ways.to([0.7, 0.5])?.crossing).toBe('bridge');
  });
});
