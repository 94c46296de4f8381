import { describe, expect, test } from '@jest/globals';
import { answer, type Result, waysOf } from '../../data/answer.ts';
import { type Core, readCore } from '../../data/core.ts';
import { PLACE_KINDS } from '../../data/place.ts';
import { imageOf } from '../../web/map/map-image.ts';
import { MAP_THEME } from '../../web/map/map-theme.ts';
import { clusteredFeatures, type PlaceFeature, pinLookOf, prominentFeatures } from '../../web/map/place-features.ts';
import { schematicStyle } from '../../web/map/schematic-style.ts';
import { isInSight } from '../../web/map/sight.ts';
import { NOW_MS, smallCore } from './map-core.ts';

const core = readCore(
  smallCore([
    { kind: 'station', point: [120, 30] },
    { kind: 'station', point: [120.001, 30], hours: 'shut' },
    { kind: 'station', point: [120.002, 30], hours: 'unknown' },
    { kind: 'toilet', point: [120.003, 30], broken: true },
    { kind: 'merchant', point: [120.004, 30], quality: 'approx' },
    { kind: 'station', point: [120.005, 30], quality: 'district' },
  ]),
);
const everything = [...Array(core.count).keys()];
const look = (i: number) => pinLookOf(core.place(i), NOW_MS);
const pictures = (features: readonly PlaceFeature[]) => features.map(({ properties }) => imageOf(properties.image));
const ids = (features: readonly PlaceFeature[]) => features.map(({ properties }) => properties.id);

function listedOf(each: Core): Result[] {
  const question = {
    origin: [120, 30] as [number, number],
    kinds: PLACE_KINDS,
    services: [],
    open: false,
    allDay: false,
  };
  return answer(each, waysOf(each), { ...question, nowMs: NOW_MS, count: 3 }).listed;
}

describe('a pin', () => {
  test('is plain when the place is open, where it says, and all works', () => {
    expect(look(0)).toEqual({ kind: 'station' });
  });

  test('is hollow only when the place is known to be shut', () => {
    expect(look(1)).toEqual({ kind: 'station', closed: true });
    expect(look(2)).toEqual({ kind: 'station' });
  });

  test('has a badge when something is broken', () => {
    expect(look(3)).toEqual({ kind: 'toilet', fault: true });
  });

  test('has a ring when the place is not exactly there', () => {
    expect(look(4)).toEqual({ kind: 'merchant', approximate: true });
    expect(look(5)).toEqual({ kind: 'station', approximate: true });
  });

  test('changes when the hour does', () => {
    const opened = NOW_MS - 1430 * 60_000;
    expect(pinLookOf(core.place(1), opened)).toEqual({ kind: 'station' });
  });
});

describe('the places on the map', () => {
  const listed = listedOf(core);

  test('that are listed wear their numbers, the first on top', () => {
    const features = prominentFeatures(core, listed, null, NOW_MS);
    expect(pictures(features)).toMatchObject(listed.map(({ place }, i) => ({ kind: place.kind, number: i + 1 })));
    const orders = features.map(({ properties }) => properties.order);
    expect(orders).toEqual([...orders].sort((a, b) => b - a));
    expect(new Set(orders).size).toBe(orders.length);
  });

  test('that are selected stand out above all, and keep their number', () => {
    const features = prominentFeatures(core, listed, listed[1]?.id ?? '', NOW_MS);
    expect(features).toHaveLength(listed.length);
    const top = [...features].sort((a, b) => b.properties.order - a.properties.order)[0] as PlaceFeature;
    expect(imageOf(top.properties.image)).toMatchObject({ selected: true, number: 2 });
    expect(pictures(features).filter((picture) => picture?.shape === 'pin' && picture.selected)).toHaveLength(1);
  });

  test('that are selected are drawn even when no list and no filter has them', () => {
    const features = prominentFeatures(core, [], 'p1', NOW_MS);
    expect(ids(features)).toEqual(['p1']);
    expect(pictures(features)).toEqual([{ shape: 'pin', kind: 'station', closed: true, selected: true }]);
  });

  test('that no snapshot knows are not drawn', () => {
    expect(prominentFeatures(core, [], 'gone', NOW_MS)).toEqual([]);
  });

  test('stand either alone or among their kind, never twice', () => {
    const prominent = new Set(ids(prominentFeatures(core, listed, 'p4', NOW_MS)));
    const clustered = clusteredFeatures(core, everything, prominent, NOW_MS);
    for (const [kind, features] of clustered) {
      for (const picture of pictures(features)) expect(picture).toMatchObject({ shape: 'pin', kind });
    }
    const all = [...prominent, ...[...clustered.values()].flatMap(ids)];
    expect(all.sort()).toEqual(everything.map((i) => `p${i}`));
  });

  test('are those that the filters keep', () => {
    const clustered = clusteredFeatures(core, [3, 4], new Set(), NOW_MS);
    expect([...clustered.values()].flatMap(ids).sort()).toEqual(['p3', 'p4']);
    // An emptied kind is said to be empty, so that its old pins go.
    expect(clustered.get('station')).toEqual([]);
  });
});

describe('what the sheet covers is out of sight', () => {
  const size = { width: 360, height: 600 };
  const padding = { top: 90, right: 0, bottom: 200, left: 0 };

  test.each([
    ['in the middle of the rest', 180, 240, true],
    ['under the sheet', 180, 450, false],
    ['half under the sheet', 180, 390, false],
    ['under the search field', 180, 60, false],
    ['beyond the edge', 400, 240, false],
  ])('%s', (_where, x, y, isSeen) => {
    expect(isInSight({ x, y }, size, padding)).toBe(isSeen);
  });
});

describe('the schematic', () => {
  const bridge = (crossing: string) => ({
    type: 'Feature' as const,
    properties: { layer: 'bridge', name: crossing, crossing },
    geometry: {
      type: 'LineString' as const,
      coordinates: [
        [0, 0],
        [0, 1],
        [0, 4],
      ],
    },
  });
  const crossings = (['yes', 'no'] as const).map((ride) => ({ id: ride, name: ride, line: [], ride, walk: ride }));
  const data = { type: 'FeatureCollection' as const, features: [bridge('yes'), bridge('no')] };
  const style = schematicStyle(data, MAP_THEME.light, crossings);
  const drawn = (style.sources.schematic as { data: GeoJSON.FeatureCollection }).data.features;

  test('draws a bridge that must not be ridden as a footbridge', () => {
    const layers = drawn
      .filter(({ geometry }) => geometry.type === 'LineString')
      .map(({ properties }) => properties?.layer);
    expect(layers).toEqual(['bridge', 'footbridge']);
  });

  test('names each bridge at its middle', () => {
    const labels = drawn.filter(({ properties }) => properties?.layer === 'bridge-label');
    expect(labels.map(({ properties, geometry }) => [properties?.name, geometry])).toEqual(
      ['yes', 'no'].map((name) => [name, { type: 'Point', coordinates: [0, 2] }]),
    );
  });

  test('asks for nothing from elsewhere', () => {
    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
    expect(JSON.stringify(style)).not.toMatch(/https?:/);
  });

  test('has the same layers in every theme, in other colours', () => {
    const names = Object.values(MAP_THEME).map((theme) => schematicStyle(data, theme, []).layers.map(({ id }) => id));
    expect(names[1]).toEqual(names[0]);
    expect(names[2]).toEqual(names[0]);
    expect(new Set(names[0]).size).toBe(names[0]?.length);
  });
});
