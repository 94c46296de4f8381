// Searching a snapshot's core, on the phone and for the server's plain form. Pure.

import type { Core, CorePlace } from './core.ts';
import { metresBetween, type Point } from './place.ts';
import { MIN_QUERY_LENGTH, matchRank, queryTerms, type Readings } from './search.ts';

export interface SearchFound {
  /** Districts and landmarks to measure from. */
  areas: readonly { id: string; name: string; note: string }[];
  places: readonly { place: CorePlace; metres: number }[];
  /** How many places match in all. */
  total: number;
}

const MOST_FOUND = 30;
const readingsByCore = new WeakMap<Core, Readings>();

/** Places and areas that a query names, best first, then nearer first; null while the query is too short. */
export function searchCore(core: Core, query: string, origin: Readonly<Point>): SearchFound | null {
  const terms = queryTerms(query);
  if (terms.join('').length < MIN_QUERY_LENGTH) return null;
  const readings = readingsByCore.get(core) ?? core.readings();
  readingsByCore.set(core, readings);
  const hits: { i: number; rank: number; metres: number }[] = [];
  for (let i = 0; i < core.count; i++) {
    const text = {
      name: core.names[i] as string,
      aliases: core.aliases(i),
      address: core.addressOf(i),
      shortCode: core.shortCodeOf(i),
    };
    const rank = matchRank(text, terms, readings);
    if (rank === undefined) continue;
    hits.push({ i, rank, metres: metresBetween(origin, [core.lng[i] as number, core.lat[i] as number]) });
  }
  hits.sort((a, b) => a.rank - b.rank || a.metres - b.metres);
  const isNamed = ({ name }: { name: string }) =>
    matchRank({ name, aliases: [], address: '', shortCode: '' }, terms, readings) !== undefined;
  return {
    areas: [
      ...core.city.districts.filter(isNamed).map(({ code, name }) => ({ id: code, name, note: '区' })),
      ...core.city.landmarks.filter(isNamed).map(({ id, name }) => ({ id, name, note: '地标' })),
    ],
    places: hits.slice(0, MOST_FOUND).map(({ i, metres }) => ({ place: core.place(i), metres })),
    total: hits.length,
  };
}
