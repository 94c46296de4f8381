// What the phone may claim without a network: how late it is, how old its data are, and which hours are known.

import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { readCore } from '../../data/core.ts';
import { hoursStateAt, isOpenState } from '../../data/hours.ts';
import { ServerClock } from '../../web/rider/clock.ts';
import { Finder } from '../../web/rider/finder.ts';
import { withoutSchedule } from '../../web/rider/kept-snapshot.ts';
import { demoDrafts, NOON, pocketOf } from '../data/pocket.ts';
import { screenOf, stateOf } from './screens.ts';

const HOUR = 3_600_000;

afterEach(() => {
  jest.useRealTimers();
});

function phoneAt(ms: number): void {
  jest.useFakeTimers({ now: ms, doNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'performance'] });
}

describe('the time', () => {
  test('is the phone’s while it agrees with the server’s, and the server’s when it does not', () => {
    phoneAt(NOON);
    const clock = new ServerClock();
    clock.hear(NOON + 20_000);
    expect(clock.now()).toBe(NOON + 20_000);
    phoneAt(NOON + HOUR);
    expect(clock.now()).toBe(NOON + HOUR);
    clock.hear(NOON + 5 * HOUR);
    phoneAt(NOON + 2 * HOUR);
    expect(clock.now()).toBe(NOON + 6 * HOUR);
    expect(clock.isKnown).toBe(true);
  });

  test('goes on by a wrong clock’s known error in an app that starts without a network', () => {
    phoneAt(NOON);
    const clock = new ServerClock();
    clock.recall({ serverMs: NOON + 3 * HOUR, phoneMs: NOON - HOUR });
    expect(clock.now()).toBe(NOON + 4 * HOUR);
    expect(clock.isKnown).toBe(true);
  });

  test('is not known once the phone’s clock was set back, and never before the server was last heard', () => {
    phoneAt(NOON - 2 * HOUR);
    const clock = new ServerClock();
    clock.recall({ serverMs: NOON, phoneMs: NOON });
    expect(clock.isKnown).toBe(false);
    expect(clock.now()).toBe(NOON);
    clock.hear(NOON + HOUR);
    expect(clock.isKnown).toBe(true);
    expect(clock.now()).toBe(NOON + HOUR);
  });

  test('set back under a running app is noticed', () => {
    phoneAt(NOON);
    const clock = new ServerClock();
    clock.hear(NOON);
    phoneAt(NOON + HOUR);
    clock.now();
    phoneAt(NOON - HOUR);
    expect(clock.now()).toBe(NOON);
    expect(clock.isKnown).toBe(false);
  });

  test('that was kept is of no use once the server has spoken', () => {
    phoneAt(NOON);
    const clock = new ServerClock();
    clock.hear(NOON);
    clock.recall({ serverMs: NOON + 9 * HOUR, phoneMs: NOON });
    expect(clock.now()).toBe(NOON);
  });
});

describe('the hours', () => {
  test('say nothing while nobody can say how late it is, but for places that never close', async () => {
    const pocket = pocketOf(await demoDrafts(40));
    const core = readCore(withoutSchedule(pocket.coreDocument));
    let known = 0;
    for (let i = 0; i < core.count; i++) {
      const place = core.place(i);
      for (const hours of [-30, 0, 7, 24 * 20]) {
        const state = hoursStateAt(place.hours, place, NOON + hours * HOUR);
        if (isOpenState(state)) expect(place.hours?.allDay).toBe(true);
        if (isOpenState(state)) known++;
      }
    }
    expect(known).toBeGreaterThan(0);
    const text = screenOf(stateOf({ ...pocket, core }, '', { isOnline: false, isClockKnown: false })).text;
    expect(text).toContain('说不准现在几点');
    expect(text).not.toMatch(/营业中|按时间表至/);
  });
});

describe('the age of the data', () => {
  test.each([
    ['today', 1, '没有网络。显示 11:00 保存的数据', null],
    ['yesterday', 14, '没有网络。显示 昨天 22:00 保存的数据', '数据是昨天的，出发前最好打个电话'],
    ['days ago', 75, '没有网络。显示 11 月 17 日 9:00 保存的数据', '数据是 3 天前的，出发前最好打个电话'],
  ])('is said: %s', async (_name, hours, offline, old) => {
    const pocket = pocketOf(await demoDrafts(100));
    const state = stateOf(pocket, '', { isOnline: false, checkedAtMs: NOON - hours * HOUR });
    const { text } = screenOf(state);
    expect(text).toContain(offline);
    if (old === null) expect(text).not.toContain('数据是');
    else expect(text).toContain(old);
  });

  test('is said in other words when the server is slow, or fails: nobody is without a network then', async () => {
    const pocket = pocketOf(await demoDrafts(100));
    const then = { checkedAtMs: NOON - HOUR };
    const slow = screenOf(stateOf(pocket, '', { ...then, isSlow: true })).text;
    expect(slow).toContain('网络慢，先显示 11:00 保存的数据');
    const failing = screenOf(stateOf(pocket, '', { ...then, hasLoadError: true })).text;
    expect(failing).toMatch(/新数据没取到，先看 11:00 保存的 再试一次/);
    // What was kept is not known to be so now.
    for (const text of [slow, failing]) expect(text).not.toMatch(/没有网络|营业中/);
  });

  test('is counted from when the server was last asked, not from when it last had news', async () => {
    const pocket = pocketOf(await demoDrafts(100), NOON - 48 * HOUR);
    const { text } = screenOf(stateOf(pocket, '', { checkedAtMs: NOON - HOUR }));
    expect(text).not.toContain('数据是');
  });
});

describe('newer data', () => {
  test('do not move the list under the finger', async () => {
    const drafts = await demoDrafts(30);
    const pocket = pocketOf(drafts);
    const state = stateOf(pocket, '');
    screenOf(state);
    const shown = state.finder?.shown;
    const first = shown?.listed[0]?.id;
    const without = pocketOf(drafts.filter((_, i) => pocket.places[i] !== undefined).slice(40));
    const finder = new Finder(without.core, state.finder);
    expect(finder.shown).toBe(shown);
    const question = { origin: [126.6, 45.75] as const, kinds: state.wishes.kinds, services: [], open: false };
    finder.ask({ ...question, origin: [126.6, 45.75], allDay: false, count: 5, nowMs: NOON }, false);
    expect(finder.shown?.listed[0]?.id).toBe(first);
    expect(finder.hasNewOrder).toBe(true);
  });
});

describe('what was said without a network', () => {
  test('is told while it waits, and when it was refused, with the reason', async () => {
    const pocket = pocketOf(await demoDrafts(100));
    const letter = {
      id: 1,
      url: '',
      body: {},
      key: '',
      photos: [],
      photoIds: [],
      placeId: 'demo-1',
      placeName: '道里驿站',
      addedAtMs: NOON,
      untilMs: null,
      refused: null,
    };
    const letters = [letter, { ...letter, id: 2, refused: '没有这个点位' }];
    const { text } = screenOf(stateOf(pocket, '', { letters }));
    expect(text).toContain('1 条还没发出去，已存在手机里。有网后打开本页会自动发送');
    expect(text).toContain('给“道里驿站”的话没有发出去：没有这个点位');
  });
});
