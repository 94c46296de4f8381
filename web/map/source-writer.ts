import type { Feature } from 'geojson';
import type { GeoJSONSource, MapLibreMap } from 'maplibre-gl';

/** Hands features to the map's worker, unless they are the same as before: a page draws more often than things change. */
export class SourceWriter {
  readonly #map: MapLibreMap;
  readonly #written = new Map<string, string>();

  constructor(map: MapLibreMap) {
    this.#map = map;
  }

  /** @param signature what tells these features from others, where that is cheaper than all of them written out */
  write(source: string, features: Feature[], signature = JSON.stringify(features)): void {
    if (this.#written.get(source) === signature) return;
    this.#written.set(source, signature);
    this.#map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features });
  }
}
