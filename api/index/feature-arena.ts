// The static part of every feature, serialised once, in one Buffer: a city's answers are cut from it, not made.

const SPARE = 1.25;

export class FeatureArena {
  #bytes: Buffer;
  #end = 0;
  #used = 0;

  constructor(capacityBytes = 64 * 1024) {
    this.#bytes = Buffer.allocUnsafeSlow(capacityBytes);
  }

  /** Bytes that belong to no entry any more. */
  get wastedBytes(): number {
    return this.#end - this.#used;
  }

  get usedBytes(): number {
    return this.#used;
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
