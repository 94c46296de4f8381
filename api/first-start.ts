// An empty database is filled so that the first visit shows a city; what was put there is said aloud.

import type { LoadedCity } from '../data/load-city.ts';
import { isEmpty, seedDemo, seedRealPlaces } from '../data/seed.ts';
import type { Store } from '../data/store/store.ts';

const SEED = 1;

/**
 * `auto` seeds an empty database, `on` any that has no demo place yet, `off` never makes anything up. Real places of
 * the profile come into an empty database in any case.
 */
export async function seedFirstStart(
  store: Store,
  loaded: LoadedCity,
  demo: 'auto' | 'on' | 'off',
  say: (line: string) => void,
): Promise<void> {
  const wasEmpty = await isEmpty(store);
  if (wasEmpty) {
    const real = await seedRealPlaces(store, loaded);
    if (real > 0) say(`数据库是空的：放入 ${real} 个公开报道过的真实点位`);
  }
  const isWanted = demo === 'on' ? (await store.places.count({ demo: true })) === 0 : demo === 'auto' && wasEmpty;
  if (!isWanted) return;
  const made = await seedDemo(store, loaded, { seed: SEED });
  if (made > 0) say(`放入 ${made} 个演示点位，处处标明“演示”；清除：npm run -s data -- clear-demo`);
}
