import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createCalendar } from '../../data/calendar.ts';
import { checkOpeningHours, createHoursBook } from '../../data/opening-hours.ts';
import { HOURS_TEXTS } from './hours-texts.ts';

const book = createHoursBook({
  timezone: 'Asia/Shanghai',
  calendar: createCalendar({ holidays: 'cn', calendar: {} }),
});

describe('a text of opening hours', () => {
  test.each(HOURS_TEXTS)('%s is accepted, and its canonical form is itself', (osm) => {
    const check = checkOpeningHours(osm);
    expect(check).toMatchObject({ ok: true, canonical: osm });
  });

  test.each([
    ['mo-fr 8:30-17:00;ph off', 'Mo-Fr 08:30-17:00; PH off'],
    ['Mo - Fr 8:00-17:00 , Sa 9:00-12:00', 'Mo-Fr 08:00-17:00, Sa 09:00-12:00'],
    ['  24/7 ', '24/7'],
  ])('%s is tidied up as %s', (osm, canonical) => {
    expect(checkOpeningHours(osm)).toEqual({ ok: true, canonical });
  });

  test.each([
    ['', 'hours-empty'],
    ['   ', 'hours-empty'],
    [`Mo 08:00-09:00 "${'长'.repeat(250)}"`, 'hours-too-long'],
    ['周一至周五 8:00-17:00', 'hours-not-ascii'],
    ['Mo-Fr 08：30-17：00', 'hours-not-ascii'],
    ['SH off', 'hours-school-holidays'],
    ['Mo-Fr sunrise-sunset', 'hours-sun-times'],
    ['easter -1 day off', 'hours-easter'],
    ['Mo-Fr 8:30-17', 'hours-syntax'],
    ['Mo-Fr 25:00-26:00', 'hours-syntax'],
    ['Mo 12:00', 'hours-syntax'],
    ['whenever', 'hours-syntax'],
  ])('%j is refused as %s, in Chinese and with an example', (osm, code) => {
    const check = checkOpeningHours(osm);
    expect(check).toMatchObject({ ok: false, code });
    if (!check.ok) {
      expect(check.message).toMatch(/[\u4e00-\u9fff]{4}/);
      if (code !== 'hours-too-long')
        expect(check.message).toMatch(/「(Mo-Fr 08:30-17:00; PH off|Jul 15-Aug 31 off|2027 Mar 28 off)」/);
      expect(check.message).not.toMatch(/<---|token|expected/);
    }
  });

  test('the message quotes how far the writing was understood', () => {
    expect(checkOpeningHours('Mo-Fr 8:30-17')).toMatchObject({ message: expect.stringContaining('「Mo-Fr 8:30-17」') });
  });

  test('a later rule that cuts off a night is accepted with advice', () => {
    expect(checkOpeningHours('Fr 18:00-02:00; Sa 10:00-18:00')).toMatchObject({
      ok: true,
      advice: expect.stringContaining('零点'),
    });
    expect(checkOpeningHours('Fr 18:00-02:00, Sa 10:00-18:00')).not.toHaveProperty('advice');
    expect(checkOpeningHours('Fr-Sa 18:00-02:00; PH off')).not.toHaveProperty('advice');
  });

  test('never makes check or book throw, whatever it is', () => {
    const token = fc.constantFrom(
      ...[
        'Mo',
        'Fr',
        'Mo-Fr',
        'PH',
        'off',
        'open',
        '"x"',
        '08:00-17:00',
        '22:00-04:00',
        '18:00+',
        ',',
        ';',
        '||',
        '[1]',
      ],
      ...[
        '[-1]',
        '+1 day',
        'Feb 01-29',
        'Nov-Mar',
        'Dec 25',
        '2026',
        'week 04-07/2',
        '24/7',
        ':',
        '(',
        '26:00',
        'x',
        '，',
      ],
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(token, { maxLength: 8 }).map((tokens) => tokens.join(' ')),
    );
    fc.assert(
      fc.property(text, (osm) => {
        const check = checkOpeningHours(osm);
        const expansion = book.expand(osm, Date.parse('2026-01-01T00:00+08:00') / 60_000);
        expect(expansion !== null).toBe(check.ok);
        if (check.ok)
          expect(checkOpeningHours(check.canonical)).toMatchObject({ ok: true, canonical: check.canonical });
      }),
      { seed: 3, numRuns: 250 },
    );
  });
});
