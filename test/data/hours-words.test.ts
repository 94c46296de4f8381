import { describe, expect, test } from '@jest/globals';
import type { HoursState } from '../../data/hours.ts';
import {
  agoWords,
  clockWords,
  durationWords,
  type HoursWordsInput,
  hoursWords,
  momentWords,
  weekdayWords,
} from '../../data/hours-words.ts';

const timezone = 'Asia/Shanghai';
const ms = (wall: string) => Date.parse(`${wall}+08:00`);
const at = (wall: string) => ms(wall) / 60_000;
const atOrNull = (wall: string | null) => (wall === null ? null : at(wall));
/** A Tuesday afternoon. */
const NOW = '2026-12-01T16:35';

function words(state: Partial<HoursState>, more: Partial<HoursWordsInput> = {}) {
  return hoursWords({
    state: { state: 'open', until: null, opensAt: null, ...state },
    expansion: { allDay: false, until: at('2026-12-15T00:00') },
    nowMs: ms(NOW),
    timezone,
    ...more,
  });
}
const open = (until: string | null, more?: Partial<HoursWordsInput>) =>
  words({ state: 'open', until: atOrNull(until) }, more).text;
const closed = (opensAt: string | null, more?: Partial<HoursWordsInput>) =>
  words({ state: 'closed', opensAt: atOrNull(opensAt) }, more).text;

describe('the words for opening hours', () => {
  test('an open place says until when', () => {
    expect(open('2026-12-01T22:00')).toBe('营业中 · 至 22:00');
    expect(open('2026-12-02T00:00')).toBe('营业中 · 至 24:00');
    expect(open('2026-12-02T02:00')).toBe('营业中 · 至明天 2:00');
    expect(open('2026-12-04T00:00')).toBe('营业中 · 至周四 24:00');
  });

  test('a place that never closes says 24 小时; one that is only known to be open for days says so', () => {
    expect(open(null, { expansion: { allDay: true, until: 0 } })).toBe('24 小时');
    expect(open(null)).toBe('营业中 · 24 小时内不关门');
    expect(open(null, { expansion: { allDay: false, until: at('2026-12-02T00:00') } })).toBe('营业中 · 关门时间未知');
  });

  test('a place that closes soon says how much is left', () => {
    const soon = words({ state: 'closing-soon', until: at('2026-12-01T17:00') });
    expect(soon).toEqual({ text: '快关门 · 至 17:00', detail: '只剩 25 分钟' });
  });

  test('a closed place says when it opens', () => {
    expect(closed('2026-12-01T18:00')).toBe('已关门 · 今天 18:00 开');
    expect(closed('2026-12-02T06:00')).toBe('已关门 · 明天 6:00 开');
    expect(closed('2026-12-03T09:30')).toBe('已关门 · 周四 9:30 开');
    expect(closed('2026-12-07T09:30')).toBe('已关门 · 周一 9:30 开');
    expect(closed('2026-12-08T09:30')).toBe('已关门 · 12 月 8 日 9:30 开');
    expect(closed(null)).toBe('已关门');
  });

  test('a pause says its last day, or its reason when it has no end', () => {
    const pause = (statusUntil: string | null, statusReason: string | null = null) =>
      words(
        { state: 'paused' },
        {
          statusUntil: atOrNull(statusUntil),
          statusReason,
        },
      );
    expect(pause('2026-12-03T18:00', '停水')).toEqual({ text: '暂停 · 至 12 月 3 日', detail: '停水' });
    expect(pause('2026-12-04T00:00').text).toBe('暂停 · 至 12 月 3 日');
    expect(pause('2026-12-02T00:00').text).toBe('暂停 · 至今天');
    expect(pause('2026-12-01T18:00').text).toBe('暂停 · 至今天 18:00');
    expect(pause(null, '装修')).toEqual({ text: '暂停（装修）', detail: null });
    expect(pause(null).text).toBe('暂停');
  });

  test('unknown is said as unknown', () => {
    expect(words({ state: 'unknown' })).toEqual({ text: '时间未知', detail: null });
  });

  test('without network the schedule speaks, not the moment', () => {
    const isOffline = true;
    expect(open('2026-12-01T22:00', { isOffline })).toBe('按时间表至 22:00');
    expect(open(null, { isOffline, expansion: { allDay: true, until: 0 } })).toBe('按时间表 24 小时');
    expect(words({ state: 'closing-soon', until: at('2026-12-01T17:00') }, { isOffline }).text).toBe(
      '按时间表至 17:00',
    );
    expect(closed('2026-12-02T06:00', { isOffline })).toBe('按时间表已关门 · 明天 6:00 开');
  });

  test("are those of the city's clock, wherever the phone is", () => {
    const inNewYork = { timezone: 'America/New_York' };
    expect(open('2026-12-01T22:00', inNewYork)).toBe('营业中 · 至 9:00');
    expect(momentWords(ms('2026-12-02T06:00'), ms(NOW), 'America/New_York')).toBe('今天 17:00');
    expect(clockWords(ms('2026-12-02T09:05'), timezone)).toBe('9:05');
  });
});

describe('the age of a confirmation', () => {
  const ago = (from: string | null, now: string) => agoWords(from === null ? null : ms(from), ms(now), timezone);

  test("is counted in the city's calendar days", () => {
    expect(ago('2026-12-01T00:00', '2026-12-01T23:59')).toBe('今天');
    expect(ago('2026-12-01T23:59', '2026-12-02T00:01')).toBe('昨天');
    expect(ago('2026-11-30T00:01', '2026-12-02T23:59')).toBe('2 天前');
    expect(ago('2026-10-22T12:00', '2026-12-02T12:00')).toBe('41 天前');
  });

  test('is never in the future, and may be missing', () => {
    expect(ago('2026-12-02T00:05', '2026-12-01T23:59')).toBe('今天');
    expect(ago(null, '2026-12-01T12:00')).toBe('没人确认过');
  });
});

test('durations are said in the words of a clock', () => {
  expect([0, 25, 60, 80, 360, 1440, 1620, -5].map(durationWords)).toEqual([
    '0 分钟',
    '25 分钟',
    '1 小时',
    '1 小时 20 分钟',
    '6 小时',
    '1 天',
    '1 天 3 小时',
    '0 分钟',
  ]);
});

test('weekdays are named from Sunday', () => {
  expect([0, 1, 6].map(weekdayWords)).toEqual(['周日', '周一', '周六']);
});
