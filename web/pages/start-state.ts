// What the server's document hands to the script.

export interface StartState {
  /** Which build of the app the page belongs to. */
  build: string;
  /** Milliseconds by the server's clock when the page was written; null in the page that the phone keeps. */
  nowMs: number | null;
  /** Null in the page that the phone keeps: it has data of its own. */
  manifest: Manifest | null;
  /** The schematic basemap; null when the city has none. */
  schematicUrl: string | null;
  basemap: StartBasemap;
  /** 示意图，非测绘成果, or the map's approval number. */
  notice: string;
  mapWorkerUrl: string;
  /** The live map's scripts, which are fetched side by side when it is wanted. */
  mapScripts: readonly string[];
  /** The script that keeps the app for when there is no network; null when it is switched off. */
  serviceWorkerUrl: string | null;
  appName: string;
}

/** What the live map draws; the addresses of a MapLibre style, or of a PMTiles archive. */
export type StartBasemap = { kind: 'schematic' } | { kind: 'style'; url: string } | { kind: 'pmtiles'; url: string };

/** Said of the drawn picture, which is the schematic whatever the live map shows. */
export function pictureNotice(start: Pick<StartState, 'basemap' | 'notice'>, schematicNotice: string): string {
  return start.basemap.kind === 'schematic' ? start.notice : schematicNotice;
}

export interface Manifest {
  version: string;
  coreUrl: string;
  detailsUrl: string;
}
