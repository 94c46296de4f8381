// What the server's document hands to the script.

export interface StartState {
  /** Milliseconds by the server's clock when the page was written. */
  nowMs: number;
  manifest: Manifest;
  /** The schematic basemap; null when the city has none. */
  schematicUrl: string | null;
  basemap: { kind: 'schematic' } | { kind: 'style'; url: string };
  /** 示意图，非测绘成果, or the map's approval number. */
  notice: string;
  mapWorkerUrl: string;
  appName: string;
}

export interface Manifest {
  version: string;
  coreUrl: string;
  detailsUrl: string;
}
