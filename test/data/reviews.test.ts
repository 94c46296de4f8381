import { describe, expect, test } from '@jest/globals';
import { announcedAt, isAnnounced, type RunningAnnouncement } from '../../data/announcement.ts';
import { guessedHours } from '../../data/hours-guess.ts';
import { hoursReading } from '../../data/hours-reading.ts';
import { checkOpeningHours } from '../../data/hours-text.ts';
import { likeness, nameLikeness } from '../../data/likeness.ts';
import type { Point } from '../../data/place.ts';
import { placeDraftSchema } from '../../data/place-draft-schema.ts';
import { maskedNote, REVIEW_CHOICES, REVIEW_KINDS } from '../../data/review.ts';
import { draftOf, editedFields } from '../../data/review-changes.ts';
import { REVIEW_REASONS } from '../../data/review-reasons.ts';
import { SUGGESTIBLE_KINDS } from '../../data/suggestion.ts';
import { suggestionSchema } from '../../data/suggestion-schema.ts';
import { commonFields } from './store/plain-station.ts';

describe('hours as people write them', () => {
  test.each([
    ['每天 8:00–22:00', '08:00-22:00'],
    ['8:00-22:00', '08:00-22:00'],
    ['早8点到晚10点', '08:00-22:00'],
    ['周一至周五 8点半到17点', 'Mo-Fr 08:30-17:00'],
    ['星期一到星期六 上午9点至下午5点', 'Mo-Sa 09:00-17:00'],
    ['24小时', '24/7'],
    ['全天开放', '24/7'],
    ['８：００～２２：００', '08:00-22:00'],
  ])('%s is understood, and storable', (text, osm) => {
    expect(guessedHours(text)).toBe(osm);
    expect(checkOpeningHours(osm)).toMatchObject({ ok: true });
  });

  test.each(['看老板心情', '8:00-22:00，周日休息', '25点到30点', '早上开门', '8:99-9:00', '8:00-8:00', ''])(
    '%s is left to a person',
    (text) => {
      expect(guessedHours(text)).toBeUndefined();
    },
  );
});

describe('stored hours read back in Chinese', () => {
  test.each([
    ['Mo-Fr 08:30-17:00; PH off', '周一至周五 8:30–17:00，节假日休息'],
    ['24/7', '全天 24 小时'],
    ['Mo,We 08:00-12:00,13:00-17:00', '周一、周三 8:00–12:00、13:00–17:00'],
    ['18:00-02:00', '每天 18:00–次日 2:00'],
    ['18:00-26:00', '每天 18:00–次日 2:00'],
    ['Jul 15-Aug 31 off', '7月15日至8月31日休息'],
    ['Feb 26-28 off', '2月26日至2月28日休息'],
    ['2027 Mar 28 off', '2027年3月28日休息'],
    ['08:00-20:00 "按门铃; 等一下"', '每天 8:00–20:00（按门铃; 等一下）'],
  ])('%s', (osm, words) => {
    expect(hoursReading(osm)).toBe(words);
  });

  test('no English is left of what the store holds', () => {
    for (const text of ['Mo-Sa 07:00-19:00; Su,PH 09:00-17:00', 'Dec 01-Mar 15 06:00-24:00', 'Sa unknown']) {
      expect(hoursReading(text)).not.toMatch(/[A-Za-z]/);
    }
  });
});

describe('two places that may be one', () => {
  const at = (lng: number, name: string, kind: 'station' | 'toilet' = 'station') => ({
    kind,
    name,
    point: [lng, 45.75] as Point,
  });

  test('are of one kind, near, and called alike', () => {
    expect(likeness(at(126.6, '和兴路骑手驿站'), at(126.601, '和兴路新驿'))?.why).toBe(
      '都是驿站，相距 78 米，名称一样',
    );
    expect(likeness(at(126.6, '和兴路骑手驿站'), at(126.601, '和兴路公厕', 'toilet'))).toBeUndefined();
    expect(likeness(at(126.6, '和兴路骑手驿站'), at(126.603, '和兴路骑手驿站'))).toBeUndefined();
    expect(likeness(at(126.6, '和兴路骑手驿站'), at(126.601, '中央大街驿站'))).toBeUndefined();
  });

  test('or stand on the same spot, whatever their names', () => {
    expect(likeness(at(126.6, '和兴路骑手驿站'), at(126.6002, '中央大街驿站'))?.why).toContain('在同一处');
  });

  test('words that all carry make no likeness', () => {
    expect(nameLikeness('爱心驿站', '爱心驿站')).toBe(1);
    expect(nameLikeness('南岗爱心驿站', '道里爱心驿站')).toBe(0);
  });
});

describe('a note', () => {
  test('hides the middle of telephone numbers, and nothing else', () => {
    expect(maskedNote('找李姐 13804512345，或 0451-84201234')).toEqual({
      text: '找李姐 138****2345，或 045****1234',
      isMasked: true,
    });
    expect(maskedNote('门牌 1380451，二楼 3 号')).toEqual({ text: '门牌 1380451，二楼 3 号', isMasked: false });
  });
});

test('each reason belongs to a decision that the kind has', () => {
  for (const { kind, decision } of REVIEW_REASONS) {
    expect(REVIEW_CHOICES[kind].map((choice) => choice.decision)).toContain(decision);
  }
  for (const kind of REVIEW_KINDS) {
    for (const { decision, needsReason } of REVIEW_CHOICES[kind]) {
      const ready = REVIEW_REASONS.filter((reason) => reason.kind === kind && reason.decision === decision);
      expect(!needsReason || ready.length > 0).toBe(true);
    }
  }
});

describe('an approved suggestion', () => {
  const districts = [
    {
      code: '230102',
      name: '道里区',
      shortName: '道里',
      point: [126.6, 45.76] as Point,
      box: [126.4, 45.6, 126.7, 45.9],
    },
    {
      code: '230103',
      name: '南岗区',
      shortName: '南岗',
      point: [126.68, 45.74] as Point,
      box: [126.5, 45.6, 126.8, 45.9],
    },
  ] as never;

  test.each(SUGGESTIBLE_KINDS)('of a new %s makes a draft that the store takes', (kind) => {
    const result = draftOf({ kind, name: '新点位', point: [126.61, 45.76] }, { districts }, '2026-11-20');
    if (!('draft' in result)) throw new Error('no draft');
    expect(placeDraftSchema.safeParse(result.draft)).toMatchObject({ success: true });
    expect(result.draft).toMatchObject({ district: '230102', status: 'active', confirmedAt: null, demo: false });
  });

  test('says what a new place lacks', () => {
    expect(draftOf({ kind: 'station' }, { districts }, '2026-11-20')).toEqual({ missing: ['name', 'point'] });
  });

  const place = {
    kind: 'station' as const,
    ...commonFields,
    id: 'corner',
    shortCode: '00001',
    seats: null,
    photos: [],
    createdAt: '2026-11-20T00:00:00Z',
    updatedAt: '2026-11-20T00:00:00Z',
    version: 1,
    entrance: { point: [126.5976, 45.7584] as [number, number], text: '从侧门进' },
    services: [
      {
        code: 'hot-water' as const,
        state: 'ok' as const,
        confirmedAt: '2026-11-19T00:00:00Z',
        confirmedBy: 'rider' as const,
      },
    ],
  };

  test('keeps the dates of services that stay, and declares new ones', () => {
    const edited = editedFields(place, { services: { add: ['toilet', 'hot-water'], remove: ['microwave'] } });
    expect(edited.services).toEqual([
      place.services[0],
      { code: 'toilet', state: 'ok', confirmedAt: null, confirmedBy: null },
    ]);
  });

  test('that moves the place takes its door along only when it is near', () => {
    expect(editedFields(place, { point: [126.598, 45.7585] }).entrance).toBeUndefined();
    expect(editedFields(place, { point: [126.61, 45.7585] }).entrance).toEqual({ point: null, text: '从侧门进' });
  });

  test('that says a place is gone retires it', () => {
    expect(editedFields(place, { closedForGood: true })).toMatchObject({ status: 'retired' });
  });
});

describe('a suggestion as it is sent', () => {
  const faults = (body: object) =>
    suggestionSchema.safeParse(body).error?.issues.map((issue) => issue.path.join('.')) ?? [];

  test('of a new place has a point, a kind and a name', () => {
    expect(faults({ changes: {} })).toEqual(['point', 'changes.kind', 'changes.name']);
    expect(faults({ changes: { kind: 'station', name: '驿站' }, point: [126.6, 45.76] })).toEqual([]);
    expect(faults({ changes: { kind: 'event-point', name: '驿站' }, point: [126.6, 45.76] })).toEqual(['changes.kind']);
  });

  test('of a known place says something', () => {
    expect(faults({ placeId: 'corner', changes: {} })).toEqual(['changes']);
    expect(faults({ placeId: 'corner', changes: {}, note: '  ' })).toEqual(['changes']);
    expect(faults({ placeId: 'corner', changes: {}, note: '门换了' })).toEqual([]);
    expect(faults({ placeId: 'corner', changes: { kind: 'station' } })).toEqual(['changes.kind']);
  });
});

describe('announcements', () => {
  const minute = (text: string) => Date.parse(text) / 60_000;
  const winter: RunningAnnouncement = {
    id: 'w',
    kind: 'winter',
    text: '冷',
    from: minute('2026-11-20T00:00:00+08:00'),
    until: minute('2026-11-21T00:00:00+08:00'),
  };
  const alarm: RunningAnnouncement = { ...winter, id: 'a', kind: 'severe-weather', area: '230102' };

  test('begin and end by themselves', () => {
    const at = (text: string) => announcedAt([winter], Date.parse(text)).length;
    expect([
      at('2026-11-19T23:59:59+08:00'),
      at('2026-11-20T00:00:00+08:00'),
      at('2026-11-20T23:59:00+08:00'),
      at('2026-11-21T00:00:00+08:00'),
    ]).toEqual([0, 1, 1, 0]);
  });

  test('of one district say nothing to another, alarms go first', () => {
    const noon = Date.parse('2026-11-20T12:00:00+08:00');
    expect(announcedAt([winter, alarm], noon).map((each) => each.id)).toEqual(['a', 'w']);
    expect(isAnnounced([alarm], 'severe-weather', noon, '230102')).toBe(true);
    expect(isAnnounced([alarm], 'severe-weather', noon, '230103')).toBe(false);
    expect(isAnnounced([winter], 'winter', noon, '230103')).toBe(true);
  });
});
