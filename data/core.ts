// The snapshot's core: all that the phone needs to rank, filter and search a city's places. Columns, not objects, so
// that it is small on the way and quick to scan. `data/snapshot.ts` writes it; this file reads it. Pure.

import type { PhoneCity } from './city.ts';
import type { HoursExpansion, HoursSubject } from './hours.ts';
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
import { SERVICE_CODES, type ServiceCode, type ServiceStanding } from './service.ts';
import { shortCodeOf } from './short-code.ts';
import { wallClock } from './wall-clock.ts';

export const CORE_FORMAT = 1;
/** Coordinates travel as whole numbers of this fraction of a degree: about one metre. */
export const CORE_DEGREES = 1e5;
/** In columns of one character a place this one is 0, the next 1, and so on; the one before it, `/`, is nothing. */
export const ZERO = '0'.charCodeAt(0);
export const STANDINGS = ['confirmed', 'declared', 'unknown', 'broken'] as const satisfies readonly ServiceStanding[];

/** What only a few places have. Instants are minutes since 1970-01-01T00:00Z. */
export interface CoreExtra {
  id?: string;
  aliases?: string[];
  errorMetres?: number;
  statusUntil?: number;
  /** Flat triples from, until, open (0 or 1). */
  exceptions?: number[];
  bikes?: { total: number; available: number | null; outOfService: number | null; reportedAt: number | null };
  event?: { name: string; from: number | null; until: number | null };
}

/**
 * The JSON document. Columns have one entry a place, by kind and then in Morton order: what is alike stands together, which
 * packs well. `…Deltas` are differences to the one before.
 */
export interface CoreDocument {
  format: typeof CORE_FORMAT;
  version: string;
  /** Milliseconds by the server's clock. */
  generatedAt: number;
  city: PhoneCity;
  idPrefix: string;
  count: number;
  lngDeltas: number[];
  latDeltas: number[];
  /** Of the short codes' sequence numbers. */
  sequenceDeltas: number[];
  /** One character a place: its position in PLACE_KINDS, PUBLIC_STATUSES, …, counted from `ZERO`. */
  kinds: string;
  statuses: string;
  access: string;
  qualities: string;
  /** 1 for demo places. */
  demo: string;
  /** Position in MERCHANT_CATEGORIES or SCENE_TYPES, as the kind says. */
  subtypes: string;
  /** Names and addresses, joined by line feeds. An address leaves out the district's name in front. */
  names: string;
  addresses: string;
  /** Positions in `city.districts`. */
  districts: string;
  /** By service code that occurs: positions in STANDINGS, nothing where a place has no such service. */
  services: Partial<Record<ServiceCode, string>>;
  /** Whole days from the last confirmation to the local date of `generatedAt`; nothing when there was none. */
  confirmedDaysAgo: string;
  /** `of`: positions in `texts`. */
  hours: { from: number; until: number; texts: CoreHours[]; of: string };
  /** Entrances apart from their place: which places (deltas), and how far east and north in CORE_DEGREES. */
  entrances: { placeDeltas: number[]; east: number[]; north: number[] };
  /** The city's offsets from UTC, as `presetWallClock` takes them: from a year back to the end of the hours. */
  offsetSteps: number[];
  extras: Record<string, CoreExtra>;
  /** Pinyin syllable → the characters of this city that may be read so. */
  pinyin: Record<string, string>;
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
  pinyin: Readonly<Record<string, string>>;
  place(i: number): CorePlace;
  /** By id or by short code in any case. */
  indexOf(id: string): number | undefined;
}

export class CoreFormatError extends Error {}

/** @throws CoreFormatError when the document was written for another version of the app. */
export function readCore(document: CoreDocument): Core {
  if (document.format !== CORE_FORMAT) throw new CoreFormatError(`snapshot format ${document.format}`);
  const { count, city, extras } = document;
  const names = count === 0 ? [] : document.names.split('\n');
  const addresses = count === 0 ? [] : document.addresses.split('\n');
  const lng = running(document.lngDeltas, CORE_DEGREES);
  const lat = running(document.latDeltas, CORE_DEGREES);
  const sequence = running(document.sequenceDeltas, 1);
  // Hours are read when a place that has them is: a city has hundreds, a screen a few.
  const hoursAt = lazily(document.hours.texts, (text) => readHours(text, document.hours));
  const kind = new Uint8Array(count);
  for (let i = 0; i < count; i++) kind[i] = numberAt(document.kinds, i);
  const serviceColumns = SERVICE_CODES.flatMap((code) => {
    const column = document.services[code];
    return column === undefined ? [] : [{ code, column }];
  });
  const usable = usableMasks(serviceColumns, count);
  const entrances = readEntrances(document.entrances);
  const snapshotDay = localDay(document.generatedAt, city.timezone);
  const made = new Map<number, CorePlace>();
  let byId: Map<string, number> | undefined;

  const districtOf = (i: number) => city.districts[numberAt(document.districts, i)];
  const addressOf = (i: number) => `${districtOf(i)?.name ?? ''}${addresses[i]}`;
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
    return {
      id: idOf(i),
      shortCode: codeOf(i),
      kind: kindName,
      name: names[i] as string,
      address: addressOf(i),
      district: districtOf(i)?.code ?? '',
      point,
      target: entrance ? [round(point[0] + entrance[0]), round(point[1] + entrance[1])] : point,
      positionQuality: POSITION_QUALITIES[numberAt(document.qualities, i)] as PositionQuality,
      positionErrorMetres: extra.errorMetres ?? null,
      access: ACCESS_WAYS[numberAt(document.access, i)] ?? null,
      services: servicesAt(serviceColumns, i),
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
    usable,
    names,
    addressOf,
    shortCodeOf: codeOf,
    hasDemo: document.demo.includes('1'),
    aliases: (i) => extras[i]?.aliases ?? [],
    pinyin: document.pinyin,
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
  return Math.round(degrees * CORE_DEGREES) / CORE_DEGREES;
}

function lazily<From, To>(all: readonly From[], read: (from: From) => To): (i: number) => To | undefined {
  const done: (To | undefined)[] = [];
  return (i) => {
    const from = all[i];
    if (from !== undefined) done[i] ??= read(from);
    return done[i];
  };
}

function running(deltas: readonly number[], divisor: number): Float64Array {
  let sum = 0;
  return Float64Array.from(deltas, (delta) => {
    sum += delta;
    return sum / divisor;
  });
}

type ServiceColumns = readonly { code: ServiceCode; column: string }[];

function servicesAt(columns: ServiceColumns, i: number): CoreService[] {
  return columns.flatMap(({ code, column }) => {
    const standing = STANDINGS[numberAt(column, i)];
    return standing ? [{ code, standing }] : [];
  });
}

function usableMasks(columns: ServiceColumns, count: number): Uint32Array {
  const masks = new Uint32Array(count);
  const broken = STANDINGS.indexOf('broken');
  for (const { code, column } of columns) {
    const bit = 1 << SERVICE_CODES.indexOf(code);
    for (let i = 0; i < count; i++) {
      const standing = numberAt(column, i);
      if (standing >= 0 && standing !== broken) masks[i] = (masks[i] as number) | bit;
    }
  }
  return masks;
}

/** Position of the place → degrees east and north of its point. */
function readEntrances({ placeDeltas, east, north }: CoreDocument['entrances']): Map<number, Point> {
  const places = running(placeDeltas, 1);
  return new Map(
    Array.from(places, (place, i) => [
      place,
      [(east[i] as number) / CORE_DEGREES, (north[i] as number) / CORE_DEGREES],
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
