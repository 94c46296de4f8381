import { describe, expect, test } from '@jest/globals';
import { amapLink, canNavigate, otherLinks, tencentLink } from '../../data/navigation.ts';
import { metresBetween, type Point } from '../../data/place.ts';

const place = {
  name: '卓展,B座 & 新驿（#1）?',
  target: [126.5975, 45.7583] as Point,
  positionQuality: 'surveyed' as const,
};
/** What the navigators read there, by facts that are not of this code: 0.0059° east and 0.0019° north of WGS-84. */
const GCJ: Point = [126.5975 + 0.0059, 45.7583 + 0.0019];
const others = Object.fromEntries(otherLinks(place, 'yizhan-x').map(({ label, href }) => [label, href]));

describe('a link to a navigator', () => {
  test('of AMap says longitude first, and the name after it in one piece', () => {
    const url = new URL(amapLink(place, 'ride', 'yizhan-x'));
    const [lng, lat, ...name] = (url.searchParams.get('to') ?? '').split(',');
    expectNear([Number(lng), Number(lat)], GCJ);
    expect(name).toEqual(['卓展 B座 & 新驿（#1）?']);
    expect(url.searchParams.get('mode')).toBe('ride');
    expect(new URL(amapLink(place, 'walk', 'x')).searchParams.get('mode')).toBe('walk');
    expect(url.searchParams.get('src')).toBe('yizhan-x');
    expect(url.hash).toBe('');
  });

  test('of Tencent says latitude first', () => {
    const url = new URL(tencentLink(place, 'walk', 'yizhan-x'));
    const [lat, lng] = (url.searchParams.get('tocoord') ?? '').split(',').map(Number);
    expectNear([lng as number, lat as number], GCJ);
    expect(url.searchParams.get('to')).toBe(place.name);
    expect([url.searchParams.get('type'), url.searchParams.get('coord_type')]).toEqual(['walk', '2']);
  });

  test('of the AMap app rides an e-bike', () => {
    const parameters = new URL(others.高德电动车 as string).searchParams;
    expectNear([Number(parameters.get('lon')), Number(parameters.get('lat'))], GCJ);
    expect([parameters.get('rideType'), parameters.get('dev')]).toEqual(['elebike', '0']);
  });

  test('of Baidu names its datum and keeps WGS-84', () => {
    const parameters = new URL(others.百度地图 as string).searchParams;
    expect(parameters.get('destination')).toBe(`name:${place.name}|latlng:45.7583,126.5975`);
    expect(parameters.get('coord_type')).toBe('wgs84');
  });

  test('of Apple says latitude first in the datum of its Chinese maps', () => {
    const [lat, lng] = (new URL(others.苹果地图 as string).searchParams.get('daddr') ?? '').split(',').map(Number);
    expectNear([lng as number, lat as number], GCJ);
  });

  test('of any other app is a geo: address in WGS-84', () => {
    expect(decodeURIComponent(others.其他地图 as string)).toBe(
      `geo:45.7583,126.5975?q=45.7583,126.5975(${place.name})`,
    );
  });

  test('leaves nothing in the name that could mean something else', () => {
    for (const href of [amapLink(place, 'ride', 'x'), tencentLink(place, 'ride', 'x'), ...Object.values(others)]) {
      expect(href).toMatch(/^[\x21-\x7e]+$/);
      expect(href).not.toMatch(/["'<> ]/);
    }
  });

  test('does not move the place itself', () => {
    const before = structuredClone(place);
    amapLink(place, 'ride', 'x');
    otherLinks(place, 'x');
    expect(place).toEqual(before);
  });
});

test('the offset is that of the datum to half a metre, and back', async () => {
  const { default: module } = await import('gcoord');
  const gcoord = module as unknown as (typeof module)['default'];
  const to = new URL(amapLink(place, 'ride', 'x')).searchParams.get('to') ?? '';
  const [lng, lat] = to.split(',').map(Number) as Point;
  const back = gcoord.transform([lng, lat] as Point, gcoord.GCJ02, gcoord.WGS84) as Point;
  expect(metresBetween(back, place.target)).toBeLessThan(0.5);
});

test('nobody is sent to the middle of a district', () => {
  expect(canNavigate({ positionQuality: 'district' })).toBe(false);
  expect(canNavigate({ positionQuality: 'approx' })).toBe(true);
  expect(canNavigate(place)).toBe(true);
});

/** The facts are given to four decimals: within 0.0001°. */
function expectNear([lng, lat]: Point, expected: Point): void {
  expect(Math.abs(lng - expected[0])).toBeLessThan(1e-4);
  expect(Math.abs(lat - expected[1])).toBeLessThan(1e-4);
}
