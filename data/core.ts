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
/** The character that stands for the first district. */
export const FIRST_DISTRICT = '0'.charCodeAt(0);
export const STANDINGS = ['confirmed', 'declared', 'unknown', 'broken'] as const satisfies readonly ServiceStanding[];

/** What only a few places have. Instants are minutes since 1970-01-01T00:00Z. */
export interface CoreExtra {
  id?: string;
  aliases?: string[];
  entrance?: Point;
  errorMetres?: number;
  statusUntil?: number;
  /** Flat triples from, until, open (0 or 1). */
  exceptions?: number[];
  bikes?: { total: number; available: number | null; outOfService: number | null; reportedAt: number | null };
  event?: { name: string; from: number | null; until: number | null };
}

/** The JSON document. Columns have one entry a place, in Morton order; `…Deltas` are differences to the one before. */
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
  /** One character a place: the place's position in PLACE_KINDS, …, as a base-36 digit. */
  kinds: string;
  statuses: string;
  /** `-` where nobody has said. */
  access: string;
  qualities: string;
  /** 1 for demo places. */
  demo: string;
  /** Position in MERCHANT_CATEGORIES or SCENE_TYPES, as the kind says; `-` otherwise. */
  subtypes: string;
  /** Names and addresses, joined by line feeds. An address leaves out the district's name in front. */
  names: string;
  addresses: string;
  /** Positions in `city.districts`, counted up from the character `0`: some cities have more than 36. */
  districts: string;
  /** Distinct service lists; in each, `<base-36 service><standing>` pairs. */
  serviceLists: string[];
  servicesOf: number[];
  /** Whole days from the last confirmation to the local date of `generatedAt`; -1 when there was none. */
  confirmedDaysAgo: number[];
  hours: { from: number; until: number; texts: CoreHours[]; of: number[] };
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
  // Lists and hours are read when a place that has them is: a city has thousands, a screen a few.
  const servicesAt = lazily(document.serviceLists, readServices);
  const hoursAt = lazily(document.hours.texts, (text) => readHours(text, document.hours));
  const usableOfList = document.serviceLists.map(usableMask);
  const kind = new Uint8Array(count);
  for (let i = 0; i < count; i++) kind[i] = digit(document.kinds, i);
  const usable = Uint32Array.from(document.servicesOf, (list) => usableOfList[list] ?? 0);
  const snapshotDay = localDay(document.generatedAt, city.timezone);
  const made = new Map<number, CorePlace>();
  let byId: Map<string, number> | undefined;

  const districtOf = (i: number) => city.districts[document.districts.charCodeAt(i) - FIRST_DISTRICT];
  const addressOf = (i: number) => `${districtOf(i)?.name ?? ''}${addresses[i]}`;
  const codeOf = (i: number) => shortCodeOf(sequence[i] as number);
  const isDemo = (i: number) => document.demo[i] === '1';
  const idOf = (i: number) => extras[i]?.id ?? `${isDemo(i) ? 'demo' : document.idPrefix}-${codeOf(i).toLowerCase()}`;

  function make(i: number): CorePlace {
    const extra = extras[i] ?? {};
    const point: Point = [lng[i] as number, lat[i] as number];
    const kindName = PLACE_KINDS[kind[i] as number] as PlaceKind;
    const subtypes = kindName === 'merchant' ? MERCHANT_CATEGORIES : SCENE_TYPES;
    const daysAgo = document.confirmedDaysAgo[i] as number;
    return {
      id: idOf(i),
      shortCode: codeOf(i),
      kind: kindName,
      name: names[i] as string,
      address: addressOf(i),
      district: districtOf(i)?.code ?? '',
      point,
      target: extra.entrance ?? point,
      positionQuality: POSITION_QUALITIES[digit(document.qualities, i)] as PositionQuality,
      positionErrorMetres: extra.errorMetres ?? null,
      access: ACCESS_WAYS[digit(document.access, i)] ?? null,
      services: servicesAt(document.servicesOf[i] as number) ?? [],
      demo: isDemo(i),
      subtype: subtypes[digit(document.subtypes, i)] ?? null,
      confirmedDay: daysAgo < 0 ? null : snapshotDay - daysAgo,
      hours: hoursAt(document.hours.of[i] as number) ?? null,
      status: PUBLIC_STATUSES[digit(document.statuses, i)] ?? 'paused',
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

/** The base-36 digit at a position of a column; -1 for the `-` of nothing. */
function digit(column: string, i: number): number {
  const code = column.charCodeAt(i);
  if (code >= LETTER_A) return code - LETTER_A + 10;
  return code >= DIGIT_0 ? code - DIGIT_0 : -1;
}

const DIGIT_0 = '0'.charCodeAt(0);
const LETTER_A = 'a'.charCodeAt(0);

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

function readServices(list: string): CoreService[] {
  const services: CoreService[] = [];
  for (let i = 0; i < list.length; i += 2) {
    const code = SERVICE_CODES[digit(list, i)];
    const standing = STANDINGS[digit(list, i + 1)];
    if (code && standing) services.push({ code, standing });
  }
  return services;
}

function usableMask(list: string): number {
  let mask = 0;
  for (let i = 0; i < list.length; i += 2) {
    if (STANDINGS[digit(list, i + 1)] !== 'broken') mask |= 1 << digit(list, i);
  }
  return mask;
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
