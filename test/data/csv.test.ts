import { expect, test } from '@jest/globals';
import { csvCell, csvLine } from '../../data/csv.ts';

test.each(['=1+1', '+1 x', '-cmd', '@SUM(A1)', '\tx', '＝1', '＋1', '－1', '＠x'])(
  '%j is no formula any more',
  (text) => {
    expect(csvCell(text)).toBe(`'${text}`);
  },
);

test('a return at the beginning is quoted too', () => {
  expect(csvCell('\rx')).toBe('"\'\rx"');
});

test.each(['-12', '-0.5', '12', '尔滨 = 新驿', ''])('%j stays as it is', (text) => {
  expect(csvCell(text)).toBe(text);
});

test('quotes, commas and line feeds come back from a reader as they were', () => {
  expect(csvLine(['a"b', 'c,d', 'e\nf', -3, null])).toBe('"a""b","c,d","e\nf",-3,\r\n');
});
