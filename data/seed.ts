// Filling a database: the real places that the city's profile names, and the made-up city around them.

import { generateDemoPlaces } from './demo.ts';
import type { LoadedCity } from './load-city.ts';
import { readRealPlaces } from './real-places.ts';
import { type Actor, type Store, StoreError } from './store/store.ts';

const FIRST_START: Actor = { kind: 'system', name: 'first-start' };

/** Whether no place, real or made up, is kept yet. */
export async function isEmpty(store: Store): Promise<boolean> {
  return (await store.places.count()) === 0;
}

/** Creates the profile's real places that are not there yet, by their fixed ids. Returns how many were created. */
export async function seedRealPlaces(store: Store, city: LoadedCity, actor: Actor = FIRST_START): Promise<number> {
  const missing = [];
  for (const draft of await readRealPlaces(city)) {
    const known = draft.id !== undefined && (await store.places.get(draft.id)) !== undefined;
    if (!known) missing.push(draft);
  }
  return (await store.places.createMany(missing, actor, 'real-places')).length;
}

/**
 * Creates the made-up places; the same seed makes the same ones on the same day. Returns how many there are: 0 when
 * the profile has no demonstration. Throws StoreError `demo-exists` rather than make a second city on top of the first.
 */
export async function seedDemo(
  store: Store,
  city: LoadedCity,
  options: { seed: number; now?: Date; actor?: Actor },
): Promise<number> {
  const before = await store.places.count({ demo: true });
  if (before > 0) {
    throw new StoreError('demo-exists', `已有 ${before} 个演示点位：要换一批，请先运行 npm run -s data -- clear-demo`);
  }
  const drafts = generateDemoPlaces(city, { seed: options.seed, now: options.now ?? new Date() });
  return (await store.places.createMany(drafts, options.actor ?? FIRST_START, `demo seed=${options.seed}`)).length;
}
