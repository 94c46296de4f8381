// What to call where somebody stands. Pure.

import type { PhoneCity } from '../../data/city.ts';
import { metresBetween, type Point } from '../../data/place.ts';

const NEAR_LANDMARK_METRES = 1500;

/** 道里区 · 中央大街附近: the nearest district's centre, and a landmark when one is close. */
export function nameOfPoint(city: PhoneCity, point: Readonly<Point>): string {
  const nearest = <Each extends { point: Readonly<Point> }>(all: readonly Each[]) =>
    all.map((each) => ({ each, metres: metresBetween(point, each.point) })).sort((a, b) => a.metres - b.metres)[0];
  const landmark = nearest(city.landmarks as { point: Point; name: string; district: string }[]);
  if (landmark && landmark.metres <= NEAR_LANDMARK_METRES) {
    const district = city.districts.find((each) => each.code === landmark.each.district);
    return `${district ? `${district.name} · ` : ''}${landmark.each.name}附近`;
  }
  const within = city.districts.filter(
    ({ box: [west, south, east, north] }) =>
      point[0] >= west && point[0] <= east && point[1] >= south && point[1] <= north,
  );
  return (
    nearest((within.length > 0 ? within : city.districts) as { point: Point; name: string }[])?.each.name ?? city.name
  );
}
