// What the phone keeps for its rider: pure parts, without a browser.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readWishes } from '../../web/pages/wishes.ts';
import { readFavourites, withStarTurned } from '../../web/rider/favourites.ts';
import { readModes } from '../../web/rider/modes.ts';
import { readSearches, withSearch } from '../../web/rider/recent-searches.ts';
import { takesHeatingOff, wishesInWinter, withoutHeating } from '../../web/rider/winter.ts';

const wishes = (query: string) => readWishes(new URLSearchParams(query));

describe('what is kept', () => {
  test('is read whatever stands there, and never breaks the app', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (kept) => {
        expect(Object.keys(readModes(kept)).sort()).toEqual(['gloves', 'large', 'theme', 'winter']);
        for (const { id, name } of readFavourites(kept)) expect([typeof id, typeof name]).toEqual(['string', 'string']);
        expect(readSearches(kept).every((each) => typeof each === 'string')).toBe(true);
      }),
    );
  });

  test('keeps modes that make sense and takes the others as usual', () => {
    expect(readModes({ theme: 'dark', large: true, gloves: 'yes', winter: true })).toEqual({
      theme: 'dark',
      large: true,
      gloves: false,
      winter: true,
    });
    expect(readModes({ theme: 'pink' }).theme).toBe('system');
  });
});

describe('favourites', () => {
  const a = { id: 'a', name: '甲站' };
  const b = { id: 'b', name: '乙站' };

  test('come and go with the same tap, the newest first', () => {
    expect(withStarTurned([], a)).toEqual([a]);
    expect(withStarTurned([a], b)).toEqual([b, a]);
    expect(withStarTurned([b, a], a)).toEqual([b]);
  });

  test('are at most a hundred', () => {
    const many = Array.from({ length: 100 }, (_, i) => ({ id: `p${i}`, name: `${i}号` }));
    const more = withStarTurned(many, a);
    expect([more.length, more[0]]).toEqual([100, a]);
  });
});

describe('recent searches', () => {
  test('are the last eight, each once, the newest first', () => {
    const searches = ['热水', '中央大街', '加油站', '银行', '医院', '学校', '公园', '广场', '卓展', '银行'].reduce(
      withSearch,
      [] as string[],
    );
    expect(searches).toEqual(['银行', '卓展', '广场', '公园', '学校', '医院', '加油站', '中央大街']);
  });

  test('leave out what was too short to search for', () => {
    expect(withSearch(['热水'], ' 卓 ')).toEqual(['热水']);
    expect(withSearch([], ' 卓展 ')).toEqual(['卓展']);
  });
});

describe('in winter', () => {
  test('the chip 供暖 is set for stations when the app is opened, and goes along', () => {
    expect(wishesInWinter('on', wishes(''), null).services).toEqual(['heating']);
    expect(wishesInWinter('on', wishes('services=rest'), wishes('services=heating')).services).toEqual([
      'heating',
      'rest',
    ]);
    expect(wishesInWinter('on', wishes('view=me'), wishes('services=heating')).services).toEqual(['heating']);
  });

  test('nobody who looks for a toilet is asked whether it is heated', () => {
    const heated = wishes('services=heating,rest');
    expect(wishesInWinter('on', wishes('kinds=toilet,parking&services=heating,rest'), heated).services).toEqual([
      'rest',
    ]);
    expect(wishesInWinter('on', wishes('kinds=toilet,parking'), null).services).toEqual([]);
    expect(wishesInWinter('on', wishes(''), wishes('kinds=toilet,parking')).services).toEqual(['heating']);
  });

  test('whoever wants a heated shop may still ask for one', () => {
    const shops = wishes('kinds=merchant');
    expect(wishesInWinter('on', wishes('kinds=merchant&services=heating'), shops).services).toEqual(['heating']);
  });

  test('the chip can be taken off', () => {
    const heated = wishes('services=heating');
    expect(takesHeatingOff(heated, wishes(''))).toBe(true);
    expect(takesHeatingOff(heated, wishes('services=heating&area=dragon-tower'))).toBe(false);
    expect(takesHeatingOff(heated, wishes('kinds=merchant'))).toBe(false);
    expect(wishesInWinter('taken-off', wishes(''), heated).services).toEqual([]);
    expect(withoutHeating(wishes('services=heating,rest')).services).toEqual(['rest']);
  });

  test('nothing is changed for those who did not ask for it', () => {
    const usual = wishes('');
    expect(wishesInWinter('off', usual, null)).toBe(usual);
  });
});
