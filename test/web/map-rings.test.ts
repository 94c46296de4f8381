import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Barrier, Box, Crossing } from '../../data/city.ts';
import { metresBetween, type Point } from '../../data/place.ts';
import { isInBarrier, prepareWays } from '../../data/way.ts';
import { pointAt, ringsAround } from '../../web/map/rings.ts';

const area: Box = [9.8, 49.9, 10.2, 50.1];
const speeds = { rideKmh: 15, walkKmh: 5 };
/** A river from west to east, 220 m wide, north of 50°. */
const river: Barrier = {
  id: 'river',
  name: 'River',
  coordinates: [
    [
      [9.7, 50.004],
      [10.3, 50.004],
      [10.3, 50.006],
      [9.7, 50.006],
      [9.7, 50.004],
    ],
  ],
};
const bridge: Crossing = {
  id: 'bridge',
  name: 'Bridge',
  line: [
    [10, 50.0035],
    [10, 50.0065],
  ],
  ride: 'yes',
  walk: 'yes',
};

function ringsFrom(origin: Point, barriers: Barrier[], crossings: Crossing[], minutes = [3, 6]) {
  const ways = prepareWays({ area, barriers, crossings }, 'ride').from(origin);
  return ringsAround(ways, origin, { speeds, barriers }, minutes);
}

describe('rings of riding minutes', () => {
  test('are whole circles where nothing is in the way', () => {
    const origin: Point = [10, 50];
    const rings = ringsFrom(origin, [], []);
    expect(rings.map(({ minutes, label }) => [minutes, label.text])).toEqual([
      [3, '3 分钟'],
      [6, '6 分钟'],
    ]);
    for (const { lines, minutes } of rings) {
      expect(lines).toHaveLength(1);
      expect(lines[0]?.at(-1)).toEqual(lines[0]?.[0]);
      for (const point of lines.flat()) expect(metresBetween(origin, point)).toBeCloseTo(minutes * 250, 3);
    }
  });

  test('stop at the river', () => {
    const [ring] = ringsFrom([10, 50], [river], [], [3]);
    expect(ring?.lines).toHaveLength(1);
    const lats = (ring?.lines.flat() ?? []).map((point) => point[1]);
    expect(Math.max(...lats)).toBeLessThanOrEqual(50.004);
    // It reaches the bank, and does not stop a step before it.
    expect(Math.max(...lats)).toBeGreaterThan(50.0039);
  });

  test('go on behind a bridge that lies on the way', () => {
    const [ring] = ringsFrom([10, 50.003], [river], [bridge], [3]);
    const behind = (ring?.lines.flat() ?? []).filter((point) => point[1] > 50.006);
    expect(behind.length).toBeGreaterThan(0);
    // Only straight over the bridge: to the side the way is a detour.
    for (const [lng] of behind) expect(Math.abs(lng - 10)).toBeLessThan(0.006);
  });

  test('carry their minutes in the south, on dry land', () => {
    const [ring] = ringsFrom([10, 50], [river], [], [3]);
    expect(ring?.label.point[1]).toBeLessThan(49.9935);
    const [northern] = ringsFrom([10, 50.01], [river], [], [6]);
    expect(northern && isInBarrier({ barriers: [river] }, northern.label.point)).toBe(false);
    expect(northern?.label.point[1]).toBeGreaterThan(50.0062);
  });

  test('are left out when nothing on them can be reached', () => {
    const island: Barrier = {
      id: 'lake',
      name: 'Lake',
      coordinates: [square(0.03), square(0.001)],
    };
    expect(ringsFrom([10, 50], [island], [], [3])).toEqual([]);
  });

  test('lie where riding takes those minutes, from anywhere', () => {
    const position = fc.tuple(
      fc.double({ min: 9.95, max: 10.05, noNaN: true }),
      fc.double({ min: 49.97, max: 50.0039, noNaN: true }),
    );
    fc.assert(
      fc.property(position, fc.constantFrom(2, 5), (origin, minutes) => {
        const ways = prepareWays({ area, barriers: [river], crossings: [bridge] }, 'ride').from(origin);
        for (const point of ringsFrom(origin, [river], [bridge], [minutes]).flatMap(({ lines }) => lines.flat())) {
          expect(isInBarrier({ barriers: [river] }, point)).toBe(false);
          expect(ways.to(point)?.metres).toBeLessThanOrEqual(minutes * 250 * 1.05);
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('a point is as far away as asked, in that direction', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -80, max: 80, noNaN: true }),
      fc.double({ min: 1, max: 20_000, noNaN: true }),
      (lat, metres) => {
        const from: Point = [0, lat];
        for (const bearing of [0, 90, 180, 270]) {
          expect(metresBetween(from, pointAt(from, bearing, metres))).toBeCloseTo(metres, 2);
        }
        expect(pointAt(from, 0, metres)[1]).toBeGreaterThan(lat);
        expect(pointAt(from, 90, metres)[0]).toBeGreaterThan(0);
      },
    ),
  );
});

function square(half: number): Point[] {
  return [
    [10 - half, 50 - half],
    [10 + half, 50 - half],
    [10 + half, 50 + half],
    [10 - half, 50 + half],
    [10 - half, 50 - half],
  ];
}
