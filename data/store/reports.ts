// Riders' reports: a number to speak of, a key to ask with, and what the report says as a voice.

import { randomInt } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Device } from '../device.ts';
import { fieldOfProblem, type ReportProblem, type ReportStatus } from '../report.ts';
import { receiptNumber } from '../short-code.ts';
import { addConfirmation } from './confirmations.ts';
import { MissingPhotosError } from './errors.ts';
import { placeById } from './places.ts';
import type { Tables } from './tables.ts';
import type { Writing } from './writer.ts';

export interface NewReport {
  placeId: string;
  problem: ReportProblem;
  /** Seals the note for a report of this number; null when nothing was added. */
  sealNote: ((number: string) => string) | null;
  photoIds: readonly string[];
  /** Given back with the number; only its hash is kept. */
  key: string;
  keyHash: string;
  device: Device;
}

export interface Receipt {
  number: string;
  place: { id: string; name: string };
  problem: ReportProblem;
  status: ReportStatus;
  at: string;
  hasPhotos: boolean;
}

/** Undefined when there is no such place. `prefix` begins the number. Throws MissingPhotosError. */
export async function addReport(
  writing: Writing,
  report: NewReport,
  prefix: string,
): Promise<{ number: string; key: string } | undefined> {
  const { db, at } = writing;
  const { placeId, problem, device, photoIds } = report;
  const place = await placeById(db, placeId);
  if (!place) return undefined;
  const missingPhotos = await indexesOfMissing(db, photoIds, device);
  if (missingPhotos.length > 0) throw new MissingPhotosError(missingPhotos);
  const number = await freeNumber(db, prefix);
  await db
    .insertInto('reports')
    .values({
      number,
      place_id: placeId,
      place_name: place.name,
      problem,
      note: report.sealNote?.(number) ?? null,
      key_hash: report.keyHash,
      device: device.hash,
      status: 'received',
      at,
    })
    .execute();
  if (photoIds.length > 0) {
    await db
      .updateTable('photos')
      .set({ report_number: number })
      .where('id', 'in', [...photoIds])
      .execute();
  }
  const field = fieldOfProblem(problem, place);
  if (field) await addConfirmation(writing, { placeId, field, value: false, method: 'report', device });
  return { number, key: report.key };
}

async function indexesOfMissing(db: Kysely<Tables>, ids: readonly string[], device: Device): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('photos')
    .select('id')
    .where('id', 'in', [...ids])
    .where('device', '=', device.hash)
    .where('report_number', 'is', null)
    .execute();
  const found = new Set(rows.map((row) => row.id));
  return ids.flatMap((id, i) => (found.has(id) ? [] : [i]));
}

/** Random, so that nobody counts a city's reports by their numbers. */
async function freeNumber(db: Kysely<Tables>, prefix: string): Promise<string> {
  for (;;) {
    const number = receiptNumber(prefix, randomInt(2 ** 30));
    const taken = await db.selectFrom('reports').select('number').where('number', '=', number).executeTakeFirst();
    if (!taken) return number;
  }
}

/** The receipt of a number and its key's hash; undefined for a number that is not there and for another key alike. */
export async function receiptOf(
  db: Kysely<Tables>,
  number: string,
  hasKey: (keyHash: string) => boolean,
): Promise<Receipt | undefined> {
  const row = await db.selectFrom('reports').selectAll().where('number', '=', number).executeTakeFirst();
  const fits = hasKey(row?.key_hash ?? '');
  if (!row || !fits) return undefined;
  const photo = await db.selectFrom('photos').select('id').where('report_number', '=', number).executeTakeFirst();
  return {
    number,
    place: { id: row.place_id, name: row.place_name },
    problem: row.problem as ReportProblem,
    status: row.status as ReportStatus,
    at: row.at,
    hasPhotos: photo !== undefined,
  };
}
