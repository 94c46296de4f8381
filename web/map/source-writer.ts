import type { Feature, FeatureCollection } from 'geojson';
import type { GeoJSONSource, MapLibreMap } from 'maplibre-gl';

/** Hands features to the map's worker, unless they are the same as before: a page draws more often than things change. */
export class SourceWriter {
  readonly #map: MapLibreMap;
  readonly #written = new Map<string, string>();
  /** Of sources that are not on the map yet. */
  readonly #first = new Map<string, Feature[]>();

  constructor(map: MapLibreMap) {
    this.#map = map;
  }

  /** @param signature what tells these features from others, where that is cheaper than all of them written out */
  write(source: string, features: Feature[], signature = JSON.stringify(features)): void {
    if (this.#written.get(source) === signature) return;
    this.#written.set(source, signature);
    const there = this.#map.getSource<GeoJSONSource>(source);
    if (there) there.setData(collectionOf(features));
    else this.#first.set(source, features);
  }

  /** What was written for a source before it was there: put on the map with it, the worker has work once, not twice. */
  takeFirst(source: string): FeatureCollection {
    const features = this.#first.get(source) ?? [];
    this.#first.delete(source);
    return collectionOf(features);
  }
}

function collectionOf(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}
