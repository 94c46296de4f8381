// A whole made-up city in its published proportions, so that a newcomer sees how it will feel. Everything says 演示.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Box } from './city.ts';
import type { City } from './city-schema.ts';
import { createDemoClock } from './demo-clock.ts';
import { createGround } from './demo-ground.ts';
import {
  drawBatterySwaps,
  drawBikeSwaps,
  drawMerchants,
  drawParking,
  drawScenes,
  drawStations,
  drawToilets,
} from './demo-kinds.ts';
import { checkedDemoSchema, type Demo } from './demo-schema.ts';
import { createSpeech } from './demo-words.ts';
import type { DemoWorld } from './demo-world.ts';
import { fieldErrors, wordIssue } from './field-errors.ts';
import type { PlaceDraft, Point } from './place.ts';

/**
 * Makes up the city's places; the same seed on the same day (the city's) gives the same bytes.
 * Near places stand near each other in the list (Z-order), so that numbers given in turn compress well.
 * @param options.seed any whole number.
 * @param options.now the moment of the demonstration; only its date in the city counts.
 * @returns drafts without ids, all `demo: true`; an empty list when the profile has no `demo.json`.
 * @throws Error in Chinese that names what is wrong in `demo.json`.
 */
export function generateDemoPlaces(
  loaded: { city: City; folder: string },
  options: { seed: number; now: Date },
): PlaceDraft[] {
  const demo = readDemo(loaded.folder);
  if (!demo) return [];
  const world: DemoWorld = {
    city: loaded.city,
    demo,
    seed: options.seed,
    clock: createDemoClock(options.now, loaded.city.timezone),
    ground: createGround(loaded.city, demo),
    speech: createSpeech(demo),
  };
  const stations = drawStations(world);
  const toilets = drawToilets(world);
  const parking = drawParking(world, toilets);
  const scenes = drawScenes(world);
  const bikeSwaps = drawBikeSwaps(world, scenes);
  const batterySwaps = drawBatterySwaps(world);
  const merchants = drawMerchants(world);
  return inZOrder(
    [...stations, ...toilets, ...parking, ...scenes, ...bikeSwaps, ...batterySwaps, ...merchants],
    loaded.city.area,
  );
}

/** Reads and checks the profile's `demo.json`; `undefined` when it has none. */
function readDemo(folder: string): Demo | undefined {
  const file = join(folder, 'demo.json');
  if (!existsSync(file)) return undefined;
  const checked = checkedDemoSchema.safeParse(parseJson(file), { error: wordIssue });
  if (checked.success) return checked.data;
  const problems = fieldErrors(checked.error).map(({ field, message }) => `- ${field || '（整个文件）'}：${message}`);
  throw new Error(`演示设置有 ${problems.length} 处要改：${file}\n${problems.join('\n')}`);
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`演示设置不是 JSON：${file}`, { cause });
  }
}

function inZOrder(places: readonly PlaceDraft[], area: Box): PlaceDraft[] {
  return places
    .map((place) => ({ place, code: mortonCode(place.point, area) }))
    .sort((a, b) => a.code - b.code || a.place.point[0] - b.place.point[0] || a.place.point[1] - b.place.point[1])
    .map(({ place }) => place);
}

/** The point's longitude and latitude in the area, 16 bits each, interleaved: 32 bits, unsigned. */
function mortonCode([lng, lat]: Point, [west, south, east, north]: Box): number {
  const column = Math.floor(((lng - west) / (east - west)) * 0xffff);
  const row = Math.floor(((lat - south) / (north - south)) * 0xffff);
  return (spreadBits(column) | (spreadBits(row) << 1)) >>> 0;
}

/** Puts a zero bit before each of 16 bits. */
function spreadBits(value: number): number {
  let spread = value;
  spread = (spread | (spread << 8)) & 0x00ff00ff;
  spread = (spread | (spread << 4)) & 0x0f0f0f0f;
  spread = (spread | (spread << 2)) & 0x33333333;
  spread = (spread | (spread << 1)) & 0x55555555;
  return spread;
}
