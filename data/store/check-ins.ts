// Who arrived, counted by place and day and by nothing else; and the bikes that somebody counted.

import type { BikeCountInput, CheckInAnswer } from '../check-in-schema.ts';
import type { Device } from '../device.ts';
import { RIDERS } from './confirmations.ts';
import { placeById, updatePlace } from './places.ts';
import { advanceCounter, type Writing } from './writer.ts';

export interface NewCheckIn {
  placeId: string;
  /** Date on the city's walls: 2026-11-20. */
  day: string;
  /** A keyed hash of device, place and day. */
  visitor: string;
}

export async function addCheckIn({ db }: Writing, { placeId, day, visitor }: NewCheckIn): Promise<CheckInAnswer> {
  const inserted = await db
    .insertInto('check_ins')
    .values({ place_id: placeId, day, visitor })
    .onConflict((conflict) => conflict.columns(['place_id', 'day', 'visitor']).doNothing())
    .returning('day')
    .executeTakeFirst();
  const counted = inserted !== undefined;
  const { count } = await db
    .insertInto('check_in_days')
    .values({ place_id: placeId, day, count: Number(counted) })
    .onConflict((conflict) =>
      conflict
        .columns(['place_id', 'day'])
        .doUpdateSet(({ eb }) => ({ count: eb('check_in_days.count', '+', Number(counted)) })),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  return { counted, today: count };
}

/** Forgets who was counted on days before this one; the counts stay. */
export async function pruneCheckIns({ db }: Writing, beforeDay: string): Promise<void> {
  await db.deleteFrom('check_ins').where('day', '<', beforeDay).execute();
}

export interface NewBikeCount extends BikeCountInput {
  placeId: string;
  device: Device;
}

export interface BikeCountResult extends BikeCountInput {
  recorded: true;
  lastReportedAt: string;
}

/** Undefined when there is no such place, or it exchanges no bikes, or has fewer of them. */
export async function addBikeCount(writing: Writing, count: NewBikeCount): Promise<BikeCountResult | undefined> {
  const { placeId, available, outOfService, device } = count;
  const { db, at } = writing;
  const place = await placeById(db, placeId);
  if (place?.kind !== 'bike-swap' || available + outOfService > place.bikesTotal) return undefined;
  await db
    .insertInto('bike_counts')
    .values({
      seq: await advanceCounter(db, 'voice_seq', 1),
      place_id: placeId,
      available,
      out_of_service: outOfService,
      counted_by: 'rider',
      device: device.hash,
      at,
    })
    .execute();
  const changes = { bikesAvailable: available, bikesOutOfService: outOfService, lastReportedAt: at };
  await updatePlace(writing, placeId, changes, { version: place.version, actor: RIDERS });
  return { recorded: true, available, outOfService, lastReportedAt: at };
}
