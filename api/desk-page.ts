// The desk's document: one for all of its pages, with nothing in it that belongs to anybody.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { phoneCity } from '../data/snapshot.ts';
import { writeDeskDocument } from '../web/pages/desk-document.ts';
import type { AppContext } from './context.ts';
import { startBasemap } from './pages.ts';
import { publicCity } from './routes/city.ts';

/** What the build wrote for the desk: names of hashed files. */
interface DeskManifest {
  'map-worker': string;
  desk: { script: string; style: string; preload: string[] };
}

/** @returns a function that writes the page, with the server's time in it */
export function createDeskPage(context: AppContext, distFolder: string): () => string {
  const city = publicCity(context);
  const build = JSON.parse(readFileSync(path.join(distFolder, 'manifest.json'), 'utf8')) as DeskManifest;
  const assets = {
    css: `/assets/${build.desk.style}`,
    script: `/assets/${build.desk.script}`,
    preload: build.desk.preload.map((file) => `/assets/${file}`),
  };
  const constant = {
    city: phoneCity(context.city),
    basemap: startBasemap(city),
    schematicUrl: city.basemap.schematicUrl,
    notice: city.basemap.approval ?? city.basemap.notice ?? '',
    mapWorkerUrl: `/assets/${build['map-worker']}`,
  };
  return () =>
    writeDeskDocument({ title: `${city.title}管理台`, assets, start: { ...constant, nowMs: context.now() } });
}
