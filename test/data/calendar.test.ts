import { describe, expect, test } from '@jest/globals';
import { createCalendar } from '../../data/calendar.ts';
import { isoDateOf, wallDayOf } from '../../data/wall-clock.ts';

const national = createCalendar({ holidays: 'cn', calendar: {} });

function datesOf(year: number): string[] {
  const first = wallDayOf(`${year}-01-01`);
  return Array.from({ length: wallDayOf(`${year + 1}-01-01`) - first }, (_, i) => isoDateOf(first + i));
}

describe('the national calendar', () => {
  test('knows every holiday and make-up workday of 2026 as the State Council published them', () => {
    const days = (month: string, from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, i) => `2026-${month}-${String(from + i).padStart(2, '0')}`);
    expect(datesOf(2026).filter(national.isPublicHoliday)).toEqual([
      ...days('01', 1, 3),
      ...days('02', 15, 23),
      ...days('04', 4, 6),
      ...days('05', 1, 5),
      ...days('06', 19, 21),
      ...days('09', 25, 27),
      ...days('10', 1, 7),
    ]);
    expect(datesOf(2026).filter(national.isMakeUpWorkday)).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
    expect(national.isKnownYear(2026)).toBe(true);
  });

  test('tells ordinary weekdays and weekends apart', () => {
    expect(national.dayKind('2026-03-06')).toBe('weekday');
    expect(national.dayKind('2026-03-07')).toBe('weekend');
    expect(national.dayKind('2026-03-08')).toBe('weekend');
  });

  test('works a make-up Saturday like a Friday and a make-up Sunday like a Monday', () => {
    expect(national.weekdayInForce('2026-02-28')).toBe(5);
    expect(national.weekdayInForce('2026-09-20')).toBe(1);
    expect(national.weekdayInForce('2026-03-07')).toBe(6);
    expect(national.weekdayInForce('2026-10-01')).toBe(4);
  });

  test('flags a year that has not been arranged yet, and keeps only the days named by law in it', () => {
    expect(national.isKnownYear(2031)).toBe(false);
    // 2031: new year's day of the moon is 23 January; 清明 5 April; 端午 24 June; 中秋 falls on 1 October.
    expect(datesOf(2031).filter(national.isPublicHoliday)).toEqual([
      '2031-01-01',
      '2031-01-22',
      '2031-01-23',
      '2031-01-24',
      '2031-01-25',
      '2031-04-05',
      '2031-05-01',
      '2031-05-02',
      '2031-06-24',
      '2031-10-01',
      '2031-10-02',
      '2031-10-03',
    ]);
    expect(datesOf(2031).some(national.isMakeUpWorkday)).toBe(false);
  });
});

describe("the profile's own table", () => {
  const city = createCalendar({
    holidays: 'cn',
    calendar: { '2026-03-09': 'holiday', '2026-10-01': 'workday', '2026-03-07': 'workday', '2031-02-03': 'holiday' },
  });

  test('has the last word on a day', () => {
    expect(city.isPublicHoliday('2026-03-09')).toBe(true);
    expect(city.dayKind('2026-03-07')).toBe('workday');
    expect(city.dayKind('2026-10-02')).toBe('holiday');
  });

  test('turns a holiday that is worked into an ordinary weekday, not into a make-up day', () => {
    expect(city.dayKind('2026-10-01')).toBe('weekday');
    expect(city.weekdayInForce('2026-10-01')).toBe(4);
  });

  test('makes a year known by naming holidays in it', () => {
    expect(city.isKnownYear(2031)).toBe(true);
    expect(city.isKnownYear(2032)).toBe(false);
  });

  test('is all there is where no national calendar applies', () => {
    const plain = createCalendar({ holidays: 'none', calendar: { '2026-07-04': 'holiday' } });
    expect(datesOf(2026).filter(plain.isPublicHoliday)).toEqual(['2026-07-04']);
    expect(datesOf(2026).some(plain.isMakeUpWorkday)).toBe(false);
    expect(plain.isKnownYear(2031)).toBe(true);
  });
});
