// Fills the index from the store and keeps it in step.

import type { ChangeEvent, Store } from '../../data/store/store.ts';
import type { PlaceChange } from './place-index.ts';

/** What mirrors the store. */
export interface Follower {
  apply(change: PlaceChange): void;
  /** Told once, when everything is there. */
  settle(): void;
}

/**
 * Resolves when the index holds all places. Changes told while it fills are applied after, in their order.
 * @returns the way to stop following
 */
export async function followStore(
  index: Follower,
  store: Pick<Store, 'places' | 'revision' | 'onChange'>,
): Promise<() => void> {
  let waiting: ChangeEvent[] | undefined = [];
  const stop = store.onChange((change) => {
    if (waiting) waiting.push(change);
    else index.apply(change);
  });
  const revision = store.revision();
  index.apply({ revision, changed: [], removedIds: [] });
  for await (const changed of store.places.all()) index.apply({ revision, changed, removedIds: [] });
  for (const change of waiting) index.apply(change);
  waiting = undefined;
  index.settle();
  return stop;
}
