import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CORE_FORMAT, type Core, CoreFormatError, localDay, readCore } from '../../data/core.ts';
import { DETAILS_FORMAT, detailsOf, readDetails } from '../../data/details.ts';
import { type HoursSubject, hoursStateAt } from '../../data/hours.ts';
import { mortonKey, mortonPoint } from '../../data/morton.ts';
import { isPublicStatus, PLACE_KINDS, type Place, type Point } from '../../data/place.ts';
import { SERVICE_CODES, serviceMask, serviceStanding } from '../../data/service.ts';
import { encodeCore, inSnapshotOrder } from '../../data/snapshot.ts';
import { demoDrafts, loaded, NOON, pocketOf, snapshotContext, storedPlaces } from './pocket.ts';
import { anyDraft, station } from './store/support.ts';

const MINUTES = [0, 7 * 60, 11 * 60 + 45, 3 * 1440 + 615, 9 * 1440, 13 * 1440 + 1200].map((m) => NOON / 60_000 + m);
// JSON reads -0 back as 0.
const round5 = (point: Point) => point.map((degrees) => Math.round(degrees * 1e5) / 1e5 + 0);
const minuteOf = (instant: string | null) => (instant === null ? null : Math.floor(Date.parse(instant) / 60_000));
const drafts = await demoDrafts(9);

function subjectOf(place: Place): HoursSubject {
  return {
    status: place.status,
    statusUntil: minuteOf(place.statusUntil),
    exceptions: place.hoursExceptions.flatMap(({ from, until, open }) => [
      Number(minuteOf(from)),
      Number(minuteOf(until)),
      open ? 1 : 0,
    ]),
  };
}

/** Everything that the core says of a place, worked out from the place itself. */
function saidOf(place: Place): object {
  const { timezone } = loaded.city;
  const districtName = loaded.city.districts.find(({ code }) => code === place.district)?.name ?? '';
  return {
    id: place.id,
    shortCode: place.shortCode,
    kind: place.kind,
    name: place.name,
    address: place.address.startsWith(districtName) ? place.address : districtName + place.address,
    district: place.district,
    point: round5(place.point),
    target: round5(place.entrance?.point ?? place.point),
    positionQuality: place.positionQuality,
    positionErrorMetres: place.positionErrorMetres,
    access: place.access,
    services: Object.fromEntries(place.services.map((service) => [service.code, serviceStanding(service)])),
    demo: place.demo,
    subtype: place.kind === 'merchant' ? place.category : place.kind === 'scene' ? place.sceneType : null,
    confirmedDay:
      place.confirmedAt === null
        ? null
        : Math.min(localDay(Date.parse(place.confirmedAt), timezone), localDay(NOON, timezone)),
    status: place.status,
    statusUntil: minuteOf(place.statusUntil),
    aliases: place.aliases,
    bikes:
      place.kind === 'bike-swap'
        ? {
            total: place.bikesTotal,
            available: place.bikesAvailable,
            outOfService: place.bikesOutOfService,
            reportedAt: minuteOf(place.lastReportedAt),
          }
        : null,
    event:
      place.kind === 'event-point'
        ? { name: place.eventName, from: minuteOf(place.eventFrom), until: minuteOf(place.eventUntil) }
        : null,
  };
}

function readOf(core: Core, i: number): object {
  const { hours: _, exceptions: __, services, ...rest } = core.place(i);
  return {
    ...rest,
    services: Object.fromEntries(services.map(({ code, standing }) => [code, standing])),
    aliases: core.aliases(i),
  };
}

function expectFaithful(given: Parameters<typeof pocketOf>[0]): void {
  const { places, core, detailsDocument } = pocketOf(given);
  const { expand } = snapshotContext();
  expect(core.count).toBe(given.filter(({ status }) => isPublicStatus(status)).length);
  places.forEach((place, i) => {
    const read = core.place(i);
    expect(readOf(core, i)).toEqual(saidOf(place));
    expect(core.indexOf(place.id)).toBe(i);
    expect(core.indexOf(place.shortCode.toLowerCase())).toBe(i);
    expect([core.lng[i], core.lat[i]]).toEqual(read.point);
    expect(PLACE_KINDS[core.kind[i] as number]).toBe(place.kind);
    const usable = place.services.filter(({ state }) => state !== 'broken').map(({ code }) => code);
    expect(core.usable[i]).toBe(serviceMask(usable));
    for (const minute of MINUTES) {
      const server = hoursStateAt(expand(place.hoursOsm), subjectOf(place), minute * 60_000);
      expect(hoursStateAt(read.hours, read, minute * 60_000)).toEqual(server);
    }
    expect(readDetails(detailsDocument, i)).toEqual(detailsOf(place, expand));
  });
}

describe('what the phone reads is what the server knows', () => {
  test('for the whole variety of the demonstration and the real places', () => {
    expectFaithful(drafts);
  });

  test('for any valid places', () => {
    fc.assert(
      fc.property(fc.array(anyDraft, { maxLength: 12 }), (any) => expectFaithful(any)),
      { numRuns: 60 },
    );
  });

  test('for an empty city', () => {
    const { core } = pocketOf([]);
    expect(core.count).toBe(0);
    expect(core.indexOf('demo-00001')).toBeUndefined();
    expect(core.hasDemo).toBe(false);
  });

  test('for a city of more districts than there are digits and letters', () => {
    const context = snapshotContext();
    const { shortName, point, box } = context.city.districts[0] as (typeof context.city.districts)[number];
    const common = { shortName, point, box };
    const districts = Array.from({ length: 60 }, (_, i) => ({ ...common, code: `${500_100 + i}`, name: `第${i}区` }));
    const places = storedPlaces(districts.map(({ code }) => station({ district: code })));
    const document = encodeCore(places, { ...context, city: { ...context.city, districts } });
    const core = readCore(JSON.parse(JSON.stringify(document)));
    expect(places.map((_, i) => core.place(i).district)).toEqual(districts.map(({ code }) => code));
  });

  test('for names with line breaks, which stay one name', () => {
    const { core } = pocketOf([station({ name: '上\r\n下', address: '一\n二' }), station({ name: '左' })]);
    expect([...core.names].sort()).toEqual(['上 下', '左']);
  });

  test('for each service and each standing', () => {
    const services = SERVICE_CODES.map((code, i) => ({
      code,
      state: (['ok', 'ok', 'unknown', 'broken'] as const)[i % 4] as 'ok',
      confirmedAt: i % 4 === 0 ? '2026-11-01T09:00:00+08:00' : null,
      confirmedBy: null,
    }));
    expectFaithful([station({ services })]);
  });

  test('a confirmation counts in days of the city: one minute past midnight is yesterday', () => {
    const midnight = Date.parse('2026-11-20T00:01:00+08:00');
    const { core } = pocketOf([station({ confirmedAt: '2026-11-19T23:59:00+08:00' })], midnight);
    expect(localDay(midnight, 'Asia/Shanghai') - (core.place(0).confirmedDay ?? 0)).toBe(1);
  });

  test('only public places are in it', () => {
    const statuses = ['active', 'paused', 'disputed', 'pending', 'retired', 'rejected'] as const;
    const { core } = pocketOf(statuses.map((status) => station({ status })));
    expect([0, 1, 2].map((i) => core.place(i).status).sort()).toEqual(['active', 'disputed', 'paused']);
    expect(core.count).toBe(3);
  });

  test('a gate whose hours cannot be read is not said to let in at any time', () => {
    const gates = [gate('Mo-Su 06:00-22:00'), gate('每天六点'), gate(null)];
    const { places, detailsDocument } = pocketOf([sceneWith(gates)]);
    const read = readDetails(detailsDocument, 0)?.scene?.gates.map(({ rules }) => rules[0]?.hours);
    const always = { status: 'active', statusUntil: null, exceptions: [] } as const;
    const states = read?.map((hours) => hours && hoursStateAt(hours, always, NOON).state);
    expect(states).toEqual(['open', 'unknown', null]);
    expect(detailsOf(places[0] as Place, snapshotContext().expand)).toEqual(readDetails(detailsDocument, 0));
  });
});

describe('a document for another version of the app', () => {
  test('is refused by a name of its own', () => {
    const document = encodeCore([], snapshotContext());
    expect(() => readCore({ ...document, format: (CORE_FORMAT + 1) as typeof CORE_FORMAT })).toThrow(CoreFormatError);
  });

  test('or a place beyond the details: there are none', () => {
    const { detailsDocument } = pocketOf([station()]);
    expect(readDetails(detailsDocument, 1)).toBeUndefined();
    expect(readDetails(detailsDocument, -1)).toBeUndefined();
    expect(
      readDetails({ ...detailsDocument, format: (DETAILS_FORMAT + 1) as typeof DETAILS_FORMAT }, 0),
    ).toBeUndefined();
  });
});

describe('the order of the file', () => {
  /** The bits of both axes, counted in steps of 1e-5 degrees from the world's corner, taken in turns, one by one. */
  function slowKey([lng, lat]: Point): bigint {
    const bits = (steps: number) => steps.toString(2).padStart(26, '0');
    const [x, y] = [bits(Math.round(lng * 1e5) + 18_000_000), bits(Math.round(lat * 1e5) + 9_000_000)];
    return BigInt(`0b${[...x].map((bit, i) => `${y[i]}${bit}`).join('')}`);
  }

  test('is by kind, and within it the Z-order curve of the points', () => {
    const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(degrees(180), degrees(90)), (point) => {
        expect(BigInt(mortonKey(point))).toBe(slowKey(point));
        expect(mortonPoint(mortonKey(point)).map((each) => each + 0)).toEqual(round5(point));
      }),
    );
    const ordered = inSnapshotOrder(storedPlaces(drafts)).map(({ kind, point }) => [
      PLACE_KINDS.indexOf(kind),
      mortonKey(point),
    ]);
    const sorted = [...ordered].sort(([kindA = 0, keyA = 0], [kindB = 0, keyB = 0]) => kindA - kindB || keyA - keyB);
    expect(ordered).toEqual(sorted);
  });
});

function gate(hoursOsm: string | null) {
  const rule = { vehicle: 'ebike' as const, credential: 'none' as const, severeWeather: false, speedLimitKmh: null };
  return { name: '东门', point: null, rules: [{ ...rule, hoursOsm }] };
}

function sceneWith(gates: ReturnType<typeof gate>[]) {
  const { seats: _, ...common } = station();
  return { ...common, kind: 'scene' as const, sceneType: 'compound' as const, signatories: [], buildings: [], gates };
}
