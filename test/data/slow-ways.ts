// A planner that shares no code with data/way.ts: every corner of every ring is a node, every sight line is cut into
// pieces, every crossing is tried. Slow and obvious.

import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { City } from '../../data/city.ts';
import { isInside } from '../../data/city.ts';
import { metresBetween, type Point } from '../../data/place.ts';
import type { TravelMode, Way } from '../../data/way.ts';

type Ground = Pick<City, 'area' | 'barriers' | 'crossings'>;
type Edge = readonly [Point, Point];

// Taken once: in the test runner every mention of a global costs a look-up, and these loops are long.
const { abs, cos, min, max, PI } = Math;
const NEVER = Number.POSITIVE_INFINITY;

/** How a point takes part: as nodes it reaches at a price (by the crossing named), or as a point on the ground. */
interface Access {
  ground: { point: Point; metres: number } | null;
  bridge: { id: string; along: number; aside: number } | null;
}

export interface SlowWays {
  way(from: Point, to: Point): Way | undefined;
  isWet(point: Point): boolean;
  /** The straight line touches no water; grazing a corner or a bank is allowed. */
  isClear(from: Point, to: Point): boolean;
}

export function planSlowly(city: Ground, mode: TravelMode): SlowWays {
  const edges: Edge[] = city.barriers.flatMap((barrier) =>
    barrier.coordinates.flatMap((ring) => ring.slice(1).map((end, i): Edge => [ring[i] as Point, end])),
  );
  const crossings = city.crossings.filter((crossing) => crossing[mode] === 'yes');
  const corners = edges.map(([corner]) => corner).filter((corner) => isInside(city.area, corner));
  const ends = crossings.flatMap(({ line }) => [line[0] as Point, line.at(-1) as Point]);
  const nodes = [...ends, ...corners];

  const isOnLine = (point: Point) =>
    edges.some((edge) => {
      const [x, y] = nearestOn(edge, point);
      return abs(x - point[0]) + abs(y - point[1]) < 5e-7;
    });
  const isWet = (point: Point) =>
    city.barriers.some((barrier) =>
      booleanPointInPolygon(point, { type: 'Polygon', coordinates: barrier.coordinates }, { ignoreBoundary: true }),
    ) && !isOnLine(point);

  function isClear(from: Point, to: Point): boolean {
    const cuts = [0, 1, ...edges.flatMap((edge) => cutsOf(from, to, edge))].sort((a, b) => a - b);
    return cuts.every((cut, i) => {
      const next = cuts[i + 1];
      if (next === undefined || next - cut < 1e-12) return true;
      const middle = (cut + next) / 2;
      return !isWet([from[0] + (to[0] - from[0]) * middle, from[1] + (to[1] - from[1]) * middle]);
    });
  }

  const legs = nodes.map((a) => nodes.map((b) => (isClear(a, b) ? metresBetween(a, b) : NEVER)));
  crossings.forEach(({ line }, k) => {
    const metres = lengthOf(line);
    (legs[2 * k] as number[])[2 * k + 1] = metres;
    (legs[2 * k + 1] as number[])[2 * k] = metres;
  });
  const crossingBetween = (i: number, j: number) =>
    i < ends.length && j < ends.length && i >> 1 === j >> 1 ? (crossings[i >> 1]?.id ?? null) : null;

  function accessOf(point: Point): Access {
    if (!isWet(point)) return { ground: { point, metres: 0 }, bridge: null };
    const feet = crossings.flatMap(({ id, line }) =>
      line.slice(1).map((end, i) => {
        const start = line[i] as Point;
        const foot = nearestOn([start, end], point);
        const along = lengthOf(line.slice(0, i + 1)) + metresBetween(start, foot);
        return { id, along, aside: metresBetween(point, foot) };
      }),
    );
    const nearest = feet.sort((a, b) => a.aside - b.aside)[0];
    if (nearest && nearest.aside <= 80) return { ground: null, bridge: nearest };
    const banks = edges.map((edge) => nearestOn(edge, point));
    const bank = banks.sort((a, b) => metresBetween(point, a) - metresBetween(point, b))[0] as Point;
    return { ground: { point: bank, metres: metresBetween(point, bank) }, bridge: null };
  }

  function reachOf(node: number, { ground, bridge }: Access): number {
    const at = nodes[node] as Point;
    if (ground) return isClear(ground.point, at) ? ground.metres + metresBetween(ground.point, at) : NEVER;
    const crossing = crossings[node >> 1];
    if (!bridge || node >= ends.length || crossing?.id !== bridge.id) return NEVER;
    return bridge.aside + (node % 2 === 0 ? bridge.along : lengthOf(crossing.line) - bridge.along);
  }

  function way(from: Point, to: Point): Way | undefined {
    const start = accessOf(from);
    const end = accessOf(to);
    if (start.ground && end.ground && isClear(start.ground.point, end.ground.point)) {
      const between = metresBetween(start.ground.point, end.ground.point);
      return { metres: start.ground.metres + between + end.ground.metres, crossing: null };
    }
    if (start.bridge && end.bridge && start.bridge.id === end.bridge.id) {
      const metres = start.bridge.aside + abs(start.bridge.along - end.bridge.along) + end.bridge.aside;
      return { metres, crossing: start.bridge.id };
    }
    const best = nodes.map((_, node) => ({ metres: reachOf(node, start), crossing: start.bridge?.id ?? null }));
    const open = new Set(nodes.keys());
    const metresTo = (node: number) => (best[node] as (typeof best)[number]).metres;
    while (open.size > 0) {
      const i = [...open].reduce((least, node) => (metresTo(node) < metresTo(least) ? node : least));
      open.delete(i);
      best.forEach((each, j) => {
        const metres = metresTo(i) + ((legs[i] as number[])[j] as number);
        if (metres >= each.metres) return;
        each.metres = metres;
        each.crossing = best[i]?.crossing ?? crossingBetween(i, j);
      });
    }
    const arrivals = best.map(({ metres, crossing }, node) => ({
      metres: metres === NEVER ? metres : metres + reachOf(node, end),
      crossing: crossing ?? end.bridge?.id ?? null,
    }));
    const first = arrivals.sort((a, b) => a.metres - b.metres)[0];
    return first && first.metres < NEVER ? first : undefined;
  }

  return { way, isWet, isClear };
}

/** Where along from–to (0…1) an edge is met: the crossing point, and the edge's ends when they lie on the line. */
function cutsOf(from: Point, to: Point, [a, b]: Edge): number[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const [ex, ey] = [b[0] - a[0], b[1] - a[1]];
  const across = dx * ey - dy * ex;
  const cuts: number[] = [];
  if (across !== 0) {
    const t = ((a[0] - from[0]) * ey - (a[1] - from[1]) * ex) / across;
    const u = ((a[0] - from[0]) * dy - (a[1] - from[1]) * dx) / across;
    if (u >= -1e-9 && u <= 1 + 1e-9) cuts.push(t);
  }
  for (const [x, y] of [a, b]) {
    const t = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy);
    if (abs(from[0] + t * dx - x) + abs(from[1] + t * dy - y) < 1e-9) cuts.push(t);
  }
  return cuts.filter((t) => t > 0 && t < 1);
}

function nearestOn([a, b]: Edge, point: Point): Point {
  const shrink = cos((point[1] * PI) / 180);
  const [dx, dy] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const t = ((point[0] - a[0]) * shrink * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy);
  const inside = max(0, min(1, t));
  return [a[0] + (b[0] - a[0]) * inside, a[1] + (b[1] - a[1]) * inside];
}

export function lengthOf(line: readonly Point[]): number {
  return line.slice(1).reduce((sum, point, i) => sum + metresBetween(line[i] as Point, point), 0);
}
