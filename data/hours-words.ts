// Hours and ages in Chinese, as every screen says them. Pure: phone and server share it.

import type { HoursExpansion, HoursState } from './hours.ts';
import { clockText, MINUTES_A_DAY, type WallClock, wallClock, weekdayOf } from './wall-clock.ts';

const WEEKDAY_WORDS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

export interface HoursWords {
  /** One line: 营业中 · 至 22:00. */
  text: string;
  /** What more there is to say, for a second line: 只剩 25 分钟, or the reason of a pause. */
  detail: string | null;
}

export interface HoursWordsInput {
  state: HoursState;
  /** Of the place; says whether it is open around the clock, and how far the schedule is known. */
  expansion: Pick<HoursExpansion, 'allDay' | 'until'> | null;
  nowMs: number;
  timezone: string;
  /** Minute at which a pause ends, and why there is one. */
  statusUntil?: number | null;
  statusReason?: string | null;
  /** Without network nobody has looked lately: 按时间表 instead of 营业中. */
  isOffline?: boolean;
}

/** The state of a place's hours in words. An open place always says until when, as far as that is known. */
export function hoursWords(input: HoursWordsInput): HoursWords {
  const { state, expansion, nowMs, timezone, isOffline = false } = input;
  const now = Math.floor(nowMs / 60_000);
  const clock = wallClock(timezone);
  switch (state.state) {
    case 'open':
      return { text: openWords(state.until, expansion, now, clock, isOffline), detail: null };
    case 'closing-soon': {
      const until = state.until ?? now;
      const end = endWords(until, now, clock);
      const text = isOffline ? `按时间表至${spaced(end)}` : `快关门 · 至${spaced(end)}`;
      return { text, detail: `只剩 ${durationWords(until - now)}` };
    }
    case 'closed': {
      const closed = isOffline ? '按时间表已关门' : '已关门';
      if (state.opensAt === null) return { text: closed, detail: null };
      return { text: `${closed} · ${momentWords(state.opensAt * 60_000, nowMs, timezone)} 开`, detail: null };
    }
    case 'paused':
      return pauseWords(input.statusUntil ?? null, input.statusReason ?? null, now, clock);
    case 'unknown':
      return { text: '时间未知', detail: null };
  }
}

function openWords(
  until: number | null,
  expansion: HoursWordsInput['expansion'],
  now: number,
  clock: WallClock,
  isOffline: boolean,
): string {
  if (until !== null) {
    const end = spaced(endWords(until, now, clock));
    return isOffline ? `按时间表至${end}` : `营业中 · 至${end}`;
  }
  if (expansion?.allDay) return isOffline ? '按时间表 24 小时' : '24 小时';
  const words = isOffline ? '按时间表开着' : '营业中';
  const isKnownForADay = expansion !== null && expansion.until - now >= MINUTES_A_DAY;
  return `${words} · ${isKnownForADay ? '24 小时内不关门' : '关门时间未知'}`;
}

/** A pause until midnight is named by its last day: 至 12 月 3 日 is paused on that day, too. */
function pauseWords(until: number | null, reason: string | null, now: number, clock: WallClock): HoursWords {
  if (until === null) return { text: reason ? `暂停（${reason}）` : '暂停', detail: null };
  const today = clock.dayOf(now);
  const wall = clock.wallOf(until);
  const day = Math.floor((wall - 1) / MINUTES_A_DAY);
  const isMidnight = wall % MINUTES_A_DAY === 0;
  const isNear = day - today <= 1;
  const date = isNear ? dayWords(day, today) : dateWords(day);
  const end = isNear && !isMidnight ? `${date} ${clockText(wall)}` : date;
  return { text: `暂停 · 至${spaced(end)}`, detail: reason };
}

/** The end of an open time: 22:00, 24:00, 明天 2:00. */
function endWords(until: number, now: number, clock: WallClock): string {
  const wall = clock.wallOf(until);
  const today = clock.dayOf(now);
  const day = Math.floor(wall / MINUTES_A_DAY);
  if (day === today) return clockText(wall);
  if (wall % MINUTES_A_DAY !== 0) return `${dayWords(day, today)} ${clockText(wall)}`;
  return day - 1 === today ? '24:00' : `${dayWords(day - 1, today)} 24:00`;
}

/** A moment as people say it: 今天 18:00, 明天 6:00, 周三 6:00 (within a week), 12 月 3 日 6:00. */
export function momentWords(atMs: number, nowMs: number, timezone: string): string {
  const clock = wallClock(timezone);
  const wall = clock.wallOf(Math.floor(atMs / 60_000));
  const today = clock.dayOf(Math.floor(nowMs / 60_000));
  return `${dayWords(Math.floor(wall / MINUTES_A_DAY), today)} ${clockText(wall)}`;
}

/** The time of day on the city's clock: 9:30. */
export function clockWords(atMs: number, timezone: string): string {
  return clockText(wallClock(timezone).wallOf(Math.floor(atMs / 60_000)));
}

/** 周一 of 0 Sunday … 6 Saturday. */
export function weekdayWords(weekday: number): string {
  return WEEKDAY_WORDS[weekday] ?? '';
}

/** How long ago something was confirmed, by the city's calendar days: 今天, 昨天, 41 天前; null is 没人确认过. */
export function agoWords(fromMs: number | null, nowMs: number, timezone: string): string {
  if (fromMs === null) return '没人确认过';
  const clock = wallClock(timezone);
  const days = clock.dayOf(Math.floor(nowMs / 60_000)) - clock.dayOf(Math.floor(fromMs / 60_000));
  // A phone's clock may be behind the server's: what has just happened is not in the future.
  if (days <= 0) return '今天';
  return days === 1 ? '昨天' : `${days} 天前`;
}

/** 25 分钟, 6 小时, 1 小时 20 分钟, 2 天, 2 天 3 小时: from a day on without minutes, rounded down. */
export function durationWords(minutes: number): string {
  const whole = Math.max(0, Math.floor(minutes));
  const days = Math.floor(whole / MINUTES_A_DAY);
  const hours = Math.floor((whole % MINUTES_A_DAY) / 60);
  const rest = days === 0 ? whole % 60 : 0;
  const words = [days > 0 ? `${days} 天` : '', hours > 0 ? `${hours} 小时` : '', rest > 0 ? `${rest} 分钟` : ''];
  return words.filter(Boolean).join(' ') || '0 分钟';
}

function dayWords(day: number, today: number): string {
  const ahead = day - today;
  if (ahead === 0) return '今天';
  if (ahead === 1) return '明天';
  return ahead > 1 && ahead < 7 ? weekdayWords(weekdayOf(day)) : dateWords(day);
}

function dateWords(day: number): string {
  const date = new Date(day * MINUTES_A_DAY * 60_000);
  return `${date.getUTCMonth() + 1} 月 ${date.getUTCDate()} 日`;
}

/** A space between a Han word and a digit, none between two Han words: 至 22:00, 至明天 2:00. */
function spaced(words: string): string {
  return /^\d/.test(words) ? ` ${words}` : words;
}
