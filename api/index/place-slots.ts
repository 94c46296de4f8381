// Every public place in a numbered slot. A slot never changes its point: a place that moves gets a new one, so that
// the tree over the points stays right until it is built again.

import type { HoursSubject } from '../../data/hours.ts';
import { PLACE_KINDS, type Place, type Point } from '../../data/place.ts';
import { serviceMask, serviceStanding } from '../../data/service.ts';
import { COLUMN_NAMES, type Columns, grownColumns, makeColumns } from './columns.ts';
import { staticFeature } from './feature.ts';
import { FeatureArena } from './feature-arena.ts';
import type { HoursTable } from './hours-table.ts';
import { neighbourly } from './point-tree.ts';
import { SearchTexts } from './search-texts.ts';

/** Sizes at which empty slots and old features are worth a new building: small cities seldom, large ones in proportion. */
const LEAST_STRAY_SLOTS = 256;
const LEAST_WASTED_BYTES = 1 << 20;

export class PlaceSlots {
  columns: Columns;
  length = 0;
  aliveCount = 0;
  readonly arena: FeatureArena;
  readonly ids: string[] = [];
  readonly texts: SearchTexts;
  /** Only places whose state is not their hours text's alone: paused, or with dated exceptions. */
  readonly subjects = new Map<number, HoursSubject>();
  readonly #slotOfId = new Map<string, number>();
  readonly #slotOfShortCode = new Map<string, number>();
  readonly #shortCodes: string[] = [];
  readonly #hours: HoursTable;
  readonly #districts: ReadonlyMap<string, number>;

  constructor(
    hours: HoursTable,
    districts: ReadonlyMap<string, number>,
    capacity = 64,
    arena = new FeatureArena(),
    texts = new SearchTexts(),
  ) {
    this.columns = makeColumns(capacity);
    this.arena = arena;
    this.texts = texts;
    this.#hours = hours;
    this.#districts = districts;
  }

  slotOf(id: string): number | undefined {
    return this.#slotOfId.get(id);
  }

  slotOfShortCode(code: string): number | undefined {
    return this.#slotOfShortCode.get(code);
  }

  point(slot: number): Point {
    return [this.columns.lng[slot] as number, this.columns.lat[slot] as number];
  }

  /** @returns whether the place came, or moved: whether a tree over the points knows it */
  put(place: Place): 'added' | 'moved' | 'patched' {
    const known = this.#slotOfId.get(place.id);
    const [lng, lat] = place.point;
    const stays = known !== undefined && this.columns.lng[known] === lng && this.columns.lat[known] === lat;
    if (known !== undefined && !stays) this.remove(place.id);
    const slot = stays ? known : this.#newSlot(lng, lat);
    if (stays) {
      this.arena.forget(this.columns.featureLength[slot] as number);
      this.#slotOfShortCode.delete(this.#shortCodes[slot] as string);
    }
    this.#write(slot, place);
    if (stays) return 'patched';
    return known === undefined ? 'added' : 'moved';
  }

  remove(id: string): boolean {
    const slot = this.#slotOfId.get(id);
    if (slot === undefined) return false;
    this.columns.alive[slot] = 0;
    this.arena.forget(this.columns.featureLength[slot] as number);
    this.#slotOfId.delete(id);
    this.#slotOfShortCode.delete(this.#shortCodes[slot] as string);
    this.texts.clear(slot);
    this.subjects.delete(slot);
    this.aliveCount--;
    return true;
  }

  /** @param indexed how many of the first slots the tree holds */
  isWorthRebuilding(indexed: number): boolean {
    const strays = this.length - indexed + (this.length - this.aliveCount);
    if (strays > Math.max(LEAST_STRAY_SLOTS, this.aliveCount / 20)) return true;
    return this.arena.wastedBytes > Math.max(LEAST_WASTED_BYTES, this.arena.usedBytes / 2);
  }

  /**
   * The same places in new slots without gaps, neighbours side by side: what one answer reads then lies together.
   * A random read costs more than most of what is done with it.
   */
  compacted(): PlaceSlots {
    const { arena, texts } = this;
    const capacity = Math.max(64, this.aliveCount);
    const fresh = new PlaceSlots(this.#hours, this.#districts, capacity, arena.emptied(), texts.emptied());
    for (const slot of neighbourly(this.columns.lng, this.columns.lat, this.length)) {
      if (this.columns.alive[slot] === 1) fresh.#copyFrom(this, slot);
    }
    return fresh;
  }

  #copyFrom(other: PlaceSlots, from: number): void {
    const slot = this.#newSlot(other.columns.lng[from] as number, other.columns.lat[from] as number);
    for (const name of COLUMN_NAMES) this.columns[name][slot] = other.columns[name][from] as number;
    const { featureOffset, featureLength } = other.columns;
    const feature = other.arena.view(featureOffset[from] as number, featureLength[from] as number);
    this.columns.featureOffset[slot] = this.arena.add(feature);
    const subject = other.subjects.get(from);
    if (subject) this.subjects.set(slot, subject);
    this.texts.copy(slot, other.texts, from);
    this.#name(slot, other.ids[from] as string, other.#shortCodes[from] as string);
  }

  #newSlot(lng: number, lat: number): number {
    const capacity = this.columns.lng.length;
    if (this.length === capacity) this.columns = grownColumns(this.columns, Math.ceil(capacity * 1.5));
    const slot = this.length++;
    this.columns.lng[slot] = lng;
    this.columns.lat[slot] = lat;
    this.columns.alive[slot] = 1;
    this.aliveCount++;
    return slot;
  }

  #name(slot: number, id: string, shortCode: string): void {
    this.ids[slot] = id;
    this.#shortCodes[slot] = shortCode;
    this.#slotOfId.set(id, slot);
    this.#slotOfShortCode.set(shortCode, slot);
  }

  #write(slot: number, place: Place): void {
    const { columns } = this;
    const standing = (kept: (name: ReturnType<typeof serviceStanding>) => boolean) =>
      serviceMask(place.services.filter((service) => kept(serviceStanding(service))).map((service) => service.code));
    const feature = staticFeature(place);
    columns.kind[slot] = PLACE_KINDS.indexOf(place.kind);
    columns.disputed[slot] = place.status === 'disputed' ? 1 : 0;
    columns.demo[slot] = place.demo ? 1 : 0;
    columns.version[slot] = place.version;
    columns.usable[slot] = standing((name) => name !== 'broken');
    columns.confirmed[slot] = standing((name) => name === 'confirmed');
    columns.hours[slot] = this.#hours.numberOf(place.hoursOsm);
    columns.district[slot] = this.#districts.get(place.district) ?? NO_DISTRICT;
    columns.featureOffset[slot] = this.arena.add(feature);
    columns.featureLength[slot] = feature.length;
    if (place.status === 'paused' || place.hoursExceptions.length > 0) this.subjects.set(slot, hoursSubjectOf(place));
    else this.subjects.delete(slot);
    this.texts.set(slot, place);
    this.#name(slot, place.id, place.shortCode);
  }
}

export const NO_DISTRICT = 0xffff;

/** What the hours state needs of a place beside its hours text, in whole minutes. */
export function hoursSubjectOf(place: Place): HoursSubject {
  const minute = (instant: string) => Math.floor(Date.parse(instant) / 60_000);
  return {
    status: place.status,
    statusUntil: place.statusUntil === null ? null : minute(place.statusUntil),
    exceptions: place.hoursExceptions.flatMap((each) => [minute(each.from), minute(each.until), each.open ? 1 : 0]),
  };
}
