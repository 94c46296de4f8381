// Which place of a demonstration stands where, and of what sort it is: districts, areas and sorts in their proportions.

import type { City } from './city-schema.ts';
import type { Random, Weighted } from './demo-random.ts';
import { apportion } from './demo-random.ts';
import type { Demo, DemoArea, DemoVariant } from './demo-schema.ts';
import type { DemoWorld } from './demo-world.ts';
import { metresBetween, type Point } from './place.ts';

export interface Site<Variant extends DemoVariant> {
  variant: Variant;
  hoursOsm: string | null;
  district: string;
  area: DemoArea;
  /** Counts the areas of the district from 1. */
  areaNumber: number;
  point: Point;
}

interface Recipe<Variant> {
  count: number;
  scatter: number;
  atLandmarks: number;
  variants: readonly Variant[];
}

/** As many sites as the recipe says; shares of districts, sorts and hours are exact, their order is by chance. */
export function drawSites<Variant extends DemoVariant>(
  { city, demo, ground }: DemoWorld,
  recipe: Recipe<Variant>,
  random: Random,
): Site<Variant>[] {
  const sorts = drawSorts(recipe, demo, random);
  const landmarks = demo.landmarks.ids.map((id) => findLandmark(city, id));
  const atLandmarks = landmarks.length > 0 ? Math.round(recipe.count * recipe.atLandmarks) : 0;
  const nearLandmarks = random.deal(
    landmarks.map((landmark) => [landmark, 1] as const),
    atLandmarks,
  );
  const inDistricts = random.deal(
    demo.districts.map((district) => [district, district.weight] as const),
    recipe.count - atLandmarks,
  );
  const spots = [
    ...nearLandmarks.map((landmark) => ({
      ...nearestArea(demo, landmark.district, landmark.point),
      point: ground.settle(
        { district: landmark.district, centre: landmark.point, metres: demo.landmarks.spreadMetres },
        random,
      ),
    })),
    ...inDistricts.map(({ code, areas }) => {
      const area = random.draw(areas.map((each) => [each, each.weight] as const));
      return {
        district: code,
        area,
        areaNumber: areas.indexOf(area) + 1,
        point: ground.settle(
          { district: code, centre: area.point, metres: area.spreadMetres * recipe.scatter },
          random,
        ),
      };
    }),
  ];
  return random.shuffle(spots).map((spot, index) => ({ ...spot, ...(sorts[index] as Sort<Variant>) }));
}

interface Sort<Variant> {
  variant: Variant;
  hoursOsm: string | null;
}

function drawSorts<Variant extends DemoVariant>(
  { count, variants }: Recipe<Variant>,
  demo: Demo,
  random: Random,
): Sort<Variant>[] {
  const shares = apportion(
    variants.map((variant) => variant.weight),
    count,
  );
  const sorts = variants.flatMap((variant, index) => {
    const hours: Weighted<string | null> = demo.hours[variant.hours] ?? [[null, 1]];
    return random.deal(hours, shares[index] ?? 0).map((hoursOsm) => ({ variant, hoursOsm }));
  });
  return random.shuffle(sorts);
}

function findLandmark(city: City, id: string): City['landmarks'][number] {
  const landmark = city.landmarks.find((each) => each.id === id);
  if (!landmark) throw new Error(`演示数据用到的地标 ${id} 不在城市档案里`);
  return landmark;
}

/** For the names of streets around a landmark. */
function nearestArea(
  demo: Demo,
  district: string,
  point: Point,
): { district: string; area: DemoArea; areaNumber: number } {
  const areas = demo.districts.find((each) => each.code === district)?.areas ?? [];
  const [area] = areas.toSorted((a, b) => metresBetween(a.point, point) - metresBetween(b.point, point));
  if (!area) throw new Error(`演示数据没有写区县 ${district} 的片区，地标旁的点位起不了地址`);
  return { district, area, areaNumber: areas.indexOf(area) + 1 };
}
