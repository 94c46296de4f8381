// Public holidays and make-up workdays 调休 of a city. Server only: chinese-days is too big for a phone.

import chineseDays from 'chinese-days';
import type { City } from './city-schema.ts';
import { isoDateOf, wallDayOf, weekdayOf } from './wall-clock.ts';

/** workday: a weekend day on which people work for a day off elsewhere (调休). Dates are `2026-10-10`. */
export type DayKind = 'holiday' | 'workday' | 'weekday' | 'weekend';

export interface Calendar {
  dayKind(isoDate: string): DayKind;
  isPublicHoliday(isoDate: string): boolean;
  isMakeUpWorkday(isoDate: string): boolean;
  /**
   * The weekday whose hours apply, 0 Sunday … 6 Saturday: the day's own, but on a make-up workday that of the
   * nearest workday: a Saturday is worked like the Friday before it, a Sunday like the Monday after it.
   */
  weekdayInForce(isoDate: string): number;
  /**
   * Whether the year's arrangement has been published to us. Until then only the days that the law itself names
   * are holidays: neither the days joined to them nor the make-up workdays are known. Worth a warning to the city.
   */
  isKnownYear(year: number): boolean;
}

/** Days named by 《全国年节及纪念日放假办法》 as in force since 2025-01-01; they hold before a year's arrangement is out. */
const LAW_SINCE = 2025;
/** The lunar tables end here. */
const LUNAR_UNTIL = 2100;
const FIXED_BY_LAW = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];

/**
 * The calendar of a city profile. `holidays: 'cn'` starts from the national one, `'none'` from no holidays at all;
 * the dated table of the profile then has the last word, day by day.
 */
export function createCalendar(city: Pick<City, 'holidays' | 'calendar'>): Calendar {
  const national = city.holidays === 'cn' ? nationalCalendar() : undefined;
  const table = city.calendar;

  function dayKind(isoDate: string): DayKind {
    const weekday = weekdayOf(wallDayOf(isoDate));
    const ordinary = weekday === 0 || weekday === 6 ? 'weekend' : 'weekday';
    const said = table[isoDate] ?? national?.said(isoDate);
    if (said === 'holiday') return 'holiday';
    return said === 'workday' && ordinary === 'weekend' ? 'workday' : ordinary;
  }

  return {
    dayKind,
    isPublicHoliday: (isoDate) => dayKind(isoDate) === 'holiday',
    isMakeUpWorkday: (isoDate) => dayKind(isoDate) === 'workday',
    weekdayInForce(isoDate) {
      const weekday = weekdayOf(wallDayOf(isoDate));
      if (dayKind(isoDate) !== 'workday') return weekday;
      return weekday === 6 ? 5 : 1;
    },
    isKnownYear: (year) =>
      national === undefined ||
      national.isPublished(year) ||
      Object.entries(table).some(([date, kind]) => kind === 'holiday' && date.startsWith(`${year}-`)),
  };
}

function nationalCalendar() {
  const published = new Map<number, boolean>();
  const lawful = new Map<number, ReadonlySet<string>>();

  /** The library describes a day of an arrangement as "National Day,国庆节,3", any other by its weekday. */
  function arranged(isoDate: string): 'holiday' | 'workday' | undefined {
    const detail = chineseDays.getDayDetail(isoDate);
    if (!detail.name.includes(',')) return undefined;
    return detail.work ? 'workday' : 'holiday';
  }

  function isPublished(year: number): boolean {
    let known = published.get(year);
    if (known === undefined) {
      // Every arrangement has the National Day in it.
      known = arranged(`${String(year).padStart(4, '0')}-10-01`) === 'holiday';
      published.set(year, known);
    }
    return known;
  }

  function said(isoDate: string): 'holiday' | 'workday' | undefined {
    const year = Number(isoDate.slice(0, 4));
    if (isPublished(year)) return arranged(isoDate);
    if (year < LAW_SINCE || year > LUNAR_UNTIL) return undefined;
    let days = lawful.get(year);
    if (!days) {
      days = holidaysByLaw(year);
      lawful.set(year, days);
    }
    return days.has(isoDate) ? 'holiday' : undefined;
  }

  return { isPublished, said };
}

/** New year's eve and three days of the lunar new year, 清明, 端午, 中秋 and the fixed days. */
function holidaysByLaw(year: number): ReadonlySet<string> {
  const lunar = (monthAndDay: string) => chineseDays.getSolarDateFromLunar(`${year}-${monthAndDay}`).date;
  const newYear = wallDayOf(lunar('01-01'));
  return new Set([
    ...FIXED_BY_LAW.map((day) => `${year}-${day}`),
    ...[-1, 0, 1, 2].map((offset) => isoDateOf(newYear + offset)),
    chineseDays.getSolarTermDate(year, 4, 'pure_brightness'),
    lunar('05-05'),
    lunar('08-15'),
  ]);
}
