// Slots in the order of their ids: what pages of a list follow. Single changes are spliced in; many at once sort anew.

const MOST_SPLICES = 64;

export class IdOrder {
  #ids: readonly string[] = [];
  #slots: number[] = [];
  #ordinals: Uint32Array | undefined;

  /** @param ids by slot; read again at every later call */
  reset(ids: readonly string[], slots: number[]): void {
    this.#ids = ids;
    this.#slots = slots.sort((a, b) => ((ids[a] as string) < (ids[b] as string) ? -1 : 1));
    this.#ordinals = undefined;
  }

  static isManyChanges(count: number): boolean {
    return count > MOST_SPLICES;
  }

  insert(slot: number): void {
    this.#slots.splice(this.firstFrom(this.#ids[slot] as string), 0, slot);
    this.#ordinals = undefined;
  }

  remove(id: string): void {
    const at = this.firstFrom(id);
    if (this.#ids[this.#slots[at] as number] !== id) return;
    this.#slots.splice(at, 1);
    this.#ordinals = undefined;
  }

  get slots(): readonly number[] {
    return this.#slots;
  }

  /** Position in the order, by slot. */
  get ordinals(): Uint32Array {
    if (!this.#ordinals) {
      this.#ordinals = new Uint32Array(this.#ids.length);
      for (let i = 0; i < this.#slots.length; i++) this.#ordinals[this.#slots[i] as number] = i;
    }
    return this.#ordinals;
  }

  /** The first position whose id is not before `id`. */
  firstFrom(id: string): number {
    let low = 0;
    let high = this.#slots.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ids[this.#slots[middle] as number] as string) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
