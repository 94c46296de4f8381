// Moments and areas as the desk says them.

import { agoWords } from '../../data/hours-words.ts';
import { clockText, MINUTES_A_DAY, wallClock } from '../../data/wall-clock.ts';
import type { DeskStart } from '../pages/desk-state.ts';

/** 11月20日 9:21 on the city's clock; with the year when it is another one. */
export function momentText(iso: string, { nowMs, timezone }: { nowMs: number; timezone: string }): string {
  const clock = wallClock(timezone);
  const wall = clock.wallOf(Math.floor(Date.parse(iso) / 60_000));
  const date = new Date(Math.floor(wall / MINUTES_A_DAY) * MINUTES_A_DAY * 60_000);
  const now = new Date(clock.wallOf(Math.floor(nowMs / 60_000)) * 60_000);
  const year = date.getUTCFullYear() === now.getUTCFullYear() ? '' : `${date.getUTCFullYear()}年`;
  return `${year}${date.getUTCMonth() + 1}月${date.getUTCDate()}日 ${clockText(wall)}`;
}

/** 今天, 昨天, 41 天前; null says that nobody ever did. */
export function agoText(iso: string | null, { nowMs, timezone }: { nowMs: number; timezone: string }): string {
  return iso === null ? '没核实过' : agoWords(Date.parse(iso), nowMs, timezone);
}

/** 3 分钟前, 2 小时前; days as dates. */
export function sinceText(iso: string, { nowMs, timezone }: { nowMs: number; timezone: string }): string {
  const minutes = Math.floor((nowMs - Date.parse(iso)) / 60_000);
  if (minutes < 1) return '刚才';
  if (minutes < 60) return `${minutes} 分钟前`;
  return minutes < 12 * 60 ? `${Math.floor(minutes / 60)} 小时前` : momentText(iso, { nowMs, timezone });
}

/** The district's name; a street or a community is named with its code, since the profile does not know its name. */
export function areaText({ city }: Pick<DeskStart, 'city'>, areaCode: string | null): string {
  if (areaCode === null) return '全市';
  const district = city.districts.find(({ code }) => code === areaCode.slice(0, 6))?.name ?? '';
  return areaCode.length === 6 ? district : `${district} ${areaCode}`;
}

/** What an input of the type datetime-local holds, on the city's clock. */
export function toLocalInput(iso: string, timezone: string): string {
  const wall = wallClock(timezone).wallOf(Math.floor(Date.parse(iso) / 60_000));
  return new Date(wall * 60_000).toISOString().slice(0, 16);
}

/** The instant that such an input means, RFC 3339 in UTC; null when it is empty or no time. */
export function fromLocalInput(value: string, timezone: string): string | null {
  const wall = Date.parse(`${value}Z`) / 60_000;
  return Number.isNaN(wall) ? null : new Date(wallClock(timezone).minuteOf(wall) * 60_000).toISOString();
}
