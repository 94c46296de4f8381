// What the desk's screens work out without a browser.

import { describe, expect, test } from '@jest/globals';
import { ROLES } from '../../data/account.ts';
import { metresBetween, PLACE_KINDS, type Point } from '../../data/place.ts';
import { placeSchema } from '../../data/place-schema.ts';
import { blankPlace, fieldValue, movedBy, movedText, rebased, withChange } from '../../web/desk/places/editing.ts';
import { filterCount, filterQuery, readFilters } from '../../web/desk/places/filters.ts';
import { KIND_FIELDS } from '../../web/desk/places/kind-fields.ts';
import { fromLocalInput, toLocalInput } from '../../web/desk/words.ts';
import { DESK_ICON_PATHS } from '../../web/pages/desk-icons.ts';
import { DESK_ROOMS, deskPathOf, roomsFor } from '../../web/pages/desk-rooms.ts';

const HERE: Point = [126.6, 45.75];

describe('an edit', () => {
  const base = { name: '暖站', seats: 4, services: [{ code: 'rest' }] };

  test('holds what differs, and a change back is none', () => {
    const edited = withChange({ base, changes: {} }, 'seats', 6);
    expect(edited.changes).toEqual({ seats: 6 });
    expect(fieldValue(edited, 'seats')).toBe(6);
    expect(fieldValue(edited, 'name')).toBe('暖站');
    expect(withChange(edited, 'seats', 4).changes).toEqual({});
    expect(withChange(edited, 'services', [{ code: 'rest' }]).changes).toEqual({ seats: 6 });
  });

  test('goes on upon what somebody else made of the place, without what is kept of theirs', () => {
    const mine = { base, changes: { name: '暖心站', seats: 6, phone: '1' } };
    const theirs = { ...base, name: '温暖站', seats: 6 };
    const settled = rebased(mine, theirs, (field) => field !== 'phone');
    expect(settled).toEqual({ base: theirs, changes: { name: '暖心站' } });
  });

  test('of a new place starts with every field of its kind that must be there', () => {
    for (const kind of PLACE_KINDS) {
      const blank = blankPlace(kind, '230102', '2026-11-22');
      const result = placeSchema.safeParse({ ...blank, name: '新点位', point: HERE });
      const missing = result.success ? [] : result.error.issues.map((issue) => String(issue.path[0]));
      // What the store sets, what the server fills in, and the name of an event.
      const others = ['id', 'shortCode', 'createdAt', 'updatedAt', 'version', 'confirmedAt', 'confirmedBy', 'photos'];
      const filled = [
        'sourceCrs',
        'demo',
        'street',
        'community',
        'host',
        'phone',
        'access',
        'statusUntil',
        'statusReason',
      ];
      const wanted = missing.filter(
        (field) => ![...others, ...filled, 'eventName', 'rules', 'compound'].includes(field),
      );
      expect({ kind, wanted }).toEqual({ kind, wanted: [] });
      for (const { field } of KIND_FIELDS[kind])
        expect({ kind, field, is: typeof field }).toEqual({ kind, field, is: 'string' });
    }
  });
});

describe('a step on the ground', () => {
  test.each([
    [1, 0],
    [0, -1],
    [10, 10],
  ])('of %i metres east and %i north is as long as it says', (east, north) => {
    const there = movedBy(HERE, east, north);
    expect(metresBetween(HERE, there)).toBeCloseTo(Math.hypot(east, north), 1);
  });

  test('is said in words', () => {
    expect(movedText(HERE, movedBy(HERE, 8, 5))).toBe('已向东 8 米、北 5 米');
    expect(movedText(HERE, movedBy(HERE, -3, 0))).toBe('已向西 3 米');
    expect(movedText(HERE, HERE)).toBeNull();
  });
});

describe('the filters of the table', () => {
  test('stand in the address and come back from it', () => {
    const query = 'q=%E6%9A%96&kinds=station%2Ctoilet&statuses=paused&area=all&unverifiedDays=30&demo=false&sort=name';
    const filters = readFilters(query);
    expect(filters).toMatchObject({
      q: '暖',
      kinds: ['station', 'toilet'],
      statuses: ['paused'],
      demo: false,
      sort: 'name',
    });
    const given = Object.entries(filterQuery(filters)).filter(([, value]) => value !== undefined) as [string, string][];
    expect(readFilters(new URLSearchParams(given).toString())).toEqual(filters);
    expect(filterCount(filters)).toBe(6);
  });

  test('forgive an address that somebody typed', () => {
    const filters = readFilters('kinds=castle&unverifiedDays=-4&sort=colour');
    expect(filters).toMatchObject({ kinds: [], unverifiedDays: null, sort: 'unverifiedSince' });
    expect(filterCount(filters)).toBe(0);
  });
});

describe('the way about', () => {
  test('every role has a home, and each room is one of the server’s pages', () => {
    for (const role of ROLES) expect(roomsFor(role).filter(({ href }) => href === '/desk')).toHaveLength(1);
    for (const { href, icon } of DESK_ROOMS) {
      expect(deskPathOf(href)).not.toBeNull();
      expect(Object.keys(DESK_ICON_PATHS)).toContain(icon);
    }
  });

  test.each(['/desk/nowhere', '/desk/places/a/b', '/desk/audit/1', '/elsewhere', '/desk/sign-in/now'])(
    '%s leads nowhere',
    (path) => {
      expect(deskPathOf(path)).toBeNull();
    },
  );

  test('a place and a review have addresses of their own', () => {
    expect(deskPathOf('/desk/places/demo-1')).toEqual({ room: 'places', item: 'demo-1' });
    expect(deskPathOf('/desk/reviews/7')).toEqual({ room: 'reviews', item: '7' });
    expect(deskPathOf('/desk/')).toEqual({ room: 'home', item: null });
  });
});

test('a moment in a form is one on the city’s clock, wherever the computer stands', () => {
  const iso = '2026-11-20T01:30:00.000Z';
  expect(toLocalInput(iso, 'Asia/Shanghai')).toBe('2026-11-20T09:30');
  expect(fromLocalInput('2026-11-20T09:30', 'Asia/Shanghai')).toBe(iso);
  expect(fromLocalInput('', 'Asia/Shanghai')).toBeNull();
});
