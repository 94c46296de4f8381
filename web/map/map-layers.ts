// All layers that lie on the basemap, in their order, and how a theme changes them.

import type { MapLibreMap } from 'maplibre-gl';
import { type Basemap, themedLayers } from './basemap.ts';
import type { MapTheme } from './map-theme.ts';
import type { Layer, LayoutName, PaintName } from './maplibre-types.ts';
import { clusteredLayers, placeSources, prominentLayers } from './place-layers.ts';
import type { SourceWriter } from './source-writer.ts';
import { groundLayers, myLayers, nameLayers, surroundingsSources } from './surroundings-layers.ts';

/** @param writer to which the first features have been written */
export function addOverlay(map: MapLibreMap, theme: MapTheme, writer: SourceWriter): void {
  const sources = { ...surroundingsSources(), ...placeSources() };
  for (const [id, source] of Object.entries(sources)) map.addSource(id, { ...source, data: writer.takeFirst(id) });
  for (const layer of overlayLayers(theme)) map.addLayer(layer);
}

/** Gives the layers another theme's colours. */
export function restyle(map: MapLibreMap, theme: MapTheme, basemap: Basemap): void {
  for (const layer of [...themedLayers(basemap, theme), ...overlayLayers(theme)]) {
    for (const [name, value] of Object.entries(layer.paint ?? {})) {
      map.setPaintProperty(layer.id, name as PaintName, value);
    }
    for (const [name, value] of Object.entries(layer.layout ?? {})) {
      map.setLayoutProperty(layer.id, name as LayoutName, value);
    }
  }
}

/** From the ground up. Labels of a layer that lies higher find their place first. */
function overlayLayers(theme: MapTheme): Layer[] {
  return [...groundLayers(theme), ...clusteredLayers(), ...prominentLayers(), ...myLayers(theme), ...nameLayers()];
}
