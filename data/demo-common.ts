// What all kinds of made-up places have: name, address, spot, door, facilities, source.

import type { City } from './city-schema.ts';
import { drawCondition } from './demo-condition.ts';
import { createRandom, type Random } from './demo-random.ts';
import type { Demo, DemoVariant } from './demo-schema.ts';
import type { Site } from './demo-sites.ts';
import type { DemoWorld } from './demo-world.ts';
import type { PlaceDraft, Point } from './place.ts';
import type { Entrance } from './place-schema.ts';
import type { ServiceCode } from './service.ts';

type Common = Omit<Extract<PlaceDraft, { kind: 'station' }>, 'kind' | 'seats' | 'id'>;

/** Metres from a place to its door, and to what stands beside it. */
const DOOR = { ring: 6, metres: 20 };
const BESIDE = { ring: 20, metres: 70 };
/** An area's communities lie around its centre like the slices of a cake. */
const COMMUNITIES = 12;

/** All that a place at this site has, whatever its kind. */
export function drawCommon(site: Site<DemoVariant>, world: DemoWorld, random: Random): Common {
  const { city, demo, clock, speech } = world;
  const { variant, district, area, point } = site;
  const street = random.pick(area.streets);
  const others = area.streets.filter((each) => each !== street);
  // A yard that is called after its number has that number.
  const number = speech.say('{number}', {}, random);
  const cross = others.length > 0 ? random.pick(others) : street;
  const streetCode = `${district}9${twoDigits(site.areaNumber)}`;
  const community = `${streetCode}9${twoDigits(1 + slice(area.point, point))}`;
  const address = speech.say(random.draw(demo.addresses[variant.addresses] ?? []), { street, cross, number }, random);
  return {
    name: speech.name(variant.names, { street, number, area: area.name }, random),
    aliases: [],
    point,
    ...drawPosition(demo, random),
    sourceCrs: 'wgs84',
    entrance: drawEntrance(site, world, random),
    address: districtName(city, district) + address + demo.addressMarker,
    district,
    street: streetCode,
    community,
    host: variant.host,
    // A made-up number could be somebody's.
    phone: null,
    access: random.draw(variant.access),
    audience: [...variant.audience],
    hoursOsm: site.hoursOsm,
    ...drawCondition(drawServices(site, world, random), roundDay(community, world), demo, clock, random),
    source: { name: demo.source, url: null, date: clock.date },
    demo: true,
  };
}

/** Who fits out an area's places of one host fits them out alike; some differ. */
function drawServices({ variant, district, areaNumber }: Site<DemoVariant>, world: DemoWorld, random: Random) {
  const { demo, city, seed } = world;
  const { alike, has } = demo.services[variant.services] ?? { alike: 0, has: [] };
  const kit = createRandom(seed, `kit/${variant.services}/${variant.host}/${district}/${areaNumber}`);
  const chance = random.chance(alike) ? kit : random;
  return has
    .filter(([code, share]) => chance.chance(share) && city.services.includes(code))
    .map(([code]): ServiceCode => code);
}

/** How many days ago the grid worker of a community went round. */
function roundDay(community: string | null, { demo, seed }: DemoWorld): number {
  return createRandom(seed, `round/${community}`).whole(1, demo.condition.roundDays);
}

/** @returns from 0, which slice around the centre a point lies in */
function slice([lng, lat]: Readonly<Point>, point: Readonly<Point>): number {
  const turn = Math.atan2(point[1] - lat, point[0] - lng) / (2 * Math.PI) + 0.5;
  return Math.floor(turn * COMMUNITIES) % COMMUNITIES;
}

function drawPosition(demo: Demo, random: Random): Pick<Common, 'positionQuality' | 'positionErrorMetres'> {
  return random.chance(demo.condition.approximate)
    ? { positionQuality: 'approx', positionErrorMetres: random.pick([30, 50, 80, 100, 150]) }
    : { positionQuality: 'surveyed', positionErrorMetres: null };
}

function drawEntrance(
  { district, point }: Pick<Site<DemoVariant>, 'district' | 'point'>,
  { demo, ground, speech }: DemoWorld,
  random: Random,
): Entrance | null {
  const { share, withPoint, sentences } = demo.entrance;
  if (!random.chance(share)) return null;
  return {
    point: random.chance(withPoint) ? ground.find({ district, centre: point, ...DOOR }, random) : null,
    text: speech.say(random.pick(sentences), {}, random),
  };
}

/** All that a place has that belongs to another one, stands beside it and shares its address. */
export function drawBeside(owner: PlaceDraft, name: string, world: DemoWorld, random: Random): Common {
  const { demo, clock, ground, speech } = world;
  const { district, street, community, address } = owner;
  const bareName = owner.name.slice(demo.marker.length);
  return {
    name: speech.name([name], { owner: bareName }, random),
    aliases: [],
    point: ground.settle({ district, centre: owner.point, ...BESIDE }, random),
    ...drawPosition(demo, random),
    sourceCrs: 'wgs84',
    entrance: null,
    address,
    district,
    street,
    community,
    host: null,
    phone: null,
    access: 'open',
    audience: ['riders', 'outdoor-workers'],
    hoursOsm: null,
    ...drawCondition([], roundDay(community, world), demo, clock, random),
    source: { name: demo.source, url: null, date: clock.date },
    demo: true,
  };
}

function districtName(city: City, code: string): string {
  const district = city.districts.find((each) => each.code === code);
  if (!district) throw new Error(`演示数据用到的区县 ${code} 不在城市档案里`);
  return district.name;
}

const twoDigits = (number: number) => String(number).padStart(2, '0');
