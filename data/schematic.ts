// The words of a schematic basemap: what a city may draw beside its profile. Pure; the files themselves are data.

import type { Feature, FeatureCollection, LineString, MultiPolygon, Point, Polygon } from 'geojson';
import type { Landmark } from './city.ts';

/** In drawing order, lowest first. */
export const SCHEMATIC_LAYERS = [
  'park',
  'water',
  'island',
  'road',
  'bridge',
  'rail',
  'water-label',
  'district-label',
  'landmark',
] as const;
export type SchematicLayer = (typeof SCHEMATIC_LAYERS)[number];

/** Which geometries a layer is drawn from. */
export const SCHEMATIC_GEOMETRIES: Record<SchematicLayer, readonly SchematicGeometry['type'][]> = {
  park: ['Polygon', 'MultiPolygon'],
  water: ['Polygon', 'MultiPolygon'],
  island: ['Polygon', 'MultiPolygon'],
  road: ['LineString'],
  bridge: ['LineString'],
  rail: ['LineString'],
  'water-label': ['Point'],
  'district-label': ['Point'],
  landmark: ['Point'],
};

export type SchematicGeometry = Point | LineString | Polygon | MultiPolygon;

export interface SchematicProperties {
  layer: SchematicLayer;
  name?: string | undefined;
  /** Of a landmark. */
  icon?: Landmark['icon'] | undefined;
  /** 1 is drawn from far away, 2 from nearer, 3 from near by. */
  rank: 1 | 2 | 3;
  /** Degrees clockwise by which a label is turned, between -90 and 90. */
  rotate?: number | undefined;
  /** Of a bridge: the crossing of the profile that it draws. */
  crossing?: string | undefined;
}

export type SchematicFeature = Feature<SchematicGeometry, SchematicProperties>;
export type Schematic = FeatureCollection<SchematicGeometry, SchematicProperties>;
