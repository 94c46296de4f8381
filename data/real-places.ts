// The few real places that a city's profile names from public reports, kept apart from everything that is made up.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isInside } from './city.ts';
import type { City } from './city-schema.ts';
import { type FieldError, fieldErrors, wordIssue } from './field-errors.ts';
import type { PlaceDraft } from './place.ts';
import { asDraft, placeDraftSchema } from './place-draft-schema.ts';

const realPlacesSchema = z.array(placeDraftSchema, '要写成一个数组，每项一个点位');

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
  const checked = realPlacesSchema.safeParse(written, { error: wordIssue });
  if (!checked.success) throw complaint(file, written, fieldErrors(checked.error));
  const places = checked.data.map(asDraft);
  const contradictions = findContradictions(loaded.city, places);
  if (contradictions.length > 0) throw complaint(file, written, contradictions);
  return places;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`真实点位文件不是 JSON：${file}`, { cause });
  }
}

/** Names each entry by its number and id, so that it is found without counting. */
function complaint(file: string, written: unknown, errors: readonly FieldError[]): Error {
  const lines = errors.map(({ field, message }) => {
    const [index, ...rest] = field.split('.');
    const id: unknown = Array.isArray(written) ? written[Number(index)]?.id : undefined;
    const entry = index ? `第 ${Number(index) + 1} 条${typeof id === 'string' ? `（${id}）` : ''}` : '（整个文件）';
    return `- ${[entry, rest.join('.')].join(' ').trim()}：${message}`;
  });
  return new Error(`真实点位有 ${errors.length} 处要改：${file}\n${lines.join('\n')}`);
}

/** What no single field can say: fixed ids, known districts, inside the city, nothing made up. */
function findContradictions(city: City, places: readonly PlaceDraft[]): FieldError[] {
  const districts = new Set(city.districts.map((district) => district.code));
  const seen = new Set<string>();
  const errors: FieldError[] = [];
  places.forEach((place, index) => {
    const say = (field: string, code: string, message: string) =>
      errors.push({ field: `${index}.${field}`, code, message });
    if (place.id === undefined) say('id', 'missing', '真实点位要有固定的编号，链接才长久有效');
    else if (seen.has(place.id)) say('id', 'duplicate', '编号重复，每个点位要有自己的编号');
    else seen.add(place.id);
    if (!districts.has(place.district)) {
      say('district', 'unknown-district', `没有区县 ${place.district}，要写城市档案里有的代码`);
    }
    if (!isInside(city.area, place.point)) {
      say('point', 'out-of-area', `坐标在城市范围 [${city.area}] 之外，要写 [经度, 纬度]，WGS-84`);
    }
    if (place.demo) say('demo', 'demo', '真实点位不能标成演示');
    if (place.positionQuality === 'approx' && place.positionErrorMetres === null) {
      say('positionErrorMetres', 'missing', '大致位置要写可能差多少米');
    }
  });
  return errors;
}
