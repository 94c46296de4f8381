import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { isInside } from '../../data/city.ts';
import { loadCity } from '../../data/load-city.ts';
import { metresBetween, type Point } from '../../data/place.ts';
import type { SchematicFeature, SchematicLayer } from '../../data/schematic.ts';
import { schematicSchema } from '../../data/schematic-schema.ts';
import { isInBarrier } from '../../data/way.ts';
import { footBetween } from '../../data/way-shore.ts';

const { city, folder, schematic } = await loadCity('harbin');
const features = schematic?.features ?? [];
const layer = (name: SchematicLayer) => features.filter((feature) => feature.properties.layer === name);
const namesOf = (list: readonly SchematicFeature[]) => list.map((feature) => feature.properties.name);

function pointsOf({ geometry }: SchematicFeature): Point[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates as Point];
    case 'LineString':
      return geometry.coordinates as Point[];
    case 'Polygon':
      return geometry.coordinates.flat() as Point[];
    case 'MultiPolygon':
      return geometry.coordinates.flat(2) as Point[];
  }
}

function isDrawnInWater(point: Point): boolean {
  return layer('water').some(({ geometry }) => geometry.type === 'Polygon' && booleanPointInPolygon(point, geometry));
}

function metresToLine(point: Point, line: readonly Point[]): number {
  return Math.min(...line.slice(1).map((b, i) => metresBetween(point, footBetween(line[i] as Point, b, point))));
}

test('is small, and every coordinate has five decimals at most', async () => {
  expect((await stat(join(folder, city.basemap.schematic ?? ''))).size).toBeLessThan(40_000);
  for (const [lng, lat] of features.flatMap(pointsOf)) {
    expect([Number(lng.toFixed(5)), Number(lat.toFixed(5))]).toEqual([lng, lat]);
  }
});

test('lies in the area of the city, except the river, which runs on beyond both ends', () => {
  for (const feature of features.filter((each) => each.properties.layer !== 'water')) {
    for (const point of pointsOf(feature)) expect(isInside(city.area, point)).toBe(true);
  }
  const longitudes = layer('water')
    .flatMap(pointsOf)
    .map(([lng]) => lng);
  expect(Math.min(...longitudes)).toBeLessThan(city.area[0]);
  expect(Math.max(...longitudes)).toBeGreaterThan(city.area[2]);
});

test('draws the river where ways are measured by it', () => {
  const [river] = layer('water');
  const drawn = river?.geometry.type === 'Polygon' ? (river.geometry.coordinates as Point[][]) : [];
  const barrier = city.barriers[0]?.coordinates ?? [];
  expect(drawn).toHaveLength(barrier.length);
  const inArea = (ring: readonly Point[]) => ring.filter((point) => isInside(city.area, point));
  drawn.forEach((ring, i) => {
    for (const point of inArea(ring)) expect(metresToLine(point, barrier[i] as Point[])).toBeLessThan(200);
  });
  barrier.forEach((ring, i) => {
    for (const point of inArea(ring)) expect(metresToLine(point, drawn[i] as Point[])).toBeLessThan(30);
  });
});

test('draws every island as land', () => {
  const islands = layer('island');
  expect(islands).toHaveLength(city.barriers.flatMap((barrier) => barrier.coordinates.slice(1)).length);
  for (const island of islands) {
    const points = pointsOf(island).slice(1);
    const sum = points.reduce<Point>((total, [lng, lat]) => [total[0] + lng, total[1] + lat], [0, 0]);
    const middle: Point = [sum[0] / points.length, sum[1] / points.length];
    expect({ drawn: isDrawnInWater(middle), barrier: isInBarrier(city, middle) }).toEqual({
      drawn: false,
      barrier: false,
    });
  }
});

test('names every landmark and district of the profile at its place, on dry ground', () => {
  const places = (list: readonly SchematicFeature[]) =>
    list.map((feature) => [feature.properties.name, feature.properties.icon, ...pointsOf(feature)]);
  expect(places(layer('landmark'))).toEqual(city.landmarks.map(({ name, icon, point }) => [name, icon, point]));
  expect(places(layer('district-label'))).toEqual(
    city.districts.map(({ shortName, point }) => [shortName, undefined, point]),
  );
  for (const feature of [...layer('landmark'), ...layer('district-label'), ...layer('park')]) {
    for (const point of pointsOf(feature)) {
      expect({ name: feature.properties.name, isWet: isDrawnInWater(point) }).toEqual({
        name: feature.properties.name,
        isWet: false,
      });
    }
  }
});

test('draws every bridge from land over water to land', () => {
  expect(layer('bridge').map((feature) => [feature.properties.crossing, ...pointsOf(feature)])).toEqual(
    city.crossings.map(({ id, line }) => [id, ...line]),
  );
  for (const bridge of layer('bridge')) {
    const [head, tail] = [pointsOf(bridge)[0] as Point, pointsOf(bridge).at(-1) as Point];
    expect([head, tail].map(isDrawnInWater)).toEqual([false, false]);
    const quarter: Point = [head[0] + (tail[0] - head[0]) / 4, head[1] + (tail[1] - head[1]) / 4];
    expect(isDrawnInWater(quarter)).toBe(true);
  }
});

test('lets rails and roads meet the water on bridges only', () => {
  for (const feature of [...layer('rail'), ...layer('road')]) {
    const points = pointsOf(feature);
    points.slice(1).forEach((b, i) => {
      const a = points[i] as Point;
      for (const part of [0, 0.25, 0.5, 0.75]) {
        const point: Point = [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
        if (!isDrawnInWater(point)) continue;
        const off = Math.min(...layer('bridge').map((bridge) => metresToLine(point, pointsOf(bridge))));
        expect({ name: feature.properties.name, isOnBridge: off < 100 }).toEqual({
          name: feature.properties.name,
          isOnBridge: true,
        });
      }
    });
  }
  const byName = Object.fromEntries(layer('rail').map((rail) => [rail.properties.name, rail]));
  for (const [rail, bridge] of [
    ['滨洲线', 'binzhou'],
    ['滨北线', 'binbei'],
  ] as const) {
    const line = city.crossings.find((crossing) => crossing.id === bridge)?.line ?? [];
    for (const end of line) expect(metresToLine(end, pointsOf(byName[rail] as SchematicFeature))).toBeLessThan(20);
  }
});

test('brings the rails to both stations', () => {
  for (const id of ['harbin-station', 'harbin-west-station']) {
    const station = city.landmarks.find((landmark) => landmark.id === id)?.point as Point;
    expect(Math.min(...layer('rail').map((rail) => metresToLine(station, pointsOf(rail))))).toBeLessThan(20);
  }
});

test('writes the name of the river on the water', () => {
  expect(new Set(namesOf(layer('water-label')))).toEqual(new Set(['松花江']));
  for (const label of layer('water-label')) expect(pointsOf(label).map(isDrawnInWater)).toEqual([true]);
});

test('a basemap that draws a river as a line is refused', () => {
  const geometry = {
    type: 'LineString',
    coordinates: [
      [126, 45],
      [127, 46],
    ],
  };
  const collection = {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: { layer: 'water', rank: 1 }, geometry }],
  };
  expect(schematicSchema.safeParse(collection).error?.issues).toMatchObject([
    { path: ['features', 0, 'geometry', 'type'], message: 'water 层只能是 Polygon、MultiPolygon' },
  ]);
});
