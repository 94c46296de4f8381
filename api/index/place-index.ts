// All public places in memory, ready to answer: a cache of the store, which says what changed. No SQL on this path.

import { createHash } from 'node:crypto';
import { type City, minutesFor } from '../../data/city.ts';
import { localDay } from '../../data/core.ts';
import { type HoursExpansion, type HoursState, isOpenState } from '../../data/hours.ts';
import type { HoursBook } from '../../data/opening-hours.ts';
import { isPublicStatus, PLACE_KINDS, type Place, type PlaceKind, type PlaceStatus } from '../../data/place.ts';
import { type Demotion, demotedFor } from '../../data/ranking.ts';
import { type ServiceCode, type ServiceStanding, serviceMask } from '../../data/service.ts';
import { sequenceOf, shortCodeOf } from '../../data/short-code.ts';
import { isoDateOf } from '../../data/wall-clock.ts';
import { prepareWays, type WayNetwork, type WaysFromOrigin } from '../../data/way.ts';
import { type Envelope, FeatureWriter, type Travel } from './feature-writer.ts';
import { HoursTable } from './hours-table.ts';
import { IdOrder } from './id-order.ts';
import { createLocalClock, type LocalClock } from './local-clock.ts';
import { Moment } from './moments.ts';
import { type Found, findNearest, type NearestSpace } from './nearest.ts';
import { NO_DISTRICT, PlaceSlots } from './place-slots.ts';
import { PointTree } from './point-tree.ts';
import type { ListAnswer, ListQuery, NearestAnswer, NearestQuery, PlaceFilter } from './query.ts';

export interface PlaceChange {
  revision: number;
  changed: readonly Place[];
  removedIds: readonly string[];
}

export interface IndexOptions {
  city: City;
  hoursBook: Pick<HoursBook, 'expand'>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** `open` now; `confirmed`: at least one of its services was seen to work. */
export interface KindStats {
  kind: PlaceKind;
  total: number;
  open: number;
  disputed: number;
  confirmed: number;
  demo: number;
}

/** A way this little longer than the straight line is the straight line. */
const STRAIGHT_METRES = 0.001;
/** Moments kept for the next asker: this minute, the last, and a few that callers named with `at`. */
const MOST_MOMENTS = 4;

export class PlaceIndex {
  readonly clock: LocalClock;
  readonly #city: City;
  readonly #now: () => number;
  readonly #hours: HoursTable;
  readonly #districts: ReadonlyMap<string, number>;
  readonly #ride: WayNetwork;
  readonly #walk: WayNetwork;
  readonly #profileHash: string;
  readonly #moments = new Map<number, Moment>();
  #slots: PlaceSlots;
  #tree: PointTree;
  /** Slots below this are in the tree. */
  #treeLength = 0;
  readonly #writer = new FeatureWriter();
  #order = new IdOrder();
  #orderIsStale = true;
  #revision = 0;
  #version = { day: Number.NaN, revision: 0, text: '' };

  constructor({ city, hoursBook, now }: IndexOptions) {
    this.clock = createLocalClock(city.timezone);
    this.#city = city;
    this.#now = now;
    this.#hours = new HoursTable(hoursBook, city.timezone);
    this.#districts = new Map(city.districts.map((district, i) => [district.code, i]));
    this.#ride = prepareWays(city, 'ride');
    this.#walk = prepareWays(city, 'walk');
    this.#profileHash = createHash('sha256').update(JSON.stringify(city)).digest('hex').slice(0, 6);
    this.#slots = new PlaceSlots(this.#hours, this.#districts);
    this.#tree = treeOf(this.#slots);
  }

  /** How many places anybody may see. */
  get size(): number {
    return this.#slots.aliveCount;
  }

  /** Names what is answered: the store's revision, the city's day (hours are expanded from it) and the profile. */
  get dataVersion(): string {
    this.#hours.refresh(this.#now());
    const day = this.#hours.from;
    if (day !== this.#version.day || this.#revision !== this.#version.revision) {
      const today = isoDateOf(localDay(this.#now(), this.#city.timezone)).replaceAll('-', '');
      this.#version = { day, revision: this.#revision, text: `${this.#revision}-${today}-${this.#profileHash}` };
    }
    return this.#version.text;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Today's expansion of an hours text, shared with the snapshot. */
  expand(osm: string | null): HoursExpansion | null {
    this.#hours.refresh(this.#now());
    return this.#hours.expansionToday(osm);
  }

  /** Follows the store: places that are public now, and those that are not any more. */
  apply({ revision, changed, removedIds }: PlaceChange): void {
    const isMany = IdOrder.isManyChanges(changed.length + removedIds.length);
    if (isMany) this.#orderIsStale = true;
    for (const place of changed) {
      if (isPublicStatus(place.status)) this.#put(place);
      else this.#remove(place.id);
    }
    for (const id of removedIds) this.#remove(id);
    this.#revision = revision;
  }

  /**
   * The places to go to, by the way one must go; straight lines where the asker can reach no place at all.
   * @param envelopeOf what to write the features into, so that the answer is put together once
   */
  nearest(query: NearestQuery, envelopeOf?: (count: number) => Envelope): NearestAnswer {
    this.settle();
    const slots = this.#slots;
    const moment = this.#momentAt(query.atMs);
    const space = this.#space(this.#matcher(query, moment));
    const ways = this.#ride.from(query.point);
    let found = findNearest(space, query.point, query.limit, query.maxDistanceMetres, ways);
    if (found.length === 0) {
      const straight = findNearest(space, query.point, query.limit, query.maxDistanceMetres, undefined);
      if (straight.length > 0 && this.#reachesNothing(query, ways)) found = straight;
    }
    let walks: WaysFromOrigin | undefined;
    const walkMetres = ({ slot, way, straightMetres }: Found): number | undefined => {
      // Who rides straight there walks straight there: mostly no second search is needed.
      if (way.crossing === null && way.metres - straightMetres < STRAIGHT_METRES) return way.metres;
      walks ??= this.#walk.from(query.point);
      return walks.to(slots.point(slot))?.metres;
    };
    const { rideKmh, walkKmh } = this.#city.speeds;
    const travel = (each: Found): Travel => {
      const metres = walkMetres(each);
      return {
        distanceMetres: Math.round(each.way.metres),
        rideMinutes: minutesFor(each.way.metres, rideKmh),
        walkMinutes: metres === undefined ? null : minutesFor(metres, walkKmh),
        crossing: each.way.crossing,
      };
    };
    const list = found.map((each) => each.slot);
    const travels = found.map(travel);
    const envelope = envelopeOf?.(list.length);
    return { features: this.#features(list, moment, query.services, travels, envelope), count: list.length };
  }

  /** A page of places in a box, a district, by words: in the order of their ids, or best match first. */
  list(query: ListQuery): ListAnswer {
    this.settle();
    const moment = this.#momentAt(query.atMs);
    const { slots, ranks } =
      query.q === undefined ? this.#listed(query, moment) : this.#searched(query, query.q, moment);
    const start = query.after ? this.#positionAfter(query.after, slots, ranks) : 0;
    const page = slots.slice(start, start + query.limit);
    const end = start + page.length;
    const last = page.at(-1);
    return {
      features: this.#features(page, moment, query.services),
      count: page.length,
      numberMatched: slots.length,
      next:
        last !== undefined && end < slots.length
          ? { rank: ranks?.get(last) ?? 0, id: this.#slots.ids[last] as string }
          : null,
    };
  }

  /** @param id of a place, or its short code as people write it. @returns one whole feature, and the place's version */
  byId(id: string, atMs: number): { feature: Buffer; version: number } | undefined {
    const sequence = sequenceOf(id);
    const slot =
      this.#slots.slotOf(id) ??
      (sequence === undefined ? undefined : this.#slots.slotOfShortCode(shortCodeOf(sequence)));
    if (slot === undefined) return undefined;
    const feature = this.#features([slot], this.#momentAt(atMs), []);
    return { feature, version: this.#slots.columns.version[slot] as number };
  }

  /** How many public places of each kind there are, and how they stand at an instant. */
  stats(atMs: number): KindStats[] {
    this.settle();
    const moment = this.#momentAt(atMs);
    const { columns } = this.#slots;
    const rows = PLACE_KINDS.map(
      (kind): KindStats => ({ kind, total: 0, open: 0, disputed: 0, confirmed: 0, demo: 0 }),
    );
    for (const slot of this.#order.slots) {
      const row = rows[columns.kind[slot] as number] as KindStats;
      row.total++;
      if (this.#isOpen(slot, moment)) row.open++;
      if (columns.disputed[slot] === 1) row.disputed++;
      if (columns.confirmed[slot] !== 0) row.confirmed++;
      if (columns.demo[slot] === 1) row.demo++;
    }
    return rows;
  }

  /** @param ways from where no place that the question is about can be reached */
  #reachesNothing(query: NearestQuery, ways: WaysFromOrigin): boolean {
    const { kinds, services, open, allDay, maxDistanceMetres } = query;
    const wasAboutAll = kinds.length + services.length === 0 && !open && !allDay && maxDistanceMetres === Infinity;
    return wasAboutAll || !this.#order.slots.some((slot) => ways.to(this.#slots.point(slot)) !== undefined);
  }

  #put(place: Place): void {
    const outcome = this.#slots.put(place);
    if (this.#orderIsStale || outcome === 'patched') return;
    if (outcome === 'moved') this.#order.remove(place.id);
    this.#order.insert(this.#slots.slotOf(place.id) as number);
  }

  #remove(id: string): void {
    if (this.#slots.remove(id) && !this.#orderIsStale) this.#order.remove(id);
  }

  /** Catches up with what was applied: before an answer, so that a bulk of changes costs one building. */
  settle(): void {
    if (this.#slots.isWorthRebuilding(this.#treeLength)) {
      this.#slots = this.#slots.compacted();
      this.#tree = treeOf(this.#slots);
      this.#treeLength = this.#slots.length;
      this.#orderIsStale = true;
    }
    if (!this.#orderIsStale) return;
    const { alive } = this.#slots.columns;
    const slots: number[] = [];
    for (let slot = 0; slot < this.#slots.length; slot++) if (alive[slot] === 1) slots.push(slot);
    this.#order.reset(this.#slots.ids, slots);
    this.#orderIsStale = false;
  }

  #momentAt(atMs: number): Moment {
    this.#hours.refresh(this.#now());
    const minute = Math.floor(atMs / 60_000);
    const known = this.#moments.get(minute);
    if (known && known.horizon === this.#hours.from) return known;
    const made = new Moment(minute, this.#hours, this.clock);
    this.#moments.delete(minute);
    const oldest = this.#moments.keys().next();
    if (this.#moments.size >= MOST_MOMENTS && !oldest.done) this.#moments.delete(oldest.value);
    this.#moments.set(minute, made);
    return made;
  }

  #isOpen(slot: number, moment: Moment): boolean {
    if (this.#slots.columns.disputed[slot] === 1) return false;
    return isOpenState(moment.stateOf(this.#slots, slot).hours);
  }

  #matcher(filter: PlaceFilter, moment: Moment): (slot: number) => boolean {
    const slots = this.#slots;
    const { alive, kind, usable } = slots.columns;
    const kinds = filter.kinds.reduce((mask, each) => mask | (1 << PLACE_KINDS.indexOf(each)), 0) || ~0;
    const services = serviceMask(filter.services);
    return (slot) =>
      alive[slot] === 1 &&
      ((1 << (kind[slot] as number)) & kinds) !== 0 &&
      ((usable[slot] as number) & services) === services &&
      (!filter.open || this.#isOpen(slot, moment)) &&
      (!filter.allDay || moment.isAllDay(slots, slot));
  }

  #space(matches: (slot: number) => boolean): NearestSpace {
    const slots = this.#slots;
    const latecomers = [];
    for (let slot = this.#treeLength; slot < slots.length; slot++) latecomers.push(slot);
    return {
      tree: this.#tree,
      latecomers,
      matches,
      point: (slot) => slots.point(slot),
      id: (slot) => slots.ids[slot] as string,
    };
  }

  /** Slots in the order of their ids. */
  #listed(query: ListQuery, moment: Moment): { slots: number[]; ranks: undefined } {
    const matches = this.#placed(query, moment);
    if (!query.bbox) return { slots: this.#order.slots.filter(matches), ranks: undefined };
    const { ordinals, slots: ordered } = this.#order;
    const found = this.#within(query.bbox).filter(matches);
    const positions = Uint32Array.from(found, (slot) => ordinals[slot] as number).sort();
    return { slots: Array.from(positions, (position) => ordered[position] as number), ranks: undefined };
  }

  /** Slots by how well they match, then id. */
  #searched(query: ListQuery, q: string, moment: Moment): { slots: number[]; ranks: Map<number, number> } {
    const matches = this.#placed(query, moment);
    const rankOf = this.#slots.texts.matcher(q);
    const ranks = new Map<number, number>();
    const candidates = query.bbox ? this.#within(query.bbox) : this.#order.slots;
    for (const slot of candidates) {
      const rank = matches(slot) ? rankOf(slot) : undefined;
      if (rank !== undefined) ranks.set(slot, rank);
    }
    const { ordinals } = this.#order;
    const slots = [...ranks.keys()].sort(
      (a, b) =>
        (ranks.get(a) as number) - (ranks.get(b) as number) || (ordinals[a] as number) - (ordinals[b] as number),
    );
    return { slots, ranks };
  }

  #placed(query: ListQuery, moment: Moment): (slot: number) => boolean {
    const matches = this.#matcher(query, moment);
    if (query.district === undefined) return matches;
    const { district } = this.#slots.columns;
    const wanted = this.#districts.get(query.district) ?? NO_DISTRICT;
    return (slot) => district[slot] === wanted && matches(slot);
  }

  /** Slots in a box, its edges included, the empty ones among them. */
  #within([west, south, east, north]: NonNullable<ListQuery['bbox']>): number[] {
    const found = this.#tree.within(west, south, east, north);
    const { lng, lat } = this.#slots.columns;
    for (let slot = this.#treeLength; slot < this.#slots.length; slot++) {
      const [x, y] = [lng[slot] as number, lat[slot] as number];
      if (x >= west && x <= east && y >= south && y <= north) found.push(slot);
    }
    return found;
  }

  /** The first place of a list that comes after a position, which need not be in it any more. */
  #positionAfter(after: { rank: number; id: string }, slots: number[], ranks: Map<number, number> | undefined): number {
    let low = 0;
    let high = slots.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const slot = slots[middle] as number;
      const rank = ranks?.get(slot) ?? 0;
      const isAfter = rank > after.rank || (rank === after.rank && (this.#slots.ids[slot] as string) > after.id);
      if (isAfter) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #demotion(slot: number, hours: HoursState, arrivalMinute: number, services: readonly ServiceCode[]): Demotion | null {
    const { columns } = this.#slots;
    const confirmed = columns.confirmed[slot] as number;
    const wanted = services.map(
      (code): ServiceStanding => ((confirmed & serviceMask([code])) !== 0 ? 'confirmed' : 'unknown'),
    );
    const status: PlaceStatus = columns.disputed[slot] === 1 ? 'disputed' : 'active';
    return demotedFor({ status, hours, wanted }, arrivalMinute);
  }

  #features(
    list: readonly number[],
    moment: Moment,
    services: readonly ServiceCode[],
    travels?: readonly Travel[],
    envelope?: Envelope,
  ): Buffer {
    const { columns, arena } = this.#slots;
    const features = list.map((slot, i) => {
      const travel = travels?.[i];
      const { hours, part } = moment.stateOf(this.#slots, slot);
      return {
        offset: columns.featureOffset[slot] as number,
        length: columns.featureLength[slot] as number,
        hours: part,
        travel,
        demotedFor: this.#demotion(slot, hours, moment.minute + (travel?.rideMinutes ?? 0), services),
      };
    });
    return this.#writer.join(arena, features, envelope);
  }
}

function treeOf({ columns, length }: PlaceSlots): PointTree {
  return new PointTree(columns.lng, columns.lat, length);
}
