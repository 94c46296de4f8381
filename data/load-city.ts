// Reads the city profile once, at start, and says everything that is wrong with it at the same time.

import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { isInside } from './city.ts';
import { type City, checkedCitySchema } from './city-schema.ts';
import { type FieldError, fieldErrors, wordIssue } from './field-errors.ts';
import type { Point } from './place.ts';
import type { Schematic } from './schematic.ts';
import { schematicSchema } from './schematic-schema.ts';
import { isInBarrier } from './way.ts';

export interface LoadedCity {
  city: City;
  /** The profile's folder, absolute. */
  folder: string;
  /** The profile's own basemap, or null when it draws none. */
  schematic: Schematic | null;
  /** `places.json` beside the profile, absolute, or null when there is none. */
  realPlacesFile: string | null;
}

const CITIES_FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'cities');

/**
 * Reads a profile by its name under `data/cities/` or by the path of its folder.
 * @throws Error in Chinese that lists every wrong field by its path, and what would be right.
 */
export async function loadCity(idOrPath: string): Promise<LoadedCity> {
  const folder = await findFolder(idOrPath);
  const cityFile = join(folder, 'city.json');
  const city = await readChecked(cityFile, checkedCitySchema);
  const errors = groundErrors(city);
  if (errors.length > 0) throw refusal(cityFile, errors);
  const { schematic } = city.basemap;
  const realPlacesFile = join(folder, 'places.json');
  return {
    city,
    folder,
    schematic: schematic === null ? null : await readChecked(join(folder, schematic), schematicSchema),
    realPlacesFile: existsSync(realPlacesFile) ? realPlacesFile : null,
  };
}

async function findFolder(idOrPath: string): Promise<string> {
  for (const folder of [join(CITIES_FOLDER, idOrPath), resolve(idOrPath)]) {
    if (existsSync(join(folder, 'city.json')) && (await stat(folder)).isDirectory()) return folder;
  }
  const known = (await readdir(CITIES_FOLDER)).join('、');
  throw new Error(`找不到城市档案 ${idOrPath}：YIZHAN_CITY 要写 ${known}，或者写一个有 city.json 的文件夹的路径`);
}

async function readChecked<Shape>(file: string, schema: z.ZodType<Shape>): Promise<Shape> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new Error(`读不到城市档案的文件 ${file}`, { cause });
  });
  const checked = schema.safeParse(parseJson(file, text), { error: wordIssue });
  if (checked.success) return checked.data;
  throw refusal(file, fieldErrors(checked.error));
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`城市档案的文件不是 JSON：${file}（${cause instanceof Error ? cause.message : cause}）`, { cause });
  }
}

function refusal(file: string, errors: readonly FieldError[]): Error {
  const lines = errors.map(({ field, message }) => `- ${field || '（整个文件）'}：${message}`);
  return new Error(`城市档案有 ${errors.length} 处要改：${file}\n${lines.join('\n')}`);
}

/** What the shapes cannot say: everything lies in the city, on land where people stand, and no id is there twice. */
function groundErrors(city: City): FieldError[] {
  const errors: FieldError[] = [];
  const say = (field: string, message: string) => errors.push({ field, code: 'custom', message });
  const mustStand = (field: string, point: Point) => {
    if (!isInside(city.area, point)) say(field, `[${point}] 在 area 之外，要写 [经度, 纬度]，WGS-84`);
    else if (isInBarrier(city, point)) say(field, `[${point}] 在 barriers 的水里，要放到岸上`);
  };
  const mustDiffer = (list: string, ids: readonly string[]) =>
    ids.forEach((id, i) => {
      if (ids.indexOf(id) < i) say(`${list}.${i}`, `${id} 写了两次`);
    });

  if (!isInside(city.area, [city.core[0], city.core[1]]) || !isInside(city.area, [city.core[2], city.core[3]])) {
    say('core', '要在 area 之内');
  }
  city.districts.forEach((district, i) => {
    mustStand(`districts.${i}.point`, district.point);
  });
  city.landmarks.forEach((landmark, i) => {
    mustStand(`landmarks.${i}.point`, landmark.point);
  });
  city.crossings.forEach((crossing, i) => {
    const last = crossing.line.length - 1;
    mustStand(`crossings.${i}.line.0`, crossing.line[0] as Point);
    mustStand(`crossings.${i}.line.${last}`, crossing.line[last] as Point);
  });
  city.barriers.forEach((barrier, i) => {
    barrier.coordinates.forEach((ring, j) => {
      if (String(ring[0]) !== String(ring.at(-1))) {
        say(`barriers.${i}.coordinates.${j}`, '环要闭合：最后一点与第一点相同');
      }
    });
  });
  mustDiffer(
    'districts',
    city.districts.map((district) => district.code),
  );
  for (const list of ['landmarks', 'barriers', 'crossings', 'departments', 'sources'] as const) {
    mustDiffer(
      list,
      city[list].map((each) => each.id),
    );
  }
  return errors;
}
