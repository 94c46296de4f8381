import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apportion, createRandom } from '../../data/demo-random.ts';

const share = <Value>(values: readonly Value[], holds: (value: Value) => boolean) =>
  values.filter(holds).length / values.length;

describe('repeatable chance', () => {
  const weights = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 12 });

  test('shares add up to the total, each within one of its exact part', () => {
    fc.assert(
      fc.property(weights, fc.nat(3000), (all, total) => {
        const shares = apportion(all, total);
        const sum = all.reduce((a, b) => a + b, 0);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        shares.forEach((each, index) => {
          expect(Math.abs(each - ((all[index] as number) / sum) * total)).toBeLessThan(1 + 1e-6);
        });
      }),
    );
  });

  test('a purpose draws the same numbers again, another purpose others; all in range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), (seed, purpose) => {
        const drawn = (name: string) => {
          const random = createRandom(seed, name);
          return Array.from({ length: 8 }, () => random.next());
        };
        expect(drawn(purpose)).toEqual(drawn(purpose));
        expect(drawn(purpose)).not.toEqual(drawn(`${purpose}!`));
        for (const value of drawn(purpose)) expect(value >= 0 && value < 1).toBe(true);
      }),
    );
  });

  test('draws are spread as their weights', () => {
    const random = createRandom(7, 'spread');
    const drawn = Array.from({ length: 20_000 }, () =>
      random.draw([
        ['a', 7],
        ['b', 2],
        ['c', 1],
      ] as const),
    );
    expect(share(drawn, (value) => value === 'a')).toBeCloseTo(0.7, 1);
    expect(share(drawn, (value) => value === 'b')).toBeCloseTo(0.2, 1);
    const normal = Array.from({ length: 20_000 }, () => random.normal());
    expect(share(normal, (value) => Math.abs(value) < 1)).toBeCloseTo(0.683, 1);
  });
});
