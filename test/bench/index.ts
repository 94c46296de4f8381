// How the nearest in process grow with the number of places: the same questions, in one city and in a country.

import type { Feature } from '../../api/index/feature.ts';
import type { PlaceIndex } from '../../api/index/place-index.ts';
import type { Place } from '../../data/place.ts';
import { emptyIndex, fill } from './filled-index.ts';
import { CITY_SIZE, COUNTRY_SIZE, manyPlaces, seedCity } from './places.ts';
import { askers, createChecker, FILTERED, nearestQuery, PLAIN } from './questions.ts';
import { atMost, median, type Row, shown } from './table.ts';

const LARGE_SIZE = 2_000_000;
const ROUNDS = 9;
const QUESTIONS_A_ROUND = 1000;
const CHECKED = 40;
const CHECKED_IN_COUNTRY = 2;

export async function benchIndex({ large }: { large: boolean }): Promise<Row[]> {
  const seeded = await seedCity();
  await seeded.remove();
  const { city } = seeded.loaded;
  const templates = seeded.places;
  const sizes = large ? [CITY_SIZE, COUNTRY_SIZE, LARGE_SIZE] : [CITY_SIZE, COUNTRY_SIZE];
  const indexes = sizes.map((size) => {
    const index = emptyIndex(city);
    fill(index, manyPlaces(templates, size));
    return index;
  });

  const inCity = [...manyPlaces(templates, CITY_SIZE)];
  check(indexes[0] as PlaceIndex, inCity, inCity, CHECKED);
  check(indexes[1] as PlaceIndex, [...manyPlaces(templates, COUNTRY_SIZE)], inCity, CHECKED_IN_COUNTRY);

  const rows: Row[] = [];
  for (const [name, filter] of [
    ['all kinds', PLAIN],
    ['open stations with two services', FILTERED],
  ] as const) {
    const p50s = indexes.map((): number[] => []);
    const p99s = indexes.map((): number[] => []);
    const points = askers(city, inCity, `index ${name}`);
    // The first round is for the compiler.
    for (let round = 0; round <= ROUNDS; round++) {
      const asked = Array.from({ length: QUESTIONS_A_ROUND }, () => nearestQuery(points.next().value, filter));
      indexes.forEach((index, i) => {
        const times = asked.map((query) => {
          const start = process.hrtime.bigint();
          index.nearest(query);
          return Number(process.hrtime.bigint() - start) / 1000;
        });
        times.sort((a, b) => a - b);
        if (round === 0) return;
        p50s[i]?.push(times[times.length >> 1] as number);
        p99s[i]?.push(times[Math.floor(times.length * 0.99)] as number);
      });
    }
    const inOneCity = median(p50s[0] as number[]);
    sizes.forEach((size, i) => {
      const p50 = median(p50s[i] as number[]);
      const p99 = median(p99s[i] as number[]);
      if (i > 0) {
        const what = `nearest 10, ${name}: p50 at ${thousands(size)} ÷ at ${thousands(CITY_SIZE)}`;
        rows.push(atMost(what, p50 / inOneCity, 3, 2));
      }
      rows.push({
        what: `  ${thousands(size)} places, p50 / p99`,
        figure: `${shown(p50)} / ${shown(p99, ' µs')}`,
      });
    });
  }
  return rows;

  function check(index: PlaceIndex, places: readonly Place[], around: readonly Place[], count: number): void {
    const checkAnswer = createChecker(city, places);
    const points = askers(city, around, 'index check');
    for (let i = 0; i < count; i++) {
      const query = nearestQuery(points.next().value, i % 2 === 0 ? PLAIN : FILTERED);
      checkAnswer(query, JSON.parse(`[${index.nearest(query).features}]`) as Feature[]);
    }
  }
}

function thousands(count: number): string {
  return count >= 1e6 ? `${count / 1e6}M` : `${count / 1e3}k`;
}
