// A text of opening hours as somebody wrote it: whether it can be understood, and what to say when it cannot. Server only.

import OpeningHours from 'opening_hours';
import { createCalendar } from './calendar.ts';
import { type HoursRule, localDate, mentionsHolidays, spellOutDays, splitRules, TIME_RANGES } from './hours-rules.ts';
import { MINUTES_A_DAY, wallDayOf } from './wall-clock.ts';

export const HOURS_EXAMPLE = 'Mo-Fr 08:30-17:00; PH off';
const LONGEST = 255;

export type HoursErrorCode =
  | 'hours-empty'
  | 'hours-too-long'
  | 'hours-not-ascii'
  | 'hours-school-holidays'
  | 'hours-sun-times'
  | 'hours-easter'
  | 'hours-syntax';

export type HoursCheck =
  /** canonical: the text as it should be stored. advice: it is valid, but perhaps not what was meant. */
  { ok: true; canonical: string; advice?: string } | { ok: false; code: HoursErrorCode; message: string };

/** Whether a text can be stored as opening hours. The messages are for people. Never throws. */
export function checkOpeningHours(text: string): HoursCheck {
  const read = readText(text);
  if ('code' in read) return { ok: false, code: read.code, message: read.message };
  const cutsNight = read.hours
    .getStructuredWarnings()
    .some((warning) => warning.type === 'additional_rule_separator_not_used_after_time_wrapping_midnight');
  const opensAgain = read.rules.slice(1).some((rule) => rule.separator === '; ' && !/^(off|closed)\b/.test(rule.rest));
  if (!cutsNight || !opensAgain) return { ok: true, canonical: read.canonical };
  return {
    ok: true,
    canonical: read.canonical,
    advice: '过零点的时间会被第二天的规则截断；要保留，请把「;」换成「,」',
  };
}

export interface ReadText {
  canonical: string;
  hours: OpeningHours;
  rules: readonly HoursRule[];
  allDay: boolean;
}

/** Reads a text once; all further questions are put to the result. */
export function readText(text: string): ReadText | { code: HoursErrorCode; message: string } {
  const value = text.trim();
  const like = `，例如「${HOURS_EXAMPLE}」`;
  if (value === '') return { code: 'hours-empty', message: `没写开放时间；不知道就留空，知道就写清楚${like}` };
  if (value.length > LONGEST) return { code: 'hours-too-long', message: `开放时间最多 ${LONGEST} 个字符` };
  const withoutComments = value.replace(/"[^"]*"/g, '""');
  const foreign = /[^\x20-\x7e]+/.exec(withoutComments)?.[0];
  if (foreign !== undefined) {
    const message = `「${foreign}」看不懂：星期写 Mo Tu We Th Fr Sa Su，节假日写 PH，符号用半角${like}；中文说明放在双引号里`;
    return { code: 'hours-not-ascii', message };
  }
  if (/\bSH\b/i.test(withoutComments)) {
    return {
      code: 'hours-school-holidays',
      message: `学校假期（SH）没有统一的日历，请写成日期，例如「Jul 15-Aug 31 off」`,
    };
  }
  if (/\b(sunrise|sunset|dawn|dusk)\b/i.test(withoutComments)) {
    return { code: 'hours-sun-times', message: `日出日落每天不同，请写成钟点${like}` };
  }
  if (/\beaster\b/i.test(withoutComments)) {
    return { code: 'hours-easter', message: `复活节每年不同，请写成日期，例如「2027 Mar 28 off」` };
  }
  try {
    const canonical = new OpeningHours(value, null, TIME_RANGES).prettifyValue();
    const mended = mendFebruary(canonical);
    const hours = new OpeningHours(mended, null, TIME_RANGES);
    const rules = splitRules(mended);
    proveEvaluation(rules);
    return { canonical, hours, rules, allDay: isAllDay(hours, rules) };
  } catch (error) {
    return { code: 'hours-syntax', message: `${whereItStops(error)}要写成星期加钟点，钟点写到分${like}` };
  }
}

/** A little calendar with one day of each kind: 2026-01-01 a holiday, 2026-01-03 a working Saturday. */
const proof = createCalendar({ holidays: 'none', calendar: { '2026-01-01': 'holiday', '2026-01-03': 'workday' } });
const proofDay = wallDayOf('2026-01-01');

/** Some texts are parsed but fail when they are evaluated. They must fail here, and not on the way to a rider. */
function proveEvaluation(rules: readonly HoursRule[]): void {
  const spelled = spellOutDays(rules, proof, proofDay - 1, proofDay + 4);
  const text = spelled ?? rules.map((rule) => rule.separator + rule.text).join('');
  const dateOf = (day: number) => localDate(day * MINUTES_A_DAY);
  new OpeningHours(text, null, TIME_RANGES).getOpenIntervals(dateOf(proofDay), dateOf(proofDay + 4));
}

/** The library never matches `Feb 26-28` in a common year, but reads `Feb 26-Feb 28` well. */
function mendFebruary(canonical: string): string {
  return canonical.replace(
    /((?:\d{4} )?)Feb (\d\d)-(28|29)(?![\d/])/g,
    (_, year: string, first: string, last: string) =>
      `${year}Feb ${first}-${year}Feb 28${last === '29' ? `,${year}Feb 29` : ''}`,
  );
}

/** The library throws strings such as `Mo-Fr 8:30-17 <--- (Time range …)`: up to the arrow it is the writer's own. */
function whereItStops(error: unknown): string {
  const [read, reason] = typeof error === 'string' ? error.split(' <--- ') : [];
  return read && reason ? `读到「${read.trim()}」就不明白了：` : '开放时间看不懂：';
}

/** Open at every minute of every week, by a text that knows neither dates nor holidays. */
function isAllDay(hours: OpeningHours, rules: readonly HoursRule[]): boolean {
  if (rules.some(mentionsHolidays) || !hours.isWeekStable()) return false;
  // Any week will do; intervals of different rules may touch.
  const monday = 4 * MINUTES_A_DAY;
  const [openMs, unknownMs] = hours.getOpenDuration(localDate(monday), localDate(monday + 7 * MINUTES_A_DAY));
  return openMs === 7 * MINUTES_A_DAY * 60_000 && unknownMs === 0;
}
