// The envelope around features that nearest and places share.

import { z } from 'zod';
import type { Config } from '../config.ts';
import { featureSchema } from '../index/feature.ts';
import type { PlaceIndex } from '../index/place-index.ts';
import { problemOf } from '../problem.ts';

export const collectionSchema = z.strictObject({
  type: z.literal('FeatureCollection'),
  dataVersion: z.string().describe('与快照清单的 version 相同'),
  at: z.string().meta({ format: 'date-time' }).describe('开门与否按这个时刻'),
  numberMatched: z.int().min(0),
  next: z.string().nullable().describe('下一页的完整网址'),
  features: z.array(featureSchema),
});

/** @param next path and query of the next page */
export function collectionParts(
  index: PlaceIndex,
  config: Pick<Config, 'publicUrl'>,
  atMs: number,
  numberMatched: number,
  next: string | null,
): { head: string; tail: string } {
  const link = next === null ? 'null' : JSON.stringify(`${config.publicUrl}${next}`);
  const head = `{"type":"FeatureCollection","dataVersion":"${index.dataVersion}","at":"${index.clock.format(atMs)}","numberMatched":${numberMatched},"next":${link},"features":[`;
  return { head, tail: ']}' };
}

const MOST_DAYS_AWAY = 400;

/** @throws Problem for an instant so far away that no calendar is known for it */
export function instantOrNow(at: number | undefined, nowMs: number): number {
  if (at === undefined) return nowMs;
  if (Math.abs(at - nowMs) <= MOST_DAYS_AWAY * 86_400_000) return at;
  throw problemOf([{ field: 'at', code: 'out-of-range', message: `离现在最多 ${MOST_DAYS_AWAY} 天` }]);
}
