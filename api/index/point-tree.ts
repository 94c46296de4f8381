// Points on the globe in the order of their straight-line distance from somebody, one by one, as far as they are wanted.
// KDBush sorts them; the search runs on the straight line through the globe, which orders as the arc does, needs no
// trigonometry, and knows neither poles nor an antimeridian.

import KDBush from 'kdbush';
import { EARTH_RADIUS_METRES, type Point } from '../../data/place.ts';

/** Points to a leaf: each point of a leaf is measured, so that few are better than many. */
const POINTS_A_LEAF = 16;
const ROOT = 1;

export class PointTree {
  readonly #tree: KDBush;
  /** Unit vectors, three numbers a point, in the order of the tree. */
  readonly #vectors: Float64Array;
  /** Boxes around the vectors of each node, six numbers a node: least x, y, z, most x, y, z. Node n has 2n and 2n + 1. */
  readonly #boxes: Float64Array;
  /** The first and the last point of each node. */
  readonly #ranges: Int32Array;
  readonly #queue = new Queue();
  /** The unit vector of who walks. */
  readonly #from = new Float64Array(3);
  #matches: (point: number) => boolean = () => true;

  /** @param lngs degrees; longer than `count` where points are still to come */
  constructor(lngs: Float64Array, lats: Float64Array, count: number) {
    this.#tree = sorted(lngs, lats, count);
    this.#vectors = new Float64Array(3 * count);
    for (let i = 0; i < count; i++) {
      const { coords } = this.#tree;
      writeVector(this.#vectors, 3 * i, coords[2 * i] as number, coords[2 * i + 1] as number);
    }
    const nodes = nodesUpTo(count);
    this.#boxes = new Float64Array(6 * nodes);
    this.#ranges = new Int32Array(2 * nodes);
    this.#measure(ROOT, 0, count - 1);
  }

  /** Points in a box of degrees. */
  within(west: number, south: number, east: number, north: number): number[] {
    return this.#tree.range(west, south, east, north);
  }

  /** Begins a walk; the one before it is over. */
  start([lng, lat]: Readonly<Point>, matches: (point: number) => boolean): void {
    writeVector(this.#from, 0, lng, lat);
    this.#matches = matches;
    this.#queue.clear();
    if (this.#vectors.length > 0) this.#queue.push(0, -ROOT);
  }

  /** The next nearest point that matches, or -1 when there is none within so many metres of the arc. */
  next(withinMetres: number): number {
    const within = squaredChord(withinMetres);
    const queue = this.#queue;
    while (queue.size > 0 && queue.least <= within) {
      const entry = queue.pop();
      if (entry >= 0) return entry;
      this.#open(-entry, within);
    }
    return -1;
  }

  #open(node: number, within: number): void {
    const first = this.#ranges[2 * node] as number;
    const last = this.#ranges[2 * node + 1] as number;
    if (last - first <= POINTS_A_LEAF) {
      this.#look(first, last, within);
      return;
    }
    // The middle point divides a node, and belongs to neither half.
    const middle = (first + last) >> 1;
    this.#look(middle, middle, within);
    this.#approach(2 * node, within);
    this.#approach(2 * node + 1, within);
  }

  #look(first: number, last: number, within: number): void {
    const vectors = this.#vectors;
    const queue = this.#queue;
    const matches = this.#matches;
    const { ids } = this.#tree;
    const [x, y, z] = [this.#from[0] as number, this.#from[1] as number, this.#from[2] as number];
    for (let i = first, at = 3 * first; i <= last; i++, at += 3) {
      const dx = (vectors[at] as number) - x;
      const dy = (vectors[at + 1] as number) - y;
      const dz = (vectors[at + 2] as number) - z;
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared > within) continue;
      const point = ids[i] as number;
      if (matches(point)) queue.push(squared, point);
    }
  }

  #approach(node: number, within: number): void {
    const boxes = this.#boxes;
    const from = this.#from;
    let squared = 0;
    for (let axis = 0, at = 6 * node; axis < 3; axis++, at++) {
      const position = from[axis] as number;
      const below = (boxes[at] as number) - position;
      const above = position - (boxes[at + 3] as number);
      const apart = below > 0 ? below : above > 0 ? above : 0;
      squared += apart * apart;
    }
    if (squared <= within) this.#queue.push(squared, -node);
  }

  /** Divides as KDBush does. */
  #measure(node: number, first: number, last: number): void {
    this.#ranges[2 * node] = first;
    this.#ranges[2 * node + 1] = last;
    for (let axis = 0; axis < 3; axis++) {
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      for (let i = first; i <= last; i++) {
        const value = this.#vectors[3 * i + axis] as number;
        if (value < least) least = value;
        if (value > most) most = value;
      }
      this.#boxes[6 * node + axis] = least;
      this.#boxes[6 * node + 3 + axis] = most;
    }
    if (last - first <= POINTS_A_LEAF) return;
    const middle = (first + last) >> 1;
    this.#measure(2 * node, first, middle - 1);
    this.#measure(2 * node + 1, middle + 1, last);
  }
}

/** All points, in an order in which neighbours stand together. */
export function neighbourly(lngs: Float64Array, lats: Float64Array, count: number): Uint16Array | Uint32Array {
  return sorted(lngs, lats, count).ids;
}

function sorted(lngs: Float64Array, lats: Float64Array, count: number): KDBush {
  const tree = new KDBush(count, POINTS_A_LEAF);
  for (let point = 0; point < count; point++) tree.add(lngs[point] as number, lats[point] as number);
  return tree.finish();
}

/** Rounding of unit vectors: a nanometre on the ground. */
const CHORD_SLACK = 1e-15;

/** Squared length of the straight line under an arc, on a globe of radius 1, rounded up. */
function squaredChord(arcMetres: number): number {
  const half = arcMetres / (2 * EARTH_RADIUS_METRES);
  if (half >= Math.PI / 2) return Number.POSITIVE_INFINITY;
  return (2 * Math.sin(half) + CHORD_SLACK) ** 2;
}

function writeVector(target: Float64Array, at: number, lng: number, lat: number): void {
  const radians = Math.PI / 180;
  const cosLat = Math.cos(lat * radians);
  target[at] = cosLat * Math.cos(lng * radians);
  target[at + 1] = cosLat * Math.sin(lng * radians);
  target[at + 2] = Math.sin(lat * radians);
}

/** One more than the largest number of a node, were all leaves on the deepest level. */
function nodesUpTo(count: number): number {
  let nodes = 1;
  for (let left = count; left > POINTS_A_LEAF; left = left >> 1) nodes *= 2;
  return 2 * nodes;
}

/** Least first. A binary heap in two arrays, which keep their room from walk to walk. */
class Queue {
  readonly #keys: number[] = [];
  readonly #entries: number[] = [];
  size = 0;

  /** Of a queue that is not empty. */
  get least(): number {
    return this.#keys[0] as number;
  }

  clear(): void {
    this.size = 0;
  }

  push(key: number, entry: number): void {
    let at = this.size++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = this.#keys[above] as number;
      if (other <= key) break;
      this.#keys[at] = other;
      this.#entries[at] = this.#entries[above] as number;
      at = above;
    }
    this.#keys[at] = key;
    this.#entries[at] = entry;
  }

  /** The entry with the least key, of a queue that is not empty. */
  pop(): number {
    const least = this.#entries[0] as number;
    const size = --this.size;
    const key = this.#keys[size] as number;
    const entry = this.#entries[size] as number;
    let at = 0;
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && (this.#keys[below + 1] as number) < (this.#keys[below] as number)) below++;
      if ((this.#keys[below] as number) >= key) break;
      this.#keys[at] = this.#keys[below] as number;
      this.#entries[at] = this.#entries[below] as number;
      at = below;
    }
    this.#keys[at] = key;
    this.#entries[at] = entry;
    return least;
  }
}
