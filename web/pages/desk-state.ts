// What the server's document hands to the desk's script. Nothing in it is anybody's: the desk asks who is there.

import type { PhoneCity } from '../../data/city.ts';
import type { StartBasemap } from './start-state.ts';

export interface DeskStart {
  city: PhoneCity;
  /** Milliseconds by the server's clock when the page was written. */
  nowMs: number;
  basemap: StartBasemap;
  /** The schematic basemap; null when the city has none. */
  schematicUrl: string | null;
  /** 示意图，非测绘成果, or the map's approval number. */
  notice: string;
  mapWorkerUrl: string;
}
