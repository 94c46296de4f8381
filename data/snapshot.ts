// Writes a city into the two files that the phone keeps: `core` to rank, filter and search, `details` for place pages.
// `data/core.ts` and `data/details.ts` read them. Server only.

import type { RunningAnnouncement } from './announcement.ts';
import type { PhoneCity } from './city.ts';
import {
  CORE_FORMAT,
  type CoreDocument,
  type CoreExtra,
  type CoreHours,
  localDay,
  STANDINGS,
  STREET_MARK,
} from './core.ts';
import { DETAILS_FORMAT, type DetailsDocument, type WrittenDetails, writtenDetailsOf } from './details.ts';
import type { HoursExpansion } from './hours.ts';
import { mortonKey, POINT_DEGREES } from './morton.ts';
import { lettersOf, packNumbers, packSteps, packText, packWords, ZERO } from './packed.ts';
import { syllablesOf } from './pinyin.ts';
import {
  ACCESS_WAYS,
  isPublicStatus,
  MERCHANT_CATEGORIES,
  PLACE_KINDS,
  type Place,
  POSITION_QUALITIES,
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
  /** Running ones, and those that are to come; none when absent. */
  announcements?: readonly RunningAnnouncement[];
  /** The expansion of an hours text from `fromMinute` on; null for null. */
  expand(hoursOsm: string | null): HoursExpansion | null;
  fromMinute: number;
  untilMinute: number;
}

/** Public places by kind, and within it along a Z-order curve, so that neighbours in space are neighbours in the file. */
export function inSnapshotOrder(places: Iterable<Place>): Place[] {
  return [...places]
    .filter((place) => isPublicStatus(place.status))
    .map((place) => ({ place, kind: PLACE_KINDS.indexOf(place.kind), key: mortonKey(place.point) }))
    .sort((a, b) => a.kind - b.kind || a.key - b.key || (a.place.id < b.place.id ? -1 : 1))
    .map((each) => each.place);
}

/** @param places public ones, in the order of `inSnapshotOrder` */
export function encodeCore(places: readonly Place[], context: SnapshotContext): CoreDocument {
  const { city } = context;
  const today = localDay(context.generatedAt, city.timezone);
  const hours = new Table<string>();
  const hoursTexts: CoreHours[] = [];
  const addresses = places.map((place) => splitAddress(oneLine(withoutDistrict(place, city))));
  const names = places.map((place, i) => splitName(oneLine(place.name), addresses[i]?.street ?? ''));
  const letters = lettersOf([
    ...names.map(({ own }) => own),
    ...new Set(addresses.flatMap(({ street, rest, end }) => [street, rest, end])),
    ...new Set(names.map(({ series }) => series)),
    ...places.flatMap((place) => place.aliases),
    ...landmarkNames(city),
  ]);
  const text = (plain: string) => packText(plain, letters);
  const words = (plain: readonly string[]) => {
    const packed = packWords(plain);
    return { ...packed, words: text(packed.words) };
  };
  const document: CoreDocument = {
    format: CORE_FORMAT,
    version: context.version,
    generatedAt: context.generatedAt,
    city,
    idPrefix: context.idPrefix,
    count: places.length,
    points: packSteps(places.map((place) => mortonKey(place.point))),
    sequences: packSteps(places.map((place) => sequenceOf(place.shortCode) ?? 0)),
    kinds: column(places, (place) => PLACE_KINDS.indexOf(place.kind)),
    statuses: column(places, (place) => (PUBLIC_STATUSES as readonly string[]).indexOf(place.status)),
    access: column(places, ({ access }) => (access === null ? -1 : ACCESS_WAYS.indexOf(access))),
    qualities: qualitiesOf(places),
    demo: column(places, (place) => (place.demo ? 1 : 0)),
    subtypes: column(places, subtypeOf),
    letters: { all: letters, readings: packWords(letters.split('').map((letter) => syllablesOf(letter).join())) },
    names: { series: words(names.map(({ series }) => series)), own: text(names.map(({ own }) => own).join('\n')) },
    addresses: {
      streets: words(addresses.map(({ street }) => street)),
      numbers: packNumbers(addresses.map(({ number }) => number)),
      rests: words(addresses.map(({ rest }) => rest)),
      ends: words(addresses.map(({ end }) => end)),
    },
    districts: column(places, (place) => districtIndex(place, city)),
    services: servicesOf(places),
    confirmedDaysAgo: column(places, ({ confirmedAt }) =>
      confirmedAt === null ? -1 : Math.max(0, today - localDay(Date.parse(confirmedAt), city.timezone)),
    ),
    hours: {
      from: context.fromMinute,
      until: context.untilMinute,
      texts: hoursTexts,
      of: column(places, (place) => {
        const expansion = context.expand(place.hoursOsm);
        if (!expansion) return -1;
        const text = coreHours(expansion);
        const index = hours.add(JSON.stringify(text));
        hoursTexts[index] = text;
        return index;
      }),
    },
    entrances: entrancesOf(places),
    offsetSteps: offsetSteps(city.timezone, context.fromMinute - YEAR_MINUTES, context.untilMinute),
    announcements: context.announcements ?? [],
    extras: {},
  };
  places.forEach((place, i) => {
    const extra = coreExtra(place, context.idPrefix);
    if (Object.keys(extra).length > 0) document.extras[i] = extra;
  });
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

function servicesOf(places: readonly Place[]): CoreDocument['services'] {
  const all = places.map(({ services }) =>
    services
      .map((service) => ({
        code: digit(SERVICE_CODES.indexOf(service.code)),
        standing: digit(STANDINGS.indexOf(serviceStanding(service))),
      }))
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
  );
  const standings = all.map((services) => services.map(({ standing }) => standing).join(''));
  return {
    sets: packWords(all.map((services) => services.map(({ code }) => code).join(''))),
    standings: packWords(standings.map((each) => (new Set(each).size === 1 ? each.slice(0, 1) : each))),
  };
}

function qualitiesOf(places: readonly Place[]): CoreDocument['qualities'] {
  const pairs = new Table<string>();
  const of = column(places, ({ positionQuality, positionErrorMetres }) =>
    pairs.add(JSON.stringify([POSITION_QUALITIES.indexOf(positionQuality), positionErrorMetres])),
  );
  return { pairs: pairs.values.map((pair) => JSON.parse(pair) as [number, number | null]), of };
}

function entrancesOf(places: readonly Place[]): CoreDocument['entrances'] {
  const apart = places.flatMap(({ entrance, point }, i) =>
    entrance?.point ? [{ i, point, door: entrance.point }] : [],
  );
  const away = (axis: 0 | 1) =>
    apart.map(({ point, door }) => Math.round(door[axis] * POINT_DEGREES) - Math.round(point[axis] * POINT_DEGREES));
  return { places: packSteps(apart.map(({ i }) => i)), east: packNumbers(away(0)), north: packNumbers(away(1)) };
}

function coreHours(expansion: HoursExpansion): CoreHours {
  const hours: CoreHours = { open: deltas(expansion.open, expansion.from) };
  if (expansion.unknown.length > 0) hours.unknown = deltas(expansion.unknown, expansion.from);
  if (expansion.allDay) hours.allDay = 1;
  return hours;
}

function subtypeOf(place: Place): number {
  if (place.kind === 'merchant') return MERCHANT_CATEGORIES.indexOf(place.category);
  return place.kind === 'scene' ? SCENE_TYPES.indexOf(place.sceneType) : -1;
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

/** `友谊路258号3栋（底商）` is 友谊路, 258, 号3栋 and （底商）. The parts in turn are the address again. */
function splitAddress(address: string): { street: string; number: number; rest: string; end: string } {
  const [end = ''] = /（[^（）]*）$/.exec(address) ?? [];
  const [street = ''] = /^\D*/.exec(address.slice(0, address.length - end.length)) ?? [];
  const [number = ''] = /^[1-9]\d{0,8}/.exec(address.slice(street.length)) ?? [];
  const rest = address.slice(street.length + number.length, address.length - end.length);
  return { street, number: Number(number), rest, end };
}

/** `驿站·友谊路店` is 驿站· and, in 友谊路, a mark for it and 店. */
function splitName(name: string, street: string): { series: string; own: string } {
  const series = name.slice(0, name.indexOf('·') + 1);
  const rest = name.slice(series.length);
  return { series, own: street === '' ? rest : rest.replace(street, STREET_MARK) };
}

function landmarkNames(city: PhoneCity): string[] {
  return [...city.landmarks.map((landmark) => landmark.name), ...city.districts.map((district) => district.name)];
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ');
}

/** One character a place; -1 is nothing. Numbers stay below the surrogates. */
function column(places: readonly Place[], numberOf: (place: Place) => number): string {
  return places.map((place) => digit(Math.min(numberOf(place), 0xd000))).join('');
}

function digit(number: number): string {
  return String.fromCharCode(ZERO + number);
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
