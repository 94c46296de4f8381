// Encodes a whole city: in the server's own thread from its store, or in a worker thread from the database file, so that
// nobody waits meanwhile.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RunningAnnouncement } from '../data/announcement.ts';
import type { City } from '../data/city.ts';
import { HORIZON_DAYS, type HoursExpansion } from '../data/hours.ts';
import type { Place } from '../data/place.ts';
import { encodeCore, encodeDetails, inSnapshotOrder, phoneCity } from '../data/snapshot.ts';
import type { Store } from '../data/store/store.ts';
import { wallClock } from '../data/wall-clock.ts';
import type { PlaceIndex } from './index/place-index.ts';

/** Both documents as JSON. */
export interface EncodedSnapshot {
  /** Of the data that are in them. */
  version: string;
  core: Uint8Array;
  details: Uint8Array;
}

export interface SnapshotWriter {
  /** @param generatedAt milliseconds by the server's clock */
  write(generatedAt: number): Promise<EncodedSnapshot>;
  /** Gives up what is being written. */
  close(): Promise<void>;
}

/** What the worker is told. */
export interface WorkerTask {
  databaseFile: string;
  city: City;
  generatedAt: number;
  /** What follows the revision in a data version. */
  versionEnd: string;
}

interface SnapshotMoment {
  version: string;
  generatedAt: number;
  announcements: readonly RunningAnnouncement[];
  /** Today's expansion of an hours text. */
  expand(osm: string | null): HoursExpansion | null;
}

export function encodeSnapshot(places: Iterable<Place>, city: City, moment: SnapshotMoment): EncodedSnapshot {
  const wall = wallClock(city.timezone);
  const today = wall.dayOf(Math.floor(moment.generatedAt / 60_000));
  const ordered = inSnapshotOrder(places);
  const context = {
    ...moment,
    city: phoneCity(city),
    idPrefix: city.prefix.toLowerCase(),
    // Expansions begin the day before, so that the night before today is whole.
    fromMinute: wall.startOf(today - 1),
    untilMinute: wall.startOf(today + HORIZON_DAYS),
  };
  const bytesOf = (document: object) => new TextEncoder().encode(JSON.stringify(document));
  return {
    version: moment.version,
    core: bytesOf(encodeCore(ordered, context)),
    details: bytesOf(encodeDetails(ordered, context)),
  };
}

/** For a server that has no file to itself, and for a few places, which are written sooner than a thread has started. */
export function writeInThread(parts: {
  store: Pick<Store, 'places' | 'announcements'>;
  index: PlaceIndex;
  city: City;
}): SnapshotWriter {
  const { store, index, city } = parts;
  return {
    async write(generatedAt) {
      const version = index.dataVersion;
      const places: Place[] = [];
      for await (const batch of store.places.all()) places.push(...batch);
      const announcements = await store.announcements.forPhones(generatedAt);
      return encodeSnapshot(places, city, { version, generatedAt, announcements, expand: (osm) => index.expand(osm) });
    },
    close: async () => undefined,
  };
}

/** A worker for each writing: the memory that it takes is taken for seconds only. */
export function writeInWorker(parts: { databaseFile: string; index: PlaceIndex; city: City }): SnapshotWriter {
  const { databaseFile, index, city } = parts;
  const running = new Set<Worker>();
  return {
    async write(generatedAt) {
      const { dataVersion } = index;
      const versionEnd = dataVersion.slice(dataVersion.indexOf('-'));
      const workerData: WorkerTask = { databaseFile, city, generatedAt, versionEnd };
      const worker = new Worker(new URL('./snapshot-worker.ts', import.meta.url), { workerData });
      running.add(worker);
      worker.once('exit', () => running.delete(worker));
      const given = new AbortController();
      try {
        // An error in the worker rejects either; so does its end without a word.
        const [encoded] = await Promise.race([
          once(worker, 'message', { signal: given.signal }),
          once(worker, 'exit', { signal: given.signal }).then(() =>
            Promise.reject(new Error('no snapshot was written')),
          ),
        ]);
        return encoded as EncodedSnapshot;
      } finally {
        given.abort();
      }
    },
    async close() {
      await Promise.all([...running].map((worker) => worker.terminate()));
    },
  };
}
