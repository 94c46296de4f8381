// The snapshot as the phone reads it, for the pages that the server writes.

import { setTimeout as pause } from 'node:timers/promises';
import { type Ways, waysOf } from '../data/answer.ts';
import { type Core, type CoreDocument, readCore } from '../data/core.ts';
import type { DetailsDocument } from '../data/details.ts';
import type { SnapshotManifest, Snapshots } from './snapshots.ts';

export interface PageSource {
  manifest: SnapshotManifest;
  core: Core;
  ways: Ways;
  details: DetailsDocument;
}

/** Read once for each version of the data. */
export function createPageSource(snapshots: Snapshots): () => Promise<PageSource> {
  let known: PageSource | undefined;
  let reading: Promise<PageSource> | undefined;

  function read<Document>(url: string): Document {
    const file = snapshots.file(url.slice(url.lastIndexOf('/') + 1));
    if (!file) throw new Error(`the snapshot has no ${url}`);
    return JSON.parse(file.identity.toString()) as Document;
  }

  /** In steps, between which others are answered. */
  async function readAll(manifest: SnapshotManifest): Promise<PageSource> {
    const core = readCore(read<CoreDocument>(manifest.coreUrl));
    await pause(0);
    const details = read<DetailsDocument>(manifest.detailsUrl);
    await pause(0);
    return { manifest, core, ways: waysOf(core), details };
  }

  return async () => {
    await reading;
    const manifest = await snapshots.newest();
    if (known?.manifest.coreUrl === manifest.coreUrl) return known;
    reading ??= readAll(manifest).finally(() => {
      reading = undefined;
    });
    known = await reading;
    return known;
  };
}
