// What the tests of the API share: a real server over a real SQLite, with a clock that the test sets.

import { once } from 'node:events';
import type { Server } from 'node:http';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import type { Express } from 'express';
import { pino } from 'pino';
import supertest from 'supertest';
import { createApp, createServer } from '../../api/app.ts';
import { readConfig } from '../../api/config.ts';
import { followStore } from '../../api/index/follow-store.ts';
import { PlaceIndex } from '../../api/index/place-index.ts';
import { Traffic } from '../../api/traffic.ts';
import { createCalendar } from '../../data/calendar.ts';
import { type LoadedCity, loadCity } from '../../data/load-city.ts';
import { createHoursBook, type HoursBook } from '../../data/opening-hours.ts';
import type { Place, PlaceDraft } from '../../data/place.ts';
import { openStore, type Store } from '../../data/store/store.ts';
import { temporaryFile } from '../data/store/support.ts';

/** A Friday at noon in Harbin, far from any holiday. */
export const NOON = Date.parse('2026-11-20T12:00:00+08:00');
export const TINY_CITY = path.join(import.meta.dirname, '../data/cities/tiny');

export interface Api {
  app: Express;
  server: Server;
  request: ReturnType<typeof supertest>;
  store: Store;
  file: string;
  index: PlaceIndex;
  loaded: LoadedCity;
  hoursBook: HoursBook;
  clock: { now: number };
  traffic: Traffic;
  /** All that the server logged, a line each. */
  written: string[];
  allPlaces(): Promise<Place[]>;
}

const running: Api[] = [];
afterAll(async () => {
  for (const { server, store } of running) {
    await new Promise((done) => server.close(done));
    await store.close();
  }
});

export async function startApi(
  drafts: readonly PlaceDraft[] = [],
  options: { city?: string; environment?: Record<string, string>; file?: string; setupToken?: string } = {},
): Promise<Api> {
  const loaded = await loadCity(options.city ?? 'harbin');
  const { city, schematic } = loaded;
  const file = options.file ?? temporaryFile();
  const clock = { now: NOON };
  const now = () => clock.now;
  const store = await openStore({ file, idPrefix: city.prefix, now: () => new Date(clock.now) });
  await store.places.createMany(drafts, { kind: 'system', name: 'tests' }, 'tests');
  const hoursBook = createHoursBook({ timezone: city.timezone, calendar: createCalendar(city) });
  const index = new PlaceIndex({ city, hoursBook, now });
  await followStore(index, store);
  const config = readConfig({
    YIZHAN_PUBLIC_URL: 'http://map.example:8080',
    YIZHAN_DATA_DIR: path.dirname(file),
    ...options.environment,
  });
  const written: string[] = [];
  const log = pino({}, { write: (line: string) => void written.push(line) });
  const traffic = new Traffic();
  const setupToken = options.setupToken ?? null;
  const app = createApp({ store, index, now, config, city, schematic, log, traffic, setupToken });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const allPlaces = async () => {
    const places: Place[] = [];
    for await (const batch of store.places.all()) places.push(...batch);
    return places;
  };
  const request = supertest(server);
  const api = { app, server, request, store, file, index, loaded, hoursBook, clock, traffic, written, allPlaces };
  running.push(api);
  return api;
}
