// A process that fills an index as a server does, answers from it, and tells its parent what it holds.
import '../../data/utc.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { NO_FILTER } from '../../api/index/query.ts';
import { emptyIndex, fill } from './filled-index.ts';
import { manyPlaces, NOON, seedCity } from './places.ts';

export interface NodeMemory {
  /** Bytes, after a collection. */
  rss: number;
  heapUsed: number;
  external: number;
  meanFeatureBytes: number;
}

const QUESTIONS = 2000;
const count = Number(process.argv[2]);

const city = await seedCity();
await city.remove();
const index = emptyIndex(city.loaded.city);
fill(index, manyPlaces(city.places, count));
city.places.length = 0;
let bytes = 0;
let features = 0;
for (let i = 0; i < QUESTIONS; i++) {
  const answer = index.nearest({
    ...NO_FILTER,
    point: [126.55 + (i % 100) * 0.002, 45.7 + i * 0.00005],
    atMs: NOON,
    limit: 10,
    maxDistanceMetres: Number.POSITIVE_INFINITY,
  });
  bytes += answer.features.length;
  features += answer.count;
}
// Collections free pages a little later than they end.
for (let i = 0; i < 3; i++) {
  globalThis.gc?.();
  await pause(200);
}
const { rss, heapUsed, external } = process.memoryUsage();
const memory: NodeMemory = { rss, heapUsed, external, meanFeatureBytes: bytes / features };
process.send?.(memory, () => process.disconnect());
