// What people may type to find a place, kept beside the columns. Readings of characters are looked up once each.

import { pinyinTable } from '../../data/pinyin.ts';
import type { Place } from '../../data/place.ts';
import { matchRank, queryTerms, readingsOf, type SearchText } from '../../data/search.ts';

export class SearchTexts {
  readonly #texts: (SearchText | undefined)[] = [];
  readonly #readings: Map<string, readonly string[]>;
  readonly #unread: Set<string>;

  constructor(readings = new Map<string, readonly string[]>(), unread = new Set<string>()) {
    this.#readings = readings;
    this.#unread = unread;
  }

  /** No texts, but all that is known of characters. */
  emptied(): SearchTexts {
    return new SearchTexts(this.#readings, this.#unread);
  }

  set(slot: number, { name, aliases, address, shortCode }: Place): void {
    this.#texts[slot] = { name, aliases, address, shortCode };
    for (const text of [name, address, ...aliases]) {
      for (const character of text) if (!this.#readings.has(character)) this.#unread.add(character);
    }
  }

  copy(slot: number, other: SearchTexts, from: number): void {
    this.#texts[slot] = other.#texts[from];
  }

  clear(slot: number): void {
    this.#texts[slot] = undefined;
  }

  /** @returns how well a slot answers (0 is best), or undefined where it does not. */
  matcher(query: string): (slot: number) => number | undefined {
    const terms = queryTerms(query);
    this.#read();
    return (slot) => {
      const text = this.#texts[slot];
      return text && terms.length > 0 ? matchRank(text, terms, this.#readings) : undefined;
    };
  }

  #read(): void {
    if (this.#unread.size === 0) return;
    const found = readingsOf(pinyinTable([[...this.#unread].join('')]));
    // A character without reading reads as itself, as `data/search.ts` has it.
    for (const character of this.#unread) this.#readings.set(character, found.get(character) ?? [character]);
    this.#unread.clear();
  }
}
