// Fits a piece of the schematic into a small picture: projection, clipping, path text. Pure.

import type { Point } from '../../data/place.ts';

export interface Frame {
  width: number;
  height: number;
  /** Degrees to pixels of the picture. */
  project(point: Readonly<Point>): [x: number, y: number];
  /** Metres that one pixel shows. */
  metresPerPixel: number;
}

const METRES_PER_DEGREE = 111_195;

/**
 * A frame that shows all the points with room around them.
 * @param padding pixels kept free at top, right, bottom and left
 */
export function frameAround(
  points: readonly Readonly<Point>[],
  width: number,
  height: number,
  padding: readonly [top: number, right: number, bottom: number, left: number],
  leastMetres: number,
): Frame {
  const lngs = points.map((point) => point[0]);
  const lats = points.map((point) => point[1]);
  const middle: Point = [(Math.min(...lngs) + Math.max(...lngs)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
  const lngScale = METRES_PER_DEGREE * Math.cos((middle[1] * Math.PI) / 180);
  const [top, right, bottom, left] = padding;
  const metresPerPixel = Math.max(
    ((Math.max(...lngs) - Math.min(...lngs)) * lngScale) / (width - left - right),
    ((Math.max(...lats) - Math.min(...lats)) * METRES_PER_DEGREE) / (height - top - bottom),
    leastMetres / (width - left - right),
  );
  const middleX = left + (width - left - right) / 2;
  const middleY = top + (height - top - bottom) / 2;
  return {
    width,
    height,
    metresPerPixel,
    project: ([lng, lat]) => [
      middleX + ((lng - middle[0]) * lngScale) / metresPerPixel,
      middleY - ((lat - middle[1]) * METRES_PER_DEGREE) / metresPerPixel,
    ],
  };
}

type Pixel = [x: number, y: number];
/** How far outside the picture lines go on, so that their ends and caps do not show. */
const MARGIN = 12;

/** Path text of a line within the frame; empty when it is all outside. */
export function linePath(frame: Frame, line: readonly Readonly<Point>[]): string {
  let path = '';
  let pen: Pixel | undefined;
  for (let i = 1; i < line.length; i++) {
    const piece = clipSegment(frame, frame.project(line[i - 1] as Point), frame.project(line[i] as Point));
    if (!piece) continue;
    const [from, to] = piece;
    if (!pen || pen[0] !== from[0] || pen[1] !== from[1]) path += `M${text(from)}`;
    path += `L${text(to)}`;
    pen = to;
  }
  return path;
}

/** Path text of a polygon's rings within the frame. */
export function areaPath(frame: Frame, rings: readonly (readonly Readonly<Point>[])[]): string {
  return rings
    .map((ring) => clipRing(frame, ring.map(frame.project)))
    .filter((ring) => ring.length > 2)
    .map((ring) => `M${ring.map(text).join('L')}Z`)
    .join('');
}

/** Whether a point is shown, at least so far from the edge. */
export function isShown(frame: Frame, [x, y]: Pixel, inset: number): boolean {
  return x >= inset && y >= inset && x <= frame.width - inset && y <= frame.height - inset;
}

function text([x, y]: Pixel): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

/** Liang and Barsky. */
function clipSegment(frame: Frame, from: Pixel, to: Pixel): [Pixel, Pixel] | undefined {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  let enter = 0;
  let leave = 1;
  for (const [p, q] of [
    [-dx, from[0] + MARGIN],
    [dx, frame.width + MARGIN - from[0]],
    [-dy, from[1] + MARGIN],
    [dy, frame.height + MARGIN - from[1]],
  ] as const) {
    if (p === 0) {
      if (q < 0) return undefined;
    } else if (p < 0) enter = Math.max(enter, q / p);
    else leave = Math.min(leave, q / p);
  }
  if (enter > leave) return undefined;
  return [
    [from[0] + enter * dx, from[1] + enter * dy],
    // Exactly the given end where it is inside, so that the next segment goes on from it.
    leave === 1 ? to : [from[0] + leave * dx, from[1] + leave * dy],
  ];
}

/** Sutherland and Hodgman, one edge of the frame after the other. */
function clipRing(frame: Frame, ring: readonly Pixel[]): Pixel[] {
  let kept = [...ring];
  for (const [axis, bound, sign] of [
    [0, -MARGIN, 1],
    [0, frame.width + MARGIN, -1],
    [1, -MARGIN, 1],
    [1, frame.height + MARGIN, -1],
  ] as const) {
    const inside = (pixel: Pixel) => (pixel[axis] - bound) * sign >= 0;
    const next: Pixel[] = [];
    kept.forEach((pixel, i) => {
      const before = kept[(i + kept.length - 1) % kept.length] as Pixel;
      if (inside(pixel) !== inside(before)) {
        const share = (bound - before[axis]) / (pixel[axis] - before[axis]);
        next.push([before[0] + share * (pixel[0] - before[0]), before[1] + share * (pixel[1] - before[1])]);
      }
      if (inside(pixel)) next.push(pixel);
    });
    kept = next;
  }
  return kept;
}
