import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PointTree } from '../../api/index/point-tree.ts';
import { metresBetween, type Point } from '../../data/place.ts';

const EVERYWHERE = Number.POSITIVE_INFINITY;
/** What differs by less is the same: rounding, which at the other end of the globe is a few metres of the arc. */
const tieMetres = (metres: number) => (metres > 1.99e7 ? 5 : 0.001);

const anyPoint: fc.Arbitrary<Point> = fc.oneof(
  fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true })),
  // Beside the antimeridian, around the poles, and on few spots, so that some are the same.
  fc.tuple(fc.constantFrom(-180, -179.99, 179.99, 180), fc.double({ min: -60, max: 60, noNaN: true })),
  fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-90, -89.999, 89.999, 90)),
  fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })).map(([x, y]): Point => [126 + x, 45 + y]),
);

function treeOf(points: readonly Point[]): PointTree {
  const lngs = Float64Array.from(points, ([lng]) => lng);
  const lats = Float64Array.from(points, ([, lat]) => lat);
  return new PointTree(lngs, lats, points.length);
}

function walk(tree: PointTree, from: Point, withinMetres: number, matches = (_: number) => true): number[] {
  const found: number[] = [];
  tree.start(from, matches);
  for (let point = tree.next(withinMetres); point >= 0; point = tree.next(withinMetres)) found.push(point);
  return found;
}

describe('a walk over points', () => {
  const manyPoints = fc.array(anyPoint, { maxLength: 300, size: 'max' });

  test('meets every matching point once, each no nearer than the one before', () => {
    fc.assert(
      fc.property(manyPoints, anyPoint, fc.integer({ min: 1, max: 4 }), (points, from, step) => {
        const found = walk(treeOf(points), from, EVERYWHERE, (point) => point % step === 0);
        const expected = points.flatMap((_, point) => (point % step === 0 ? [point] : []));
        expect([...found].sort((a, b) => a - b)).toEqual(expected);
        const metres = found.map((point) => metresBetween(from, points[point] as Point));
        for (let i = 1; i < metres.length; i++) {
          expect(metres[i]).toBeGreaterThanOrEqual((metres[i - 1] as number) - tieMetres(metres[i] as number));
        }
      }),
      { numRuns: 100 },
    );
  });

  test('goes as far as it is asked to, and no further', () => {
    fc.assert(
      fc.property(manyPoints, anyPoint, fc.double({ min: 1, max: 2.1e7, noNaN: true }), (points, from, within) => {
        const found = new Set(walk(treeOf(points), from, within));
        points.forEach((point, i) => {
          const metres = metresBetween(from, point);
          if (metres < within - tieMetres(metres)) expect(found).toContain(i);
          if (metres > within + tieMetres(metres)) expect(found).not.toContain(i);
        });
      }),
      { numRuns: 50 },
    );
  });

  test('may be asked to go no further while it walks', () => {
    const points = Array.from({ length: 100 }, (_, i): Point => [126 + i * 0.001, 45]);
    const tree = treeOf(points);
    tree.start([126, 45], () => true);
    expect([tree.next(EVERYWHERE), tree.next(1000), tree.next(1000), tree.next(10)]).toEqual([0, 1, 2, -1]);
  });

  test('begins anew, whatever the one before it had found', () => {
    const tree = treeOf(Array.from({ length: 100 }, (_, i): Point => [126 + i * 0.001, 45]));
    tree.start([126, 45], () => true);
    tree.next(EVERYWHERE);
    expect(walk(tree, [126.0991, 45], 200)).toEqual([99, 98, 97]);
  });

  test('over no points ends at once', () => {
    expect(walk(treeOf([]), [126, 45], EVERYWHERE)).toEqual([]);
  });
});
