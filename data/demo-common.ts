// What all kinds of made-up places have: name, address, spot, door, facilities, source.

import type { City } from './city-schema.ts';
import { drawCondition } from './demo-condition.ts';
import type { Random } from './demo-random.ts';
import type { Demo, DemoVariant } from './demo-schema.ts';
import type { Site } from './demo-sites.ts';
import type { DemoWorld } from './demo-world.ts';
import type { PlaceDraft } from './place.ts';
import type { Entrance } from './place-schema.ts';

type Common = Omit<Extract<PlaceDraft, { kind: 'station' }>, 'kind' | 'seats' | 'id'>;

/** Metres from a place to its door, and to what stands beside it. */
const DOOR = { ring: 6, metres: 20 };
const BESIDE = { ring: 20, metres: 70 };

/** All that a place at this site has, whatever its kind. */
export function drawCommon(site: Site<DemoVariant>, world: DemoWorld, random: Random): Common {
  const { city, demo, clock, speech } = world;
  const { variant, district, area, point } = site;
  const street = random.pick(area.streets);
  const has = (demo.services[variant.services] ?? [])
    .filter(([code, share]) => random.chance(share) && city.services.includes(code))
    .map(([code]) => code);
  const streetCode = `${district}9${twoDigits(site.areaNumber)}`;
  return {
    name: speech.name(variant.names, { street, area: area.name }, random),
    aliases: [],
    point,
    ...drawPosition(demo, random),
    sourceCrs: 'wgs84',
    entrance: drawEntrance(site, world, random),
    address: speech.say(
      demo.address,
      { district: districtName(city, district), street, number: String(random.whole(1, 398)) },
      random,
    ),
    district,
    street: streetCode,
    community: `${streetCode}9${twoDigits(random.whole(1, 12))}`,
    host: variant.host,
    // A made-up number could be somebody's.
    phone: null,
    access: random.draw(variant.access),
    audience: [...variant.audience],
    hoursOsm: site.hoursOsm,
    ...drawCondition(has, demo, clock, random),
    source: { name: demo.source, url: null, date: clock.date },
    demo: true,
  };
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
    ...drawCondition([], demo, clock, random),
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
