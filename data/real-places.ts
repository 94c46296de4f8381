// The few real places that a city's profile names from public reports, kept apart from everything that is made up.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isInside } from './city.ts';
import type { City } from './city-schema.ts';
import type { PlaceDraft } from './place.ts';
import { kindSchemas } from './place-schema.ts';

const setByTheStore = { shortCode: true, createdAt: true, updatedAt: true, version: true } as const;

/** A place as the profile writes it: everything but what the store sets. The id is fixed, so that links to it last. */
const realPlaceSchema = z.discriminatedUnion('kind', [
  kindSchemas.station.omit(setByTheStore),
  kindSchemas.merchant.omit(setByTheStore),
  kindSchemas.parking.omit(setByTheStore),
  kindSchemas.toilet.omit(setByTheStore),
  kindSchemas['bike-swap'].omit(setByTheStore),
  kindSchemas['battery-swap'].omit(setByTheStore),
  kindSchemas.scene.omit(setByTheStore),
  kindSchemas['event-point'].omit(setByTheStore),
]);
type RealPlace = z.infer<typeof realPlaceSchema>;

const realPlacesSchema = z.array(realPlaceSchema, '要写成一个数组，每项一个点位');

/**
 * Reads and checks the profile's file of real places; an empty list when the profile has none.
 * @throws Error in Chinese that names the file, the entry, the field and what would be right.
 */
export async function readRealPlaces(loaded: {
  city: City;
  folder: string;
  realPlacesFile: string | null;
}): Promise<PlaceDraft[]> {
  if (loaded.realPlacesFile === null) return [];
  const file = resolve(loaded.folder, loaded.realPlacesFile);
  const written = parseJson(file, await readFile(file, 'utf8'));
  const checked = realPlacesSchema.safeParse(written);
  if (!checked.success) {
    const problems = checked.error.issues.map((issue) => `${describePath(written, issue.path)}${issue.message}`);
    throw new Error(`真实点位文件有错：${file}\n${problems.join('\n')}`);
  }
  const problems = findContradictions(loaded.city, checked.data);
  if (problems.length > 0) throw new Error(`真实点位文件有错：${file}\n${problems.join('\n')}`);
  return checked.data;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`真实点位文件不是 JSON：${file}`, { cause: error });
  }
}

/** "第 2 条（harbin-x）services.0.code：" so that the entry is found without counting. */
function describePath(written: unknown, path: readonly PropertyKey[]): string {
  const [index, ...field] = path;
  if (typeof index !== 'number' || !Array.isArray(written)) return '';
  const id: unknown = written[index]?.id;
  const entry = `第 ${index + 1} 条${typeof id === 'string' ? `（${id}）` : ''}`;
  return `${entry}${field.length > 0 ? ` ${field.map(String).join('.')}` : ''}：`;
}

/** What no single field can say: known districts, inside the city, no id twice, nothing made up. */
function findContradictions(city: City, places: readonly RealPlace[]): string[] {
  const districts = new Set(city.districts.map((district) => district.code));
  const seen = new Set<string>();
  return places.flatMap((place, index) => {
    const found: string[] = [];
    const say = (field: string, message: string) => found.push(`第 ${index + 1} 条（${place.id}）${field}：${message}`);
    if (seen.has(place.id)) say('id', '编号重复，每个点位要有自己的编号');
    seen.add(place.id);
    if (!districts.has(place.district)) say('district', `没有区县 ${place.district}，要写城市档案里有的代码`);
    if (!isInside(city.area, place.point)) say('point', `坐标在城市范围 ${city.area.join(', ')} 之外，要写 [经度, 纬度]`);
    if (place.demo) say('demo', '真实点位不能标成演示');
    if (place.positionQuality === 'approx' && place.positionErrorMetres === null) {
      say('positionErrorMetres', '大致位置要写可能差多少米');
    }
    return found;
  });
}
