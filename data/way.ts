// How far it is for somebody who cannot cross a river: the shortest path outside the barriers or on a crossing. Pure.

import { type Barrier, type Box, type Crossing, isInside } from './city.ts';
import { metresBetween, type Point } from './place.ts';
import { footBetween, readShore } from './way-shore.ts';

export { isInBarrier } from './way-shore.ts';

export type TravelMode = 'ride' | 'walk';

export interface Way {
  metres: number;
  /** The first crossing that the way uses, or null. */
  crossing: string | null;
}

/**
 * Prepared once for a city and a mode; answers any number of origins. This is also the seam for a real routing engine:
 * what can answer `from(origin).to(destination)`, from a table that it fetched for instance, can stand in its place.
 */
export interface WayNetwork {
  mode: TravelMode;
  /** Ways from one origin. `undefined` is "cannot be reached". */
  from(origin: Readonly<Point>): WaysFromOrigin;
}

export interface WaysFromOrigin {
  /** @param withinMetres longer ways are of no interest, and may be answered by `undefined` without being worked out */
  to(destination: Readonly<Point>, withinMetres?: number): Way | undefined;
  /** The way's corners from origin to destination, for drawing. */
  path(destination: Readonly<Point>): Point[] | undefined;
}

/** Who is in the water within this of a crossing is on the bridge; farther off, the position is wrong. */
const ON_CROSSING_METRES = 80;
const UNREACHED = Number.POSITIVE_INFINITY;

/** A place that a way passes. `bridge` is -1 on plain ground; `along` is metres from that bridge's first end. */
interface Stop {
  at: Point;
  bridge: number;
  along: number;
}

/** Where a traveller sets foot, and the metres that it takes to get there. */
interface Footing extends Stop {
  metres: number;
  /** Above the water: it can be left along the bridge only. */
  isOnBridge: boolean;
}

/** A way found; `last` is the node by which it arrives, -1 when it needs none. */
interface Arrival extends Way {
  end: Footing;
  last: number;
}

/** From one footing to every node: metres, the node before it (-1 is the footing), and the first bridge (-1 is none). */
interface Spread {
  reach: Float64Array;
  before: Int32Array;
  firstBridge: Int32Array;
  /** Nodes further away than this were left out. */
  withinMetres: number;
  /** No node can be reached within that. */
  isEmpty: boolean;
}

/**
 * The shortest ways of a city for one mode, in metres on the sphere.
 *
 * A way stays outside the barriers (touching their line is allowed) or runs along a whole crossing whose flag for this
 * mode is `yes`, entered and left at its ends. It turns at no corner outside the city's area, so that nobody is led
 * round the end of a river at the edge of the map. Who stands in the water within 80 m of such a crossing is on that
 * crossing; anybody else in the water starts from the nearest bank, and the metres to it are added. An island without
 * a crossing that ends on it cannot be reached.
 */
export function prepareWays(
  city: { area: Box; barriers: readonly Barrier[]; crossings: readonly Crossing[] },
  mode: TravelMode,
): WayNetwork {
  const shore = readShore(city);
  const bridges = city.crossings
    .filter((crossing) => crossing[mode] === 'yes')
    .map(({ id, line }) => {
      const head = shore.landing(line[0] as Point).land;
      const tail = shore.landing(line.at(-1) as Point).land;
      const points: Point[] = [head, ...line.slice(1, -1), tail];
      return { id, head, tail, points, metres: lengthOf(points) };
    })
    // What joins two points that see each other crosses nothing.
    .filter(({ head, tail }) => isInside(city.area, head) && isInside(city.area, tail) && shore.hides(head, tail));

  // Nodes 2k and 2k + 1 are the ends of bridge k; the corners of the shore follow.
  const nodes: Stop[] = [
    ...bridges.flatMap(({ head, tail, metres }, bridge) => [
      { at: head, bridge, along: 0 },
      { at: tail, bridge, along: metres },
    ]),
    ...shore.corners.map((at) => ({ at, bridge: -1, along: 0 })),
  ];
  const legs: (Float64Array | undefined)[] = [];
  /** Metres from a node to each other one in sight. Worked out when a search first comes by: most never see it. */
  function legsOf(node: number): Float64Array {
    const { at } = nodes[node] as Stop;
    const made =
      legs[node] ??
      Float64Array.from(
        nodes,
        (other, j) => legs[j]?.[node] ?? (shore.hides(at, other.at) ? UNREACHED : metresBetween(at, other.at)),
      );
    // Along the bridge, to its other end.
    const bridge = bridges[node >> 1];
    if (bridge) made[node ^ 1] = bridge.metres;
    legs[node] = made;
    return made;
  }

  function footingAt(point: Readonly<Point>): Footing {
    const { land, metres, isWet } = shore.landing(point);
    let footing: Footing = { at: land, bridge: -1, along: 0, metres, isOnBridge: false };
    if (!isWet) return footing;
    let nearest = ON_CROSSING_METRES;
    bridges.forEach(({ points }, bridge) => {
      const foot = nearestOnLine(points, point);
      if (foot.metres > nearest) return;
      nearest = foot.metres;
      footing = { ...foot, bridge, isOnBridge: true };
    });
    return footing;
  }

  /** Metres from a footing to a node with nothing between: along its own bridge, or over land if they see each other. */
  function stepTo(node: number, footing: Footing): number {
    const { at, bridge, along } = nodes[node] as Stop;
    if (!footing.isOnBridge) return footing.metres + metresBetween(footing.at, at);
    return bridge === footing.bridge ? footing.metres + Math.abs(footing.along - along) : UNREACHED;
  }

  function isHidden(node: number, footing: Footing): boolean {
    return !footing.isOnBridge && shore.hides(footing.at, (nodes[node] as Stop).at);
  }

  /** The shortest ways from a footing to all nodes within a distance (Dijkstra). */
  function spread(start: Footing, withinMetres: number): Spread {
    const reach = new Float64Array(nodes.length);
    for (let node = 0; node < nodes.length; node++) {
      const metres = stepTo(node, start);
      reach[node] = metres > withinMetres || isHidden(node, start) ? UNREACHED : metres;
    }
    const before = new Int32Array(nodes.length).fill(-1);
    const firstBridge = new Int32Array(nodes.length).fill(start.bridge);
    const open = reach.slice();
    const isEmpty = leastIn(open) < 0;
    for (let node = leastIn(open); node >= 0; node = leastIn(open)) {
      open[node] = UNREACHED;
      const soFar = reach[node] as number;
      const onward = legsOf(node);
      for (let next = 0; next < onward.length; next++) {
        const metres = soFar + (onward[next] as number);
        if (metres > withinMetres || metres >= (reach[next] as number)) continue;
        reach[next] = open[next] = metres;
        before[next] = node;
        const first = firstBridge[node] as number;
        const isBridge = first < 0 && isOneBridge(nodes[node] as Stop, nodes[next] as Stop);
        firstBridge[next] = isBridge ? node >> 1 : first;
      }
    }
    return { reach, before, firstBridge, withinMetres, isEmpty };
  }

  function from(origin: Readonly<Point>): WaysFromOrigin {
    const start = footingAt(origin);
    const clear = shore.clearDegrees(origin);
    let spreaded: Spread | undefined;
    /** Most destinations are in sight: the search waits for the first that is not, and goes as far as it must. */
    const search = (withinMetres: number) => {
      if (!spreaded || spreaded.withinMetres < withinMetres) spreaded = spread(start, withinMetres);
      return spreaded;
    };

    function arriveAt(destination: Readonly<Point>, withinMetres = UNREACHED): Arrival | undefined {
      const end = footingAt(destination);
      if (start.isOnBridge && end.isOnBridge && start.bridge === end.bridge) {
        const metres = start.metres + Math.abs(start.along - end.along) + end.metres;
        return { metres, crossing: idOf(end.bridge), end, last: -1 };
      }
      if (!start.isOnBridge && !end.isOnBridge && !shore.hides(start.at, end.at)) {
        const metres = start.metres + metresBetween(start.at, end.at) + end.metres;
        return { metres, crossing: null, end, last: -1 };
      }
      // Sight is what takes time: ask for it from the shortest total upwards, and the first yes is the answer.
      const { reach, firstBridge, isEmpty } = search(withinMetres);
      if (isEmpty) return undefined;
      const totals = new Float64Array(reach.length);
      for (let node = 0; node < reach.length; node++) {
        const metres = reach[node] as number;
        totals[node] = metres <= withinMetres ? metres + stepTo(node, end) : UNREACHED;
      }
      for (let last = leastIn(totals); last >= 0; last = leastIn(totals)) {
        if ((totals[last] as number) > withinMetres) return undefined;
        const first = firstBridge[last] as number;
        if (!isHidden(last, end)) {
          return { metres: totals[last] as number, crossing: idOf(first < 0 ? end.bridge : first), end, last };
        }
        totals[last] = UNREACHED;
      }
      return undefined;
    }

    return {
      to(destination, withinMetres) {
        // What most questions are about: no water anywhere near.
        const [x, y] = start.at;
        if ((destination[0] - x) ** 2 + (destination[1] - y) ** 2 < clear * clear) {
          return { metres: metresBetween(start.at, destination), crossing: null };
        }
        const arrival = arriveAt(destination, withinMetres);
        return arrival && { metres: arrival.metres, crossing: arrival.crossing };
      },
      path(destination) {
        const arrival = arriveAt(destination);
        if (!arrival) return undefined;
        const stops: Stop[] = [arrival.end];
        for (let node = arrival.last; node >= 0; node = search(UNREACHED).before[node] as number) {
          stops.push(nodes[node] as Stop);
        }
        stops.push(start);
        const inner = stops.reverse().flatMap((stop, i) => {
          const next = stops[i + 1];
          return next && isOneBridge(stop, next) ? [stop.at, ...between(stop, next)] : [stop.at];
        });
        const points: Point[] = [[...origin], ...inner, [...destination]];
        return points.filter((point, i) => i === 0 || metresBetween(point, points[i - 1] as Point) > 0);
      },
    };
  }

  function idOf(bridge: number): string | null {
    return bridges[bridge]?.id ?? null;
  }

  /** The bends of the bridge between two of its stops. */
  function between(from: Stop, to: Stop): Point[] {
    const points = bridges[from.bridge]?.points ?? [];
    const isForward = from.along < to.along;
    const [low, high] = isForward ? [from.along, to.along] : [to.along, from.along];
    let along = 0;
    const bends = points.filter((point, i) => {
      if (i > 0) along += metresBetween(points[i - 1] as Point, point);
      return along > low && along < high;
    });
    return isForward ? bends : bends.reverse();
  }

  return { mode, from };
}

function isOneBridge(a: Stop, b: Stop): boolean {
  return a.bridge >= 0 && a.bridge === b.bridge;
}

/** Index of the least finite value, -1 when there is none. */
function leastIn(values: Float64Array): number {
  let least = -1;
  let best = UNREACHED;
  // A plain loop: this is where a search spends its time.
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value >= best) continue;
    best = value;
    least = i;
  }
  return least;
}

function lengthOf(points: readonly Point[]): number {
  return points.reduce((sum, point, i) => (i > 0 ? sum + metresBetween(points[i - 1] as Point, point) : 0), 0);
}

/** The foot of a point on a line: where it is, how far off, and how far along, in metres. */
function nearestOnLine(line: readonly Point[], point: Readonly<Point>): { at: Point; metres: number; along: number } {
  let along = 0;
  let nearest = { at: line[0] as Point, metres: UNREACHED, along: 0 };
  line.slice(1).forEach((b, i) => {
    const a = line[i] as Point;
    const at = footBetween(a, b, point);
    const metres = metresBetween(point, at);
    if (metres < nearest.metres) nearest = { at, metres, along: along + metresBetween(a, at) };
    along += metresBetween(a, b);
  });
  return nearest;
}
