import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  lettersOf,
  packNumbers,
  packSteps,
  packText,
  packWords,
  textReader,
  unpackNumbers,
  unpackSteps,
  unpackWords,
} from '../../data/packed.ts';

/** As the bytes travel. */
const sent = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
const whole = fc.oneof(fc.integer(), fc.integer({ min: -9, max: 9 }), fc.maxSafeInteger());

describe('what is packed comes out the same', () => {
  test('numbers of any size and sign', () => {
    fc.assert(
      fc.property(fc.array(whole), (numbers) => {
        expect([...unpackNumbers(sent(packNumbers(numbers)))]).toEqual(numbers);
      }),
    );
    const edges = [0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 52 - 1, 1 - 2 ** 52];
    expect([...unpackNumbers(packNumbers(edges))]).toEqual(edges);
  });

  test('numbers along a curve', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        expect([...unpackSteps(sent(packSteps(numbers)))]).toEqual(numbers);
      }),
    );
  });

  test('words, the empty one and repeated ones among them', () => {
    const word = fc.oneof(fc.constantFrom('', '上海街', '安隆街'), fc.stringMatching(/^[^\n]*$/));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(unpackWords(sent(packWords(words)))).toEqual(words);
      }),
    );
  });

  test('more words than there are characters below the surrogates', () => {
    const words = Array.from({ length: 70_000 }, (_, i) => `${i}号`);
    const all = [...words, ...words.toReversed()];
    expect(unpackWords(sent(packWords(all)))).toEqual(all);
  });

  test('texts in any script, with line feeds, tabs, quotes and rare characters', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const letters = sent(lettersOf(texts));
        const read = textReader(letters);
        for (const text of texts) expect(read(sent(packText(text, letters)))).toBe(text);
      }),
    );
  });

  test('texts of more letters than there are below the surrogates', () => {
    const many = Array.from({ length: 60_000 }, (_, i) =>
      String.fromCharCode(0x20 + (i < 0xd700 ? i : i + 0x900)),
    ).join('');
    const letters = lettersOf([many]);
    expect(letters).toHaveLength(60_000);
    expect(textReader(letters)(packText(many, letters))).toBe(many);
  });
});

describe('what is packed is short', () => {
  test('what comes often takes one byte, and nothing needs an escape in JSON', () => {
    const letters = lettersOf(['驿站驿站驿站"\\']);
    expect(letters.slice(0, 2).split('').sort().join('')).toBe(['站', '驿'].sort().join(''));
    const written = packText('驿站', letters);
    expect(Buffer.byteLength(JSON.stringify(written))).toBe(4);
    const plain = Array.from({ length: 300 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('');
    expect(JSON.stringify(packText(plain, lettersOf([plain])))).not.toContain('\\');
  });

  test('steps of one cost a character each and no bits', () => {
    expect(packSteps([1, 2, 3, 4])).toEqual({ sizes: '1111', bits: '' });
  });
});
