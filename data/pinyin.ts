// Readings of Chinese characters, from pinyin-pro (MIT). Server only: the phone gets a table of what its city needs.

import { pinyin } from 'pinyin-pro';

const HAN = /\p{Script=Han}/u;

/**
 * Syllable (without tone, ü as v) → the characters among the texts that may be read so.
 * @source pinyin-pro, all readings of each character
 */
export function pinyinTable(texts: Iterable<string>): Record<string, string> {
  const characters = new Set<string>();
  for (const text of texts) for (const character of text) characters.add(character);
  const bySyllable = new Map<string, string>();
  for (const character of [...characters].sort()) {
    for (const syllable of syllablesOf(character)) {
      bySyllable.set(syllable, `${bySyllable.get(syllable) ?? ''}${character}`);
    }
  }
  return Object.fromEntries([...bySyllable].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The syllables that one character may be read as, the most common first; none for what is not Chinese. */
export function syllablesOf(character: string): string[] {
  if (!HAN.test(character)) return [];
  const syllables = pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true });
  return [...new Set(syllables)].filter((syllable) => /^[a-z]+$/.test(syllable));
}
