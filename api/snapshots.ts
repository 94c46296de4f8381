// The city in the pocket: two files written anew when the data have changed, and kept for a while after.

import type { Logger } from 'pino';
import { contentHash, type StoredBody, storeBody } from './reply.ts';
import type { SnapshotWriter } from './snapshot-writer.ts';

export interface SnapshotManifest {
  version: string;
  coreUrl: string;
  detailsUrl: string;
}

export interface Snapshots {
  /** The manifest of the data as they are now; while the writer rests, as they were a minute ago. */
  current(): Promise<SnapshotManifest>;
  /** What is there already, without waiting for anything newer that is being written. */
  newest(): Promise<SnapshotManifest>;
  /** Begins to write when something has changed or nothing is there yet: to be called every few seconds. */
  freshen(): void;
  /** By file name, for example `core.0123456789abcdef.json`. */
  file(name: string): StoredBody | undefined;
  /** Gives up what is being written. */
  close(): Promise<void>;
}

/** Phones that read a manifest a while ago still find its files. */
const KEPT_VERSIONS = 4;
/**
 * So many writings may follow each other at once, and one more after each REST_MS: whoever says something in a quiet city
 * finds it on the phone right away.
 */
export const BURST = 8;
/** Every phone fetches what is written: in a city that never rests not oftener than this. */
export const REST_MS = 60_000;

/**
 * @param options.restMs between writings once a burst of them is used up; 0: none, whoever asks gets the data as they are
 * @param options.log hears of a writing that failed while an older snapshot goes on
 */
export function createSnapshots(options: {
  writer: SnapshotWriter;
  index: { readonly dataVersion: string };
  now: () => number;
  restMs: number;
  log?: Pick<Logger, 'error'> | undefined;
}): Snapshots {
  const { writer, index, now, restMs, log } = options;
  const kept: { manifest: SnapshotManifest; files: Map<string, StoredBody> }[] = [];
  let writing: Promise<SnapshotManifest> | undefined;
  /** When all the rest that the writings so far have cost is over. */
  let restedAt = Number.NEGATIVE_INFINITY;
  let isClosed = false;

  function isDue(): boolean {
    return kept[0]?.manifest.version !== index.dataVersion && restedAt - now() <= restMs * (BURST - 1);
  }

  /** One writing at a time. */
  function write(): Promise<SnapshotManifest> {
    writing ??= writeOnce().finally(() => {
      writing = undefined;
    });
    return writing;
  }

  async function writeOnce(): Promise<SnapshotManifest> {
    restedAt = Math.max(restedAt, now()) + restMs;
    const { version, core, details } = await writer.write(now());
    const files = new Map<string, StoredBody>();
    const manifest = {
      version,
      coreUrl: await keep(files, 'core', core),
      detailsUrl: await keep(files, 'details', details),
    };
    kept.unshift({ manifest, files });
    kept.length = Math.min(kept.length, KEPT_VERSIONS);
    return manifest;
  }

  /** An old snapshot is better than none. */
  async function writeOrKeep(): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!isClosed) log?.error({ err: error }, 'could not write the snapshot');
    }
  }

  async function current(): Promise<SnapshotManifest> {
    // What is being written may have begun before the last change.
    await writing?.catch(() => undefined);
    if (isDue()) await writeOrKeep();
    return kept[0]?.manifest ?? write();
  }

  function freshen(): void {
    if (!writing && isDue()) void writeOrKeep();
  }

  return {
    current,
    async newest() {
      const manifest = kept[0]?.manifest;
      if (!manifest || restMs === 0) return current();
      freshen();
      return manifest;
    },
    freshen,
    file: (name) => kept.find(({ files }) => files.has(name))?.files.get(name),
    close() {
      isClosed = true;
      return writer.close();
    },
  };
}

async function keep(files: Map<string, StoredBody>, name: string, document: Uint8Array): Promise<string> {
  const bytes = Buffer.from(document.buffer, document.byteOffset, document.byteLength);
  const file = `${name}.${contentHash(bytes)}.json`;
  files.set(file, await storeBody(bytes));
  return `/api/snapshot/${file}`;
}
