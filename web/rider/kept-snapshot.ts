// The city in the pocket: the snapshot's two documents as this phone last had them, kept for when there is no network. They
// are kept as the bytes that came: to read them takes a cheap phone a good part of a second, to keep them nothing.

import { CORE_FORMAT, type CoreDocument } from '../../data/core.ts';
import { DETAILS_FORMAT, type DetailsDocument } from '../../data/details.ts';
import { ClientError, getBytes, readJson } from '../client.ts';
import type { ClockPair } from './clock.ts';
import { withStore } from './database.ts';

export interface KeptCore {
  document: CoreDocument;
  /** When the server last said that this is how things are. */
  had: ClockPair;
}

export function keepCore(bytes: ArrayBuffer, serverMs: number): Promise<unknown> {
  const had: ClockPair = { serverMs, phoneMs: Date.now() };
  return withStore('snapshot', 'readwrite', (store) => {
    store.put(had, 'had');
    return store.put(bytes, 'core');
  });
}

/** The server says that the kept core is still how things are. */
export function keepChecked(serverMs: number): Promise<unknown> {
  const had: ClockPair = { serverMs, phoneMs: Date.now() };
  return withStore('snapshot', 'readwrite', (store) => store.put(had, 'had'));
}

/** Undefined when nothing is kept, or only what another version of the app can read. */
export async function readKeptCore(): Promise<KeptCore | undefined> {
  const [bytes, had] = await Promise.all([
    withStore<unknown>('snapshot', 'readonly', (store) => store.get('core')),
    withStore<ClockPair | undefined>('snapshot', 'readonly', (store) => store.get('had')),
  ]);
  if (!(bytes instanceof ArrayBuffer) || !had) return undefined;
  const document = readJson<CoreDocument>(bytes);
  return document.format === CORE_FORMAT ? { document, had } : undefined;
}

interface KeptDetails {
  version: string;
  bytes: ArrayBuffer;
}

/** The details of one version: here, or on their way. */
let coming: { version: string; bytes: Promise<ArrayBuffer | undefined> } | undefined;

/**
 * Brings the details that belong to a core, unread: the kept ones, else the server's, which are kept then. Undefined when
 * they cannot be had.
 * @param url undefined where the phone does not know one yet
 */
export function bringDetails(version: string, url: string | undefined): Promise<ArrayBuffer | undefined> {
  if (coming?.version === version) return coming.bytes;
  const bytes = bytesOfDetails(version, url);
  const bringing = { version, bytes };
  coming = bringing;
  void bytes.then((came) => {
    // The next who wants them asks again.
    if (came === undefined && coming === bringing) coming = undefined;
  });
  return bytes;
}

async function bytesOfDetails(version: string, url: string | undefined): Promise<ArrayBuffer | undefined> {
  const kept = await withStore<KeptDetails | undefined>('snapshot', 'readonly', (store) => store.get('details'));
  if (kept?.version === version && kept.bytes) return kept.bytes;
  if (url === undefined) return undefined;
  try {
    const fetched: KeptDetails = { version, bytes: await getBytes(url, 'low') };
    void withStore('snapshot', 'readwrite', (store) => store.put(fetched, 'details'));
    return fetched.bytes;
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    return undefined;
  }
}

/**
 * The details that belong to a core, read: their columns are in the order of the core of their version.
 * @param url undefined where the phone does not know one yet
 * @returns undefined when they cannot be had
 */
export async function haveDetails(
  version: string,
  url: string | undefined,
  isClockKnown: boolean,
): Promise<DetailsDocument | undefined> {
  const bytes = await bringDetails(version, url);
  if (!bytes) return undefined;
  try {
    const details = readJson<DetailsDocument>(bytes);
    if (details.format !== DETAILS_FORMAT) return undefined;
    return isClockKnown ? details : withoutGateHours(details);
  } catch {
    // Somebody else had answered, the sign-in page of a network for instance.
    coming = undefined;
    void withStore('snapshot', 'readwrite', (store) => store.delete('details'));
    return undefined;
  }
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
