import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import gcoordModule from 'gcoord';
import { wgs84ToGcj02 } from '../../data/gcj02.ts';
import type { Point } from '../../data/place.ts';

const gcoord = gcoordModule as unknown as (typeof gcoordModule)['default'];
const degrees = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });

test.each([
  ['in China and around it', degrees(70, 140), degrees(0, 57)],
  ['anywhere', degrees(-180, 180), degrees(-85, 85)],
])('a point %s is shifted as the library shifts it', (_where, lng, lat) => {
  fc.assert(
    fc.property(lng, lat, (x, y) => {
      const [expectedX, expectedY] = gcoord.transform([x, y] as Point, gcoord.WGS84, gcoord.GCJ02) as Point;
      const [shiftedX, shiftedY] = wgs84ToGcj02([x, y]);
      expect(shiftedX).toBeCloseTo(expectedX, 9);
      expect(shiftedY).toBeCloseTo(expectedY, 9);
    }),
    { numRuns: 2000 },
  );
});
