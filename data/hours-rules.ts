// Weekdays and holidays of an opening-hours text, spelled out as dates of our calendar. Server only.
//
// The library that reads the texts has wrong Chinese holidays and no make-up workdays. So before it reads a text, each
// weekday or PH selector becomes the list of dates that it means here; separators and order stay, and with them the
// rules of OSM about what overrides what:
//   PH           the public holidays of the calendar, whatever their weekday
//   Mo … Su      the weekday in force: on a make-up workday that of the nearest workday, so that Mo-Fr applies to a
//                working Saturday and Sa does not; on a holiday still the day's own, so that a text without PH is
//                open on a holiday as on any such weekday
//   Mo[1] …      the n-th such day of the month by date; never a make-up workday
//   PH -1 day    the day before a holiday; PH Mo-Fr: holidays from Monday to Friday

import OpeningHours from 'opening_hours';
import type { Calendar } from './calendar.ts';
import { isoDateOf, MINUTES_A_DAY } from './wall-clock.ts';

/** The library's mode for ranges of time; points in time (`Mo 12:00`) are then refused. */
export const TIME_RANGES = 0;

/** One rule of a text, for example `; ` + `Nov-Mar` + `Mo-Fr,PH` + `08:30-17:00`. */
export interface HoursRule {
  separator: string;
  season: string;
  /** All lists must match (`PH Mo-Fr`), each by one of its items; none: the rule says nothing about weekdays. */
  days: readonly (readonly string[])[];
  rest: string;
  /** All of it but the separator, as it stands. */
  text: string;
}

const WEEKDAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];
const WEEKDAY = `(?:${WEEKDAYS.join('|')})`;
const ITEM = `(?:PH|${WEEKDAY}(?:-${WEEKDAY})?)(?:\\[[^\\]]*\\])?(?: [+-]\\d+ days?)?`;
const LIST = `${ITEM}(?:,${ITEM})*`;
const DAYS = new RegExp(`(?:^| )(${LIST}(?: ${LIST})*)(?= |:|$)`);
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** A day that no window reaches: keeps a rule in its place without its ever applying. */
const NEVER = '1970 Jan 01';

/** @param canonical a text as `prettifyValue` writes it: rules are parted by `; `, `, ` or ` || `, lists by `,`. */
export function splitRules(canonical: string): HoursRule[] {
  const pieces = canonical.split(/("[^"]*"|; |, | \|\| )/);
  const rules: { separator: string; text: string }[] = [{ separator: '', text: '' }];
  for (const piece of pieces) {
    const last = rules.at(-1);
    if (piece === '; ' || piece === ', ' || piece === ' || ') rules.push({ separator: piece, text: '' });
    else if (last) last.text += piece;
  }
  return rules.map(({ separator, text }) => {
    const beforeComment = text.split('"')[0] ?? '';
    const found = DAYS.exec(beforeComment);
    if (!found) return { separator, season: '', days: [], rest: text, text };
    const selector = found[1] ?? '';
    return {
      separator,
      season: text.slice(0, found.index).trim().replace(/:$/, ''),
      days: (selector.match(new RegExp(LIST, 'g')) ?? []).map((list) => list.split(',')).map(mendIndexLists),
      rest: text
        .slice(found.index + found[0].length)
        .replace(/^:/, '')
        .trim(),
      text,
    };
  });
}

/** `Th[1,3]` holds a comma of its own. */
function mendIndexLists(items: string[]): string[] {
  const mended: string[] = [];
  for (const item of items) {
    const last = mended.at(-1);
    if (last?.includes('[') && !last.includes(']')) mended[mended.length - 1] = `${last},${item}`;
    else mended.push(item);
  }
  return mended;
}

export function mentionsHolidays(rule: HoursRule): boolean {
  return rule.days.some((list) => list.some((item) => item.startsWith('PH')));
}

/**
 * The text with weekdays and holidays as dates, good for wall days `firstDay` … `lastDay` only; `undefined` when it
 * means the same as it stands.
 */
export function spellOutDays(
  rules: readonly HoursRule[],
  calendar: Calendar,
  firstDay: number,
  lastDay: number,
): string | undefined {
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, i) => firstDay + i);
  const weekdaysShift = days.some((day) => calendar.isMakeUpWorkday(isoDateOf(day)));
  const needsDates = (rule: HoursRule) => mentionsHolidays(rule) || (weekdaysShift && rule.days.length > 0);
  if (!rules.some(needsDates)) return undefined;
  return rules
    .map((rule) => {
      if (!needsDates(rule)) return rule.separator + rule.text;
      const inSeason = rule.season === '' ? () => true : dayTest(rule.season);
      const tests = rule.days.map((list) => list.map((item) => itemTest(item, calendar)));
      const dates = days.filter((day) => tests.every((list) => list.some((test) => test(day))) && inSeason(day));
      // Single days, not ranges: the library loses `Feb 26-28` of a common year.
      return `${rule.separator}${dates.map(spellDay).join(',') || NEVER} ${rule.rest}`.trimEnd();
    })
    .join('');
}

function itemTest(item: string, calendar: Calendar): (day: number) => boolean {
  const holiday = /^PH(?: ([+-]\d+) days?)?$/.exec(item);
  if (holiday) {
    const shift = Number(holiday[1] ?? 0);
    return (day) => calendar.isPublicHoliday(isoDateOf(day - shift));
  }
  const plain = /^([A-Z][a-z])(?:-([A-Z][a-z]))?$/.exec(item);
  if (!plain) {
    const falls = dayTest(item);
    return (day) => !calendar.isMakeUpWorkday(isoDateOf(day)) && falls(day);
  }
  const from = WEEKDAYS.indexOf(plain[1] ?? '');
  const length = (WEEKDAYS.indexOf(plain[2] ?? plain[1] ?? '') - from + 7) % 7;
  return (day) => (calendar.weekdayInForce(isoDateOf(day)) - from + 7) % 7 <= length;
}

/** Whether the library finds a day within a season (`Nov-Mar`, `week 04-07`) or among n-th weekdays (`Sa[-1]`). */
function dayTest(selector: string): (day: number) => boolean {
  const hours = new OpeningHours(`${selector} 00:00-24:00`, null, TIME_RANGES);
  return (day) => hours.getState(localDate(day * MINUTES_A_DAY + MINUTES_A_DAY / 2));
}

/** The Date whose fields in the zone of the process read the wall minute: what the library works with. */
export function localDate(wall: number): Date {
  const utc = new Date(wall * 60_000);
  return new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate(), utc.getUTCHours(), utc.getUTCMinutes());
}

function spellDay(day: number): string {
  const [year, month, date] = isoDateOf(day).split('-');
  return `${year} ${MONTHS[Number(month) - 1]} ${date}`;
}
