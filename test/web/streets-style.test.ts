// The style of the city's own vector tiles, without a browser.

import { expect, test } from '@jest/globals';
import { MAP_THEME, MAP_THEMES } from '../../web/map/map-theme.ts';
import { streetsLayers } from '../../web/map/streets-style.ts';
import { FONT_FAMILIES } from '../../web/map/typeface.ts';

const layersOf = (theme: (typeof MAP_THEMES)[number]) => streetsLayers(MAP_THEME[theme]);

/** Every string in a value, however deep. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

test('every theme has the same layers with the same properties, so that a change of theme repaints them', () => {
  const shape = (theme: (typeof MAP_THEMES)[number]) =>
    layersOf(theme).map(({ id, type, paint = {}, layout = {} }) => [id, type, Object.keys(paint), Object.keys(layout)]);
  expect(shape('light').length).toBeGreaterThan(40);
  for (const theme of MAP_THEMES) expect(shape(theme)).toEqual(shape('light'));
});

test('no layer needs a sprite or glyphs: labels are written with the system’s fonts, large enough to be read', () => {
  const labels = layersOf('light').filter((layer) => layer.type === 'symbol');
  expect(labels.map(({ id }) => id)).toEqual(expect.arrayContaining(['roads_labels_major', 'places_locality']));
  for (const { layout = {} } of labels) {
    expect(layout['text-font']).toEqual(FONT_FAMILIES);
    expect(layout['icon-image']).toBeUndefined();
    const size = layout['text-size'];
    const sizes = Array.isArray(size) ? size.filter((_, at) => at >= 4 && at % 2 === 0) : [size];
    for (const each of sizes) if (typeof each === 'number') expect(each).toBeGreaterThanOrEqual(14);
  }
  expect(
    stringsIn(layersOf('light')).filter((each) => /Noto Sans (?:Regular|Medium|Italic)|-pattern/.test(each)),
  ).toEqual([]);
});

test('names are Chinese where the tiles know them, and the local name else', () => {
  const label = layersOf('light').find(({ id }) => id === 'roads_labels_minor');
  expect(stringsIn(label?.layout).filter((each) => each.startsWith('name'))).toEqual([
    'name:zh-Hans',
    'name:zh',
    'name',
  ]);
});

test('ground, water and labels wear the theme', () => {
  for (const theme of MAP_THEMES) {
    const { land, water, text, waterText } = MAP_THEME[theme];
    const paint = (id: string) => layersOf(theme).find((layer) => layer.id === id)?.paint;
    expect(paint('background')).toMatchObject({ 'background-color': land });
    expect(paint('earth')).toMatchObject({ 'fill-color': land });
    expect(paint('water')).toMatchObject({ 'fill-color': water });
    expect(paint('roads_labels_major')).toMatchObject({ 'text-color': text, 'text-halo-color': land });
    expect(paint('water_label_lakes')).toMatchObject({ 'text-color': waterText, 'text-halo-color': water });
  }
});

test('a city’s map draws no country', () => {
  const ids = layersOf('light').map(({ id }) => id);
  expect(ids.filter((id) => /country|region|ocean/.test(id))).toEqual([]);
});
