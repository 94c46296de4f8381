import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answer, placeNow, placesThatFit, type Question, walkMinutesTo } from '../../data/answer.ts';
import { metresBetween, PLACE_KINDS, type PlaceDraft, type Point } from '../../data/place.ts';
import { SERVICE_CODES } from '../../data/service.ts';
import { demoDrafts, NOON, pocketOf } from './pocket.ts';
import { answerSlowly } from './slow-answer.ts';
import { station } from './store/support.ts';

const SOUTH: Point = [126.6118, 45.7729];
const NORTH: Point = [126.592, 45.7897];
const ISLAND: Point = [126.6502, 45.8047];
const HOUR = 3_600_000;

/** The demonstration, made difficult: disputes, pauses, doors on the other side of the block, events. */
const difficult: PlaceDraft[] = (await demoDrafts(10)).map((draft, i) => ({
  ...draft,
  ...(i % 11 === 0 && { status: 'disputed' as const }),
  ...(i % 13 === 0 && { status: 'paused' as const, statusUntil: i % 2 === 0 ? '2026-11-20T15:00:00+08:00' : null }),
  ...(i % 5 === 0 && {
    entrance: { point: [draft.point[0] + ((i % 7) - 3) * 0.004, draft.point[1] + ((i % 3) - 1) * 0.003], text: '侧门' },
  }),
}));
const events = [-30, -5, 0, 3, 40].map((hours, i) => event(hours, hours + 24, [126.6 + i * 0.01, 45.76]));
const city = pocketOf([...difficult, ...events]);

const ask = (changes: Partial<Question> = {}): Question => ({
  origin: SOUTH,
  kinds: ['station'],
  services: [],
  open: false,
  allDay: false,
  nowMs: NOON,
  count: 5,
  ...changes,
});
const ids = (results: readonly { place: { id: string } }[]) => results.map(({ place }) => place.id);

const near = (points: Point[], degrees: number) =>
  fc
    .tuple(fc.constantFrom(...points), ...[0, 1].map(() => fc.double({ min: -degrees, max: degrees, noNaN: true })))
    .map(([[lng, lat], east, north]): Point => [lng + (east as number), lat + (north as number)]);
const anyQuestion: fc.Arbitrary<Question> = fc.record({
  origin: fc.oneof(near([SOUTH, NORTH, ISLAND, [126.63, 45.6], [126.6, 45.775]], 0.02), near([[126.6, 45.7]], 0.4)),
  kinds: fc.subarray([...PLACE_KINDS], { minLength: 1, maxLength: 3 }),
  services: fc.subarray([...SERVICE_CODES], { maxLength: 2 }),
  open: fc.boolean(),
  allDay: fc.boolean(),
  nowMs: fc.integer({ min: 0, max: 13 * 96 }).map((quarter) => NOON + (quarter * HOUR) / 4),
  count: fc.integer({ min: 1, max: 15 }),
});

describe('the answer is that of somebody who looks at every place', () => {
  function expectSame(question: Question): void {
    const found = answer(city.core, city.ways, question);
    const slow = answerSlowly(city.core, city.ways, question);
    expect(found.outcome).toBe(slow.outcome);
    const isSure = slow.usable.length > 0;
    const listed = isSure || question.open ? slow.usable : slow.uncertain;
    expect(ids(found.listed)).toEqual(ids(listed.slice(0, question.count)));
    expect(found.more).toBe(listed.length > question.count);
    found.listed.forEach((result, i) => {
      const { metres, rideMinutes, crossing, tier, demotion } = listed[i] as (typeof listed)[number];
      expect(result).toMatchObject({ metres, rideMinutes, tier, demotion });
      expect(result.crossing?.id ?? null).toBe(crossing);
      expect(result.straightMetres).toBe(metresBetween(question.origin, result.place.point));
    });
    // Folds are told from the places around; all of them are there as far as the list goes.
    const far = isSure ? (found.listed.at(-1)?.rideMinutes ?? 0) : Number.POSITIVE_INFINITY;
    const folds = [
      [found.uncertain, isSure && !question.open ? slow.uncertain : []],
      [found.closed, question.open ? [] : slow.closed],
    ] as const;
    for (const [fold, expected] of folds) {
      const within = expected.filter(({ rideMinutes }) => rideMinutes <= far).slice(0, 20);
      expect(ids(fold).slice(0, within.length)).toEqual(ids(within));
      expect(ids(fold)).toEqual(ids(expected.filter(({ place }) => fold.some((each) => each.place === place))));
      if (!isSure) expect(fold).toHaveLength(within.length);
    }
    expect(found.earliest?.place.id).toBe(slow.earliest?.place.id);
    expect(ids(found.aroundTheClock)).toEqual(ids(slow.aroundTheClock.slice(0, 3)));
    const helping = slow.without.filter((each) => each.found.length > 0);
    // Where no single wish stands in the way, more is tried than is here.
    if (slow.outcome === 'none' && helping.length === 0) return;
    expect(found.beyond).toBeNull();
    expect(found.straightLines).toBe(slow.straightLines);
    if (helping.length === 0) return;
    const minutesOf = (each: (typeof helping)[number]) => each.found[0]?.rideMinutes as number;
    const [best] = helping.toSorted((a, b) => minutesOf(a) - minutesOf(b));
    expect(found.relax?.without).toEqual([best?.wish]);
    expect(found.relax?.nearest.place.id).toBe(best?.found[0]?.place.id);
    expect(found.relax?.count).toBe(Math.min(20, best?.found.length ?? 0));
  }

  test('for any question', () => {
    fc.assert(fc.property(anyQuestion, expectSame), { numRuns: 80 });
  });

  test('for a night on which all is shut, and for wishes that nothing fulfils', () => {
    const night = NOON + 14 * HOUR;
    expectSame(ask({ nowMs: night, kinds: ['merchant'] }));
    expectSame(ask({ services: ['shower', 'aed'], allDay: true }));
    expectSame(ask({ origin: ISLAND, services: ['shower', 'aed'], allDay: true, open: true }));
  });
});

describe('the river', () => {
  const banks = pocketOf([
    station({ name: '北', point: NORTH, hoursOsm: '24/7' }),
    station({ name: '南', point: SOUTH, hoursOsm: '24/7' }),
  ]);

  test('lies between: the place on the other bank is as far as its bridge makes it', () => {
    const { listed } = answer(banks.core, banks.ways, ask({ origin: [126.611, 45.7785] }));
    expect(listed.map(({ place, crossing }) => [place.name, crossing?.name])).toEqual([
      ['南', undefined],
      ['北', '公路大桥'],
    ]);
    const [, north] = listed;
    expect(north?.metres).toBeGreaterThan(2 * (north?.straightMetres ?? 0));
    // On foot the railway bridge is nearer.
    const onFoot = north ? walkMinutesTo(banks.core, banks.ways, north.place, [126.611, 45.7785]) : null;
    expect((onFoot ?? Number.POSITIVE_INFINITY) * 80).toBeLessThan(north?.metres ?? 0);
  });

  test('leaves an island without a way: straight lines, and the answer says so', () => {
    const found = answer(banks.core, banks.ways, ask({ origin: ISLAND }));
    expect(found.straightLines).toBe(true);
    expect(found.listed.map(({ metres }) => metres)).toEqual(found.listed.map(({ straightMetres }) => straightMetres));
    expect(found.listed).toHaveLength(2);
  });

  test('and it also says so when only a wish less finds anything', () => {
    const bothWishes = pocketOf([station({ point: SOUTH, hoursOsm: '24/7', services: [service('rest', true)] })]);
    const question = ask({ origin: ISLAND, services: ['rest', 'aed'] });
    const found = answer(bothWishes.core, bothWishes.ways, question);
    expect(found).toMatchObject({ outcome: 'none', straightLines: true, relax: { without: ['aed'], count: 1 } });
  });
});

describe('when the best is uncertain', () => {
  const [BESIDE, FURTHER, FURTHEST]: Point[] = [
    [126.62, 45.7729],
    [126.63, 45.7729],
    [126.64, 45.7729],
  ];
  const confirmedAt = '2026-11-19T10:00:00+08:00';
  const at = (name: string, point: Point | undefined, changes: Parameters<typeof station>[0] = {}) =>
    station({ name, point: point ?? SOUTH, hoursOsm: 'Mo-Su 08:00-22:00', confirmedAt, ...changes });
  const found = (changes: Partial<Question>, ...drafts: PlaceDraft[]) => {
    const { core, ways } = pocketOf(drafts);
    const { listed, backups } = answer(core, ways, ask(changes));
    const names = (results: typeof listed) => results.map(({ place }) => place.name);
    return [names(listed), names(backups)];
  };

  test('something that never shuts stands below it, nearest first and of any kind where need be', () => {
    const old = at('久未核实', SOUTH, { confirmedAt: '2026-10-01T10:00:00+08:00' });
    const days = [at('甲', BESIDE), at('乙', FURTHER)];
    const { seats: _, ...common } = at('公厕', FURTHEST, { hoursOsm: '24/7' });
    const toilet: PlaceDraft = { ...common, kind: 'toilet', barrierFree: null };
    expect(found({}, old, ...days, toilet)).toEqual([['久未核实', '甲', '乙'], ['公厕']]);
    const allDay = at('全天', FURTHEST, { hoursOsm: '24/7' });
    expect(found({ count: 3 }, old, ...days, toilet, allDay)).toEqual([['久未核实', '甲', '乙'], ['全天']]);
    expect(found({ count: 4 }, old, ...days, toilet, allDay)).toEqual([['久未核实', '甲', '乙', '全天'], []]);
  });

  test('there are two others, even where the wish leaves but one', () => {
    const services = [service('hot-water', false)];
    const wish = { services: ['hot-water' as const] };
    const allDay = at('全天', FURTHER, { hoursOsm: '24/7' });
    expect(found(wish, at('申报', SOUTH, { services }), at('没有热水', BESIDE), allDay)).toEqual([
      ['申报'],
      ['全天', '没有热水'],
    ]);
  });

  test('and when it is sure there is nothing to add', () => {
    expect(found({}, at('核实', SOUTH), at('全天', BESIDE, { hoursOsm: '24/7' }))).toEqual([['核实', '全天'], []]);
  });
});

describe('a question with wishes', () => {
  const wanted = (changes: Partial<Question>, ...drafts: PlaceDraft[]) => {
    const { core, ways } = pocketOf(drafts);
    return answer(core, ways, ask(changes));
  };
  const open = (name: string, changes: Parameters<typeof station>[0] = {}) =>
    station({ name, point: SOUTH, hoursOsm: '24/7', ...changes });
  const names = (results: readonly { place: { name: string } }[]) => results.map(({ place }) => place.name);

  test('prefers what was seen to work to what was only declared, and passes over what is broken', () => {
    const found = wanted(
      { services: ['hot-water'] },
      open('未知', { services: [service('hot-water', false, 'unknown')] }),
      open('坏了', { services: [service('hot-water', true, 'broken')] }),
      open('申报', { services: [service('hot-water', false)] }),
      open('核实', { services: [service('hot-water', true)] }),
      open('没有'),
    );
    expect(names(found.listed)).toEqual(['核实', '申报', '未知']);
    expect(found.listed.map(({ demotion }) => demotion)).toEqual([null, 'service-unconfirmed', 'service-unconfirmed']);
  });

  test('folds what may be shut, and lists it when there is nothing surer', () => {
    const unknown = open('未知', { hoursOsm: null });
    const disputed = open('存疑', { status: 'disputed', point: [126.62, 45.7729] });
    const later = open('开着', { point: [126.64, 45.7729] });
    const folded = wanted({}, unknown, disputed, later);
    expect([names(folded.listed), names(folded.uncertain)]).toEqual([['开着'], ['未知', '存疑']]);
    const listed = wanted({}, unknown, disputed);
    expect([names(listed.listed), names(listed.uncertain)]).toEqual([['未知', '存疑'], []]);
  });

  test('for what is surely open keeps nothing that may be shut', () => {
    const found = wanted({ open: true }, open('未知', { hoursOsm: null }), open('存疑', { status: 'disputed' }));
    expect(found).toMatchObject({ outcome: 'none', listed: [], uncertain: [], closed: [] });
  });

  test('for the whole day keeps only what never shuts', () => {
    const found = wanted({ allDay: true }, open('全天'), open('白天', { hoursOsm: 'Mo-Su 06:00-23:00' }));
    expect(names(found.listed)).toEqual(['全天']);
  });

  test('passes over a place that shuts before one gets there', () => {
    const far: Point = [126.66, 45.7729];
    const found = wanted(
      {},
      open('快关', { point: far, hoursOsm: 'Mo-Su 08:00-12:05' }),
      open('更远', { point: [126.67, 45.7729] }),
    );
    expect([names(found.listed), names(found.uncertain)]).toEqual([['更远'], ['快关']]);
    expect(found.uncertain[0]?.demotion).toBe('closes-before-arrival');
  });

  test('names the first to open when all is shut', () => {
    const found = wanted(
      { nowMs: NOON + 12 * HOUR },
      open('八点', { hoursOsm: 'Mo-Su 08:00-20:00' }),
      open('六点', { hoursOsm: 'Mo-Su 06:00-20:00', point: [126.62, 45.7729] }),
      open('远的五点', { hoursOsm: 'Mo-Su 05:00-20:00', point: [126.7, 45.7729] }),
    );
    expect(found.outcome).toBe('all-closed');
    expect(found.earliest?.place.name).toBe('六点');
    expect(names(found.closed)).toEqual(['八点', '六点', '远的五点']);
  });
});

test('with nothing within reach and no wish to give up, the nearest is named however far', () => {
  const far = (name: string, lng: number) => station({ name, point: [lng, 45.7], hoursOsm: null });
  const { core, ways } = pocketOf([far('更远', 127.3), far('远', 127.2)]);
  const found = answer(core, ways, ask());
  expect(found).toMatchObject({ outcome: 'none', listed: [], relax: null, beyond: { place: { name: '远' } } });
});

describe('an event point', () => {
  test('is there while its event runs, with any kind, and not when a service is asked for', () => {
    const from = NOON;
    const { core, ways } = pocketOf([event(0, 24, SOUTH)]);
    const seenAt = (nowMs: number, changes: Partial<Question> = {}) => {
      const question = ask({ kinds: ['toilet'], ...changes, nowMs });
      const { listed } = answer(core, ways, question);
      expect(placesThatFit(core, question)).toHaveLength(listed.length);
      return listed.length;
    };
    expect([from - 1, from, from + 24 * HOUR - 1, from + 24 * HOUR].map((ms) => seenAt(ms))).toEqual([0, 1, 1, 0]);
    expect(seenAt(from, { services: ['rest'] })).toBe(0);
  });
});

test('a friendly scene needs no opening hours to be of use', () => {
  const { seats: _, ...common } = station({ point: SOUTH });
  const scene = { kind: 'scene' as const, sceneType: 'compound' as const, signatories: [], gates: [], buildings: [] };
  const { core, ways } = pocketOf([{ ...common, ...scene }]);
  const found = answer(core, ways, ask({ kinds: ['scene'] }));
  expect(found.listed).toMatchObject([{ tier: 0, demotion: null, hours: { state: 'unknown' } }]);
});

test('one place as it stands now is the same as in the list', () => {
  const { listed } = answer(city.core, city.ways, ask({ count: 3 }));
  for (const result of listed) {
    const i = city.core.indexOf(result.id) as number;
    expect(placeNow(city.core, city.ways, i, SOUTH, NOON)).toEqual(result);
  }
  expect(listed).toHaveLength(3);
});

function service(code: 'hot-water' | 'rest', isConfirmed: boolean, state: 'ok' | 'unknown' | 'broken' = 'ok') {
  return { code, state, confirmedAt: isConfirmed ? '2026-11-19T10:00:00+08:00' : null, confirmedBy: null };
}

function event(fromHours: number, untilHours: number, point: Point): PlaceDraft {
  const { seats: _, ...common } = station({ point, hoursOsm: '24/7', name: '志愿服务点' });
  const at = (hours: number) => new Date(NOON + hours * HOUR).toISOString();
  return {
    ...common,
    kind: 'event-point',
    eventName: '高考护航',
    eventFrom: at(fromHours),
    eventUntil: at(untilHours),
  };
}
