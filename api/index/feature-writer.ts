// Puts features together in one buffer, from which the answer is sent: what only an edit changes is copied from the
// arena, what the moment and the asker add is written behind it. Byte by byte where it is a few: joining strings and
// encoding them cost as much as finding the places.

import { DEMOTIONS, type Demotion } from '../../data/ranking.ts';
import type { FeatureArena } from './feature-arena.ts';

/** Whole metres and minutes from an asker to a place. */
export interface Travel {
  distanceMetres: number;
  rideMinutes: number;
  walkMinutes: number | null;
  /** Its id, which is a slug. */
  crossing: string | null;
}

export interface FeatureParts {
  /** Where the static part lies in the arena. */
  offset: number;
  length: number;
  /** From `hoursPart`. */
  hours: Buffer;
  /** Absent where nobody's position was given. */
  travel: Travel | undefined;
  demotedFor: Demotion | null;
}

/** What stands before the first and behind the last feature, in ASCII. */
export interface Envelope {
  head: string;
  tail: string;
}

const COMMA = 0x2c;
const ZERO = 0x30;
const NOTHING: Envelope = { head: '', tail: '' };
/** Answers are cut from pieces of this size: one allocation for some thirty of them. */
const SLAB_BYTES = 256 * 1024;

const DISTANCE = Buffer.from(',"distanceMetres":');
const RIDE = Buffer.from(',"rideMinutes":');
const WALK = Buffer.from(',"walkMinutes":');
const CROSSING = Buffer.from(',"crossing":');
const DEMOTED = Buffer.from(',"demotedFor":');
const NULL = Buffer.from('null');
const END = Buffer.from('}}');
const REASONS = new Map(DEMOTIONS.map((reason) => [reason, Buffer.from(JSON.stringify(reason))]));

/** As long as digits of a whole number get. */
const MOST_DIGITS = 16;
/** What follows the hours is never longer than this and the crossing's id. */
const MOST_TRAVEL_BYTES = [DISTANCE, RIDE, WALK, CROSSING, DEMOTED, NULL, END, ...REASONS.values()].reduce(
  (sum, text) => sum + text.length,
  3 * MOST_DIGITS,
);

export class FeatureWriter {
  #slab = Buffer.alloc(0);
  /** Bytes of the slab that went out in answers. */
  #used = 0;

  /** Whole features joined by commas, in their envelope. */
  join(arena: FeatureArena, features: readonly FeatureParts[], { head, tail } = NOTHING): Buffer {
    let most = head.length + tail.length;
    for (const { length, hours, travel } of features) {
      most += 1 + length + hours.length + MOST_TRAVEL_BYTES + (travel?.crossing?.length ?? 0);
    }
    const start = this.#room(most);
    const bytes = this.#slab;
    let at = start + bytes.write(head, start, 'latin1');
    for (let i = 0; i < features.length; i++) {
      const { offset, length, hours, travel, demotedFor } = features[i] as FeatureParts;
      if (i > 0) bytes[at++] = COMMA;
      at += arena.copyTo(bytes, at, offset, length);
      at += hours.copy(bytes, at);
      at = writeText(bytes, at, DISTANCE);
      at = writeWhole(bytes, at, travel?.distanceMetres);
      at = writeText(bytes, at, RIDE);
      at = writeWhole(bytes, at, travel?.rideMinutes);
      at = writeText(bytes, at, WALK);
      at = writeWhole(bytes, at, travel?.walkMinutes);
      at = writeText(bytes, at, CROSSING);
      if (travel?.crossing) at += bytes.write(`"${travel.crossing}"`, at, 'latin1');
      else at = writeText(bytes, at, NULL);
      at = writeText(bytes, at, DEMOTED);
      at = writeText(bytes, at, (demotedFor && REASONS.get(demotedFor)) || NULL);
      at = writeText(bytes, at, END);
    }
    at += bytes.write(tail, at, 'latin1');
    this.#used = at;
    return bytes.subarray(start, at);
  }

  /** Makes room for so many bytes. @returns where it begins in the slab */
  #room(size: number): number {
    if (this.#used + size > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, size));
      this.#used = 0;
    }
    return this.#used;
  }
}

/** @returns where it ends */
function writeText(bytes: Buffer, at: number, text: Buffer): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text[i] as number;
  return at + text.length;
}

/** @param value not negative; nothing is null. @returns where it ends */
function writeWhole(bytes: Buffer, at: number, value: number | null | undefined): number {
  if (value === null || value === undefined) return writeText(bytes, at, NULL);
  let end = at + 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) end++;
  let rest = value;
  for (let digit = end - 1; digit >= at; digit--) {
    const tens = Math.floor(rest / 10);
    bytes[digit] = ZERO + (rest - 10 * tens);
    rest = tens;
  }
  return end;
}
