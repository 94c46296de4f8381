// Writes a city into the two files that the phone keeps: `core` to rank, filter and search, `details` for place pages.
// `data/core.ts` and `data/details.ts` read them. Server only.

import type { PhoneCity } from './city.ts';
import {
  CORE_DEGREES,
  CORE_FORMAT,
  type CoreDocument,
  type CoreExtra,
  type CoreHours,
  FIRST_DISTRICT,
  localDay,
  STANDINGS,
} from './core.ts';
import { DETAILS_FORMAT, type DetailsDocument, type WrittenDetails, writtenDetailsOf } from './details.ts';
import type { HoursExpansion } from './hours.ts';
import { pinyinTable } from './pinyin.ts';
import {
  ACCESS_WAYS,
  isPublicStatus,
  MERCHANT_CATEGORIES,
  PLACE_KINDS,
  type Place,
  POSITION_QUALITIES,
  type Point,
  PUBLIC_STATUSES,
  SCENE_TYPES,
} from './place.ts';
import { SERVICE_CODES, serviceStanding } from './service.ts';
import { sequenceOf } from './short-code.ts';
import { offsetSteps } from './wall-clock.ts';

/** Dates that a phone says, such as when a place was confirmed, lie within this time before the hours. */
const YEAR_MINUTES = 366 * 24 * 60;

export interface SnapshotContext {
  city: PhoneCity;
  /** What ids of places begin with that got theirs from the store. */
  idPrefix: string;
  version: string;
  /** Milliseconds by the server's clock. */
  generatedAt: number;
  /** The expansion of an hours text from `fromMinute` on; null for null. */
  expand(hoursOsm: string | null): HoursExpansion | null;
  fromMinute: number;
  untilMinute: number;
}

/** Public places along a Z-order curve, so that neighbours in space are neighbours in the file. */
export function inMortonOrder(places: Iterable<Place>): Place[] {
  return [...places]
    .filter((place) => isPublicStatus(place.status))
    .map((place) => ({ place, key: mortonKey(place.point) }))
    .sort((a, b) => a.key - b.key || (a.place.id < b.place.id ? -1 : 1))
    .map((each) => each.place);
}

/** 26 bits an axis interleaved into a double, which holds 52 exactly. */
export function mortonKey([lng, lat]: Readonly<Point>): number {
  const x = Math.round(((lng + 180) / 360) * 0x3ffffff);
  const y = Math.round(((lat + 90) / 180) * 0x3ffffff);
  return spread(x >>> 13) * 2 ** 26 + spread(x & 0x1fff) + 2 * (spread(y >>> 13) * 2 ** 26 + spread(y & 0x1fff));
}

/** 13 bits to the even places of 26. */
function spread(bits: number): number {
  let spreaded = 0;
  for (let i = 0; i < 13; i++) spreaded |= (bits & (1 << i)) << i;
  return spreaded;
}

/** @param places public ones, in the order of `inMortonOrder` */
export function encodeCore(places: readonly Place[], context: SnapshotContext): CoreDocument {
  const { city } = context;
  const today = localDay(context.generatedAt, city.timezone);
  const hours = new Table<string>();
  const hoursTexts: CoreHours[] = [];
  const serviceLists = new Table<string>();
  const document: CoreDocument = {
    format: CORE_FORMAT,
    version: context.version,
    generatedAt: context.generatedAt,
    city,
    idPrefix: context.idPrefix,
    count: places.length,
    lngDeltas: deltas(places.map((place) => Math.round(place.point[0] * CORE_DEGREES))),
    latDeltas: deltas(places.map((place) => Math.round(place.point[1] * CORE_DEGREES))),
    sequenceDeltas: deltas(places.map((place) => sequenceOf(place.shortCode) ?? 0)),
    kinds: column(places, (place) => PLACE_KINDS.indexOf(place.kind)),
    statuses: column(places, (place) => (PUBLIC_STATUSES as readonly string[]).indexOf(place.status)),
    access: places.map(({ access }) => (access === null ? '-' : ACCESS_WAYS.indexOf(access).toString(36))).join(''),
    qualities: column(places, (place) => POSITION_QUALITIES.indexOf(place.positionQuality)),
    demo: column(places, (place) => (place.demo ? 1 : 0)),
    subtypes: places.map(subtypeDigit).join(''),
    names: places.map((place) => oneLine(place.name)).join('\n'),
    addresses: places.map((place) => oneLine(withoutDistrict(place, city))).join('\n'),
    districts: places.map((place) => String.fromCharCode(FIRST_DISTRICT + districtIndex(place, city))).join(''),
    serviceLists: serviceLists.values,
    servicesOf: places.map((place) => serviceLists.add(serviceList(place))),
    confirmedDaysAgo: places.map((place) =>
      place.confirmedAt === null ? -1 : Math.max(0, today - localDay(Date.parse(place.confirmedAt), city.timezone)),
    ),
    hours: {
      from: context.fromMinute,
      until: context.untilMinute,
      texts: hoursTexts,
      of: places.map((place) => {
        const expansion = context.expand(place.hoursOsm);
        if (!expansion) return -1;
        const text = coreHours(expansion);
        const index = hours.add(JSON.stringify(text));
        hoursTexts[index] = text;
        return index;
      }),
    },
    offsetSteps: offsetSteps(city.timezone, context.fromMinute - YEAR_MINUTES, context.untilMinute),
    extras: {},
    pinyin: {},
  };
  places.forEach((place, i) => {
    const extra = coreExtra(place, context.idPrefix);
    if (Object.keys(extra).length > 0) document.extras[i] = extra;
  });
  document.pinyin = pinyinTable([document.names, ...places.flatMap((place) => place.aliases), ...landmarkNames(city)]);
  return document;
}

/** @param places the same, in the same order, as the core's */
export function encodeDetails(places: readonly Place[], context: SnapshotContext): DetailsDocument {
  const columns: DetailsDocument['columns'] = {};
  const texts: DetailsDocument['hours']['texts'] = {};
  const all = places.map(writtenDetailsOf);
  for (const key of new Set(all.flatMap((details) => Object.keys(details)))) {
    const table = new Table<string>();
    const of = all.map((details) => table.add(JSON.stringify(details[key as keyof WrittenDetails] ?? null)));
    columns[key] = { values: table.values.map((value) => JSON.parse(value) as unknown), of };
  }
  for (const { hoursOsm } of all.flatMap((details) => details.scene?.gates ?? []).flatMap((gate) => gate.rules)) {
    const expansion = hoursOsm === null || hoursOsm in texts ? null : context.expand(hoursOsm);
    if (hoursOsm !== null && expansion) texts[hoursOsm] = coreHours(expansion);
  }
  const hours = { from: context.fromMinute, until: context.untilMinute, texts };
  return { format: DETAILS_FORMAT, version: context.version, count: places.length, columns, hours };
}

/** The city's public part that the phone keeps. */
export function phoneCity(city: PhoneCity): PhoneCity {
  const { id, name, title, timezone, area, core, defaultArea, districts, landmarks, services } = city;
  const { barriers, crossings, speeds, basemap, help, filings } = city;
  return {
    id,
    name,
    title,
    timezone,
    area,
    core,
    defaultArea,
    districts,
    landmarks,
    services,
    barriers,
    crossings,
    speeds,
    basemap,
    help,
    filings,
  };
}

function coreExtra(place: Place, idPrefix: string): CoreExtra {
  const extra: CoreExtra = {};
  const derived = `${place.demo ? 'demo' : idPrefix}-${place.shortCode.toLowerCase()}`;
  if (place.id !== derived) extra.id = place.id;
  if (place.aliases.length > 0) extra.aliases = place.aliases;
  if (place.entrance?.point) extra.entrance = place.entrance.point;
  if (place.positionErrorMetres !== null) extra.errorMetres = place.positionErrorMetres;
  if (place.statusUntil !== null) extra.statusUntil = minute(place.statusUntil);
  if (place.hoursExceptions.length > 0) {
    extra.exceptions = place.hoursExceptions.flatMap((each) => [
      minute(each.from),
      minute(each.until),
      each.open ? 1 : 0,
    ]);
  }
  if (place.kind === 'bike-swap') {
    extra.bikes = {
      total: place.bikesTotal,
      available: place.bikesAvailable,
      outOfService: place.bikesOutOfService,
      reportedAt: place.lastReportedAt === null ? null : minute(place.lastReportedAt),
    };
  }
  if (place.kind === 'event-point') {
    extra.event = {
      name: place.eventName,
      from: place.eventFrom === null ? null : minute(place.eventFrom),
      until: place.eventUntil === null ? null : minute(place.eventUntil),
    };
  }
  return extra;
}

function minute(instant: string): number {
  return Math.floor(Date.parse(instant) / 60_000);
}

function serviceList(place: Place): string {
  return place.services
    .map(
      (service) =>
        SERVICE_CODES.indexOf(service.code).toString(36) + STANDINGS.indexOf(serviceStanding(service)).toString(36),
    )
    .sort()
    .join('');
}

function coreHours(expansion: HoursExpansion): CoreHours {
  const hours: CoreHours = { open: deltas(expansion.open, expansion.from) };
  if (expansion.unknown.length > 0) hours.unknown = deltas(expansion.unknown, expansion.from);
  if (expansion.allDay) hours.allDay = 1;
  return hours;
}

function subtypeDigit(place: Place): string {
  if (place.kind === 'merchant') return MERCHANT_CATEGORIES.indexOf(place.category).toString(36);
  if (place.kind === 'scene') return SCENE_TYPES.indexOf(place.sceneType).toString(36);
  return '-';
}

function districtIndex(place: Place, city: PhoneCity): number {
  return Math.max(
    0,
    city.districts.findIndex((district) => district.code === place.district),
  );
}

function withoutDistrict(place: Place, city: PhoneCity): string {
  const name = city.districts.find((district) => district.code === place.district)?.name ?? '';
  return place.address.startsWith(name) ? place.address.slice(name.length) : place.address;
}

function landmarkNames(city: PhoneCity): string[] {
  return [...city.landmarks.map((landmark) => landmark.name), ...city.districts.map((district) => district.name)];
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}

function column(places: readonly Place[], position: (place: Place) => number): string {
  return places.map((place) => position(place).toString(36)).join('');
}

function deltas(numbers: readonly number[], start = 0): number[] {
  let before = start;
  return numbers.map((number) => {
    const delta = number - before;
    before = number;
    return delta;
  });
}

/** Distinct values in order of appearance. */
class Table<Value> {
  readonly values: Value[] = [];
  readonly #indices = new Map<Value, number>();

  add(value: Value): number {
    const known = this.#indices.get(value);
    if (known !== undefined) return known;
    this.#indices.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}
