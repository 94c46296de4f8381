// What the city weighs in the pocket: the core against nothing but its names and addresses, both with brotli.

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { HORIZON_DAYS } from '../../data/hours.ts';
import { encodeCore, inSnapshotOrder, phoneCity } from '../../data/snapshot.ts';
import { wallClock } from '../../data/wall-clock.ts';
import { emptyIndex } from './filled-index.ts';
import { NOON, seedCity } from './places.ts';
import { atMost, type Row, shown } from './table.ts';

export async function benchSnapshot(): Promise<Row[]> {
  const { loaded, places, remove } = await seedCity();
  await remove();
  const { city } = loaded;
  const index = emptyIndex(city);
  const wall = wallClock(city.timezone);
  const today = wall.dayOf(NOON / 60_000);
  const ordered = inSnapshotOrder(places);
  const core = encodeCore(ordered, {
    city: phoneCity(city),
    idPrefix: city.prefix.toLowerCase(),
    version: index.dataVersion,
    generatedAt: NOON,
    expand: (osm) => index.expand(osm),
    fromMinute: wall.startOf(today - 1),
    untilMinute: wall.startOf(today + HORIZON_DAYS),
  });
  const json = JSON.stringify(core);
  const names = JSON.stringify(ordered.map((place) => place.name));
  const addresses = JSON.stringify(ordered.map((place) => place.address));
  const alone = brotliBytes(names + addresses);
  return [
    atMost('snapshot core, brotli ÷ its names and addresses alone', brotliBytes(json) / alone, 1.6, 1.3),
    { what: `  ${ordered.length} places: core, brotli`, figure: shown(brotliBytes(json) / 1000, ' kB') },
    { what: '  core, gzip', figure: shown(gzipSync(json, { level: 9 }).length / 1000, ' kB') },
    { what: '  names and addresses alone, brotli', figure: shown(alone / 1000, ' kB') },
  ];
}

function brotliBytes(text: string): number {
  const bytes = Buffer.from(text);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}
