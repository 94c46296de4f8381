import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { metresBetween, type Point } from '../../data/place.ts';
import { areaPath, frameAround, isShown, linePath } from '../../web/pages/drawing.ts';

const WIDTH = 360;
const HEIGHT = 120;
const MARGIN = 12;
/** Paths are written in tenths of a pixel. */
const ROUNDED = 0.06;
const frame = frameAround(
  [
    [126.6, 45.76],
    [126.64, 45.78],
  ],
  WIDTH,
  HEIGHT,
  [24, 26, 32, 26],
  900,
);

type Pixel = [x: number, y: number];
/** Points in and around the picture, given by their pixels. */
const anyPixel = fc.tuple(fc.integer({ min: -300, max: 660 }), fc.integer({ min: -250, max: 370 }));
const [left, top] = frame.project([126.6, 45.76]);
const [right, bottom] = frame.project([126.64, 45.78]);
const degreesOf = ([x, y]: Pixel): Point => [
  126.6 + ((x - left) / (right - left)) * 0.04,
  45.76 + ((y - top) / (bottom - top)) * 0.02,
];
const piecesOf = (path: string) =>
  path
    .split('M')
    .filter(Boolean)
    .map((piece) =>
      piece
        .replace('Z', '')
        .split('L')
        .map((pair) => pair.split(' ').map(Number) as Pixel),
    );
const isInFrame = ([x, y]: Pixel, slack: number) =>
  x >= -MARGIN - slack && x <= WIDTH + MARGIN + slack && y >= -MARGIN - slack && y <= HEIGHT + MARGIN + slack;
const mix = (a: Pixel, b: Pixel, share: number): Pixel => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
const distance = (p: Pixel, a: Pixel, b: Pixel) => {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const share = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
  const [x, y] = mix(a, b, Math.min(1, Math.max(0, share)));
  return Math.hypot(p[0] - x, p[1] - y);
};
const segmentsOf = (points: readonly Pixel[]) =>
  points.slice(1).map((to, i): [Pixel, Pixel] => [points[i] as Pixel, to]);

describe('a frame', () => {
  test('shows its points within the padding, north up, at one scale', () => {
    const points = fc.tuple(
      fc.double({ min: 126.3, max: 126.9, noNaN: true }),
      fc.double({ min: 45.5, max: 46, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(points, { minLength: 1, maxLength: 6 }), (shown) => {
        const made = frameAround(shown as Point[], WIDTH, HEIGHT, [24, 26, 32, 26], 900);
        for (const point of shown) {
          const [x, y] = made.project(point as Point);
          expect(x >= 26 - 1e-6 && x <= WIDTH - 26 + 1e-6 && y >= 24 - 1e-6 && y <= HEIGHT - 32 + 1e-6).toBe(true);
        }
        expect(made.metresPerPixel * (WIDTH - 52)).toBeGreaterThan(899);
        const [a, b] = [made.project([126.6, 45.75]), made.project([126.61, 45.76])];
        expect(b[1]).toBeLessThan(a[1]);
        const metres = Math.hypot(b[0] - a[0], b[1] - a[1]) * made.metresPerPixel;
        expect(Math.abs(metres / metresBetween([126.6, 45.75], [126.61, 45.76]) - 1)).toBeLessThan(0.01);
      }),
    );
  });

  test('knows whether a pixel is shown', () => {
    expect([isShown(frame, [4, 4], 4), isShown(frame, [3, 50], 4), isShown(frame, [356, 117], 4)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a line in the frame', () => {
  test('is drawn where sampling finds it inside, and nowhere else', () => {
    fc.assert(
      fc.property(fc.array(anyPixel, { minLength: 2, maxLength: 5 }), (pixels) => {
        const drawn = piecesOf(linePath(frame, pixels.map(degreesOf))).flatMap(segmentsOf);
        for (const [from, to] of drawn) {
          for (const share of [0, 0.3, 0.7, 1]) {
            const at = mix(from, to, share);
            expect(isInFrame(at, ROUNDED)).toBe(true);
            expect(Math.min(...segmentsOf(pixels).map(([a, b]) => distance(at, a, b)))).toBeLessThan(3 * ROUNDED);
          }
        }
        for (const [a, b] of segmentsOf(pixels)) {
          for (let i = 0; i <= 20; i++) {
            const at = mix(a, b, i / 20);
            if (!isInFrame(at, -0.2)) continue;
            expect(Math.min(...drawn.map(([from, to]) => distance(at, from, to)))).toBeLessThan(3 * ROUNDED);
          }
        }
      }),
    );
  });

  test('is one stroke while it stays inside, so that its corners join', () => {
    const inside = fc.tuple(fc.integer({ min: 0, max: WIDTH }), fc.integer({ min: 0, max: HEIGHT }));
    fc.assert(
      fc.property(fc.array(inside, { minLength: 2, maxLength: 8 }), (pixels) => {
        expect(linePath(frame, pixels.map(degreesOf)).match(/M/g)).toHaveLength(1);
      }),
    );
  });

  test('is nothing when it is all outside', () => {
    expect(
      linePath(
        frame,
        [
          [-50, -50],
          [400, -60],
        ].map((pixel) => degreesOf(pixel as Pixel)),
      ),
    ).toBe('');
    expect(linePath(frame, [degreesOf([9, 9])])).toBe('');
  });
});

describe('an area in the frame', () => {
  const isWithin = (ring: readonly Pixel[], [x, y]: Pixel) =>
    ring.filter(([ax, ay], i) => {
      const [bx, by] = ring[(i + 1) % ring.length] as Pixel;
      return ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax);
    }).length %
      2 ===
    1;

  test('covers the same pixels as the whole area does', () => {
    const samples = Array.from({ length: 60 }, (_, i): Pixel => [((i * 61) % 383) - 11.3, ((i * 37) % 143) - 11.7]);
    fc.assert(
      fc.property(fc.array(anyPixel, { minLength: 3, maxLength: 7 }), (corners) => {
        const [clipped = []] = piecesOf(areaPath(frame, [corners.map(degreesOf)]));
        for (const corner of clipped) expect(isInFrame(corner, ROUNDED)).toBe(true);
        const edges = corners.map((corner, i): [Pixel, Pixel] => [corner, corners[(i + 1) % corners.length] as Pixel]);
        for (const at of samples) {
          // Beside an edge rounding decides.
          if (edges.some(([a, b]) => distance(at, a, b) < 4 * ROUNDED)) continue;
          expect([at, isWithin(clipped, at)]).toEqual([at, isWithin(corners, at)]);
        }
      }),
    );
  });

  test('is nothing when it is all outside, and keeps its holes', () => {
    const square = (from: number, to: number) =>
      (
        [
          [from, from],
          [to, from],
          [to, to],
          [from, to],
        ] as Pixel[]
      ).map(degreesOf);
    expect(areaPath(frame, [square(500, 600)])).toBe('');
    expect(piecesOf(areaPath(frame, [square(10, 100), square(30, 60)]))).toHaveLength(2);
  });
});
