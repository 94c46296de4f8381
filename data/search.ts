// Finding places by what people type: Chinese from two characters, pinyin in full or by initials, short codes. Pure;
// phone and server share it.

/** Character → the syllables it may be read as, for example 重 → zhong, chong. */
export type Readings = ReadonlyMap<string, readonly string[]>;

export interface SearchText {
  name: string;
  aliases: readonly string[];
  address: string;
  shortCode: string;
}

export const MIN_QUERY_LENGTH = 2;

/** Full-width forms become half-width, case and punctuation go; terms are what spaces leave. */
export function queryTerms(query: string): string[] {
  return query
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,，、;；·・]+/u)
    .filter((term) => term !== '');
}

/**
 * How well a text answers: 0 its name begins so, 1 its name has it, 2 another name has it, 3 its name sounds so,
 * 4 its address has it, 5 its address sounds so; undefined when a term is nowhere. The worst term decides.
 */
export function matchRank(text: SearchText, terms: readonly string[], readings: Readings): number | undefined {
  let worst = 0;
  for (const term of terms) {
    const rank = termRank(text, term, readings);
    if (rank === undefined) return undefined;
    worst = Math.max(worst, rank);
  }
  return worst;
}

function termRank(text: SearchText, term: string, readings: Readings): number | undefined {
  const name = plain(text.name);
  const at = name.indexOf(term);
  if (at === 0) return 0;
  if (at > 0) return 1;
  if (text.shortCode.toLowerCase() === term) return 0;
  if (text.aliases.some((alias) => plain(alias).includes(term))) return 2;
  const spoken = /^[a-z]+$/.test(term);
  if (
    spoken &&
    (soundsLike(name, term, readings) || text.aliases.some((alias) => soundsLike(plain(alias), term, readings)))
  ) {
    return 3;
  }
  const address = plain(text.address);
  if (address.includes(term)) return 4;
  // Initials of an address match too much to be of use; three letters and more are worth a try.
  if (spoken && term.length >= 3 && soundsLike(address, term, readings)) return 5;
  return undefined;
}

/** Names carry dots and spaces for the eye (尔滨新驿 · 卓展); nobody types them. Full-width forms go as in the query. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·・]+/gu, '');
}

/**
 * Whether neighbouring characters can be read as the letters: each gives its whole syllable or its initial, the last
 * one any beginning of its syllable. `erbin`, `ebxy`, `ebinxiny` all find 尔滨新驿.
 */
export function soundsLike(text: string, letters: string, readings: Readings): boolean {
  const characters = [...text];
  for (let start = 0; start < characters.length; start++) {
    if (readsFrom(characters, start, letters, 0, readings)) return true;
  }
  return false;
}

function readsFrom(characters: string[], i: number, letters: string, from: number, readings: Readings): boolean {
  if (from === letters.length) return true;
  const character = characters[i];
  if (character === undefined) return false;
  const rest = letters.length - from;
  for (const syllable of readings.get(character) ?? [character]) {
    if (syllable[0] !== letters[from]) continue;
    if (syllable.length >= rest && syllable.startsWith(letters.slice(from))) return true;
    if (letters.startsWith(syllable, from) && readsFrom(characters, i + 1, letters, from + syllable.length, readings))
      return true;
    if (readsFrom(characters, i + 1, letters, from + 1, readings)) return true;
  }
  return false;
}

/** The snapshot carries readings by syllable, which is shorter; this turns them round. */
export function readingsOf(charactersBySyllable: Readonly<Record<string, string>>): Readings {
  const readings = new Map<string, string[]>();
  for (const [syllable, characters] of Object.entries(charactersBySyllable)) {
    for (const character of characters) {
      const known = readings.get(character);
      if (known) known.push(syllable);
      else readings.set(character, [syllable]);
    }
  }
  return readings;
}
