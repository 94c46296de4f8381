import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkBox, checkPosition } from '../../api/area.ts';
import {
  box,
  coordinate,
  flag,
  instant,
  listOf,
  numberBetween,
  oneOf,
  pairsOf,
  readParameters,
  wholeBetween,
  words,
} from '../../api/parameters.ts';
import { PROBLEMS, Problem } from '../../api/problem.ts';
import { hostileQuery } from './hostile.ts';

const declared = {
  lng: coordinate('经度'),
  lat: coordinate('纬度'),
  kinds: listOf(['station', 'toilet'], '类型'),
  open: flag('开门'),
  at: instant('时刻'),
  limit: wholeBetween(1, 50, 5, '个数'),
  maxDistanceMetres: numberBetween(1, 1000, { description: '米' }),
  district: oneOf(['230102'], '区县'),
  q: words(10, '文字'),
  bbox: box('范围'),
};
const here = 'lng=126.6&lat=45.75';

function problemOfQuery(search: string): Problem {
  try {
    readParameters(search, declared);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`${search} was accepted`);
}

test('a good query is read, and what is not written has its declared value', () => {
  const values = readParameters(`?${here}&kinds=toilet,station,toilet&at=2026-11-20T09:12:00%2B08:00`, declared);
  expect(values).toMatchObject({ lng: 126.6, lat: 45.75, kinds: ['toilet', 'station'], open: false, limit: 5 });
  expect(values.at).toBe(Date.parse('2026-11-20T01:12:00Z'));
  expect(values.q).toBeUndefined();
});

test('a query is taken apart as URLSearchParams does it, whatever is in it', () => {
  const piece = fc.oneof(fc.constantFrom('&', '=', '%', '%2B', '+', '?', '#', ';', '\uD800', '\u00e9'), fc.string());
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const search = pieces.join('');
      expect([...pairsOf(search)]).toEqual([...new URLSearchParams(search)]);
    }),
  );
});

describe('what is refused, by its code', () => {
  test.each([
    [`${here}&utm=1`, 'unknown-parameter', 'utm'],
    [`${here}&__proto__=1`, 'unknown-parameter', '__proto__'],
    [`${here}&constructor=1`, 'unknown-parameter', 'constructor'],
    [`${here}&lng[]=1`, 'unknown-parameter', 'lng[]'],
    [`${here}&lat=45.75`, 'repeated-parameter', 'lat'],
    ['lat=45.75', 'missing-parameter', 'lng'],
    ['lng=&lat=45.75', 'not-a-number', 'lng'],
    ['lng=NaN&lat=45.75', 'not-a-number', 'lng'],
    ['lng=Infinity&lat=45.75', 'not-a-number', 'lng'],
    ['lng=1e999&lat=45.75', 'not-a-number', 'lng'],
    ['lng=0x7e&lat=45.75', 'not-a-number', 'lng'],
    ['lng=１２６&lat=45.75', 'not-a-number', 'lng'],
    ['lng=126.6,127&lat=45.75', 'not-a-number', 'lng'],
    ['lng=%20126.6&lat=45.75', 'not-a-number', 'lng'],
    [`${here}&limit=0`, 'out-of-range', 'limit'],
    [`${here}&limit=51`, 'out-of-range', 'limit'],
    [`${here}&limit=1000000000`, 'out-of-range', 'limit'],
    [`${here}&limit=2.5`, 'not-a-number', 'limit'],
    [`${here}&limit=1e1`, 'not-a-number', 'limit'],
    [`${here}&maxDistanceMetres=0`, 'out-of-range', 'maxDistanceMetres'],
    [`${here}&open=1`, 'not-true-or-false', 'open'],
    [`${here}&open=TRUE`, 'not-true-or-false', 'open'],
    [`${here}&kinds=pub`, 'unknown-value', 'kinds'],
    [`${here}&kinds=`, 'unknown-value', 'kinds'],
    [`${here}&kinds=station,`, 'unknown-value', 'kinds'],
    [`${here}&district=110101`, 'unknown-value', 'district'],
    [`${here}&at=2026-11-20`, 'not-a-time', 'at'],
    [`${here}&at=2026-11-20T09:12:00`, 'not-a-time', 'at'],
    [`${here}&at=2026-02-30T09:12:00Z`, 'not-a-time', 'at'],
    [`${here}&at=2026-11-20T09:12:00+08:00`, 'not-a-time', 'at'],
    [`${here}&q=%E2%80%8B`, 'bad-text', 'q'],
    [`${here}&q=${'长'.repeat(11)}`, 'bad-text', 'q'],
    [`${here}&bbox=1,2,3`, 'not-a-number', 'bbox'],
  ])('%s is %s', (search, code, field) => {
    const problem = problemOfQuery(search);
    expect(problem).toMatchObject({ code, status: 400 });
    expect(problem.errors[0]).toMatchObject({ field, code });
  });
});

test('every wrong parameter is named, not just the first', () => {
  const { errors } = problemOfQuery('lng=x&limit=0&nonsense=1');
  expect(errors.map((error) => error.field).sort()).toEqual(['lat', 'limit', 'lng', 'nonsense']);
});

test('full-width digits and an unescaped plus sign are told what to write instead', () => {
  expect(problemOfQuery('lng=１２６．６&lat=45.75').message).toContain('半角');
  expect(problemOfQuery(`${here}&at=2026-11-20T09:12:00+08:00`).message).toContain('%2B');
});

test('search words lose what cannot be seen, and full-width letters become plain', () => {
  const values = readParameters(`${here}&q=${encodeURIComponent('\u202e ＣＣＢ\u200b　驿站 ')}`, declared);
  expect(values.q).toBe('CCB 驿站');
});

describe('positions', () => {
  const city = { name: '哈尔滨', area: [125.65, 45.1, 127.7, 46.45] as [number, number, number, number] };
  const codesAt = (lng: number, lat: number) => {
    try {
      checkPosition(city, [lng, lat]);
      return [];
    } catch (error) {
      return (error as Problem).errors.map((each) => `${each.field} ${each.code}`);
    }
  };

  test.each([
    [126.6, 45.75, []],
    [45.75, 126.6, ['lng swapped-lng-lat', 'lat swapped-lng-lat']],
    [0, 0, ['lng out-of-area', 'lat out-of-area']],
    [151.2, -33.87, ['lng out-of-area', 'lat out-of-area']],
    [-33.87, 151.2, ['lng swapped-lng-lat', 'lat swapped-lng-lat']],
    [126.6, 47, ['lat out-of-area']],
    [200, 45.75, ['lng out-of-range']],
    [126.6, 91, ['lat out-of-range']],
  ])('%d, %d', (lng, lat, expected) => {
    expect(codesAt(lng, lat)).toEqual(expected);
  });

  const boxCode = (...bbox: [number, number, number, number]) => {
    try {
      checkBox(city, bbox);
      return undefined;
    } catch (error) {
      return (error as Problem).code;
    }
  };

  test('a box that meets the city is welcome, even the whole world', () => {
    expect(boxCode(126.5, 45.7, 126.7, 45.8)).toBeUndefined();
    expect(boxCode(-180, -90, 180, 90)).toBeUndefined();
  });

  test('a box that is swapped, turned over, elsewhere or off the globe is told so', () => {
    expect(boxCode(45.7, 126.5, 45.8, 126.7)).toBe('swapped-lng-lat');
    expect(boxCode(126.7, 45.7, 126.5, 45.8)).toBe('out-of-range');
    expect(boxCode(126.5, 45.8, 126.7, 45.7)).toBe('out-of-range');
    expect(boxCode(151, -34, 152, -33)).toBe('out-of-area');
    expect(boxCode(126.5, 45.7, 526.7, 45.8)).toBe('out-of-range');
  });
});

test('a hundred thousand hostile queries are read or refused by a known code, and never anything else', () => {
  fc.assert(
    fc.property(hostileQuery, (search) => {
      try {
        const values = readParameters(search, declared);
        return Number.isFinite(values.lng) && Number.isFinite(values.lat) && values.limit >= 1 && values.limit <= 50;
      } catch (error) {
        return error instanceof Problem && error.status === 400 && error.code in PROBLEMS && error.errors.length > 0;
      }
    }),
    { numRuns: 100_000 },
  );
});
