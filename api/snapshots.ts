// The city in the pocket: two files written once for each version of the data, and kept for a while after it.

import { setTimeout as pause } from 'node:timers/promises';
import type { City } from '../data/city.ts';
import { HORIZON_DAYS } from '../data/hours.ts';
import type { Place } from '../data/place.ts';
import { encodeCore, encodeDetails, inSnapshotOrder, phoneCity } from '../data/snapshot.ts';
import type { Store } from '../data/store/store.ts';
import { wallClock } from '../data/wall-clock.ts';
import type { PlaceIndex } from './index/place-index.ts';
import { contentHash, type StoredBody, storeBody } from './reply.ts';

export interface SnapshotManifest {
  version: string;
  coreUrl: string;
  detailsUrl: string;
}

export interface Snapshots {
  /** The manifest of the data as it is now, written first when it is not there yet. */
  current(): Promise<SnapshotManifest>;
  /** By file name, for example `core.0123456789abcdef.json`. */
  file(name: string): StoredBody | undefined;
}

/** Phones that read a manifest a while ago still find its files. */
const KEPT_VERSIONS = 4;
/** A city that never rests: after this many tries the last writing is good enough. */
const MOST_TRIES = 3;

export function createSnapshots(options: {
  store: Pick<Store, 'places'>;
  index: PlaceIndex;
  city: City;
  now: () => number;
}): Snapshots {
  const { store, index, city, now } = options;
  const pocketCity = phoneCity(city);
  const wall = wallClock(city.timezone);
  const kept: { manifest: SnapshotManifest; files: Map<string, StoredBody> }[] = [];
  let writing: Promise<SnapshotManifest> | undefined;

  async function current(): Promise<SnapshotManifest> {
    for (let tries = 1; ; tries++) {
      const newest = kept[0]?.manifest;
      if (newest?.version === index.dataVersion) return newest;
      writing ??= write().finally(() => {
        writing = undefined;
      });
      const written = await writing;
      if (tries === MOST_TRIES) return written;
    }
  }

  async function write(): Promise<SnapshotManifest> {
    const version = index.dataVersion;
    const places: Place[] = [];
    for await (const batch of store.places.all()) {
      places.push(...batch);
      await pause(0);
    }
    const ordered = inSnapshotOrder(places);
    const generatedAt = now();
    const today = wall.dayOf(Math.floor(generatedAt / 60_000));
    const context = {
      city: pocketCity,
      idPrefix: city.prefix.toLowerCase(),
      version,
      generatedAt,
      expand: (osm: string | null) => index.expand(osm),
      // Expansions begin the day before, so that the night before today is whole.
      fromMinute: wall.startOf(today - 1),
      untilMinute: wall.startOf(today + HORIZON_DAYS),
    };
    const files = new Map<string, StoredBody>();
    const coreUrl = await keep(files, 'core', encodeCore(ordered, context));
    await pause(0);
    const detailsUrl = await keep(files, 'details', encodeDetails(ordered, context));
    const manifest = { version, coreUrl, detailsUrl };
    kept.unshift({ manifest, files });
    kept.length = Math.min(kept.length, KEPT_VERSIONS);
    return manifest;
  }

  return {
    current,
    file: (name) => kept.find(({ files }) => files.has(name))?.files.get(name),
  };
}

async function keep(files: Map<string, StoredBody>, name: string, document: object): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(document));
  const file = `${name}.${contentHash(bytes)}.json`;
  files.set(file, await storeBody(bytes));
  return `/api/snapshot/${file}`;
}
