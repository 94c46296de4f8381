import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Question } from '../../data/answer.ts';
import type { Point } from '../../data/place.ts';
import { Finder } from '../../web/rider/finder.ts';
import { type Fix, keepFix, keptFix, locate } from '../../web/rider/location.ts';
import { nameOfPoint } from '../../web/rider/place-names.ts';
import { focusOf, noticesOf, originOf } from '../../web/rider/rider-state.ts';
import { loaded, NOON, pocketOf } from '../data/pocket.ts';
import { station } from '../data/store/support.ts';
import { screenOf, stateOf } from './screens.ts';

const WEST: Point = [126.6, 45.76];
const EAST: Point = [126.64, 45.76];
const pocket = pocketOf([
  station({ name: '西', point: WEST, hoursOsm: 'Mo-Su 07:00-22:00' }),
  station({ name: '东', point: EAST, hoursOsm: 'Mo-Su 07:00-22:00' }),
]);
const from = (origin: Point): Question => ({
  origin,
  kinds: ['station'],
  services: [],
  open: false,
  allDay: false,
  nowMs: NOON,
  count: 5,
});
const shown = (finder: Finder) => finder.shown?.listed.map(({ place }) => place.name);

describe('the list under the finger', () => {
  test('keeps its order while a finger may be on its way, until the new one is taken', () => {
    const finder = new Finder(pocket.core);
    finder.ask(from(WEST), false);
    expect([shown(finder), finder.hasNewOrder]).toEqual([['西', '东'], false]);
    finder.ask(from(EAST), false);
    expect([shown(finder), finder.hasNewOrder]).toEqual([['西', '东'], true]);
    finder.takeNewOrder();
    expect([shown(finder), finder.hasNewOrder]).toEqual([['东', '西'], false]);
    finder.takeNewOrder();
    expect(shown(finder)).toEqual(['东', '西']);
  });

  test('takes a new order at once when it may', () => {
    const finder = new Finder(pocket.core);
    finder.ask(from(WEST), true);
    finder.ask(from(EAST), true);
    expect([shown(finder), finder.hasNewOrder]).toEqual([['东', '西'], false]);
  });

  test('takes new minutes at once when the order is the same, and forgets the order that waited', () => {
    const finder = new Finder(pocket.core);
    finder.ask(from(WEST), true);
    finder.ask(from(EAST), false);
    finder.ask(from([126.61, 45.76]), false);
    expect([shown(finder), finder.hasNewOrder]).toEqual([['西', '东'], false]);
    expect(finder.shown?.listed[0]?.metres).toBeGreaterThan(700);
  });

  test('says so above the list', () => {
    const state = stateOf(pocket, '', { fix: fixAt(WEST) });
    screenOf(state);
    const finder = state.finder as Finder;
    expect(noticesOf(state, finder)).toEqual([]);
    finder.ask(from(EAST), false);
    expect(noticesOf(state, finder)).toEqual([{ kind: 'moved', what: '定位' }]);
  });

  test('knows which kinds the city has at all', () => {
    const finder = new Finder(pocket.core);
    expect([finder.hasKinds(['station']), finder.hasKinds(['toilet', 'parking'])]).toEqual([true, false]);
  });
});

describe('where distances are measured from', () => {
  const { city } = pocket.core;

  test('is the chosen area, else the position, else the city’s default', () => {
    const fix = fixAt(WEST);
    expect(originOf(stateOf(pocket, 'area=dragon-tower', { fix }), city)).toMatchObject({ isMeasured: false });
    expect(originOf(stateOf(pocket, '', { fix }), city)).toMatchObject({ point: WEST, isMeasured: true });
    expect(originOf(stateOf(pocket, '', { fix: fixAt([116, 40]) }), city).name).toBe('中央大街附近');
    expect(originOf(stateOf(pocket, 'area=nowhere'), city).name).toBe('中央大街附近');
  });

  test('an area that the city does not have counts as none', () => {
    const state = stateOf(pocket, 'area=nowhere');
    expect(noticesOf(state, state.finder as Finder)).toMatchObject([{ kind: 'locate' }]);
    const page = screenOf({ ...state, placeId: pocket.core.place(0).id });
    expect(page.text).not.toMatch(/骑行 \d+ 分钟/);
  });

  test('is called by a landmark near by, else by the district around, else by the nearest district', () => {
    expect(nameOfPoint(city, [126.6741, 45.7465])).toBe('南岗区 · 龙塔附近');
    expect(nameOfPoint(city, [126.72, 45.7])).toBe('香坊区');
    expect(nameOfPoint(city, [127.6, 45.2])).toBe('阿城区');
    expect(nameOfPoint({ ...city, landmarks: [], districts: [] }, WEST)).toBe(loaded.city.name);
  });

  test('and the map is about the selected place if it is listed, else the first', () => {
    const state = stateOf(pocket, '', { fix: fixAt(WEST) });
    expect(focusOf(state)).toBeUndefined();
    screenOf(state);
    const [first, second] = state.finder?.shown?.listed ?? [];
    expect(focusOf(state)).toBe(first);
    expect(focusOf({ ...state, selected: second?.id ?? '' })).toBe(second);
    expect(focusOf({ ...state, selected: 'elsewhere' })).toBe(first);
  });
});

describe('the last position', () => {
  // Node has neither; the browser's are what the browser tests use.
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const stand = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const before = Object.getOwnPropertyDescriptors(globalThis);
  beforeEach(() => {
    kept.clear();
    stand('localStorage', storage);
  });
  afterEach(() => {
    for (const name of ['localStorage', 'navigator'] as const) {
      const descriptor = before[name];
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  });

  test('is kept on this phone for twelve hours, and forgotten when asked', () => {
    const fix = fixAt(WEST);
    keepFix(fix);
    expect(keptFix(NOON)).toEqual(fix);
    expect(keptFix(NOON + 12 * 3_600_000 - 1)).toEqual(fix);
    expect(keptFix(NOON + 12 * 3_600_000)).toBeNull();
    // From a clock that was far ahead.
    expect(keptFix(NOON - 120_000)).toBeNull();
    keepFix(null);
    expect(keptFix(NOON)).toBeNull();
  });

  test('is none where the storage holds something else, or nothing at all', () => {
    for (const text of ['', '{', '7', '{"a":1}', `{"atMs":${NOON}}`, `{"atMs":${NOON},"point":"x"}`]) {
      kept.set('yz-fix', text);
      expect(keptFix(NOON)).toBeNull();
    }
    stand('localStorage', undefined);
    keepFix(fixAt(WEST));
    expect(keptFix(NOON)).toBeNull();
  });

  const geolocation = (answer: (found: (position: unknown) => void, failed: (error: unknown) => void) => void) =>
    stand('navigator', { geolocation: { getCurrentPosition: answer } });
  const now = () => NOON;

  test('is measured in whole metres and by the server’s clock, longitude first', async () => {
    geolocation((found) => found({ coords: { longitude: 126.6, latitude: 45.76, accuracy: 23.7 }, timestamp: 5 }));
    expect(await locate(now)).toEqual({ point: WEST, accuracyMetres: 24, atMs: NOON });
  });

  test('is refused or not to be had', async () => {
    geolocation((_, failed) => failed({ code: 1, PERMISSION_DENIED: 1 }));
    expect(await locate(now)).toBe('denied');
    geolocation((_, failed) => failed({ code: 3, PERMISSION_DENIED: 1 }));
    expect(await locate(now)).toBe('failed');
  });
});

function fixAt(point: Point): Fix {
  return { point, accuracyMetres: 25, atMs: NOON };
}
