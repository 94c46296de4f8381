// All places of all statuses, as the desk's table shows them: a light cache of the store, filled when the desk first asks,
// so that a server without a desk pays nothing for it.

import { type DeskRow, deskRowOf } from '../data/desk-list.ts';
import { pinyinTable } from '../data/pinyin.ts';
import type { Place } from '../data/place.ts';
import { matchRank, queryTerms, readingsOf } from '../data/search.ts';
import type { Store } from '../data/store/store.ts';
import { followStore } from './index/follow-store.ts';

export interface DeskPlaces {
  rows(): Iterable<DeskRow>;
  get(id: string): DeskRow | undefined;
  /** Whether a row answers words, Chinese or by their sound; undefined for no words. */
  matcher(words: string | undefined): ((row: DeskRow) => boolean) | undefined;
  /** A name by its sound, numbers by their size. */
  nameKey(row: DeskRow): string;
}

/** @returns the places, once all are there; asked for at every request */
export function createDeskPlaces(store: Pick<Store, 'places' | 'revision' | 'onChange'>): () => Promise<DeskPlaces> {
  const rows = new Map<string, DeskRow>();
  const readings = new Map<string, readonly string[]>();
  const unread = new Set<string>();
  let filled: Promise<DeskPlaces> | undefined;

  function apply({ changed, removedIds }: { changed: readonly Place[]; removedIds: readonly string[] }): void {
    for (const place of changed) {
      rows.set(place.id, deskRowOf(place));
      for (const text of [place.name, place.address, ...place.aliases]) {
        for (const character of text) if (!readings.has(character)) unread.add(character);
      }
    }
    for (const id of removedIds) rows.delete(id);
  }

  function read(): void {
    if (unread.size === 0) return;
    const found = readingsOf(pinyinTable([[...unread].join('')]));
    for (const character of unread) readings.set(character, found.get(character) ?? [character]);
    unread.clear();
  }

  const nameKeys = new WeakMap<DeskRow, string>();
  function nameKey(row: DeskRow): string {
    const known = nameKeys.get(row);
    if (known !== undefined) return known;
    read();
    const padded = row.name.replace(/\d+/g, (digits) => digits.padStart(6, '0'));
    const key = [...padded].map((character) => readings.get(character)?.[0] ?? character).join(' ');
    nameKeys.set(row, key);
    return key;
  }

  const places: DeskPlaces = {
    rows: () => rows.values(),
    get: (id) => rows.get(id),
    matcher(words) {
      if (words === undefined) return undefined;
      const terms = queryTerms(words);
      read();
      return (row) => row.id === words || (terms.length > 0 && matchRank(row, terms, readings) !== undefined);
    },
    nameKey,
  };
  async function fill(): Promise<DeskPlaces> {
    try {
      await followStore({ apply, settle() {} }, store);
      return places;
    } catch (error) {
      // The next request tries again.
      filled = undefined;
      throw error;
    }
  }
  return () => (filled ??= fill());
}
