// The snapshot's core: all that the phone needs to rank, filter and search a city's places. Columns, not objects, so
// that it is small on the way and quick to scan. `data/snapshot.ts` writes it; this file reads it. Pure.

import type { RunningAnnouncement } from './announcement.ts';
import type { PhoneCity } from './city.ts';
import type { HoursExpansion, HoursSubject } from './hours.ts';
import { mortonPoint, POINT_DEGREES } from './morton.ts';
import {
  type PackedNumbers,
  type PackedWords,
  textReader,
  unpackNumbers,
  unpackSteps,
  unpackWords,
  ZERO,
} from './packed.ts';
import {
  ACCESS_WAYS,
  type AccessWay,
  MERCHANT_CATEGORIES,
  PLACE_KINDS,
  type PlaceKind,
  POSITION_QUALITIES,
  type Point,
  type PositionQuality,
  PUBLIC_STATUSES,
  SCENE_TYPES,
} from './place.ts';
import type { Readings } from './search.ts';
import { SERVICE_CODES, type ServiceCode, type ServiceStanding } from './service.ts';
import { shortCodeOf } from './short-code.ts';
import { wallClock } from './wall-clock.ts';

export const CORE_FORMAT = 2;
/** In a name it stands for what the place's address begins with: shops are called after their street. */
export const STREET_MARK = '\t';
export const STANDINGS = ['confirmed', 'declared', 'unknown', 'broken'] as const satisfies readonly ServiceStanding[];

/** What only a few places have. Instants are minutes since 1970-01-01T00:00Z. */
export interface CoreExtra {
  id?: string;
  aliases?: string[];
  statusUntil?: number;
  /** Flat triples from, until, open (0 or 1). */
  exceptions?: number[];
  bikes?: { total: number; available: number | null; outOfService: number | null; reportedAt: number | null };
  event?: { name: string; from: number | null; until: number | null };
}

/**
 * The JSON document. Columns have one entry a place, by kind and then in Morton order: what is alike stands together, which
 * packs well. Strings have one character a place, a position in PLACE_KINDS, PUBLIC_STATUSES, …, counted from `ZERO`.
 */
export interface CoreDocument {
  format: typeof CORE_FORMAT;
  version: string;
  /** Milliseconds by the server's clock. */
  generatedAt: number;
  city: PhoneCity;
  idPrefix: string;
  count: number;
  /** Steps along the curve of `data/morton.ts`: the points themselves. */
  points: PackedNumbers;
  /** Steps between the short codes' sequence numbers. */
  sequences: PackedNumbers;
  kinds: string;
  statuses: string;
  access: string;
  /** `of`: positions in `pairs`, of positions in POSITION_QUALITIES and metres of error. */
  qualities: { pairs: [quality: number, errorMetres: number | null][]; of: string };
  /** 1 for demo places. */
  demo: string;
  /** Position in MERCHANT_CATEGORIES or SCENE_TYPES, as the kind says. */
  subtypes: string;
  /** What names and addresses are written with, the most frequent first, and how each is read in pinyin (`zhong,chong`). */
  letters: { all: string; readings: PackedWords };
  /** Up to the first dot; and from there, joined by line feeds, with STREET_MARK. */
  names: { series: PackedWords; own: string };
  /**
   * Up to the first number; that number, 0 where there is none; from there up to a last part in brackets; and that part.
   * The district's name in front is left out.
   */
  addresses: { streets: PackedWords; numbers: PackedNumbers; rests: PackedWords; ends: PackedWords };
  /** Positions in `city.districts`. */
  districts: string;
  /**
   * `sets`: of each place a word of positions in SERVICE_CODES. `standings`: positions in STANDINGS, one for each of
   * these, or one for all.
   */
  services: { sets: PackedWords; standings: PackedWords };
  /** Whole days from the last confirmation to the local date of `generatedAt`; nothing when there was none. */
  confirmedDaysAgo: string;
  /** `of`: positions in `texts`. */
  hours: { from: number; until: number; texts: CoreHours[]; of: string };
  /** Entrances apart from their place: which places (steps), and how far east and north in POINT_DEGREES. */
  entrances: { places: PackedNumbers; east: PackedNumbers; north: PackedNumbers };
  /** The city's offsets from UTC, as `presetWallClock` takes them: from a year back to the end of the hours. */
  offsetSteps: number[];
  /** Running ones, and those that are to come. */
  announcements: readonly RunningAnnouncement[];
  extras: Record<string, CoreExtra>;
}

/** Minutes; `open` and `unknown` are flat pairs, each number the difference to the one before (the first to `from`). */
export interface CoreHours {
  open: number[];
  unknown?: number[];
  allDay?: 1;
}

export interface CoreService {
  code: ServiceCode;
  standing: ServiceStanding;
}

export interface CorePlace extends HoursSubject {
  id: string;
  shortCode: string;
  kind: PlaceKind;
  name: string;
  address: string;
  district: string;
  point: Point;
  /** Where navigation goes. */
  target: Point;
  positionQuality: PositionQuality;
  positionErrorMetres: number | null;
  access: AccessWay | null;
  services: readonly CoreService[];
  demo: boolean;
  subtype: string | null;
  /** Local calendar day (days since 1970-01-01) of the last confirmation. */
  confirmedDay: number | null;
  hours: HoursExpansion | null;
  bikes: NonNullable<CoreExtra['bikes']> | null;
  event: NonNullable<CoreExtra['event']> | null;
}

export interface Core {
  version: string;
  generatedAt: number;
  city: PhoneCity;
  count: number;
  /** Columns for scanning: degrees, position in PLACE_KINDS, bit masks in the order of SERVICE_CODES. */
  lng: Float64Array;
  lat: Float64Array;
  kind: Uint8Array;
  /** Services that are ok or unknown. */
  usable: Uint32Array;
  names: readonly string[];
  aliases(i: number): readonly string[];
  /** With the district's name in front. */
  addressOf(i: number): string;
  shortCodeOf(i: number): string;
  /** Some places are made up for a demonstration. */
  hasDemo: boolean;
  announcements: readonly RunningAnnouncement[];
  /** How the characters of names and addresses may be read. */
  readings(): Readings;
  place(i: number): CorePlace;
  /** By id or by short code in any case. */
  indexOf(id: string): number | undefined;
}

export class CoreFormatError extends Error {}

/** @throws CoreFormatError when the document was written for another version of the app. */
export function readCore(document: CoreDocument): Core {
  if (document.format !== CORE_FORMAT) throw new CoreFormatError(`snapshot format ${document.format}`);
  const { count, city, extras, qualities } = document;
  const textOf = textReader(document.letters.all);
  const wordsOf = ({ words, of }: PackedWords) => unpackWords({ words: textOf(words), of });
  const streets = wordsOf(document.addresses.streets);
  const numbers = unpackNumbers(document.addresses.numbers);
  const rests = wordsOf(document.addresses.rests);
  const ends = wordsOf(document.addresses.ends);
  const own = textOf(document.names.own).split('\n');
  const names = wordsOf(document.names.series).map(
    (series, i) => series + withStreet(own[i] as string, streets[i] as string),
  );
  const { lng, lat } = readPoints(document.points);
  const sequence = unpackSteps(document.sequences);
  // Hours are read when a place that has them is: a city has hundreds, a screen a few.
  const hoursAt = lazily(document.hours.texts, (text) => readHours(text, document.hours));
  const kind = new Uint8Array(count);
  for (let i = 0; i < count; i++) kind[i] = numberAt(document.kinds, i);
  const sets = unpackWords(document.services.sets);
  const standings = unpackWords(document.services.standings);
  const entrances = readEntrances(document.entrances);
  const snapshotDay = localDay(document.generatedAt, city.timezone);
  const made = new Map<number, CorePlace>();
  let byId: Map<string, number> | undefined;

  const districtOf = (i: number) => city.districts[numberAt(document.districts, i)];
  const addressOf = (i: number) => `${districtOf(i)?.name ?? ''}${streets[i]}${numbers[i] || ''}${rests[i]}${ends[i]}`;
  const codeOf = (i: number) => shortCodeOf(sequence[i] as number);
  const isDemo = (i: number) => document.demo[i] === '1';
  const idOf = (i: number) => extras[i]?.id ?? `${isDemo(i) ? 'demo' : document.idPrefix}-${codeOf(i).toLowerCase()}`;

  function make(i: number): CorePlace {
    const extra = extras[i] ?? {};
    const point: Point = [lng[i] as number, lat[i] as number];
    const kindName = PLACE_KINDS[kind[i] as number] as PlaceKind;
    const subtypes = kindName === 'merchant' ? MERCHANT_CATEGORIES : SCENE_TYPES;
    const daysAgo = numberAt(document.confirmedDaysAgo, i);
    const entrance = entrances.get(i);
    const [quality, errorMetres] = qualities.pairs[numberAt(qualities.of, i)] ?? [-1, null];
    return {
      id: idOf(i),
      shortCode: codeOf(i),
      kind: kindName,
      name: names[i] as string,
      address: addressOf(i),
      district: districtOf(i)?.code ?? '',
      point,
      target: entrance ? [round(point[0] + entrance[0]), round(point[1] + entrance[1])] : point,
      positionQuality: POSITION_QUALITIES[quality] as PositionQuality,
      positionErrorMetres: errorMetres,
      access: ACCESS_WAYS[numberAt(document.access, i)] ?? null,
      services: servicesOf(sets[i] as string, standings[i] as string),
      demo: isDemo(i),
      subtype: subtypes[numberAt(document.subtypes, i)] ?? null,
      confirmedDay: daysAgo < 0 ? null : snapshotDay - daysAgo,
      hours: hoursAt(numberAt(document.hours.of, i)) ?? null,
      status: PUBLIC_STATUSES[numberAt(document.statuses, i)] ?? 'paused',
      statusUntil: extra.statusUntil ?? null,
      exceptions: extra.exceptions ?? [],
      bikes: extra.bikes ?? null,
      event: extra.event ?? null,
    };
  }

  function place(i: number): CorePlace {
    const known = made.get(i) ?? make(i);
    made.set(i, known);
    return known;
  }

  function indexOf(id: string): number | undefined {
    if (!byId) {
      byId = new Map();
      for (let i = 0; i < count; i++) {
        byId.set(idOf(i), i);
        byId.set(codeOf(i), i);
      }
    }
    return byId.get(id) ?? byId.get(id.toUpperCase());
  }

  return {
    version: document.version,
    generatedAt: document.generatedAt,
    city,
    count,
    lng,
    lat,
    kind,
    usable: Uint32Array.from(sets, (set, i) => usableMask(set, standings[i] as string)),
    names,
    addressOf,
    shortCodeOf: codeOf,
    hasDemo: document.demo.includes('1'),
    announcements: document.announcements,
    aliases: (i) => extras[i]?.aliases ?? [],
    readings: () => readReadings(document.letters),
    place,
    indexOf,
  };
}

/** Calendar day in a zone, as days since 1970-01-01. */
export function localDay(ms: number, timezone: string): number {
  return wallClock(timezone).dayOf(Math.floor(ms / 60_000));
}

/** The number that a column has for a place; -1 for nothing. */
function numberAt(column: string, i: number): number {
  return column.charCodeAt(i) - ZERO;
}

function round(degrees: number): number {
  return Math.round(degrees * POINT_DEGREES) / POINT_DEGREES;
}

function lazily<From, To>(all: readonly From[], read: (from: From) => To): (i: number) => To | undefined {
  const done: (To | undefined)[] = [];
  return (i) => {
    const from = all[i];
    if (from !== undefined) done[i] ??= read(from);
    return done[i];
  };
}

function readReadings({ all, readings }: CoreDocument['letters']): Readings {
  const words = unpackWords(readings);
  return new Map(all.split('').flatMap((letter, i) => (words[i] ? [[letter, words[i].split(',')]] : [])));
}

function withStreet(name: string, street: string): string {
  return name.includes(STREET_MARK) ? name.replace(STREET_MARK, () => street) : name;
}

function readPoints(packed: PackedNumbers): Pick<Core, 'lng' | 'lat'> {
  const keys = unpackSteps(packed);
  const [lng, lat] = [new Float64Array(keys.length), new Float64Array(keys.length)];
  keys.forEach((key, i) => {
    [lng[i], lat[i]] = mortonPoint(key) as [number, number];
  });
  return { lng, lat };
}

function servicesOf(set: string, standings: string): CoreService[] {
  return Array.from({ length: set.length }, (_, at) => ({
    code: SERVICE_CODES[numberAt(set, at)] as ServiceCode,
    standing: STANDINGS[numberAt(standings, standings.length === 1 ? 0 : at)] as ServiceStanding,
  }));
}

const BROKEN = STANDINGS.indexOf('broken');

function usableMask(set: string, standings: string): number {
  let mask = 0;
  for (let at = 0; at < set.length; at++) {
    if (numberAt(standings, standings.length === 1 ? 0 : at) !== BROKEN) mask |= 1 << numberAt(set, at);
  }
  return mask;
}

/** Position of the place → degrees east and north of its point. */
function readEntrances({ places, east, north }: CoreDocument['entrances']): Map<number, Point> {
  const [easts, norths] = [unpackNumbers(east), unpackNumbers(north)];
  return new Map(
    Array.from(unpackSteps(places), (place, i) => [
      place,
      [(easts[i] as number) / POINT_DEGREES, (norths[i] as number) / POINT_DEGREES],
    ]),
  );
}

export function readHours(text: CoreHours, horizon: { from: number; until: number }): HoursExpansion {
  return {
    from: horizon.from,
    until: horizon.until,
    open: summed(text.open, horizon.from),
    unknown: summed(text.unknown ?? [], horizon.from),
    allDay: text.allDay === 1,
  };
}

function summed(deltas: readonly number[], start: number): number[] {
  let sum = start;
  return deltas.map((delta) => {
    sum += delta;
    return sum;
  });
}
