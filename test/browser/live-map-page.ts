// The page of `live-map.test.ts`: the map alone, with what the address asks for.

import { answer, waysOf } from '../../data/answer.ts';
import { type CoreDocument, readCore } from '../../data/core.ts';
import { PLACE_KINDS } from '../../data/place.ts';
import type { LiveMap } from '../../web/map/live-map.ts';
import '../../web/map/live-map.ts';

declare global {
  interface Window {
    said: { type: string; detail: unknown }[];
    map: LiveMap;
  }
}

const { core: written, nowMs } = JSON.parse(document.querySelector('#given')?.textContent ?? '') as {
  core: CoreDocument;
  nowMs: number;
};
const core = readCore(written);
const listedCount = Number(new URLSearchParams(location.search).get('listed'));
const origin: [number, number] = [core.lng[0] ?? 0, core.lat[0] ?? 0];
const question = { origin, kinds: PLACE_KINDS, services: [], open: false, allDay: false, nowMs, count: listedCount };

window.said = [];
window.map = document.createElement('yz-live-map') as LiveMap;
for (const type of ['place-selected', 'map-ready', 'map-failed', 'locate-wanted', 'map-moved']) {
  document.addEventListener(type, (event) => window.said.push({ type, detail: (event as CustomEvent).detail }));
}
Object.assign(window.map, {
  core,
  shown: [...Array(core.count).keys()],
  listed: listedCount > 0 ? answer(core, waysOf(core), question).listed : [],
  origin,
  basemap: { kind: 'schematic', data: { type: 'FeatureCollection', features: [] } },
  notice: core.city.basemap.notice,
  workerUrl: '/worker.mjs',
  nowMs,
} satisfies Partial<LiveMap>);
document.body.append(window.map);
