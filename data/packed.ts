// How the snapshot packs columns of numbers and of words, so that they are short after brotli or gzip. Pure; the server
// writes, the phone reads.

/** In columns of one character a place this one is 0, the next 1, and so on; the one before it, `/`, is nothing. */
export const ZERO = '0'.charCodeAt(0);

/**
 * Whole numbers. What repeats and what is chance stand apart: the sizes compress well, the bits not at all, and cost
 * what they must.
 */
export interface PackedNumbers {
  /** A character a number: how many binary digits it has, and NEGATIVE more when it is below zero. */
  sizes: string;
  /** The digits after the leading one, of all numbers in turn, six in a character of DIGITS. */
  bits: string;
}

/** Words of which many come more than once. */
export interface PackedWords {
  /** The distinct ones in order of appearance, joined by line feeds. */
  words: string;
  /** A character a place: 0 is the next word that has not appeared, 1 the first, 2 the second, … */
  of: string;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGIT_BITS = 6;
const NEGATIVE = 64;
/** Half a surrogate pair is no character of its own: numbers leave these codes out. */
const SURROGATES = 0xd800;
const SURROGATES_COUNT = 0x800;
/** Codes that letters are not written with: quotes, backslashes, controls and surrogates; where, and how many. */
const LEFT_OUT = [
  [0x22, 1],
  [0x5c, 1],
  [0x7f, 0x21],
  [SURROGATES, SURROGATES_COUNT],
] as const;

/** @param numbers whole ones, exact in a double */
export function packNumbers(numbers: readonly number[]): PackedNumbers {
  let bits = '';
  const sizes = numbers.map((number) => {
    const digits = number === 0 ? '' : Math.abs(number).toString(2);
    bits += digits.slice(1);
    return character(digits.length + (number < 0 ? NEGATIVE : 0));
  });
  const sixes = bits.match(/.{1,6}/g) ?? [];
  const packed = sixes.map((six) => DIGITS[Number.parseInt(six.padEnd(DIGIT_BITS, '0'), 2)]);
  return { sizes: sizes.join(''), bits: packed.join('') };
}

export function unpackNumbers({ sizes, bits }: PackedNumbers): Float64Array {
  const numbers = new Float64Array(sizes.length);
  const digitOf = new Uint8Array(128);
  for (let i = 0; i < DIGITS.length; i++) digitOf[DIGITS.charCodeAt(i)] = i;
  let at = 0;
  let digit = 0;
  let left = 0;
  for (let i = 0; i < sizes.length; i++) {
    const size = sizes.charCodeAt(i) - ZERO;
    let wanted = (size % NEGATIVE) - 1;
    let number = wanted < 0 ? 0 : 1;
    while (wanted > 0) {
      if (left === 0) {
        digit = digitOf[bits.charCodeAt(at++)] as number;
        left = DIGIT_BITS;
      }
      const taken = Math.min(wanted, left);
      left -= taken;
      wanted -= taken;
      number = number * (1 << taken) + ((digit >> left) & ((1 << taken) - 1));
    }
    numbers[i] = size < NEGATIVE ? number : -number;
  }
  return numbers;
}

/** Numbers of which each is near the one before: their differences. */
export function packSteps(numbers: readonly number[]): PackedNumbers {
  return packNumbers(numbers.map((number, i) => number - (numbers[i - 1] ?? 0)));
}

export function unpackSteps(packed: PackedNumbers): Float64Array {
  const numbers = unpackNumbers(packed);
  for (let i = 1; i < numbers.length; i++) numbers[i] = (numbers[i] as number) + (numbers[i - 1] as number);
  return numbers;
}

/** @param words without line feeds */
export function packWords(words: readonly string[]): PackedWords {
  const places = new Map<string, number>();
  const of = words.map((word) => {
    const place = places.get(word) ?? 0;
    if (place === 0) places.set(word, places.size + 1);
    return character(place);
  });
  return { words: [...places.keys()].join('\n'), of: of.join('') };
}

export function unpackWords({ words, of }: PackedWords): string[] {
  const distinct = words.split('\n');
  const all: string[] = [];
  let seen = 0;
  for (let i = 0; i < of.length; i++) {
    const code = of.codePointAt(i) as number;
    if (code > 0xffff) i++;
    const place = code - ZERO - (code > SURROGATES ? SURROGATES_COUNT : 0);
    all.push(distinct[place === 0 ? seen++ : place - 1] as string);
  }
  return all;
}

/** Codes below it, such as line feeds and tabs, stand for themselves. */
const FIRST_LETTER = 0x20;

/** @returns the distinct letters (UTF-16 units) of some texts, the most frequent first */
export function lettersOf(texts: Iterable<string>): string {
  const counts = new Map<string, number>();
  for (const text of texts) {
    // Halves of a surrogate pair are letters of their own.
    for (const letter of text.split('')) {
      if (letter.charCodeAt(0) >= FIRST_LETTER) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
  }
  const byCount = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return byCount.map(([letter]) => letter).join('');
}

/** A text with each letter written as its place among `letters`: what comes often takes one byte instead of three. */
export function packText(text: string, letters: string): string {
  const codes = new Map(letters.split('').map((letter, i) => [letter, String.fromCharCode(letterCode(i))]));
  const packed = text.split('').map((letter) => codes.get(letter) ?? letter);
  return packed.join('');
}

/** Reads what `packText` wrote, many texts for one table. */
export function textReader(letters: string): (packed: string) => string {
  const units = new Uint16Array(letterCode(letters.length));
  for (let code = 0; code < FIRST_LETTER; code++) units[code] = code;
  for (let i = 0; i < letters.length; i++) units[letterCode(i)] = letters.charCodeAt(i);
  const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
  return (packed) => {
    const read = new Uint16Array(packed.length);
    for (let i = 0; i < packed.length; i++) read[i] = units[packed.charCodeAt(i)] as number;
    return decoder.decode(read);
  };
}

/** The i-th code that JSON writes as it is, from the space on. */
function letterCode(i: number): number {
  let code = FIRST_LETTER + i;
  for (const [from, count] of LEFT_OUT) if (code >= from) code += count;
  return code;
}

function character(number: number): string {
  const code = ZERO + number;
  return String.fromCodePoint(code < SURROGATES ? code : code + SURROGATES_COUNT);
}
