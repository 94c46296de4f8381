import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { areaById, isInside, minutesFor } from '../../data/city.ts';
import { groupOf, KIND_GROUPS } from '../../data/kind-group.ts';
import { PLACE_KINDS } from '../../data/place.ts';
import { loaded } from './pocket.ts';

const { city } = loaded;

describe('a city answers', () => {
  test('where a landmark or a district is, and nothing for what it does not have', () => {
    expect(areaById(city, 'dragon-tower')).toMatchObject({
      name: '龙塔',
      point: [126.6741, 45.7465],
      isDistrict: false,
    });
    expect(areaById(city, '230102')).toMatchObject({ name: '道里区', isDistrict: true });
    for (const id of ['', '道里区', '2301', 'constructor']) expect(areaById(city, id)).toBeUndefined();
  });

  test('whether a point is inside a box, its edges included', () => {
    const box: [number, number, number, number] = [1, 2, 3, 4];
    expect([isInside(box, [1, 2]), isInside(box, [3, 4]), isInside(box, [2, 3])]).toEqual([true, true, true]);
    expect([isInside(box, [0.9, 3]), isInside(box, [3.1, 3]), isInside(box, [2, 4.1])]).toEqual([false, false, false]);
  });

  test('how many minutes a way takes: whole ones, never fewer than it takes, never none', () => {
    expect([0, 1, 333, 334, 20_000].map((metres) => minutesFor(metres, 20))).toEqual([1, 1, 1, 2, 60]);
    const metres = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(metres, fc.double({ min: 2, max: 45, noNaN: true }), (way, kmh) => {
        const minutes = minutesFor(way, kmh);
        expect(Number.isInteger(minutes) && minutes >= 1).toBe(true);
        expect((minutes * kmh * 1000) / 60).toBeGreaterThan(way - 1e-3);
        if (minutes > 1) expect(((minutes - 1) * kmh * 1000) / 60).toBeLessThan(way);
      }),
    );
  });
});

describe('the choices above the list', () => {
  test('hold every kind once, but the events, which show with any', () => {
    const all = KIND_GROUPS.flatMap((group) => group.kinds);
    expect([...all, 'event-point'].sort()).toEqual([...PLACE_KINDS].sort());
  });

  test('are known by their kinds in any order, and by nothing less or more', () => {
    expect(groupOf(['parking', 'toilet'])?.label).toBe('厕所·临停');
    expect(groupOf(['toilet'])).toBeUndefined();
    expect(groupOf(['station', 'toilet', 'parking'])).toBeUndefined();
    expect(groupOf([])).toBeUndefined();
  });
});
