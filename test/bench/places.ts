// The data of the benches, the same on every machine: the made-up city, and as many more like it as are asked for,
// each clustered around a centre of its own.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadedCity, loadCity } from '../../data/load-city.ts';
import type { Place, Point } from '../../data/place.ts';
import { seedDemo, seedRealPlaces } from '../../data/seed.ts';
import { shortCodeOf } from '../../data/short-code.ts';
import { openStore } from '../../data/store/store.ts';

/** A Friday at noon in the first city. */
export const NOON = Date.parse('2026-11-20T12:00:00+08:00');
export const CITY_SIZE = 5300;
export const COUNTRY_SIZE = 200_000;

export interface SeededCity {
  loaded: LoadedCity;
  /** The store's file, closed. */
  file: string;
  places: Place[];
  remove(): Promise<void>;
}

/** The first city with its made-up places, through the real store, in a folder of its own. */
export async function seedCity(): Promise<SeededCity> {
  const loaded = await loadCity('harbin');
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-bench-'));
  const file = join(folder, 'yizhan.sqlite');
  const store = await openStore({ file, idPrefix: loaded.city.prefix, now: () => new Date(NOON) });
  await seedRealPlaces(store, loaded);
  await seedDemo(store, loaded, { seed: 1, now: new Date(NOON) });
  const places: Place[] = [];
  for await (const batch of store.places.all()) places.push(...batch);
  await store.close();
  return { loaded, file, places, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Other cities stand this many to a row, this many degrees apart, west and south of the first. */
const CITIES_A_ROW = 20;
const DEGREES_APART = 1;

/**
 * The first `CITY_SIZE` are places of the city; from then on copies of them in other cities, with names, codes and
 * strings of their own.
 * @param templates places of one city
 */
export function* manyPlaces(templates: readonly Place[], count: number): Generator<Place> {
  for (let i = 0; i < count; i++) {
    const template = templates[i % CITY_SIZE] as Place;
    const city = Math.floor(i / CITY_SIZE);
    const shortCode = shortCodeOf(i);
    const place = {
      ...template,
      id: `demo-${shortCode.toLowerCase()}`,
      shortCode,
      name: city === 0 ? template.name : `${template.name} ${city}`,
      point: moved(template.point, city),
      entrance: template.entrance && {
        ...template.entrance,
        point: template.entrance.point && moved(template.entrance.point, city),
      },
    };
    // As the store hands them out: no string is shared with another place.
    yield JSON.parse(JSON.stringify(place)) as Place;
  }
}

function moved([lng, lat]: Readonly<Point>, city: number): Point {
  const west = DEGREES_APART * (city % CITIES_A_ROW);
  const south = DEGREES_APART * Math.floor(city / CITIES_A_ROW);
  return [round(lng - west), round(lat - south)];
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
