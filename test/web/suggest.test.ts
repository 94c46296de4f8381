import { describe, expect, test } from '@jest/globals';
import type { CorePlace } from '../../data/core.ts';
import { metresBetween, type Point } from '../../data/place.ts';
import { movedBy, SPANS, type Spot, spotAt, steppedTo } from '../../web/pages/position-picker.ts';
import { blankForm, missingIn, suggestionIn } from '../../web/pages/suggest.ts';
import { readWishes, wishesHref } from '../../web/pages/wishes.ts';
import { readPlacePart } from '../../web/rider/place-part.ts';

const HERE: Point = [126.6, 45.76];
const spot: Spot = { point: HERE, zoom: 1, isPicked: false };
const form = blankForm(HERE, ['hot-water']);
const place = { services: [{ code: 'hot-water', standing: 'declared' }] } as unknown as CorePlace;
const texts = (given: Partial<typeof form.texts>) => ({ ...form.texts, ...given });

describe('the picture on which a position is picked', () => {
  test('its middle is the point, its edges are half its width away', () => {
    expect(spotAt(spot, [0.5, 0.5])).toEqual(HERE);
    const east = spotAt(spot, [1, 0.5]);
    expect(metresBetween(HERE, east)).toBeCloseTo((SPANS[1] ?? 0) / 2, 0);
    expect(east[0]).toBeGreaterThan(HERE[0]);
    expect(spotAt(spot, [0.5, 0])[1]).toBeGreaterThan(HERE[1]);
  });

  test('there and back is where it began, at every zoom', () => {
    for (const zoom of SPANS.keys()) {
      const there = steppedTo({ ...spot, zoom }, 'north');
      expect(metresBetween(steppedTo({ ...spot, point: there, zoom }, 'south'), HERE)).toBeLessThan(0.5);
    }
    expect(movedBy(HERE, 0, 0)).toEqual(HERE);
  });
});

describe('a new place', () => {
  test('is not sent before kind, name and a position picked by hand', () => {
    expect(missingIn(form, true)).toContain('哪一类');
    const named = { ...form, kind: 'station' as const, texts: texts({ name: '江边驿站' }) };
    expect(missingIn({ ...named, texts: texts({ name: ' ' }) }, true)).toContain('名称');
    expect(missingIn(named, true)).toContain('选好位置');
    expect(missingIn({ ...named, spot: { ...spot, isPicked: true } }, true)).toBeNull();
  });

  test('goes with all that was filled in, and nothing that was not', () => {
    const filled = {
      ...form,
      kind: 'toilet' as const,
      texts: texts({ name: ' 江畔公厕 ', hoursText: '24小时' }),
      spot: { ...spot, isPicked: true },
    };
    expect(suggestionIn(filled, null)).toEqual({
      changes: { kind: 'toilet', name: '江畔公厕', hoursText: '24小时', services: { add: ['hot-water'], remove: [] } },
      point: HERE,
      note: '',
    });
  });
});

describe('a correction', () => {
  test('is not sent empty, nor with a chosen field that is', () => {
    expect(missingIn(form, false)).toContain('哪里不对');
    expect(missingIn({ ...form, texts: texts({ note: '门换了' }) }, false)).toBeNull();
    expect(missingIn({ ...form, fields: ['hours'] }, false)).toContain('开放时间');
    expect(missingIn({ ...form, fields: ['point'] }, false)).toContain('选好位置');
    expect(missingIn({ ...form, fields: ['closedForGood'] }, false)).toBeNull();
  });

  test('says only what was chosen, services as what is new and what is gone', () => {
    const filled = {
      ...form,
      fields: ['services' as const, 'closedForGood' as const],
      services: ['toilet' as const],
      texts: texts({ name: '没选的名称', note: ' 问过保安 ' }),
      spot: { ...spot, isPicked: true },
    };
    expect(suggestionIn(filled, place)).toEqual({
      changes: { services: { add: ['toilet'], remove: ['hot-water'] }, closedForGood: true },
      point: null,
      note: '问过保安',
    });
  });
});

test('its screens have addresses of their own', () => {
  expect(wishesHref(readWishes(new URLSearchParams('part=suggest')))).toBe('/?part=suggest');
  expect(readPlacePart('?part=suggest')).toEqual({ kind: 'suggest' });
  expect(readPlacePart('?part=suggest&receipt=HRB-7F3K2M')).toEqual({
    kind: 'suggestion-receipt',
    number: 'HRB-7F3K2M',
  });
  expect(readPlacePart('?part=suggest&receipt=')).toEqual({ kind: 'suggestion-receipt', number: null });
  expect(readPlacePart('?receipt=HRB-7F3K2M')).toEqual({ kind: 'receipt', number: 'HRB-7F3K2M' });
});
