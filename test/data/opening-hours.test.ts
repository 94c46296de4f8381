import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import OpeningHours from 'opening_hours';
import { createCalendar } from '../../data/calendar.ts';
import { hoursStateAt, isOpenState } from '../../data/hours.ts';
import { createHoursBook } from '../../data/opening-hours.ts';
import { HOURS_TEXTS as TEXTS } from './hours-texts.ts';

const calendar = createCalendar({ holidays: 'cn', calendar: {} });
const book = createHoursBook({ timezone: 'Asia/Shanghai', calendar });
const subject = { status: 'active', statusUntil: null, exceptions: [] } as const;

const DAY = 1440;
/** Shanghai's clock: eight hours ahead, all year. */
const minuteAt = (wall: string) => Date.parse(`${wall}+08:00`) / 60_000;
const YEAR_START = minuteAt('2026-01-01T00:00');

const HOLIDAYS = [
  ['01-01', '01-03'],
  ['02-15', '02-23'],
  ['04-04', '04-06'],
  ['05-01', '05-05'],
  ['06-19', '06-21'],
  ['09-25', '09-27'],
  ['10-01', '10-07'],
] as const;
/** Date → the weekday that it is worked as, 0 Sunday. */
const MAKE_UP: Record<string, number> = {
  '01-04': 1,
  '02-14': 5,
  '02-28': 5,
  '05-09': 5,
  '09-20': 1,
  '10-10': 5,
};

/** What the library's own reading says, holidays and make-up days left aside. */
function libraryAt(hours: OpeningHours, minute: number): string {
  const at = new Date((minute + 480) * 60_000);
  return hours.getState(at) ? 'open' : hours.getUnknown(at) ? 'unknown' : 'closed';
}

function expandedAt(osm: string, minute: number, from = minute): string {
  const { state } = hoursStateAt(book.expand(osm, from), subject, minute * 60_000);
  return isOpenState(state) ? 'open' : state;
}

describe('the fourteen days that a phone gets', () => {
  test.each(TEXTS)('say of %s the same as a reading of each minute, all through 2026', (osm) => {
    // The library itself knows no PH, loses `Feb 01-28`, and forgets `-14:00+` when it is asked for an instant.
    const raw = /PH|Feb 01-28|-14:00\+/.test(osm) ? null : new OpeningHours(osm, null, 0);
    const makeUps = Object.keys(MAKE_UP).map((date) => minuteAt(`2026-${date}T00:00`));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 26 }), fc.integer({ min: 0, max: 14 * DAY - 1 }), (window, offset) => {
        const from = YEAR_START + window * 14 * DAY;
        const minute = from + offset;
        const said = expandedAt(osm, minute, from);
        expect(said).toBe(book.stateAt(osm, minute * 60_000 + 59_999));
        const isNearMakeUp = makeUps.some((start) => minute >= start && minute < start + 2 * DAY);
        if (raw && !isNearMakeUp) expect(said).toBe(libraryAt(raw, minute));
      }),
      { seed: 2026, numRuns: 50 },
    );
    const springFestival = minuteAt('2026-02-13T00:00');
    for (let minute = springFestival; minute < springFestival + 17 * DAY; minute += 907) {
      expect(expandedAt(osm, minute)).toBe(book.stateAt(osm, minute * 60_000));
    }
  });

  const range = fc
    .tuple(fc.integer({ min: 0, max: 94 }), fc.integer({ min: 1, max: 95 }))
    .map(([start, length]) => [start * 15, Math.min(start + length, 96) * 15] as const);
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const WEEKDAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];
  const isHoliday = (date: string) => HOLIDAYS.some(([first, last]) => date >= first && date <= last);

  test('agree with a plain look-up for any weekly table, holidays and make-up days included', () => {
    const week = fc.array(fc.option(range), { minLength: 7, maxLength: 7 });
    const holidays = fc.oneof(fc.constant('none'), fc.constant('off'), range);
    // Half of the fortnights hold holidays or make-up days.
    const from = fc.oneof(fc.integer({ min: 0, max: 350 }), fc.constantFrom(0, 40, 50, 90, 120, 258, 265, 272));
    const within = fc.array(fc.integer({ min: 0, max: 14 * DAY - 1 }), { minLength: 40, maxLength: 60 });
    fc.assert(
      fc.property(week, holidays, from, within, (table, ph, firstDay, offsets) => {
        const rules = table.flatMap((hours, i) =>
          hours ? [`${WEEKDAYS[i]} ${clock(hours[0])}-${clock(hours[1])}`] : [],
        );
        fc.pre(rules.length > 0);
        if (ph === 'off') rules.push('PH off');
        else if (ph !== 'none') rules.push(`PH ${clock(Number(ph[0]))}-${clock(Number(ph[1]))}`);
        const start = YEAR_START + firstDay * DAY;
        for (const offset of offsets) {
          const date = new Date((start + offset + 480) * 60_000);
          const monthDay = date.toISOString().slice(5, 10);
          const hasOwn = ph !== 'none' && isHoliday(monthDay);
          const hours = hasOwn ? (ph === 'off' ? null : ph) : (table[MAKE_UP[monthDay] ?? date.getUTCDay()] ?? null);
          const ofDay = offset % DAY;
          const isOpen = hours !== null && ofDay >= Number(hours[0]) && ofDay < Number(hours[1]);
          const said = expandedAt(rules.join('; '), start + offset, start);
          expect([monthDay, ofDay, said]).toEqual([monthDay, ofDay, isOpen ? 'open' : 'closed']);
        }
      }),
      { seed: 7, numRuns: 80 },
    );
  });

  test('agree with a plain look-up for any night that ends in the morning after', () => {
    const nights = fc.record({
      days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
      start: fc.integer({ min: 72, max: 95 }).map((quarter) => quarter * 15),
      end: fc.integer({ min: 1, max: 32 }).map((quarter) => quarter * 15),
      at: fc.array(fc.integer({ min: 0, max: 365 * DAY - 1 }), { minLength: 10, maxLength: 20 }),
    });
    const weekdayOf = (minute: number) => {
      const date = new Date((minute + 480) * 60_000);
      return MAKE_UP[date.toISOString().slice(5, 10)] ?? date.getUTCDay();
    };
    fc.assert(
      fc.property(nights, ({ days, start, end, at }) => {
        const osm = `${days.map((day) => WEEKDAYS[day]).join(',')} ${clock(start)}-${clock(end)}`;
        for (const offset of at) {
          const minute = YEAR_START + offset;
          const ofDay = offset % DAY;
          const isOpen =
            (ofDay >= start && days.includes(weekdayOf(minute))) ||
            (ofDay < end && days.includes(weekdayOf(minute - DAY)));
          expect(expandedAt(osm, minute)).toBe(isOpen ? 'open' : 'closed');
        }
      }),
      { seed: 11, numRuns: 50 },
    );
  });

  test('begin with the night of yesterday, end after fourteen whole days, and are shared by all who ask that day', () => {
    const morning = book.expand('Mo-Su 16:00-02:00', minuteAt('2026-03-10T06:00'));
    const evening = book.expand('Mo-Su 16:00-02:00', minuteAt('2026-03-10T23:59'));
    expect(morning).toBe(evening);
    expect(morning?.from).toBe(minuteAt('2026-03-09T00:00'));
    expect(morning?.until).toBe(minuteAt('2026-03-24T00:00'));
    expect(book.expand('Mo-Su 16:00-02:00', minuteAt('2026-03-11T00:00'))).not.toBe(morning);
  });

  test('are ascending and never touch', () => {
    for (const osm of TEXTS) {
      const expansion = book.expand(osm, minuteAt('2026-10-05T12:00'));
      for (const pairs of [expansion?.open ?? [], expansion?.unknown ?? []]) {
        pairs.slice(1).forEach((bound, i) => {
          expect(bound).toBeGreaterThan(pairs[i] ?? Infinity);
        });
      }
    }
  });

  test('are nothing for hours that nobody knows or understands', () => {
    expect(book.expand(null, YEAR_START)).toBeNull();
    expect(book.expand('早上到晚上', YEAR_START)).toBeNull();
    expect(book.stateAt(null, YEAR_START * 60_000)).toBe('unknown');
    expect(book.stateAt('Mo-Fr 8:30-17', YEAR_START * 60_000)).toBe('unknown');
    expect(() => book.expand('24/7', YEAR_START, 0)).toThrow(RangeError);
  });

  test.each([
    ['24/7', true],
    ['Mo-Su 00:00-24:00', true],
    ['00:00-24:00', true],
    ['Mo-Fr 00:00-24:00; Sa,Su 00:00-24:00', true],
    ['24/7; PH off', false],
    ['24/7; 2030 Jan 01 off', false],
    ['Nov-Mar 00:00-24:00', false],
    ['Mo-Sa 00:00-24:00', false],
    ['Mo-Su 00:00-23:59', false],
    ['24/7 unknown', false],
  ])('call %s around the clock: %s, whatever these days are like', (osm, allDay) => {
    expect(book.expand(osm, minuteAt('2026-03-10T00:00'))?.allDay).toBe(allDay);
  });
});

describe('holidays and make-up workdays', () => {
  test.each([
    ['Mo-Fr 08:30-17:00; PH off', '2026-02-13T10:00', 'open', 'the Friday before 春节'],
    ['Mo-Fr 08:30-17:00; PH off', '2026-02-14T10:00', 'open', 'a working Saturday'],
    ['Mo-Fr 08:30-17:00; Sa 13:00-18:00', '2026-02-14T17:30', 'closed', "a working Saturday has not Saturday's hours"],
    ['Mo-Fr 08:30-17:00; PH off', '2026-02-17T10:00', 'closed', '春节'],
    ['Mo-Fr 08:30-17:00', '2026-02-17T10:00', 'open', '春节 for a text that knows no holidays'],
    ['Mo-Fr 08:30-17:00; PH 10:00-16:00', '2026-10-03T15:00', 'open', 'a holiday on a Saturday'],
    ['Mo-Fr 08:30-17:00; PH 10:00-16:00', '2026-10-05T16:30', 'closed', 'a holiday on a Monday'],
    ['Mo 07:00-09:00; Fr 20:00-21:00', '2026-09-20T08:00', 'open', 'a working Sunday is a Monday'],
    ['Mo 07:00-09:00; Fr 20:00-21:00', '2026-10-10T20:30', 'open', 'a working Saturday is a Friday'],
    ['Mo-Fr 08:30-17:00; 2026 Feb 28 off', '2026-02-28T10:00', 'closed', 'a dated rule still wins'],
    ['Mo-Fr 08:30-17:00; Mo[1] off', '2026-03-02T10:00', 'closed', 'the first Monday of a month'],
  ])('%s at %s: %s (%s)', (osm, wall, state) => {
    expect(expandedAt(osm, minuteAt(wall))).toBe(state);
    expect(book.stateAt(osm, minuteAt(wall) * 60_000)).toBe(state);
  });
});

describe('a city whose clock is changed', () => {
  const city = createHoursBook({
    timezone: 'America/New_York',
    calendar: createCalendar({ holidays: 'none', calendar: {} }),
  });
  const intervals = (osm: string, day: string) => {
    const noon = Date.parse(`${day}T17:00Z`) / 60_000;
    const expansion = city.expand(osm, noon, 1);
    return (expansion?.open ?? []).map((minute) => new Date(minute * 60_000).toISOString().slice(5, 16));
  };

  test('opens by the wall clock before and after the change', () => {
    expect(intervals('09:00-17:00', '2026-03-08')).toEqual([
      '03-07T14:00',
      '03-07T22:00',
      '03-08T13:00',
      '03-08T21:00',
    ]);
  });

  test('has no opening within the hour that is left out, and a shorter night around it', () => {
    expect(intervals('02:00-03:00', '2026-03-08')).toEqual(['03-07T07:00', '03-07T08:00']);
    expect(intervals('Su 01:00-04:00', '2026-03-08')).toEqual(['03-08T06:00', '03-08T08:00']);
  });

  test('is open through both passes of the hour that comes twice', () => {
    expect(intervals('Su 00:00-03:00', '2026-11-01')).toEqual(['11-01T04:00', '11-01T08:00']);
    expect(intervals('Su 01:00-02:00', '2026-11-01')).toEqual(['11-01T05:00', '11-01T07:00']);
  });

  test('begins a day without a midnight at its first minute', () => {
    const cairo = createHoursBook({ timezone: 'Africa/Cairo', calendar });
    const expansion = cairo.expand('00:00-02:00', Date.parse('2026-04-24T12:00Z') / 60_000, 1);
    const bounds = [expansion?.from ?? 0, ...(expansion?.open ?? []), expansion?.until ?? 0];
    expect(bounds.map((minute) => new Date(minute * 60_000).toISOString().slice(5, 16))).toEqual([
      '04-22T22:00',
      ...['04-22T22:00', '04-23T00:00'],
      // The clock went from 0:00 to 1:00: one hour is left of two.
      ...['04-23T22:00', '04-23T23:00'],
      '04-24T21:00',
    ]);
  });

  test('says in advance what it says at each minute, on the days of the change', () => {
    for (const osm of ['Mo-Su 22:00-02:30', '01:15-01:45', '24/7', 'Su 02:00-10:00']) {
      for (const day of ['2026-03-07', '2026-10-31']) {
        const from = Date.parse(`${day}T12:00Z`) / 60_000;
        const expansion = city.expand(osm, from);
        for (let minute = from; minute < from + 2 * DAY; minute += 5) {
          const { state } = hoursStateAt(expansion, subject, minute * 60_000);
          expect(isOpenState(state) ? 'open' : state).toBe(city.stateAt(osm, minute * 60_000));
        }
      }
    }
  });
});

test('the zone that the process was started in makes no difference', () => {
  const texts = TEXTS.filter((_, i) => i % 3 === 1);
  const module = (name: string) => JSON.stringify(new URL(`../../data/${name}.ts`, import.meta.url).href);
  const program = `
    process.env.TZ = 'UTC';
    const { createCalendar } = await import(${module('calendar')});
    const { createHoursBook } = await import(${module('opening-hours')});
    const calendar = createCalendar({ holidays: 'cn', calendar: {} });
    const texts = ${JSON.stringify(texts)};
    const said = ['Asia/Shanghai', 'America/New_York'].map((timezone) => {
      const book = createHoursBook({ timezone, calendar });
      return texts.map((osm) => [book.expand(osm, ${minuteAt('2026-03-01T12:00')}), book.stateAt(osm, ${minuteAt('2026-10-10T08:40') * 60_000})]);
    });
    console.log(JSON.stringify(said));`;
  const [here, ...elsewhere] = ['UTC', 'America/New_York', 'Asia/Shanghai'].map((TZ) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, TZ },
      encoding: 'utf8',
    }),
  );
  const expected = texts.map((osm) => [
    book.expand(osm, minuteAt('2026-03-01T12:00')),
    book.stateAt(osm, minuteAt('2026-10-10T08:40') * 60_000),
  ]);
  expect(JSON.parse(here ?? '')[0]).toEqual(expected);
  for (const there of elsewhere) expect(there).toBe(here);
});

test('a process whose own clock has gaps is refused', () => {
  const program = `
    const { createCalendar } = await import(${JSON.stringify(new URL('../../data/calendar.ts', import.meta.url).href)});
    const { createHoursBook } = await import(${JSON.stringify(new URL('../../data/opening-hours.ts', import.meta.url).href)});
    try {
      createHoursBook({ timezone: 'Asia/Shanghai', calendar: createCalendar({ holidays: 'none', calendar: {} }) });
    } catch (error) {
      console.log(error.message);
    }`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, TZ: 'America/New_York' },
    encoding: 'utf8',
  });
  expect(said).toContain("process.env.TZ = 'UTC'");
});
