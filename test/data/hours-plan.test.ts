import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ALL_DAY, type DayRange, type HoursPlan, readPlan, readTime, writePlan } from '../../data/hours-plan.ts';
import { checkOpeningHours } from '../../data/opening-hours.ts';

const WEEKDAYS: DayRange[] = [['08:30', '17:00']];
const week = (workday: readonly DayRange[], weekend: readonly DayRange[]) => [
  ...Array.from({ length: 5 }, () => workday),
  weekend,
  weekend,
];

describe('a text becomes a plan', () => {
  test.each<[string, HoursPlan]>([
    ['Mo-Fr 08:30-17:00; PH off', { days: week(WEEKDAYS, []), holidays: [] }],
    ['24/7', { days: week([ALL_DAY], [ALL_DAY]), holidays: 'usual' }],
    ['09:00-20:00', { days: week([['09:00', '20:00']], [['09:00', '20:00']]), holidays: 'usual' }],
    ['Mo-Su 9:00-20:00; Sa,Su off', { days: week([['09:00', '20:00']], []), holidays: 'usual' }],
    [
      'Mo-Fr 08:30-12:00,13:00-17:00; Sa 10:00-14:00',
      {
        days: [
          ...Array.from({ length: 5 }, (): DayRange[] => [
            ['08:30', '12:00'],
            ['13:00', '17:00'],
          ]),
          [['10:00', '14:00']],
          [],
        ],
        holidays: 'usual',
      },
    ],
  ])('%s', (osm, plan) => {
    expect(readPlan(osm)).toEqual(plan);
  });

  test.each(['Mo-Fr 08:30+', 'Dec-Mar 09:00-17:00', 'Mo 25:00-26:00', '"by arrangement"', 'Mo-Fr sunrise-sunset', ''])(
    'what says more than a plan can stays text: %s',
    (osm) => {
      expect(readPlan(osm)).toBeNull();
    },
  );
});

test.each([
  ['8:30', '08:30'],
  ['０８：３０', '08:30'],
  ['830', '08:30'],
  ['2130', '21:30'],
  ['8点30', '08:30'],
  ['9', '09:00'],
  ['24:00', '24:00'],
  ['24:30', null],
  ['8:75', null],
  ['上午', null],
  ['', null],
])('a time is read as people type it: %s', (text, time) => {
  expect(readTime(text)).toBe(time);
});

test('a plan that is never open has no text', () => {
  expect(writePlan({ days: week([], []), holidays: 'usual' })).toBeNull();
  expect(writePlan({ days: week([], []), holidays: [] })).toBeNull();
});

test('whatever a form can hold is written as hours that can be stored, and read as it was', () => {
  const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
    const minutes = quarter * 15;
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  });
  const range = fc.tuple(time, time).filter(([start, end]) => start < end) as fc.Arbitrary<DayRange>;
  const ranges = fc.oneof(
    fc.constant([] as DayRange[]),
    range.map((each) => [each]),
  );
  const plan = fc
    .record({
      days: fc.array(ranges, { minLength: 7, maxLength: 7 }),
      holidays: fc.oneof(fc.constant('usual' as const), ranges),
    })
    .filter(({ days }) => days.some((each) => each.length > 0));
  fc.assert(
    fc.property(plan, (each) => {
      const osm = writePlan(each) ?? '';
      expect(checkOpeningHours(osm)).toMatchObject({ ok: true });
      expect(readPlan(osm)).toEqual(each);
    }),
    { numRuns: 300 },
  );
});
