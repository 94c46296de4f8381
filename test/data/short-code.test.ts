import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isShortCode, SHORT_CODE_COUNT, sequenceOf, shortCodeOf } from '../../data/short-code.ts';

const sequence = fc.nat(SHORT_CODE_COUNT - 1);

test('every sequence number comes back from its code', () => {
  fc.assert(
    fc.property(sequence, (seq) => {
      const code = shortCodeOf(seq);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}$/);
      expect(sequenceOf(code)).toBe(seq);
    }),
    { numRuns: 5000 },
  );
});

test('every code comes back from its sequence number', () => {
  const digit = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ');
  fc.assert(
    fc.property(fc.array(digit, { minLength: 5, maxLength: 5 }), (digits) => {
      const code = digits.join('');
      expect(shortCodeOf(sequenceOf(code) ?? Number.NaN)).toBe(code);
    }),
    { numRuns: 5000 },
  );
});

test('the first hundred thousand places have a hundred thousand codes', () => {
  const codes = new Set(Array.from({ length: 100_000 }, (_, seq) => shortCodeOf(seq)));
  expect(codes.size).toBe(100_000);
});

test('neighbours differ in at least three characters', () => {
  fc.assert(
    fc.property(fc.nat(SHORT_CODE_COUNT - 2), (seq) => {
      const next = shortCodeOf(seq + 1);
      const different = [...shortCodeOf(seq)].filter((character, i) => character !== next[i]);
      expect(different.length).toBeGreaterThanOrEqual(3);
    }),
  );
});

test('a code may be written by hand: small letters, I and L for 1, O for 0', () => {
  fc.assert(
    fc.property(sequence, fc.constantFrom('I', 'L', 'i', 'l'), (seq, one) => {
      const written = shortCodeOf(seq).toLowerCase().replaceAll('1', one).replaceAll('0', 'o');
      expect(sequenceOf(written)).toBe(seq);
    }),
  );
});

test.each(['', '0000', '000000', 'ABCDU', '中文短码呀', '0000-', '００００１', ' 0001'])(
  '%j is not a short code',
  (text) => {
    expect(isShortCode(text)).toBe(false);
    expect(sequenceOf(text)).toBeUndefined();
  },
);

test.each([-1, 0.5, SHORT_CODE_COUNT, Number.NaN])('%d has no short code', (seq) => {
  expect(() => shortCodeOf(seq)).toThrow(RangeError);
});
