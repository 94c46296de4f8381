// The city's schematic as a MapLibre style: our own drawing, in the theme's colours. It names no `glyphs`, so that the
// labels are drawn with the system's Chinese fonts, and no sprite: `map-image.ts` names the pictures.

import type { Feature, FeatureCollection, LineString } from 'geojson';
import type { Crossing } from '../../data/city.ts';
import { imageName, imageNameAround } from './map-image.ts';
import type { MapTheme } from './map-theme.ts';
import type { ExpressionSpecification, Layer, Style } from './maplibre-types.ts';
import { FONT_FAMILIES } from './typeface.ts';

const SOURCE = 'schematic';
/** The zoom of the pictures that the widths were drawn for, and how much less and more it is at the ends. */
const WIDTH_STOPS = [9, 0.45, 12, 1, 16, 1.9] as const;

/**
 * @param data features with `properties.layer` (see `data/schematic.ts`)
 * @param crossings a bridge that names one on which riding is forbidden is drawn as a footbridge
 */
export function schematicStyle(data: FeatureCollection, theme: MapTheme, crossings: readonly Crossing[]): Style {
  const onFoot = new Set(crossings.filter(({ ride }) => ride === 'no').map(({ id }) => id));
  const features = data.features.map((feature) =>
    onFoot.has(feature.properties?.crossing)
      ? { ...feature, properties: { ...feature.properties, layer: 'footbridge' } }
      : feature,
  );
  const labelled = [...features, ...features.flatMap(bridgeLabel)];
  return {
    version: 8,
    sources: { [SOURCE]: { type: 'geojson', data: { ...data, features: labelled }, tolerance: 0.2 } },
    layers: schematicLayers(theme),
  };
}

/** The layers from the ground up. Their ids and sources are the same in every theme. */
export function schematicLayers(theme: MapTheme): Layer[] {
  return [
    { id: 'land', type: 'background', paint: { 'background-color': theme.land } },
    ...grounds(theme),
    ...lines(theme),
    ...labels(theme),
  ];
}

function grounds(theme: MapTheme): Layer[] {
  const edge = { 'line-color': theme.edge, 'line-width': 1.5 };
  return [
    { id: 'park', type: 'fill', source: SOURCE, filter: of('park'), paint: { 'fill-color': theme.north } },
    { id: 'water', type: 'fill', source: SOURCE, filter: of('water'), paint: { 'fill-color': theme.water } },
    {
      id: 'waves',
      type: 'fill',
      source: SOURCE,
      filter: of('water'),
      minzoom: 10,
      paint: { 'fill-pattern': imageName({ shape: 'waves', theme: theme.name }) },
    },
    { id: 'water-edge', type: 'line', source: SOURCE, filter: of('water'), paint: edge },
    { id: 'island', type: 'fill', source: SOURCE, filter: of('island'), paint: { 'fill-color': theme.north } },
    { id: 'island-edge', type: 'line', source: SOURCE, filter: of('island'), paint: edge },
  ];
}

function lines(theme: MapTheme): Layer[] {
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const roadWidth: ExpressionSpecification = ['match', rank, 1, 6, 2, 4.5, 3];
  const rail = { type: 'line', source: SOURCE, filter: of('rail') } as const;
  const road = { type: 'line', source: SOURCE, filter: of('road'), layout: round } as const;
  const bridge = { type: 'line', source: SOURCE, filter: of('bridge'), layout: round } as const;
  const casing = (width: number | ExpressionSpecification) => ({
    'line-color': theme.case,
    'line-width': scaled(['+', width, 2.5]),
  });
  return [
    { ...road, id: 'road-case', paint: casing(roadWidth) },
    { ...road, id: 'road', paint: { 'line-color': theme.road, 'line-width': scaled(roadWidth) } },
    { ...rail, id: 'rail', layout: round, paint: { 'line-color': theme.rail, 'line-width': 2 } },
    {
      ...rail,
      id: 'rail-ticks',
      // In widths of the line: ticks of 1.5 px, 9 px apart.
      paint: { 'line-color': theme.rail, 'line-width': 7, 'line-dasharray': [1.5 / 7, 9 / 7] },
    },
    {
      ...rail,
      id: 'footbridge',
      filter: of('footbridge'),
      layout: round,
      paint: { 'line-color': theme.rail, 'line-width': 2.5, 'line-dasharray': [0.1, 2.4] },
    },
    { ...bridge, id: 'bridge-case', paint: casing(7) },
    { ...bridge, id: 'bridge', paint: { 'line-color': theme.road, 'line-width': scaled(7) } },
  ];
}

function labels(theme: MapTheme): Layer[] {
  const halo = { 'text-halo-color': theme.land, 'text-halo-width': 1.5 };
  const [before, after] = imageNameAround({ shape: 'landmark', theme: theme.name, icon: 'square' }, 'icon');
  return [
    {
      id: 'water-label',
      type: 'symbol',
      source: SOURCE,
      filter: of('water-label'),
      layout: {
        ...text(15),
        'text-letter-spacing': 0.18,
        'text-rotate': ['coalesce', ['get', 'rotate'], 0],
        'symbol-sort-key': rank,
      },
      paint: { 'text-color': theme.waterText, 'text-halo-color': theme.water, 'text-halo-width': 1.5 },
    },
    {
      id: 'bridge-label',
      type: 'symbol',
      source: SOURCE,
      filter: ['all', of('bridge-label'), ['>=', ['zoom'], 11]],
      layout: { ...text(15), 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.9 },
      paint: { 'text-color': theme.text, ...halo },
    },
    {
      id: 'landmark',
      type: 'symbol',
      source: SOURCE,
      filter: ['all', of('landmark'), ['>=', ['zoom'], ['match', rank, 1, 0, 2, 10, 12]]],
      layout: {
        ...text(15),
        'icon-image': ['concat', before, ['get', 'icon'], after],
        'text-variable-anchor': ['left', 'right'],
        'text-radial-offset': 0.8,
        'text-justify': 'auto',
        'text-optional': true,
        'symbol-sort-key': rank,
      },
      paint: { 'text-color': theme.text, ...halo },
    },
    {
      id: 'district-label',
      type: 'symbol',
      source: SOURCE,
      filter: of('district-label'),
      layout: { ...text(17), 'text-letter-spacing': 0.5, 'symbol-sort-key': rank },
      paint: { 'text-color': theme.text, ...halo },
    },
  ];
}

const rank: ExpressionSpecification = ['coalesce', ['get', 'rank'], 2];

function of(layer: string): ExpressionSpecification {
  return ['==', ['get', 'layer'], layer];
}

function text(pixels: number) {
  return {
    'text-field': ['get', 'name'] as ExpressionSpecification,
    'text-font': FONT_FAMILIES,
    'text-size': pixels,
    'text-max-width': 12,
  };
}

/** A width that grows with the zoom. */
function scaled(width: number | ExpressionSpecification): ExpressionSpecification {
  const [low, less, drawn, , high, more] = WIDTH_STOPS;
  return [
    'interpolate',
    ['exponential', 1.4],
    ['zoom'],
    low,
    ['*', width, less],
    drawn,
    width,
    high,
    ['*', width, more],
  ];
}

/** A bridge's name beside its middle: along the line it would stand on the water, slanted. */
function bridgeLabel({ geometry, properties }: Feature): Feature[] {
  const isBridge = properties?.layer === 'bridge' || properties?.layer === 'footbridge';
  if (!isBridge || !properties?.name || geometry.type !== 'LineString') return [];
  const middle = { type: 'Point' as const, coordinates: middleOf(geometry) };
  return [{ type: 'Feature', properties: { ...properties, layer: 'bridge-label' }, geometry: middle }];
}

/** The point halfway along a short line, measured in degrees. */
function middleOf({ coordinates }: LineString): number[] {
  const lengths = coordinates.slice(1).map((to, i) => {
    const from = coordinates[i] as number[];
    return Math.hypot((to[0] as number) - (from[0] as number), (to[1] as number) - (from[1] as number));
  });
  let rest = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [i, length] of lengths.entries()) {
    const [from, to] = [coordinates[i] as number[], coordinates[i + 1] as number[]];
    if (rest <= length && length > 0)
      return from.map((value, axis) => value + (((to[axis] as number) - value) * rest) / length);
    rest -= length;
  }
  return coordinates[0] as number[];
}
