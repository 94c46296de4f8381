// The static part of every feature, serialised once, in one Buffer: a city's answers are cut from it, not made.

const SPARE = 1.25;
/** Of a copy without gaps: room for edits to come, little beside what a country's features take. */
const SPARE_OF_COPY = 1.05;
const LEAST_BYTES = 64 * 1024;

export class FeatureArena {
  #bytes: Buffer;
  #end = 0;
  #used = 0;

  constructor(capacityBytes = LEAST_BYTES) {
    this.#bytes = Buffer.allocUnsafeSlow(capacityBytes);
  }

  /** Bytes that belong to no entry any more. */
  get wastedBytes(): number {
    return this.#end - this.#used;
  }

  get usedBytes(): number {
    return this.#used;
  }

  /** An empty one with room for what is used of this one. */
  emptied(): FeatureArena {
    return new FeatureArena(Math.ceil(this.#used * SPARE_OF_COPY) + LEAST_BYTES);
  }

  /** @returns the offset of the entry */
  add(entry: Buffer): number {
    if (this.#end + entry.length > this.#bytes.length) this.#grow(this.#end + entry.length);
    const offset = this.#end;
    entry.copy(this.#bytes, offset);
    this.#end += entry.length;
    this.#used += entry.length;
    return offset;
  }

  forget(length: number): void {
    this.#used -= length;
  }

  copyTo(target: Buffer, at: number, offset: number, length: number): number {
    return this.#bytes.copy(target, at, offset, offset + length);
  }

  view(offset: number, length: number): Buffer {
    return this.#bytes.subarray(offset, offset + length);
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.ceil(needed * SPARE));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}
