// What the map stands on. Drawings of our own wear the theme's colours; a style of others keeps its own.

import type { Crossing } from '../../data/city.ts';
import type { MapTheme } from './map-theme.ts';
import type { Layer, Style } from './maplibre-types.ts';
import { schematicLayers, schematicStyle } from './schematic-style.ts';

export type Basemap =
  | { kind: 'schematic'; data: GeoJSON.FeatureCollection }
  | { kind: 'style'; url: string }
  | StreetsBasemap;

/** Vector tiles of the city's own, in a style of ours; `pmtiles-basemap.ts` makes it. */
export interface StreetsBasemap {
  kind: 'pmtiles';
  style(theme: MapTheme): Style;
  layers(theme: MapTheme): Layer[];
}

/** A style, or the address of one. */
export function styleOf(basemap: Basemap, theme: MapTheme, crossings: readonly Crossing[]): Style | string {
  switch (basemap.kind) {
    case 'schematic':
      return schematicStyle(basemap.data, theme, crossings);
    case 'pmtiles':
      return basemap.style(theme);
    case 'style':
      return basemap.url;
  }
}

/** The layers that another theme colours anew: the same ids in every theme. */
export function themedLayers(basemap: Basemap, theme: MapTheme): Layer[] {
  switch (basemap.kind) {
    case 'schematic':
      return schematicLayers(theme);
    case 'pmtiles':
      return basemap.layers(theme);
    case 'style':
      return [];
  }
}
