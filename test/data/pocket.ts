// A city in the pocket for the tests: places, written into the snapshot and read back as a phone reads them.

import { type Ways, waysOf } from '../../data/answer.ts';
import { createCalendar } from '../../data/calendar.ts';
import { type Core, type CoreDocument, readCore } from '../../data/core.ts';
import { generateDemoPlaces } from '../../data/demo.ts';
import type { DetailsDocument } from '../../data/details.ts';
import { HORIZON_DAYS } from '../../data/hours.ts';
import { type LoadedCity, loadCity } from '../../data/load-city.ts';
import { createHoursBook, type HoursBook } from '../../data/opening-hours.ts';
import type { Place, PlaceDraft } from '../../data/place.ts';
import { readRealPlaces } from '../../data/real-places.ts';
import { shortCodeOf } from '../../data/short-code.ts';
import { encodeCore, encodeDetails, inSnapshotOrder, phoneCity, type SnapshotContext } from '../../data/snapshot.ts';
import { wallClock } from '../../data/wall-clock.ts';

/** A Friday at noon in Harbin, far from any holiday. */
export const NOON = Date.parse('2026-11-20T12:00:00+08:00');

export const loaded: LoadedCity = await loadCity('harbin');
export const hoursBook: HoursBook = createHoursBook({
  timezone: loaded.city.timezone,
  calendar: createCalendar(loaded.city),
});

export interface Pocket {
  /** Public places in the order of the core. */
  places: Place[];
  core: Core;
  ways: Ways;
  coreDocument: CoreDocument;
  detailsDocument: DetailsDocument;
}

/** What a store adds to drafts: ids, short codes, dates. */
export function storedPlaces(drafts: readonly PlaceDraft[]): Place[] {
  return drafts.map((draft, i) => {
    const shortCode = shortCodeOf(i * 3 + 1);
    const id = draft.id ?? `${draft.demo ? 'demo' : loaded.city.prefix.toLowerCase()}-${shortCode.toLowerCase()}`;
    const dates = { createdAt: '2026-11-01T00:00:00Z', updatedAt: '2026-11-01T00:00:00Z' };
    return { ...draft, id, shortCode, photos: [], ...dates, version: 1 } as Place;
  });
}

export function snapshotContext(nowMs: number = NOON): SnapshotContext {
  const wall = wallClock(loaded.city.timezone);
  const now = Math.floor(nowMs / 60_000);
  const today = wall.dayOf(now);
  return {
    city: phoneCity(loaded.city),
    idPrefix: loaded.city.prefix.toLowerCase(),
    version: 'test',
    generatedAt: nowMs,
    expand: (osm) => hoursBook.expand(osm, now),
    fromMinute: wall.startOf(today - 1),
    untilMinute: wall.startOf(today + HORIZON_DAYS),
  };
}

/** Of the city, whatever places are in it. */
const ways = waysOf(readCore(encodeCore([], snapshotContext())));

/** Through JSON, as the bytes travel. */
export function pocketOf(drafts: readonly PlaceDraft[], nowMs: number = NOON): Pocket {
  const context = snapshotContext(nowMs);
  const places = inSnapshotOrder(storedPlaces(drafts));
  const coreDocument = JSON.parse(JSON.stringify(encodeCore(places, context))) as CoreDocument;
  const detailsDocument = JSON.parse(JSON.stringify(encodeDetails(places, context))) as DetailsDocument;
  const core = readCore(coreDocument);
  return { places, core, ways, coreDocument, detailsDocument };
}

/** The demonstration and the real places, all or each `step`-th of the made-up ones. */
export async function demoDrafts(step = 1): Promise<PlaceDraft[]> {
  const demo = generateDemoPlaces(loaded, { seed: 1, now: new Date(NOON) });
  return [...(await readRealPlaces(loaded)), ...demo.filter((_, i) => i % step === 0)];
}
