// A small city as the phone gets it, for the tests of the map.

import { CORE_FORMAT, type CoreDocument } from '../../data/core.ts';
import { mortonKey } from '../../data/morton.ts';
import { lettersOf, packNumbers, packSteps, packText, packWords, ZERO } from '../../data/packed.ts';
import { PLACE_KINDS, type PlaceKind, POSITION_QUALITIES, type Point, type PositionQuality } from '../../data/place.ts';

export interface SmallPlace {
  kind: PlaceKind;
  point: Point;
  /** Open around the clock without it. */
  hours?: 'shut' | 'unknown';
  quality?: PositionQuality;
  /** Its hot water is broken. */
  broken?: boolean;
}

/** 2026-11-23 11:00 in Shanghai. */
export const NOW_MS = Date.parse('2026-11-23T03:00:00Z');
const MINUTE = NOW_MS / 60_000;

/** Places named 点位 0, 点位 1, … with the ids `p0`, `p1`, …, in a city without a river. */
export function smallCore(places: readonly SmallPlace[]): CoreDocument {
  const column = (digit: (place: SmallPlace) => number) =>
    places.map((place) => String.fromCharCode(ZERO + digit(place))).join('');
  const none = packWords(places.map(() => ''));
  const names = places.map((_, i) => `点位 ${i}`);
  const letters = lettersOf(names);
  return {
    format: CORE_FORMAT,
    version: 'test',
    generatedAt: NOW_MS,
    city: {
      id: 'smallville',
      name: '小城',
      title: '小城',
      timezone: 'Asia/Shanghai',
      area: [119.8, 29.8, 120.2, 30.2],
      core: [119.9, 29.9, 120.1, 30.1],
      defaultArea: '330102',
      districts: [{ code: '330102', name: '中区', shortName: '中', point: [120, 30], box: [119.8, 29.8, 120.2, 30.2] }],
      landmarks: [],
      services: ['hot-water'],
      barriers: [],
      crossings: [],
      speeds: { rideKmh: 15, walkKmh: 5 },
      basemap: { schematic: null, notice: '示意图，非测绘成果' },
      help: [],
      filings: [],
    },
    idPrefix: 'sma',
    count: places.length,
    points: packSteps(places.map(({ point }) => mortonKey(point))),
    sequences: packSteps(places.map((_, i) => i)),
    kinds: column(({ kind }) => PLACE_KINDS.indexOf(kind)),
    statuses: column(() => 0),
    access: column(() => 0),
    qualities: {
      pairs: POSITION_QUALITIES.map((_, i) => [i, null]),
      of: column(({ quality = 'surveyed' }) => POSITION_QUALITIES.indexOf(quality)),
    },
    demo: column(() => 0),
    subtypes: column(() => -1),
    letters: { all: letters, readings: packWords(letters.split('').map(() => '')) },
    names: { series: none, own: packText(names.join('\n'), letters) },
    addresses: { streets: none, numbers: packNumbers(places.map(() => 0)), rests: none, ends: none },
    districts: column(() => 0),
    services: {
      sets: packWords(places.map(() => '0')),
      standings: packWords(places.map(({ broken }) => (broken ? '3' : '0'))),
    },
    confirmedDaysAgo: column(() => -1),
    hours: {
      from: MINUTE - 1440,
      until: MINUTE + 20_000,
      texts: [{ open: [], allDay: 1 }, { open: [1, 60] }],
      of: column(({ hours }) => (hours === 'unknown' ? -1 : hours === 'shut' ? 1 : 0)),
    },
    entrances: { places: packSteps([]), east: packNumbers([]), north: packNumbers([]) },
    offsetSteps: [0, 480],
    announcements: [],
    extras: Object.fromEntries(places.map((_, i) => [i, { id: `p${i}` }])),
  };
}
