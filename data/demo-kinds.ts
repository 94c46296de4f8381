// What each kind of made-up place adds to what they all have.

import { drawBeside, drawCommon } from './demo-common.ts';
import { drawSighting } from './demo-condition.ts';
import { createRandom, type Random } from './demo-random.ts';
import { drawSites } from './demo-sites.ts';
import type { DemoWorld } from './demo-world.ts';
import type { PlaceDraft, PlaceKind } from './place.ts';

type Draft<Kind extends PlaceKind> = Extract<PlaceDraft, { kind: Kind }>;

/** Metres from a scene to its gates. */
const GATE = { ring: 40, metres: 120 };

export function drawStations(world: DemoWorld): Draft<'station'>[] {
  const random = createRandom(world.seed, 'station');
  return drawSites(world, world.demo.station, random).map((site) => ({
    kind: 'station',
    ...drawCommon(site, world, random),
    seats: random.chance(0.8) ? random.whole(4, 30) : null,
  }));
}

export function drawMerchants(world: DemoWorld): Draft<'merchant'>[] {
  const random = createRandom(world.seed, 'merchant');
  return drawSites(world, world.demo.merchant, random).map((site) => ({
    kind: 'merchant',
    ...drawCommon(site, world, random),
    category: site.variant.category,
  }));
}

export function drawToilets(world: DemoWorld): Draft<'toilet'>[] {
  const random = createRandom(world.seed, 'toilet');
  return drawSites(world, world.demo.toilet, random).map((site) => ({
    kind: 'toilet',
    ...drawCommon(site, world, random),
    barrierFree: random.chance(0.2) ? null : random.chance(0.7),
  }));
}

export function drawBatterySwaps(world: DemoWorld): Draft<'battery-swap'>[] {
  const random = createRandom(world.seed, 'battery-swap');
  const recipe = world.demo['battery-swap'];
  return drawSites(world, recipe, random).map((site) => ({
    kind: 'battery-swap',
    ...drawCommon(site, world, random),
    slots: random.chance(0.9) ? random.pick(recipe.slots) : null,
    operator: random.pick(recipe.operators),
  }));
}

export function drawScenes(world: DemoWorld): Draft<'scene'>[] {
  const random = createRandom(world.seed, 'scene');
  const recipe = world.demo.scene;
  return drawSites(world, recipe, random).map((site) => {
    const { sceneType, gates, withBuildings } = site.variant;
    return {
      kind: 'scene',
      ...drawCommon(site, world, random),
      sceneType,
      signatories: [
        recipe.signatories.first,
        ...random.shuffle(recipe.signatories.platforms).slice(0, random.whole(2, 4)),
      ],
      gates: random
        .shuffle(recipe.gateNames)
        .slice(0, random.whole(...gates))
        .map((name) => ({
          name,
          point: random.chance(0.7)
            ? world.ground.find({ district: site.district, centre: site.point, ...GATE }, random)
            : null,
          rules: random.draw(recipe.gateRules),
        })),
      buildings: random.chance(withBuildings) ? drawBuildings(world, random) : [],
    };
  });
}

function drawBuildings({ demo, speech }: DemoWorld, random: Random): Draft<'scene'>['buildings'] {
  const unitsEach = random.whole(2, 5);
  const numbered = (template: string, index: number) => speech.say(template, { number: String(index + 1) }, random);
  return Array.from({ length: random.whole(4, 14) }, (_, building) => ({
    name: numbered(demo.scene.building, building),
    units: Array.from({ length: unitsEach }, (_each, unit) => numbered(demo.scene.unit, unit)),
    point: null,
  }));
}

/** Bays stand beside toilets, one each, and share their address. */
export function drawParking(world: DemoWorld, toilets: readonly Draft<'toilet'>[]): Draft<'parking'>[] {
  const random = createRandom(world.seed, 'parking');
  const recipe = world.demo.parking;
  return chooseBeside(toilets, recipe.count, '公厕', random).map((toilet) => ({
    kind: 'parking',
    ...drawBeside(toilet, recipe.name, world, random),
    host: toilet.host,
    hoursOsm: toilet.hoursOsm,
    bays: random.pick(recipe.bays),
    maxMinutes: random.pick(recipe.maxMinutes),
    vehicle: random.draw([
      ['ebike', 6],
      ['any', 3],
      ['car', 1],
    ] as const),
    atToilet: true,
    marking: random.pick(recipe.marking),
  }));
}

/** Bicycle exchanges stand at the gates of compounds, one each. */
export function drawBikeSwaps(world: DemoWorld, scenes: readonly Draft<'scene'>[]): Draft<'bike-swap'>[] {
  const random = createRandom(world.seed, 'bike-swap');
  const recipe = world.demo['bike-swap'];
  const compounds = scenes.filter((scene) => scene.sceneType === 'compound');
  return chooseBeside(compounds, recipe.count, '小区', random).map((compound) => ({
    kind: 'bike-swap',
    ...drawBeside(compound, recipe.name, world, random),
    host: compound.host,
    hoursOsm: null,
    ...drawBikeCounts(world, random),
    rules: random.pick(recipe.rules),
    compound: compound.name,
  }));
}

function drawBikeCounts(
  { demo, clock }: DemoWorld,
  random: Random,
): Pick<Draft<'bike-swap'>, 'bikesTotal' | 'bikesAvailable' | 'bikesOutOfService' | 'lastReportedAt'> {
  const recipe = demo['bike-swap'];
  const bikesTotal = random.pick(recipe.bikes);
  if (random.chance(recipe.unreported)) {
    return { bikesTotal, bikesAvailable: null, bikesOutOfService: null, lastReportedAt: null };
  }
  const bikesOutOfService = random.whole(0, Math.min(2, bikesTotal));
  return {
    bikesTotal,
    bikesAvailable: random.whole(0, bikesTotal - bikesOutOfService),
    bikesOutOfService,
    lastReportedAt: drawSighting(random.whole(1, 4), clock, random),
  };
}

function chooseBeside<Owner>(owners: readonly Owner[], count: number, called: string, random: Random): Owner[] {
  if (owners.length < count) throw new Error(`演示数据要 ${count} 个带附属点位的${called}，只有 ${owners.length} 个`);
  return random.shuffle(owners).slice(0, count);
}
