// Riders' reports: a number to speak of, a key to ask with, what the report says as a voice, and its way into the queue.

import type { Device } from '../device.ts';
import { fieldOfProblem, REPORT_PROBLEM_LABELS, type ReportProblem } from '../report.ts';
import { addConfirmation } from './confirmations.ts';
import { claimPhotos } from './photos.ts';
import { placeById } from './places.ts';
import { freeReceiptNumber } from './receipt-numbers.ts';
import { queueReview, reportsOf } from './review-queue.ts';
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
  const number = await freeReceiptNumber(db, prefix);
  const reviewId = await queueReview(writing, {
    kind: 'report',
    subject: reportsOf(placeId, problem),
    placeId,
    title: place.name,
    summary: REPORT_PROBLEM_LABELS[problem],
    area: place,
  });
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
      reason: null,
      decided_at: null,
      review_id: reviewId,
    })
    .execute();
  await claimPhotos(writing, photoIds, device, { report_number: number });
  const field = fieldOfProblem(problem, place);
  if (field) await addConfirmation(writing, { placeId, field, value: false, method: 'report', device });
  return { number, key: report.key };
}
