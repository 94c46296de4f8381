// The city's own vector tiles from one PMTiles archive, read by ranges. A chunk of its own, for the cities that have one.

import { addProtocol } from 'maplibre-gl';
import { Protocol } from 'pmtiles';
import type { StreetsBasemap } from './basemap.ts';
import { STREETS_SOURCE, streetsLayers } from './streets-style.ts';

/** The law of the data (ODbL) wants it said wherever the map is shown. */
const ATTRIBUTION = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> 贡献者';

let isRegistered = false;

/** @param url of the archive; tiles of the Protomaps schema, version 4 */
export function pmtilesBasemap(url: string): StreetsBasemap {
  if (!isRegistered) addProtocol('pmtiles', new Protocol().tile);
  isRegistered = true;
  const address = `pmtiles://${new URL(url, location.href).href}`;
  return {
    kind: 'pmtiles',
    layers: streetsLayers,
    style: (theme) => ({
      version: 8,
      sources: { [STREETS_SOURCE]: { type: 'vector', url: address, attribution: ATTRIBUTION } },
      layers: streetsLayers(theme),
    }),
  };
}
