// The places on the map: one clustered source for each kind, since a cluster says what is in it, and one for the
// places that stand alone.

import type { GeoJSONSource, MapLibreMap } from 'maplibre-gl';
import { PLACE_KINDS, type PlaceKind, type Point } from '../../data/place.ts';
import { imageName, imageNameAround } from './map-image.ts';
import type { MapTheme } from './map-theme.ts';
import type { GeoJsonSource, Layer } from './maplibre-types.ts';
import type { PlaceFeature } from './place-features.ts';
import type { SourceWriter } from './source-writer.ts';

/** From here on every place wears its own pin. */
export const CLUSTER_UNTIL_ZOOM = 15;
/** Pixels within which places of one kind become one capsule. */
const CLUSTER_RADIUS = 80;
/** Half of a finger's target, in pixels. */
const REACH = 24;
/** Pixels by which a place that stands alone may be farther from the finger than another, and still be meant. */
const PROMINENCE = 8;

const PROMINENT = 'places-prominent';
const clusteredOf = (kind: PlaceKind) => `places-${kind}`;
const CLUSTERED = PLACE_KINDS.map(clusteredOf);

export function placeSources(): Record<string, GeoJsonSource> {
  const clustered = { cluster: true, clusterRadius: CLUSTER_RADIUS, clusterMaxZoom: CLUSTER_UNTIL_ZOOM - 1 };
  return {
    ...Object.fromEntries(CLUSTERED.map((id) => [id, { type: 'geojson', maxzoom: 17, ...clustered }])),
    [PROMINENT]: { type: 'geojson' },
  };
}

/** The capsules and pins of each kind. */
export function clusteredLayers(): Layer[] {
  return PLACE_KINDS.map((kind) => {
    const [before, after] = imageNameAround({ shape: 'cluster', kind, count: 0 }, 'count');
    return {
      id: clusteredOf(kind),
      type: 'symbol',
      source: clusteredOf(kind),
      layout: {
        'icon-image': [
          'case',
          ['has', 'point_count'],
          ['concat', before, ['to-string', ['get', 'point_count']], after],
          ['get', 'image'],
        ],
        // What would lie under a numbered pin or another kind's capsule waits until one looks closer.
        'icon-overlap': ['step', ['zoom'], 'never', CLUSTER_UNTIL_ZOOM, 'always'],
        'icon-padding': 0,
        // Larger capsules find their place first, pins last.
        'symbol-sort-key': ['-', 0, ['coalesce', ['get', 'point_count'], 0]],
      },
    };
  });
}

/** Above the clustered ones. */
export function prominentLayers(): Layer[] {
  return [
    {
      id: PROMINENT,
      type: 'symbol',
      source: PROMINENT,
      layout: { 'icon-image': ['get', 'image'], 'icon-overlap': 'always', 'symbol-sort-key': ['get', 'order'] },
    },
  ];
}

/** The selected place's name above its pin; drawn as a picture, so that a foreign style needs no font of ours. */
export function nameImage(name: string, theme: MapTheme): string {
  return imageName({ shape: 'label', theme: theme.name, weight: 600, text: name });
}

export function writePlaces(
  writer: SourceWriter,
  prominent: PlaceFeature[],
  clustered: ReadonlyMap<PlaceKind, PlaceFeature[]>,
): void {
  writer.write(PROMINENT, prominent, signatureOf(prominent));
  for (const [kind, features] of clustered) writer.write(clusteredOf(kind), features, signatureOf(features));
}

function signatureOf(features: readonly PlaceFeature[]): string {
  return features
    .map(({ geometry, properties }) => `${geometry.coordinates} ${properties.id} ${properties.image}`)
    .join('\n');
}

export type Hit = { type: 'place'; id: string } | { type: 'cluster'; source: string; clusterId: number; centre: Point };

/** What a finger at these pixels means: the nearest within 24 px, those that stand alone first. */
export function hitAt(map: MapLibreMap, { x, y }: { x: number; y: number }): Hit | undefined {
  const box: [[number, number], [number, number]] = [
    [x - REACH, y - REACH],
    [x + REACH, y + REACH],
  ];
  let nearest: Hit | undefined;
  let best = Number.POSITIVE_INFINITY;
  for (const { geometry, properties, source } of map.queryRenderedFeatures(box, {
    layers: [...CLUSTERED, PROMINENT],
  })) {
    if (geometry.type !== 'Point') continue;
    const centre = geometry.coordinates as Point;
    const at = map.project(centre);
    const distance = Math.hypot(at.x - x, at.y - y) - (source === PROMINENT ? PROMINENCE : 0);
    if (distance >= best) continue;
    best = distance;
    nearest =
      properties.cluster_id === undefined
        ? { type: 'place', id: String(properties.id) }
        : { type: 'cluster', source, clusterId: Number(properties.cluster_id), centre };
  }
  return nearest;
}

/** The zoom at which a cluster falls apart. */
export function expansionZoom(map: MapLibreMap, source: string, clusterId: number): Promise<number> {
  const clustered = map.getSource<GeoJSONSource>(source);
  return clustered ? clustered.getClusterExpansionZoom(clusterId) : Promise.resolve(CLUSTER_UNTIL_ZOOM);
}
