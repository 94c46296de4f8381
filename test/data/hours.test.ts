import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type HoursExpansion, type HoursSubject, hoursStateAt, isOpenState, weekTable } from '../../data/hours.ts';

const ZONE = 'Asia/Shanghai';
/** Wednesday 2 December 2026 on Shanghai's clock; minutes since 1970. */
const at = (wall: string) => Date.parse(`${wall}+08:00`) / 60_000;
const ms = (wall: string) => Date.parse(`${wall}+08:00`);
const place: HoursSubject = { status: 'active', statusUntil: null, exceptions: [] };

function expansion(
  open: readonly string[],
  unknown: readonly string[] = [],
  more: Partial<HoursExpansion> = {},
): HoursExpansion {
  return {
    from: at('2026-12-01T00:00'),
    until: at('2026-12-16T00:00'),
    open: open.map(at),
    unknown: unknown.map(at),
    allDay: false,
    ...more,
  };
}

const twoDays = expansion([
  '2026-12-02T08:30',
  '2026-12-02T17:00',
  '2026-12-03T08:30',
  '2026-12-03T17:00',
  '2026-12-03T18:00',
  '2026-12-04T02:00',
]);
const always = expansion(['2026-12-01T00:00', '2026-12-16T00:00'], [], { allDay: true });

describe('the state of the hours', () => {
  test('is open until closing time', () => {
    expect(hoursStateAt(twoDays, place, ms('2026-12-02T08:30'))).toEqual({
      state: 'open',
      until: at('2026-12-02T17:00'),
      opensAt: null,
    });
  });

  test('is closing soon from thirty minutes before closing, and closed at closing time', () => {
    expect(hoursStateAt(twoDays, place, ms('2026-12-02T16:29:59')).state).toBe('open');
    expect(hoursStateAt(twoDays, place, ms('2026-12-02T16:30')).state).toBe('closing-soon');
    expect(hoursStateAt(twoDays, place, ms('2026-12-02T16:59:59')).until).toBe(at('2026-12-02T17:00'));
    expect(hoursStateAt(twoDays, place, ms('2026-12-02T17:00'))).toEqual({
      state: 'closed',
      until: null,
      opensAt: at('2026-12-03T08:30'),
    });
  });

  test('is one opening across midnight', () => {
    expect(hoursStateAt(twoDays, place, ms('2026-12-03T23:50'))).toEqual({
      state: 'open',
      until: at('2026-12-04T02:00'),
      opensAt: null,
    });
  });

  test('knows no next opening when none is within the horizon', () => {
    expect(hoursStateAt(twoDays, place, ms('2026-12-04T02:00'))).toEqual({
      state: 'closed',
      until: null,
      opensAt: null,
    });
  });

  test('is unknown without hours, before the first and after the last known day', () => {
    const unknown = { state: 'unknown', until: null, opensAt: null };
    expect(hoursStateAt(null, place, ms('2026-12-02T12:00'))).toEqual(unknown);
    expect(hoursStateAt(twoDays, place, ms('2026-11-30T23:59'))).toEqual(unknown);
    expect(hoursStateAt(twoDays, place, ms('2026-12-16T00:00'))).toEqual(unknown);
  });

  test('is unknown where the text is not sure, and the certain opening ends there', () => {
    const openEnd = expansion(['2026-12-02T10:00', '2026-12-02T14:00'], ['2026-12-02T14:00', '2026-12-03T00:00']);
    expect(hoursStateAt(openEnd, place, ms('2026-12-02T13:00')).until).toBe(at('2026-12-02T14:00'));
    expect(hoursStateAt(openEnd, place, ms('2026-12-02T14:00')).state).toBe('unknown');
    expect(hoursStateAt(openEnd, place, ms('2026-12-02T09:00')).opensAt).toBe(at('2026-12-02T10:00'));
  });

  test('has no closing time when it is open up to the horizon, and is not closing soon there', () => {
    const long = expansion(['2026-12-10T08:00', '2026-12-16T00:00']);
    const last = hoursStateAt(long, place, ms('2026-12-15T23:50'));
    expect(last).toEqual({ state: 'open', until: null, opensAt: null });
  });

  test('is open around the clock for ever when the text says so', () => {
    const open = { state: 'open', until: null, opensAt: null };
    expect(hoursStateAt(always, place, ms('2026-12-02T03:00'))).toEqual(open);
    expect(hoursStateAt(always, place, ms('2031-07-01T03:00'))).toEqual(open);
  });

  test('is not changed by a dispute', () => {
    const disputed = { ...place, status: 'disputed' } as const;
    const noon = ms('2026-12-02T12:00');
    expect(hoursStateAt(twoDays, disputed, noon)).toEqual(hoursStateAt(twoDays, place, noon));
  });
});

describe('a pause', () => {
  const pausedUntil = (wall: string | null): HoursSubject => ({
    status: 'paused',
    statusUntil: wall === null ? null : at(wall),
    exceptions: [],
  });

  test('without an end has no next opening', () => {
    expect(hoursStateAt(always, pausedUntil(null), ms('2026-12-02T12:00'))).toEqual({
      state: 'paused',
      until: null,
      opensAt: null,
    });
  });

  test('opens again at its end, or at the first opening after it', () => {
    const noon = ms('2026-12-02T12:00');
    expect(hoursStateAt(twoDays, pausedUntil('2026-12-03T10:00'), noon).opensAt).toBe(at('2026-12-03T10:00'));
    expect(hoursStateAt(twoDays, pausedUntil('2026-12-03T17:30'), noon).opensAt).toBe(at('2026-12-03T18:00'));
    expect(hoursStateAt(twoDays, pausedUntil('2026-12-20T00:00'), noon).opensAt).toBeNull();
    expect(hoursStateAt(always, pausedUntil('2026-12-20T00:00'), noon).opensAt).toBe(at('2026-12-20T00:00'));
  });

  test('is over when its end has passed', () => {
    expect(hoursStateAt(twoDays, pausedUntil('2026-12-02T12:00'), ms('2026-12-02T11:59')).state).toBe('paused');
    expect(hoursStateAt(twoDays, pausedUntil('2026-12-02T12:00'), ms('2026-12-02T12:00')).state).toBe('open');
  });
});

describe('a dated exception', () => {
  const closed = (from: string, until: string) => [at(from), at(until), 0];
  const open = (from: string, until: string) => [at(from), at(until), 1];
  const having = (...exceptions: number[][]): HoursSubject => ({ ...place, exceptions: exceptions.flat() });

  test('closes early, and closing soon counts to it', () => {
    const subject = having(closed('2026-12-02T15:00', '2026-12-02T20:00'));
    expect(hoursStateAt(twoDays, subject, ms('2026-12-02T14:40'))).toEqual({
      state: 'closing-soon',
      until: at('2026-12-02T15:00'),
      opensAt: null,
    });
    expect(hoursStateAt(twoDays, subject, ms('2026-12-02T15:00')).opensAt).toBe(at('2026-12-03T08:30'));
  });

  test('stays open longer: the closing time is the later one', () => {
    const subject = having(open('2026-12-02T16:00', '2026-12-02T23:00'));
    expect(hoursStateAt(twoDays, subject, ms('2026-12-02T12:00')).until).toBe(at('2026-12-02T23:00'));
    expect(hoursStateAt(twoDays, subject, ms('2026-12-02T16:50')).state).toBe('open');
  });

  test('gives way to a later one in the list', () => {
    const shut = closed('2026-12-02T00:00', '2026-12-04T00:00');
    const hour = open('2026-12-02T12:00', '2026-12-02T13:00');
    expect(hoursStateAt(twoDays, having(shut, hour), ms('2026-12-02T12:10')).until).toBe(at('2026-12-02T13:00'));
    expect(hoursStateAt(twoDays, having(shut, hour), ms('2026-12-02T11:00')).opensAt).toBe(at('2026-12-02T12:00'));
    expect(hoursStateAt(twoDays, having(hour, shut), ms('2026-12-02T12:10')).opensAt).toBe(at('2026-12-04T00:00'));
  });

  test('holds for a place whose hours nobody knows', () => {
    const subject = having(
      open('2026-12-02T12:00', '2026-12-02T13:00'),
      closed('2026-12-03T00:00', '2026-12-04T00:00'),
    );
    expect(hoursStateAt(null, subject, ms('2026-12-02T12:10')).until).toBe(at('2026-12-02T13:00'));
    expect(hoursStateAt(null, subject, ms('2026-12-03T12:00'))).toEqual({
      state: 'closed',
      until: null,
      opensAt: null,
    });
    expect(hoursStateAt(null, subject, ms('2026-12-02T14:00')).state).toBe('unknown');
  });

  test('ends what is open around the clock', () => {
    const subject = having(closed('2030-01-01T00:00', '2030-01-02T00:00'));
    expect(hoursStateAt(always, subject, ms('2026-12-02T12:00')).until).toBe(at('2030-01-01T00:00'));
    expect(hoursStateAt(always, subject, ms('2030-01-01T12:00')).opensAt).toBe(at('2030-01-02T00:00'));
  });
});

test('state, closing and opening time are those of a slow walk over every minute', () => {
  const START = 1000;
  const END = START + 300;
  const pair = fc.tuple(fc.integer({ min: START, max: END }), fc.integer({ min: 1, max: 60 }));
  const timeline = fc.record({
    open: fc.array(pair, { maxLength: 5 }),
    unknown: fc.array(pair, { maxLength: 2 }),
    exceptions: fc.array(
      fc.tuple(
        fc.integer({ min: START - 20, max: END + 20 }),
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 0, max: 1 }),
      ),
      { maxLength: 4 },
    ),
    minute: fc.integer({ min: START - 40, max: END + 40 }),
    pausedUntil: fc.option(fc.integer({ min: START, max: END + 30 })),
  });
  fc.assert(
    fc.property(timeline, ({ open, unknown, exceptions, minute, pausedUntil }) => {
      const covers = (pairs: [number, number][], each: number) =>
        pairs.some(([from, length]) => each >= from && each < from + length);
      const isOpen = (each: number) => each < END && covers(open, each);
      const isUnsure = (each: number) => each < END && !isOpen(each) && covers(unknown, each);
      const pairsOf = (test: (each: number) => boolean) => {
        const bounds: number[] = [];
        for (let each = START; each <= END; each++)
          if (test(each) !== (each > START && test(each - 1))) bounds.push(each);
        return bounds;
      };
      const slow = (each: number): string => {
        const exception = exceptions.findLast(([from, length]) => each >= from && each < from + length);
        if (exception) return exception[2] === 1 ? 'open' : 'closed';
        if (each < START || each >= END) return 'unknown';
        return isOpen(each) ? 'open' : isUnsure(each) ? 'unknown' : 'closed';
      };
      const walk = (from: number, stop: (each: number) => boolean) => {
        for (let each = from; each < END + 200; each++) if (stop(each)) return each;
        return null;
      };
      const subject: HoursSubject = {
        status: pausedUntil === null ? 'active' : 'paused',
        statusUntil: pausedUntil,
        exceptions: exceptions.flatMap(([from, length, state]) => [from, from + length, state]),
      };
      const expanded = { from: START, until: END, open: pairsOf(isOpen), unknown: pairsOf(isUnsure), allDay: false };
      const state = hoursStateAt(expanded, subject, minute * 60_000);
      const nextOpen = (from: number) => walk(from, (each) => slow(each) === 'open');
      if (pausedUntil !== null && minute < pausedUntil) {
        expect(state).toEqual({ state: 'paused', until: null, opensAt: nextOpen(pausedUntil) });
      } else if (slow(minute) === 'open') {
        const closing = walk(minute, (each) => slow(each) !== 'open');
        const until = closing === END && slow(END) === 'unknown' ? null : closing;
        const name = until !== null && until - minute <= 30 ? 'closing-soon' : 'open';
        expect(state).toEqual({ state: name, until, opensAt: null });
        expect(isOpenState(state)).toBe(true);
      } else {
        const isClosed = slow(minute) === 'closed';
        expect(state).toEqual({ state: slow(minute), until: null, opensAt: isClosed ? nextOpen(minute) : null });
        expect(isOpenState(state.state)).toBe(false);
      }
    }),
    { seed: 5, numRuns: 1500 },
  );
});

describe('the table of the week', () => {
  const rows = (hours: HoursExpansion | null, subject = place, wall = '2026-12-02T12:00') =>
    weekTable(hours, subject, ms(wall), ZONE);
  const onDate = (table: ReturnType<typeof rows>, date: string) => table.find((row) => row.isoDate === date)?.ranges;

  test('has the coming seven days from Monday to Sunday, today marked', () => {
    const table = rows(twoDays);
    expect(table.map((row) => row.weekday)).toEqual([1, 2, 3, 4, 5, 6, 0]);
    expect(table.map((row) => row.isoDate)).toEqual([
      '2026-12-07',
      '2026-12-08',
      '2026-12-02',
      '2026-12-03',
      '2026-12-04',
      '2026-12-05',
      '2026-12-06',
    ]);
    expect(table.filter((row) => row.isToday).map((row) => row.isoDate)).toEqual(['2026-12-02']);
  });

  test('shows a night on the day on which it begins, and not again on the next', () => {
    expect(onDate(rows(twoDays), '2026-12-03')).toEqual([
      ['8:30', '17:00'],
      ['18:00', '次日 2:00'],
    ]);
    expect(onDate(rows(twoDays), '2026-12-04')).toBe('closed');
  });

  test("leaves out the rest of last night from today's row", () => {
    expect(onDate(rows(twoDays, place, '2026-12-04T01:00'), '2026-12-04')).toBe('closed');
  });

  test('tells whole days, days that end at midnight and days of which nothing is known', () => {
    const long = expansion(
      ['2026-12-02T00:00', '2026-12-04T20:00', '2026-12-05T09:00', '2026-12-06T00:00'],
      ['2026-12-06T08:00', '2026-12-06T10:00'],
    );
    const table = rows(long);
    expect(onDate(table, '2026-12-03')).toBe('all-day');
    expect(onDate(table, '2026-12-04')).toEqual([['0:00', '20:00']]);
    expect(onDate(table, '2026-12-05')).toEqual([['9:00', '24:00']]);
    expect(onDate(table, '2026-12-06')).toBe('unknown');
    expect(onDate(table, '2026-12-07')).toBe('closed');
    expect(rows(null).every((row) => row.ranges === 'unknown')).toBe(true);
    expect(rows(long, place, '2026-12-12T12:00').filter((row) => row.ranges === 'unknown')).toHaveLength(3);
    expect(rows(always, place, '2031-01-01T12:00').every((row) => row.ranges === 'all-day')).toBe(true);
  });

  test('shows dated exceptions, and the schedule behind a pause', () => {
    const exceptions = [at('2026-12-03T12:00'), at('2026-12-04T12:00'), 0];
    expect(onDate(rows(twoDays, { ...place, exceptions }), '2026-12-03')).toEqual([['8:30', '12:00']]);
    expect(onDate(rows(twoDays, { ...place, status: 'paused' }), '2026-12-02')).toEqual([['8:30', '17:00']]);
  });
});
