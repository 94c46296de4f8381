// What was searched for lately, kept on this phone only, the newest first.

import { keep, readKept } from './storage.ts';

const KEPT_AS = 'yz-searches';
const MOST = 8;
const SHORTEST = 2;
const LONGEST = 40;

export function readSearches(kept: unknown): string[] {
  if (!Array.isArray(kept)) return [];
  return kept.filter((each) => typeof each === 'string' && each.length <= LONGEST).slice(0, MOST);
}

export function keptSearches(): string[] {
  return readSearches(readKept(KEPT_AS));
}

export function keepSearches(searches: readonly string[]): void {
  keep(KEPT_AS, searches.length === 0 ? undefined : searches);
}

/** The same words again move to the front; what is too short to search for is not remembered. */
export function withSearch(searches: readonly string[], query: string): string[] {
  const words = query.trim();
  if ([...words].length < SHORTEST) return [...searches];
  return [words, ...searches.filter((each) => each !== words)].slice(0, MOST);
}
