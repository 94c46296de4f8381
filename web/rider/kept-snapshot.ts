// The city in the pocket: the snapshot's two documents as this phone last had them, kept for when there is no network.

import { CORE_FORMAT, type CoreDocument } from '../../data/core.ts';
import { DETAILS_FORMAT, type DetailsDocument } from '../../data/details.ts';
import { ClientError, getJson } from '../client.ts';
import type { ClockPair } from './clock.ts';
import { withStore } from './database.ts';

export interface KeptCore {
  document: CoreDocument;
  /** When the server last said that this is how things are. */
  had: ClockPair;
}

export function keepCore(document: CoreDocument, serverMs: number): Promise<unknown> {
  const kept: KeptCore = { document, had: { serverMs, phoneMs: Date.now() } };
  return withStore('snapshot', 'readwrite', (store) => {
    store.put(kept.had, 'had');
    return store.put(kept.document, 'core');
  });
}

/** The server says that the kept core is still how things are. */
export function keepChecked(serverMs: number): Promise<unknown> {
  const had: ClockPair = { serverMs, phoneMs: Date.now() };
  return withStore('snapshot', 'readwrite', (store) => store.put(had, 'had'));
}

/** Undefined when nothing is kept, or only what another version of the app can read. */
export async function readKeptCore(): Promise<KeptCore | undefined> {
  const [document, had] = await Promise.all([
    withStore<CoreDocument | undefined>('snapshot', 'readonly', (store) => store.get('core')),
    withStore<ClockPair | undefined>('snapshot', 'readonly', (store) => store.get('had')),
  ]);
  return document?.format === CORE_FORMAT && had ? { document, had } : undefined;
}

/**
 * The details that belong to a core: the kept ones, else the server's, which are kept then. Undefined when they cannot be
 * had.
 * @param url undefined where the phone does not know one yet
 */
export async function haveDetails(
  version: string,
  url: string | undefined,
  isClockKnown: boolean,
): Promise<DetailsDocument | undefined> {
  const details = (await readKeptDetails(version)) ?? (url === undefined ? undefined : await fetchDetails(url));
  return details && !isClockKnown ? withoutGateHours(details) : details;
}

async function fetchDetails(url: string): Promise<DetailsDocument | undefined> {
  try {
    const document = await getJson<DetailsDocument>(url);
    void withStore('snapshot', 'readwrite', (store) => store.put(document, 'details'));
    return document;
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return undefined;
  }
}

/** Their columns are in the order of the core of their version. */
async function readKeptDetails(version: string): Promise<DetailsDocument | undefined> {
  const document = await withStore<DetailsDocument | undefined>('snapshot', 'readonly', (store) =>
    store.get('details'),
  );
  return document?.format === DETAILS_FORMAT && document.version === version ? document : undefined;
}

/** When nobody can say how late it is, no schedule says anything: only what is open at every minute stays known. */
export function withoutSchedule(document: CoreDocument): CoreDocument {
  const extras = Object.entries(document.extras).map(([i, { exceptions: _, ...extra }]) => [i, extra]);
  return {
    ...document,
    hours: { ...document.hours, until: document.hours.from },
    extras: Object.fromEntries(extras) as CoreDocument['extras'],
  };
}

/** The same for the details, whose gates have hours of their own. */
function withoutGateHours(document: DetailsDocument): DetailsDocument {
  return { ...document, hours: { ...document.hours, until: document.hours.from } };
}
