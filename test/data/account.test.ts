import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Account,
  AREA_ROLES,
  faultOfPost,
  hasCharge,
  INVITABLE,
  isInArea,
  mayAppoint,
  mayCurate,
  PLACE_ROLES,
  ROLES,
  readUsername,
} from '../../data/account.ts';
import { faultOfPassword } from '../../data/password.ts';
import { maskMobile, readMobile } from '../../data/phone.ts';
import { endsAtMs, isAlive, isConfirmed, longestMs, type SessionTimes } from '../../data/session.ts';

const HOUR_MS = 3_600_000;
const place = { id: 'here', district: '100101', street: '100101003', community: null };
const account = (fields: Partial<Account>): Account => ({
  id: 'a',
  role: 'curator',
  areaCode: null,
  placeIds: [],
  displayName: '甲',
  ...fields,
});

describe('an area', () => {
  test.each([
    ['100101', true],
    ['100101003', true],
    ['100101004', false],
    ['100102', false],
    ['100101003001', false],
  ])('%s: the place is in it: %s', (code, isIn) => {
    expect(isInArea(code, place)).toBe(isIn);
    expect(hasCharge(account({ areaCode: code }), place)).toBe(isIn);
    expect(mayCurate(account({ areaCode: code }), place)).toBe(isIn);
    expect(mayCurate(account({ role: 'grid-worker', areaCode: code }), place)).toBe(false);
  });

  test('that is missing gives no charge of anything', () => {
    for (const role of AREA_ROLES) expect(hasCharge(account({ role, areaCode: null }), place)).toBe(false);
  });

  test('is nothing to those who have places of their own', () => {
    for (const role of PLACE_ROLES) {
      expect(hasCharge(account({ role, placeIds: ['here'] }), place)).toBe(true);
      expect(hasCharge(account({ role, placeIds: ['there'], areaCode: '100101' }), place)).toBe(false);
    }
  });
});

test('a post has an area or places as its role wants, and nothing besides', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ROLES), fc.boolean(), fc.boolean(), (role, hasArea, hasPlaces) => {
      const post = { role, areaCode: hasArea ? '100101' : null, placeIds: hasPlaces ? ['here'] : [] };
      const fits = AREA_ROLES.includes(role) === hasArea && PLACE_ROLES.includes(role) === hasPlaces;
      expect(faultOfPost(post) === undefined).toBe(fits);
    }),
  );
});

test('nobody appoints to a role that is not in their list, and a curator only inside its area', () => {
  const there = { district: '100102', street: null, community: null };
  for (const role of ROLES) {
    const chief = account({ role, areaCode: role === 'curator' ? '100101' : null });
    for (const to of ROLES) {
      const post = { role: to, areaCode: '100101003', placeIds: ['here'] };
      expect(mayAppoint(chief, post, [place])).toBe(INVITABLE[role].includes(to));
      if (role !== 'admin') expect(mayAppoint(chief, { ...post, areaCode: '100102' }, [there])).toBe(false);
    }
  }
  const curator = account({ areaCode: '100101' });
  const keeper = { role: 'keeper', areaCode: null, placeIds: ['here', 'gone'] } as const;
  expect(mayAppoint(curator, keeper, [place])).toBe(false);
  expect(mayAppoint(curator, { ...keeper, placeIds: [] }, [])).toBe(false);
});

test('a username is one however it is typed', () => {
  expect(readUsername(' Ｃhen.Wei ')).toBe('chen.wei');
  expect(readUsername('陈老师')).toBe('陈老师');
  for (const none of ['', 'a', '.chen', 'chen wei', 'x'.repeat(41), 'chen\u200b', 'a/b']) {
    expect(readUsername(none)).toBe(undefined);
  }
});

test('a long password of any words will do, a common one will not', () => {
  for (const good of ['snow falls on the river', '松花江 冬天的火锅 三九天', 'correct-horse-battery', 'x7#kQ!mz4Pw&']) {
    expect(faultOfPassword(good, 'chen')).toBe(undefined);
  }
  for (const weak of [
    'password1234',
    'aaaaaaaaaaaa',
    '123123123123',
    'abcdefghijkl',
    '098765432109',
    'Chen1234567890',
  ]) {
    expect(faultOfPassword(weak, 'chen')).toEqual(expect.any(String));
  }
});

test('a mobile number is read as people write it, and masked', () => {
  for (const written of ['13812345678', '+86 138 1234 5678', '0086-138-1234-5678', '１３８１２３４５６７８']) {
    expect(readMobile(written)).toBe('13812345678');
  }
  for (const none of ['1381234567', '12812345678', '138123456789', '0451-88880000', '+1 3812345678']) {
    expect(readMobile(none)).toBe(undefined);
  }
  expect(maskMobile('13812345678')).toBe('138****5678');
});

describe('a session', () => {
  const times = (fields: Partial<SessionTimes>): SessionTimes => ({
    role: 'keeper',
    createdAtMs: 0,
    lastSeenAtMs: 0,
    confirmedAtMs: 0,
    deviceHash: null,
    ...fields,
  });

  test('of desk staff is never longer for an enrolled device', () => {
    for (const role of ROLES) {
      const days = longestMs({ role, deviceHash: 'd' }) / (24 * HOUR_MS);
      expect(days).toBe(role === 'admin' || role === 'curator' ? 0.5 : 30);
      expect(longestMs({ role, deviceHash: null })).toBe(12 * HOUR_MS);
    }
  });

  test('ends at an instant, not after it, and so does its confirmation', () => {
    const session = times({ role: 'admin' });
    const asked = { deviceHash: undefined, isWriting: false };
    expect(endsAtMs(session)).toBe(0.5 * HOUR_MS);
    expect(isAlive(session, { ...asked, nowMs: endsAtMs(session) - 1 })).toBe(true);
    expect(isAlive(session, { ...asked, nowMs: endsAtMs(session) })).toBe(false);
    expect(isConfirmed(session, 10 * 60_000 - 1)).toBe(true);
    expect(isConfirmed(session, 10 * 60_000)).toBe(false);
  });

  test('on an enrolled device writes with it alone once the workday is over', () => {
    const session = times({ deviceHash: 'd' });
    const at = (hours: number, deviceHash: string | undefined, isWriting: boolean) =>
      isAlive(session, { nowMs: hours * HOUR_MS, deviceHash, isWriting });
    expect([at(1, undefined, true), at(13, undefined, false), at(13, 'd', true)]).toEqual([true, true, true]);
    expect([at(13, undefined, true), at(1, 'other', false), at(13, 'other', true)]).toEqual([false, false, false]);
  });
});
