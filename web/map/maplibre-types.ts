// The style's types, as the library's own functions take them.

import type { MapLibreMap, MapOptions } from 'maplibre-gl';

export type Style = Exclude<NonNullable<MapOptions['style']>, string>;
export type Layer = Style['layers'][number];
export type SymbolLayer = Extract<Layer, { type: 'symbol' }>;
type IconImage = NonNullable<NonNullable<SymbolLayer['layout']>['icon-image']>;
export type ExpressionSpecification = Extract<IconImage, unknown[]>;
type SourceSpecification = Style['sources'][string];
/** Its features come when it is put on the map. */
export type GeoJsonSource = Omit<Extract<SourceSpecification, { type: 'geojson' }>, 'data'>;
export type PaintName = Parameters<MapLibreMap['setPaintProperty']>[1];
export type LayoutName = Parameters<MapLibreMap['setLayoutProperty']>[1];
