import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import OpeningHours from 'opening_hours';
import { isInside } from '../../data/city.ts';
import { generateDemoPlaces } from '../../data/demo.ts';
import { checkOpeningHours } from '../../data/hours-text.ts';
import { type LoadedCity, loadCity } from '../../data/load-city.ts';
import { metresBetween, type PlaceDraft, type Point } from '../../data/place.ts';
import { placeDraftSchema } from '../../data/place-draft-schema.ts';
import { placeSchema } from '../../data/place-schema.ts';
import { prepareWays } from '../../data/way.ts';

const MORNING = new Date('2026-11-20T00:30:00+08:00');
const EVENING = new Date('2026-11-20T23:10:00+08:00');
const TOMORROW = new Date('2026-11-21T00:10:00+08:00');
const DAY = 86_400_000;

let loaded: LoadedCity;
let places: PlaceDraft[];

beforeAll(async () => {
  loaded = await loadCity('harbin');
  places = generateDemoPlaces(loaded, { seed: 1, now: MORNING });
});

type Kind = PlaceDraft['kind'];
const ofKind = <K extends Kind>(kind: K) =>
  places.filter((place): place is Extract<PlaceDraft, { kind: K }> => place.kind === kind);
const share = <Value>(values: readonly Value[], holds: (value: Value) => boolean) =>
  values.filter(holds).length / values.length;
/** Everywhere that somebody might be sent to. */
const pointsOf = (place: PlaceDraft): Point[] => [
  place.point,
  ...(place.entrance?.point ? [place.entrance.point] : []),
  ...(place.kind === 'scene' ? place.gates.flatMap((gate) => (gate.point ? [gate.point] : [])) : []),
];

describe('the demonstration is the published city in size', () => {
  test('1,727 stations, 1,500 scenes, 70 bays at toilets, 2,028 merchants, 40 bicycle exchanges', () => {
    const counts = Object.fromEntries(
      Object.entries(Object.groupBy(places, (place) => place.kind)).map(([kind, list]) => [kind, list?.length]),
    );
    expect(counts).toEqual({
      station: 1727,
      scene: 1500,
      parking: 70,
      merchant: 2028,
      'bike-swap': 40,
      toilet: 184,
      'battery-swap': 122,
    });
  });

  test('about 6.5 % of the stations are open around the clock, and some have unknown hours', () => {
    const stations = ofKind('station');
    expect(share(stations, (station) => station.hoursOsm === '24/7')).toBeCloseTo(0.065, 2);
    const unknown = share(stations, (station) => station.hoursOsm === null);
    expect(unknown).toBeGreaterThan(0.04);
    expect(unknown).toBeLessThan(0.15);
    expect(ofKind('scene').every((scene) => scene.hoursOsm === null)).toBe(true);
    expect(ofKind('merchant').some((merchant) => merchant.hoursOsm === 'Mo-Su 16:00-02:00')).toBe(true);
  });

  test('every district of the profile has stations, merchants and scenes', () => {
    for (const kind of ['station', 'merchant', 'scene'] as const) {
      const districts = new Set(ofKind(kind).map((place) => place.district));
      expect(districts).toEqual(new Set(loaded.city.districts.map((district) => district.code)));
    }
  });
});

describe('the demonstration can be repeated', () => {
  test('byte by byte with the same seed on the same day of the city, whatever the hour', () => {
    expect(JSON.stringify(generateDemoPlaces(loaded, { seed: 1, now: EVENING }))).toBe(JSON.stringify(places));
  });

  test('the next day only dates move', () => {
    const next = generateDemoPlaces(loaded, { seed: 1, now: TOMORROW });
    expect(next.map((place) => [place.name, place.point])).toEqual(places.map((place) => [place.name, place.point]));
    expect(JSON.stringify(next)).not.toBe(JSON.stringify(places));
  });

  test('another seed makes another city of the same size', () => {
    const other = generateDemoPlaces(loaded, { seed: 2, now: MORNING });
    expect(other).toHaveLength(places.length);
    const known = new Set(places.map((place) => String(place.point)));
    expect(share(other, (place) => known.has(String(place.point)))).toBeLessThan(0.01);
  });
});

describe('every made-up place', () => {
  test('is a valid draft, and a valid place once the store has set its part', () => {
    const set = { id: 'hrb-00001', shortCode: '00001', photos: [], createdAt: '2026-11-20T00:30:00+08:00', version: 1 };
    const refused = places.flatMap((place) => [
      ...(placeDraftSchema.safeParse(place).error?.issues ?? []),
      ...(placeSchema.safeParse({ ...place, ...set, updatedAt: set.createdAt }).error?.issues ?? []),
    ]);
    expect(refused).toEqual([]);
  });

  test('says so in its flag, its name, its address, its source and its codes', () => {
    const silent = places.filter(
      (place) =>
        !place.demo ||
        !place.name.startsWith('演示·') ||
        !place.address.endsWith('（演示）') ||
        place.source.name !== '演示数据生成器' ||
        place.source.date !== '2026-11-20' ||
        !/^9\d\d$/.test(place.street?.slice(place.district.length) ?? '') ||
        !/^9\d\d$/.test(place.community?.slice(place.street?.length) ?? '') ||
        place.phone !== null,
    );
    expect(silent).toEqual([]);
  });

  test('has a name of its own', () => {
    expect(new Set(places.map((place) => place.name)).size).toBe(places.length);
  });

  test('is called and addressed as variously as a real list, and like no chain that exists', () => {
    const chains =
      /永辉|大润发|物美|沃尔玛|家乐福|盒马|比优特|家得乐|肯德基|麦当劳|德克士|华莱士|蜜雪|瑞幸|星巴克|海底捞|杨国福|张亮|喜家德|大清花|沙县|李先生|周黑鸭|绝味|鲍师傅|同仁堂|人民同泰|海王星辰|益丰|工商银行|农业银行|建设银行|招商银行|兴业银行|平安|龙江银行|邮储|中石油|中石化|美团|饿了么|顺丰|京东|圆通|中通|哈啰|雅迪|爱玛|万达|万科|碧桂园|保利|绿地|融创/;
    expect(places.filter(({ name, address }) => chains.test(name) || chains.test(address))).toEqual([]);
    const bare = (place: PlaceDraft) => place.address.replace(/\d+/g, '0');
    expect(new Set(places.map((place) => place.address)).size).toBeGreaterThan(places.length * 0.8);
    expect(new Set(places.map(bare)).size).toBeGreaterThan(places.length * 0.3);
    // Nothing is left to fill in.
    expect(places.filter(({ name, address }) => /[{}]|undefined/.test(name + address))).toEqual([]);
  });

  test('that is called after its house number has that number', () => {
    const numbered = places.flatMap(({ name, address }) => {
      const number = /(\d+)号(?:院|公厕)$/.exec(name)?.[1];
      const inAddress = /^\D+(\d+)(?:-\d+)?号/.exec(address)?.[1];
      return number === undefined || inAddress === undefined ? [] : [[number, inAddress]];
    });
    expect(numbered.length).toBeGreaterThan(20);
    expect(numbered.filter(([number, inAddress]) => number !== inAddress)).toEqual([]);
  });

  test('stands in its district by name, box and bank, with its doors and gates', () => {
    const districts = new Map(loaded.city.districts.map((district) => [district.code, district]));
    // Without any crossing: what can be reached at all is on the same bank.
    const ways = prepareWays({ ...loaded.city, crossings: [] }, 'ride');
    const fromDistrict = new Map(loaded.city.districts.map(({ code, point }) => [code, ways.from(point)]));
    const strays = places.filter((place) => {
      const district = districts.get(place.district);
      if (!district || !place.address.startsWith(district.name)) return true;
      const [west, south, east, north] = district.box;
      // 2 km of neighbourhood.
      const around: typeof district.box = [west - 0.026, south - 0.018, east + 0.026, north + 0.018];
      return pointsOf(place).some((point) => !isInside(around, point) || !isInside(loaded.city.area, point));
    });
    expect(strays).toEqual([]);
    const acrossTheWater = places.filter((place) => fromDistrict.get(place.district)?.to(place.point) === undefined);
    expect(acrossTheWater).toEqual([]);
  });

  test('stands on dry land, 40 metres from any bank', () => {
    const wet = places.filter((place) =>
      pointsOf(place).some((point) =>
        loaded.city.barriers.some(({ coordinates }) => booleanPointInPolygon(point, { type: 'Polygon', coordinates })),
      ),
    );
    expect(wet).toEqual([]);
    const corners = loaded.city.barriers.flatMap(({ coordinates }) => coordinates.flat());
    const tooNear = places.filter(({ point }) =>
      // 0.0006 degrees are at least 46 metres: farther off, nothing needs measuring.
      corners.some((at) => Math.abs(at[1] - point[1]) < 0.0006 && metresBetween(point, at) < 40),
    );
    expect(tooNear).toEqual([]);
  });

  test('stands 15 metres from any other, at five decimals', () => {
    const byLatitude = places.map((place) => place.point).toSorted((a, b) => a[1] - b[1]);
    byLatitude.forEach((point, index) => {
      if (point.some((degrees) => degrees !== Number(degrees.toFixed(5)))) throw new Error(`${point} is too fine`);
      for (let other = index + 1; other < byLatitude.length; other++) {
        const next = byLatitude[other] as Point;
        // Farther north than 15 metres: so are all that follow.
        if (next[1] - point[1] > 0.00014) break;
        if (metresBetween(point, next) < 15) throw new Error(`${point} and ${next} are too near`);
      }
    });
  });

  test('has opening hours that the opening_hours library reads', () => {
    const texts = new Set<string>();
    for (const place of places) {
      if (place.hoursOsm !== null) texts.add(place.hoursOsm);
      if (place.kind !== 'scene') continue;
      for (const rule of place.gates.flatMap((gate) => gate.rules)) if (rule.hoursOsm) texts.add(rule.hoursOsm);
    }
    expect(texts.size).toBeGreaterThan(20);
    const where = { lat: 45.75, lon: 126.6, address: { country_code: 'cn', state: '' } };
    expect([...texts].flatMap((text) => new OpeningHours(text, where).getWarnings())).toEqual([]);
    expect([...texts].filter((text) => !checkOpeningHours(text).ok)).toEqual([]);
    expect(() => new OpeningHours('Mo-Fr 25:00-', where)).toThrow();
  });

  test('was confirmed within the last 60 days before today, or never; some more than 30 days ago', () => {
    const midnight = Date.parse('2026-11-20T00:00:00+08:00');
    const dates = places.flatMap((place) => [
      place.confirmedAt,
      ...place.services.map((service) => service.confirmedAt),
      place.kind === 'bike-swap' ? place.lastReportedAt : null,
    ]);
    const wrong = dates.filter((date) => {
      if (date === null) return false;
      const age = midnight - Date.parse(date);
      return !date.endsWith('+08:00') || age <= 0 || age > 60 * DAY;
    });
    expect(wrong).toEqual([]);
    const stale = share(
      places,
      ({ confirmedAt }) => confirmedAt !== null && midnight - Date.parse(confirmedAt) > 30 * DAY,
    );
    expect(stale).toBeGreaterThan(0.1);
    expect(share(places, ({ confirmedAt }) => confirmedAt === null)).toBeGreaterThan(0.03);
  });

  test('of one host and area has what the others there have, mostly; a grid worker sees a community in one day', () => {
    const alikeIn = (host: string) => {
      const sets = Map.groupBy(
        ofKind('station').filter((station) => station.host === host),
        (station) => station.street,
      );
      const pairs = [...sets.values()].flatMap((stations) =>
        stations.slice(1).map((station, i) => [station, stations[i] as (typeof stations)[number]] as const),
      );
      const codesOf = (station: PlaceDraft) => station.services.map(({ code }) => code).join();
      return share(pairs, ([a, b]) => codesOf(a) === codesOf(b));
    };
    expect(alikeIn('bank')).toBeGreaterThan(0.5);
    const rounds = Map.groupBy(
      places.filter(({ confirmedBy }) => confirmedBy === 'grid-worker'),
      (place) => place.community,
    );
    const days = [...rounds.values()].map((seen) => new Set(seen.map(({ confirmedAt }) => confirmedAt?.slice(0, 10))));
    expect(days.length).toBeGreaterThan(100);
    expect(days.filter(({ size }) => size !== 1)).toEqual([]);
  });

  test('is mostly in use; who is paused or disputed says why', () => {
    const paused = places.filter((place) => place.status === 'paused');
    const disputed = places.filter((place) => place.status === 'disputed');
    expect(paused.length / places.length).toBeCloseTo(0.02, 2);
    expect(disputed.length / places.length).toBeCloseTo(0.01, 2);
    expect(places.length - paused.length - disputed.length).toBe(
      places.filter((each) => each.status === 'active').length,
    );
    for (const place of [...paused, ...disputed]) expect(place.statusReason).toBeTruthy();
    for (const { statusUntil } of paused) {
      if (statusUntil !== null) expect(Date.parse(statusUntil)).toBeGreaterThan(EVENING.getTime());
    }
  });

  test('has services that the city knows; about 4 % are broken, some declared, some unknown', () => {
    const services = places.flatMap((place) => place.services);
    expect(services.filter(({ code }) => !loaded.city.services.includes(code))).toEqual([]);
    expect(share(services, ({ state }) => state === 'broken')).toBeCloseTo(0.04, 2);
    expect(share(services, ({ state }) => state === 'unknown')).toBeGreaterThan(0.05);
    expect(share(services, ({ state, confirmedAt }) => state === 'ok' && confirmedAt === null)).toBeGreaterThan(0.2);
    expect(
      services.filter(({ confirmedAt, confirmedBy }) => (confirmedAt === null) !== (confirmedBy === null)),
    ).toEqual([]);
  });
});

describe('places that belong together stand together', () => {
  const nearest = (point: Point, others: readonly PlaceDraft[]) =>
    Math.min(...others.map((other) => metresBetween(point, other.point)));

  test('each bay is beside a public toilet', () => {
    for (const bay of ofKind('parking')) {
      expect(bay.atToilet).toBe(true);
      expect(nearest(bay.point, ofKind('toilet'))).toBeLessThan(80);
    }
  });

  test('each bicycle exchange is beside a compound; some have counts that add up, some have none', () => {
    const compounds = ofKind('scene').filter((scene) => scene.sceneType === 'compound');
    const swaps = ofKind('bike-swap');
    for (const swap of swaps) {
      expect(nearest(swap.point, compounds)).toBeLessThan(80);
      expect(compounds.map((compound) => compound.name)).toContain(swap.compound);
      expect(swap.bikesAvailable === null).toBe(swap.lastReportedAt === null);
      expect((swap.bikesAvailable ?? 0) + (swap.bikesOutOfService ?? 0)).toBeLessThanOrEqual(swap.bikesTotal);
    }
    const unreported = swaps.filter((swap) => swap.bikesAvailable === null).length;
    expect(unreported).toBeGreaterThan(0);
    expect(unreported).toBeLessThan(swaps.length);
  });

  test('neighbours in the list are of one kind, and neighbours in the city', () => {
    expect(places.slice(1).filter((place, i) => place.kind !== places[i]?.kind)).toHaveLength(6);
    const steps = places
      .slice(1)
      .map((place, index) => metresBetween(place.point, (places[index] as PlaceDraft).point));
    expect(steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)]).toBeLessThan(400);
  });
});

describe('a profile of another city', () => {
  let folder: string;
  const settings = () => JSON.parse(readFileSync(join(loaded.folder, 'demo.json'), 'utf8'));
  const messageWith = (change: object) => {
    writeFileSync(join(folder, 'demo.json'), JSON.stringify({ ...settings(), ...change }));
    try {
      generateDemoPlaces({ city: loaded.city, folder }, { seed: 1, now: MORNING });
      return 'no error';
    } catch (error) {
      return (error as Error).message;
    }
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'yizhan-demo-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('has no demonstration without demo.json', () => {
    expect(generateDemoPlaces({ city: loaded.city, folder }, { seed: 1, now: MORNING })).toEqual([]);
  });

  test('keeps its own zone', () => {
    const small = { ...settings(), landmarks: { ids: [], spreadMetres: 300 } };
    for (const kind of ['station', 'merchant', 'scene', 'toilet', 'battery-swap']) small[kind].count = 60;
    for (const kind of ['parking', 'bike-swap']) small[kind].count = 5;
    writeFileSync(join(folder, 'demo.json'), JSON.stringify(small));
    const city = { ...loaded.city, timezone: 'America/St_Johns', barriers: [], crossings: [] };
    const made = generateDemoPlaces({ city, folder }, { seed: 1, now: MORNING });
    expect(made).toHaveLength(310);
    expect(made[0]?.source.date).toBe('2026-11-19');
    expect(made.find((place) => place.confirmedAt)?.confirmedAt).toMatch(/-03:30$/);
  });

  test('hears what is wrong in its demo.json', () => {
    expect(messageWith({ marker: '' })).toMatch(/marker：/);
    expect(messageWith({ hours: {} })).toMatch(/station\.variants\.0\.hours：hours 里没有 office/);
    expect(messageWith({ addresses: {} })).toMatch(/station\.variants\.0\.addresses：addresses 里没有 office/);
    expect(messageWith({ words: { side: ['东口'] } })).toMatch(/station\.variants\.0\.names：words 里没有 party/);
    expect(messageWith({ words: { ...settings().words, side: ['{nowhere}'] } })).toMatch(
      /words\.side：words 里没有 nowhere/,
    );
    expect(messageWith({ numbers: { ...settings().numbers, small: [9, 1] } })).toMatch(/numbers\.small：小的写在前面/);
    expect(messageWith({ parking: { ...settings().parking, count: 500 } })).toMatch(/不能比公厕多/);
    expect(messageWith({ landmarks: { ids: ['nowhere'], spreadMetres: 300 } })).toMatch(/地标 nowhere 不在城市档案里/);
    const [district] = settings().districts;
    const wet = { ...district.areas[0], point: [126.6, 45.7795] };
    expect(
      messageWith({ districts: [{ ...district, areas: [wet] }], landmarks: { ids: [], spreadMetres: 300 } }),
    ).toMatch(/在水里，要放到岸上/);
    expect(
      messageWith({ districts: [{ ...district, code: '999999' }], landmarks: { ids: [], spreadMetres: 300 } }),
    ).toMatch(/区县 999999 不在城市档案里/);
  });
});
