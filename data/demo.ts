// A whole made-up city in its published proportions, so that a newcomer sees how it will feel. Everything says 演示.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
import { mortonKey } from './morton.ts';
import { PLACE_KINDS, type PlaceDraft } from './place.ts';

/**
 * Makes up the city's places; the same seed on the same day (the city's) gives the same bytes.
 * They stand in the snapshot's order, so that numbers given in turn take no room there.
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
  return inSnapshotOrder([...stations, ...toilets, ...parking, ...scenes, ...bikeSwaps, ...batterySwaps, ...merchants]);
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

/** By kind, then along the curve, as the snapshot has them: then their short codes need no room there. */
function inSnapshotOrder(places: readonly PlaceDraft[]): PlaceDraft[] {
  return places
    .map((place) => ({ place, kind: PLACE_KINDS.indexOf(place.kind), key: mortonKey(place.point) }))
    .sort((a, b) => a.kind - b.kind || a.key - b.key)
    .map(({ place }) => place);
}
