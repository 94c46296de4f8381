// Questions about a city profile that phone and server both ask. Pure; the profile itself is data.

import type { City } from './city-schema.ts';
import { metresBetween, type Point } from './place.ts';

export type { City } from './city-schema.ts';
export type District = City['districts'][number];
export type Landmark = City['landmarks'][number];
export type Barrier = City['barriers'][number];
export type Crossing = City['crossings'][number];
export type Box = City['area'];

/** What the phone gets of the profile, within the snapshot's core. */
export type PhoneCity = Pick<
  City,
  | 'id'
  | 'name'
  | 'title'
  | 'timezone'
  | 'area'
  | 'core'
  | 'defaultArea'
  | 'districts'
  | 'landmarks'
  | 'services'
  | 'barriers'
  | 'crossings'
  | 'speeds'
  | 'basemap'
  | 'help'
  | 'filings'
>;

export function isInside(box: Readonly<Box>, [lng, lat]: Readonly<Point>): boolean {
  return lng >= box[0] && lng <= box[2] && lat >= box[1] && lat <= box[3];
}

/** A chosen area (landmark id or district code) as a point to measure from. */
export function areaById(
  city: Pick<City, 'districts' | 'landmarks'>,
  id: string,
): { id: string; name: string; point: Point; isDistrict: boolean } | undefined {
  const landmark = city.landmarks.find((each) => each.id === id);
  if (landmark) return { id, name: landmark.name, point: landmark.point, isDistrict: false };
  const district = city.districts.find((each) => each.code === id);
  return district && { id, name: district.name, point: district.point, isDistrict: true };
}

/** The district whose box holds the point and whose middle is nearest; the profile knows no exact borders. */
export function districtOf({ districts }: Pick<City, 'districts'>, point: Readonly<Point>): string {
  const holding = districts.filter((district) => isInside(district.box, point));
  const [nearest] = [...(holding.length > 0 ? holding : districts)].sort(
    (a, b) => metresBetween(a.point, point) - metresBetween(b.point, point),
  );
  return nearest?.code ?? '';
}

/** Estimated minutes, rounded up, at least one. */
export function minutesFor(metres: number, kmh: number): number {
  return Math.max(1, Math.ceil(metres / ((kmh * 1000) / 60)));
}
