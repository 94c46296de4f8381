// Five characters that stand for a place on a sticker and in a search box. Pure: the phone computes them from
// sequence numbers, which travel as small differences.

/** Crockford's base 32: no I, L, O and U, so that a code survives being read aloud and written by hand. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 5;
/** How many codes there are: 32⁵ = 2²⁵. */
export const SHORT_CODE_COUNT = 2 ** 25;

/**
 * Multiplying by an odd number permutes the residues of a power of two. This one is 2²⁵ divided by the golden ratio,
 * made odd, so that neighbours lie far apart. Products stay below 2⁵⁰, exact in a double.
 */
const MULTIPLIER = 20_737_779;
const INVERSE = inverseOfOdd(MULTIPLIER);

/** The inverse modulo 2²⁵ by Newton's iteration: each round doubles the number of right bits, from three. */
function inverseOfOdd(odd: number): number {
  const modulus = BigInt(SHORT_CODE_COUNT);
  let inverse = BigInt(odd);
  for (let bits = 3; bits < 25; bits *= 2) inverse = (inverse * (2n - BigInt(odd) * inverse)) % modulus;
  return Number(((inverse % modulus) + modulus) % modulus);
}

/** The short code of a sequence number, 0 ≤ seq < 32⁵. Throws RangeError outside. */
export function shortCodeOf(seq: number): string {
  if (!Number.isInteger(seq) || seq < 0 || seq >= SHORT_CODE_COUNT) {
    throw new RangeError(`A sequence number is a whole number below ${SHORT_CODE_COUNT}, not ${seq}`);
  }
  let rest = (seq * MULTIPLIER) % SHORT_CODE_COUNT;
  let code = '';
  for (let i = 0; i < LENGTH; i++) {
    code = ALPHABET.charAt(rest % 32) + code;
    rest = Math.floor(rest / 32);
  }
  return code;
}

/** The sequence number of a code as a person may write it (lower case, I or L for 1, O for 0); else undefined. */
export function sequenceOf(code: string): number | undefined {
  if (code.length !== LENGTH) return undefined;
  let value = 0;
  for (const character of code.toUpperCase().replace(/[IL]/g, '1').replace(/O/g, '0')) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return undefined;
    value = value * 32 + digit;
  }
  return (value * INVERSE) % SHORT_CODE_COUNT;
}

/** Whether a text reads as a short code. Whether a place has it, only the store knows. */
export function isShortCode(text: string): boolean {
  return sequenceOf(text) !== undefined;
}

/** A receipt's number, `ABC-7F3K2M`: the city's prefix and 30 bits in the same characters. */
export function receiptNumber(prefix: string, bits: number): string {
  const code = Array.from({ length: 6 }, (_, i) => ALPHABET.charAt((bits >>> (i * 5)) & 31));
  return `${prefix}-${code.join('')}`;
}

/** A receipt's number as a person may write it, in the form in which it was given; undefined when it is none. */
export function readReceiptNumber(text: string): string | undefined {
  const match = /^([A-Z]{2,5})-([0-9A-Z]{6})$/.exec(text.trim().toUpperCase());
  if (!match) return undefined;
  const code = (match[2] as string).replace(/[IL]/g, '1').replace(/O/g, '0');
  return code.includes('U') ? undefined : `${match[1]}-${code}`;
}
