// Places with a star, kept on this phone, the newest first. The name is kept beside the id: a place that is gone is
// called by it.

import { keep, readKept } from './storage.ts';

export interface Favourite {
  id: string;
  name: string;
}

const KEPT_AS = 'yz-favourites';
/** More than anybody looks through. */
const MOST = 100;

export function readFavourites(kept: unknown): Favourite[] {
  if (!Array.isArray(kept)) return [];
  return kept
    .filter((each) => typeof each?.id === 'string' && typeof each?.name === 'string')
    .map(({ id, name }: Favourite) => ({ id, name }))
    .slice(0, MOST);
}

export function keptFavourites(): Favourite[] {
  return readFavourites(readKept(KEPT_AS));
}

export function keepFavourites(favourites: readonly Favourite[]): void {
  keep(KEPT_AS, favourites.length === 0 ? undefined : favourites);
}

/** Taken off where it was, else put first. */
export function withStarTurned(favourites: readonly Favourite[], { id, name }: Favourite): Favourite[] {
  const others = favourites.filter((each) => each.id !== id);
  return others.length < favourites.length ? others : [{ id, name }, ...others].slice(0, MOST);
}
