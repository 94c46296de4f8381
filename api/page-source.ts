// The snapshot as the phone reads it, for the pages that the server writes.

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

  function read<Document>(url: string): Document {
    const file = snapshots.file(url.slice(url.lastIndexOf('/') + 1));
    if (!file) throw new Error(`the snapshot has no ${url}`);
    return JSON.parse(file.identity.toString()) as Document;
  }

  return async () => {
    const manifest = await snapshots.current();
    if (known?.manifest.version === manifest.version) return known;
    const core = readCore(read<CoreDocument>(manifest.coreUrl));
    known = { manifest, core, ways: waysOf(core), details: read<DetailsDocument>(manifest.detailsUrl) };
    return known;
  };
}
