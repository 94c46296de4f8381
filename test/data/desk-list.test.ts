// The desk's table against a slow, obvious version of itself.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DESK_SORTS,
  type DeskPosition,
  type DeskQuestion,
  type DeskRow,
  daysUnverified,
  deskPage,
  walkingOrder,
} from '../../data/desk-list.ts';
import { PLACE_KINDS, PLACE_STATUSES } from '../../data/place.ts';

const NOW = Date.parse('2026-11-20T04:00:00Z');
const instant = fc.integer({ min: 0, max: 60 }).map((days) => new Date(NOW - days * 86_400_000).toISOString());
const anyRow: fc.Arbitrary<Omit<DeskRow, 'id'>> = fc.record({
  shortCode: fc.constant('00000'),
  kind: fc.constantFrom(...PLACE_KINDS),
  name: fc.constantFrom('甲站', '乙站', '丙站'),
  aliases: fc.constant([]),
  address: fc.constant(''),
  district: fc.constantFrom('100001', '100002'),
  street: fc.constantFrom(null, '100001001', '100002001'),
  community: fc.constant(null),
  point: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
  positionQuality: fc.constantFrom('surveyed', 'approx'),
  status: fc.constantFrom(...PLACE_STATUSES),
  statusUntil: fc.constant(null),
  statusReason: fc.constant(null),
  hoursOsm: fc.constantFrom(null, '24/7'),
  brokenServices: fc.constant([]),
  demo: fc.boolean(),
  confirmedAt: fc.option(instant, { nil: null }),
  confirmedBy: fc.constant(null),
  updatedAt: instant,
  version: fc.constant(1),
});
const anyRows = fc.array(anyRow, { maxLength: 30 }).map((rows) => rows.map((row, i) => ({ ...row, id: `place-${i}` })));
const anyQuestion: fc.Arbitrary<DeskQuestion> = fc.record({
  kinds: fc.subarray([...PLACE_KINDS]),
  statuses: fc.subarray([...PLACE_STATUSES]),
  area: fc.constantFrom(undefined, '100001', '100002001'),
  quality: fc.constantFrom(undefined, 'approx'),
  hoursUnknown: fc.boolean(),
  unverifiedDays: fc.constantFrom(undefined, 10, 30),
  demo: fc.constantFrom(undefined, true, false),
  reported: fc.constant(false),
  sort: fc.constantFrom(...DESK_SORTS),
  from: fc.constant([1, 1]),
  limit: fc.integer({ min: 1, max: 7 }),
});
const around = { nowMs: NOW, isReported: () => false, nameKey: (row: DeskRow) => row.name };

function slowly(row: DeskRow, question: DeskQuestion): boolean {
  const { area, quality, hoursUnknown, unverifiedDays, demo, kinds, statuses } = question;
  const codes = [row.district, row.street ?? ''];
  return (
    (kinds.length === 0 || kinds.includes(row.kind)) &&
    (statuses.length === 0 || statuses.includes(row.status)) &&
    (area === undefined || codes.some((code) => code.startsWith(area))) &&
    (quality === undefined || row.positionQuality === quality) &&
    (!hoursUnknown || row.hoursOsm === null) &&
    (demo === undefined || row.demo === demo) &&
    (unverifiedDays === undefined || daysUnverified(row, NOW) > unverifiedDays)
  );
}

test('its pages together hold every row that fits once, in one order, whatever is asked', () => {
  fc.assert(
    fc.property(anyRows, anyQuestion, (rows, question) => {
      const expected = rows.filter((row) => slowly(row, question)).map((row) => row.id);
      const found: DeskRow[] = [];
      let after: DeskPosition | undefined;
      do {
        const page = deskPage(rows, { ...question, after }, around);
        expect(page.numberMatched).toBe(expected.length);
        expect(page.rows.length).toBeLessThanOrEqual(question.limit);
        found.push(...page.rows);
        after = page.next ?? undefined;
      } while (after);
      expect(found.map((row) => row.id).sort()).toEqual(expected.sort());
      const whole = deskPage(rows, { ...question, limit: 100 }, around);
      expect(whole.rows).toEqual(found);
    }),
  );
});

test('a count of another choice is what one would find there', () => {
  fc.assert(
    fc.property(anyRows, anyQuestion, (rows, question) => {
      const { counts } = deskPage(rows, question, around);
      for (const status of PLACE_STATUSES) {
        const there = deskPage(rows, { ...question, statuses: [status] }, around).numberMatched;
        expect(counts.statuses[status] ?? 0).toBe(there);
      }
      for (const kind of PLACE_KINDS) {
        const there = deskPage(rows, { ...question, kinds: [kind] }, around).numberMatched;
        expect(counts.kinds[kind] ?? 0).toBe(there);
      }
    }),
  );
});

describe('a walk', () => {
  test('goes from each to the nearest that is left, and passes every one', () => {
    const at = (lng: number) => ({ point: [lng, 0] as [number, number] });
    const walk = walkingOrder([at(5), at(1), at(-2), at(2)], [0, 0]);
    expect(walk.map((each) => each.point[0])).toEqual([1, 2, 5, -2]);
    expect(walkingOrder([], [0, 0])).toEqual([]);
  });
});
