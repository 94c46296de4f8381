// Numbers of receipts: random, so that nobody counts a city's reports by them, and of one kind for all that riders send.

import { randomInt } from 'node:crypto';
import type { Kysely } from 'kysely';
import { receiptNumber } from '../short-code.ts';
import type { Tables } from './tables.ts';

/** One that neither a report nor a suggestion has. `prefix` begins it. */
export async function freeReceiptNumber(db: Kysely<Tables>, prefix: string): Promise<string> {
  for (;;) {
    const number = receiptNumber(prefix, randomInt(2 ** 30));
    const isTaken = await Promise.all(
      (['reports', 'suggestions'] as const).map((table) =>
        db.selectFrom(table).select('number').where('number', '=', number).executeTakeFirst(),
      ),
    );
    if (isTaken.every((row) => row === undefined)) return number;
  }
}
