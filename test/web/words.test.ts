import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { confirmedWords, distanceWords } from '../../web/pages/words.ts';

describe('a distance', () => {
  test.each([
    [0, '10 米'],
    [94, '90 米'],
    [944, '940 米'],
    [949.9, '950 米'],
    [950, '1.0 公里'],
    [1049, '1.0 公里'],
    [1250, '1.3 公里'],
    [99_949, '99.9 公里'],
    [99_950, '100 公里'],
    [123_456, '123 公里'],
  ])('%d metres are %s', (metres, words) => {
    expect(distanceWords(metres)).toBe(words);
  });

  test('that is longer never reads as shorter, and what is read is near the truth', () => {
    const read = (metres: number) => {
      const [number, unit] = distanceWords(metres).split(' ');
      return Number(number) * (unit === '公里' ? 1000 : 1);
    };
    const metres = fc.double({ min: 0, max: 200_000, noNaN: true });
    fc.assert(
      fc.property(metres, metres, (a, b) => {
        expect(read(Math.min(a, b))).toBeLessThanOrEqual(read(Math.max(a, b)));
        expect(Math.abs(read(a) - a)).toBeLessThanOrEqual(a < 950 ? 10 : a < 99_950 ? 50 : 500);
      }),
    );
  });
});

test.each([
  [-1, '今天核实'],
  [0, '今天核实'],
  [1, '昨天核实'],
  [29, '29 天前核实'],
  [30, '30 天没核实，可能有变'],
  [Number.POSITIVE_INFINITY, '没人核实过'],
])('%d days after a confirmation: %s', (days, words) => {
  expect(confirmedWords(days)).toBe(words);
});
