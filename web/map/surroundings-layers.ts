// What is drawn for one rider: how far one gets in a few minutes, the way to a place, and where one stands.

import type { Feature } from 'geojson';
import type { Point } from '../../data/place.ts';
import { imageName } from './map-image.ts';
import type { MapTheme } from './map-theme.ts';
import type { ExpressionSpecification, GeoJsonSource, Layer } from './maplibre-types.ts';
import { pointAt, type Ring } from './rings.ts';
import type { SourceWriter } from './source-writer.ts';

const RINGS = 'rings';
const ROUTE = 'route';
const ME = 'me';
const NAME = 'selected-name';
/** Pixels from the middle of the selected pin to the edge of its name, without and with the dashed ring. */
const BESIDE_PIN = 23;
const BESIDE_RING = 34;
const MY_COLOUR = '#0b5cad';

export interface Surroundings {
  /** Where distances are measured from. */
  origin: Readonly<Point>;
  me: { point: Point; accuracyMetres: number | null } | null;
  route: readonly Point[] | null;
  rings: readonly Ring[];
  /** The name to be written above or below the selected pin, and whether that wears the dashed ring. */
  name: { point: Point; image: string; hasRing: boolean } | null;
}

export function surroundingsSources(): Record<string, GeoJsonSource> {
  return Object.fromEntries([RINGS, ROUTE, ME, NAME].map((id) => [id, { type: 'geojson' }]));
}

/** Under the places: rings, way and the range of a fix. */
export function groundLayers(theme: MapTheme): Layer[] {
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  return [
    {
      id: 'rings',
      type: 'line',
      source: RINGS,
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: round,
      // Dots: dashes without length, of which the round caps remain.
      paint: { 'line-color': theme.ring, 'line-width': 2.2, 'line-dasharray': [0.1, 2.6], 'line-opacity': 0.8 },
    },
    {
      id: 'my-range',
      type: 'fill',
      source: ME,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': theme.ring, 'fill-opacity': 0.12 },
    },
    {
      id: 'my-halo',
      type: 'circle',
      source: ME,
      filter: standing('measured'),
      paint: { 'circle-radius': 18, 'circle-color': theme.ring, 'circle-opacity': 0.16 },
    },
    {
      id: 'ring-labels',
      type: 'symbol',
      source: RINGS,
      filter: ['==', ['geometry-type'], 'Point'],
      layout: {
        'icon-image': ['get', theme.name],
        'icon-overlap': 'never',
        'symbol-sort-key': ['get', 'minutes'],
      },
    },
    {
      id: 'route-case',
      type: 'line',
      source: ROUTE,
      layout: round,
      paint: { 'line-color': theme.routeCase, 'line-width': 8 },
    },
    {
      id: 'route',
      type: 'line',
      source: ROUTE,
      layout: round,
      paint: { 'line-color': theme.route, 'line-width': 4 },
    },
  ];
}

/** Above the pins, so that nobody gets lost: where one stands, measured (blue) or chosen (hollow). */
export function myLayers(theme: MapTheme): Layer[] {
  return [
    {
      id: 'my-dot',
      type: 'circle',
      source: ME,
      filter: standing('measured'),
      paint: {
        'circle-radius': 7,
        'circle-color': MY_COLOUR,
        'circle-stroke-width': 2.5,
        'circle-stroke-color': '#fff',
      },
    },
    {
      id: 'chosen-start',
      type: 'circle',
      source: ME,
      filter: standing('chosen'),
      paint: {
        'circle-radius': 5,
        'circle-color': theme.routeCase,
        'circle-stroke-width': 3,
        'circle-stroke-color': theme.route,
      },
    },
  ];
}

const standing = (how: 'measured' | 'chosen'): ExpressionSpecification => ['==', ['get', 'standing'], how];

/** Above everything. */
export function nameLayers(): Layer[] {
  return [
    {
      id: 'selected-name',
      type: 'symbol',
      source: NAME,
      layout: {
        'icon-image': ['get', 'image'],
        'icon-anchor': ['get', 'anchor'],
        'icon-offset': [
          'match',
          ['concat', ['get', 'anchor'], ['get', 'hasRing']],
          'toptrue',
          ['literal', [0, BESIDE_RING]],
          'topfalse',
          ['literal', [0, BESIDE_PIN]],
          'bottomtrue',
          ['literal', [0, -BESIDE_RING]],
          ['literal', [0, -BESIDE_PIN]],
        ],
        'icon-overlap': 'always',
      },
    },
  ];
}

export function writeSurroundings(writer: SourceWriter, { origin, me, route, rings, name }: Surroundings): void {
  writer.write(RINGS, rings.flatMap(ringFeatures));
  writer.write(ROUTE, route && route.length > 1 ? [lineFeature(route)] : []);
  writer.write(ME, me ? standingFeatures(me) : [pointFeature(origin, { standing: 'chosen' })]);
  // On the side away from the rider, so that it covers neither the way nor its beginning.
  const anchor = name && origin[1] > name.point[1] ? 'top' : 'bottom';
  writer.write(NAME, name ? [pointFeature(name.point, { image: name.image, hasRing: name.hasRing, anchor })] : []);
}

function ringFeatures({ lines, label, minutes }: Ring): Feature[] {
  const named = (theme: MapTheme['name']) => imageName({ shape: 'label', theme, weight: 400, text: label.text });
  const images = { light: named('light'), dark: named('dark'), contrast: named('contrast') };
  return [...lines.map(lineFeature), pointFeature(label.point, { ...images, minutes })];
}

/** The dot, and the area that a fix leaves open when it is larger than the dot's own halo. */
function standingFeatures({ point, accuracyMetres }: NonNullable<Surroundings['me']>): Feature[] {
  const dot = pointFeature(point, { standing: 'measured' });
  if (!accuracyMetres) return [dot];
  const circle = Array.from({ length: 65 }, (_, step) => pointAt(point, ((step % 64) * 360) / 64, accuracyMetres));
  return [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [circle] } }, dot];
}

function lineFeature(points: readonly Point[]): Feature {
  return { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [...points] } };
}

function pointFeature(point: Readonly<Point>, properties: Record<string, unknown>): Feature {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [...point] } };
}
