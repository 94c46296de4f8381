import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { areaById, isInside, minutesFor } from '../../data/city.ts';
import { loadCity } from '../../data/load-city.ts';
import type { Point } from '../../data/place.ts';
import { SERVICE_CODES } from '../../data/service.ts';
import { isInBarrier, prepareWays } from '../../data/way.ts';

const tinyFolder = fileURLToPath(new URL('cities/tiny', import.meta.url));

const harbin = await loadCity('harbin');

describe('the profile of Harbin', () => {
  const { city, folder, schematic, realPlacesFile } = harbin;

  test('is found by its name, with its basemap and its real places', () => {
    expect(city.id).toBe('harbin');
    expect(folder).toMatch(/cities.harbin$/);
    expect(schematic?.features.length).toBeGreaterThan(30);
    expect(realPlacesFile).toBe(join(folder, 'places.json'));
  });

  test('offers every service that the words know', () => {
    expect([...city.services].sort()).toEqual([...SERVICE_CODES].sort());
  });

  test('lists the nine districts, each with its point inside its own box', () => {
    expect(city.districts).toHaveLength(9);
    for (const { box, point } of city.districts) expect(isInside(box, point)).toBe(true);
  });

  test('puts every landmark, district and end of a bridge on land', () => {
    const ends = city.crossings.flatMap(({ line }) => [line[0] as Point, line.at(-1) as Point]);
    for (const point of [...city.landmarks, ...city.districts].map((each) => each.point).concat(ends)) {
      expect({ point, isWet: isInBarrier(city, point) }).toEqual({ point, isWet: false });
    }
  });

  test('puts every landmark on its own bank', () => {
    const unbridged = prepareWays({ ...city, crossings: [] }, 'walk').from([126.6118, 45.7729]);
    const north = ['songbei-square', 'sun-island', 'ice-snow-world', 'xiaohong-house'];
    for (const { id, point } of city.landmarks) {
      expect({ id, isSouth: unbridged.to(point) !== undefined }).toEqual({ id, isSouth: !north.includes(id) });
    }
  });

  test('lets every bridge join the two banks', () => {
    const unbridged = prepareWays({ ...city, crossings: [] }, 'walk');
    for (const { line } of city.crossings) {
      expect(unbridged.from(line[0] as Point).to(line.at(-1) as Point)).toBeUndefined();
    }
  });

  test('keeps the rules of the bridges that are known, and no more', () => {
    expect(Object.fromEntries(city.crossings.map(({ id, ride, walk }) => [id, `${ride}/${walk}`]))).toEqual({
      yangmingtan: 'unknown/unknown',
      gonglu: 'yes/yes',
      binzhou: 'no/yes',
      songpu: 'yes/yes',
      binbei: 'unknown/unknown',
    });
  });

  test('has the river where people know it: between the monument and the island, not under either', () => {
    const wet: Point[] = [
      [126.604, 45.782],
      [126.5806, 45.7651],
      [126.5194, 45.7717],
      [126.36, 45.7],
      [127.03, 46.03],
    ];
    const dry: Point[] = [
      [126.6113, 45.7787],
      [126.592, 45.7897],
      [126.6502, 45.8047],
      [126.5975, 45.7583],
    ];
    for (const point of wet) expect({ point, isWet: isInBarrier(city, point) }).toEqual({ point, isWet: true });
    for (const point of dry) expect({ point, isWet: isInBarrier(city, point) }).toEqual({ point, isWet: false });
  });
});

describe('another city', () => {
  test('is found by the path of its folder, and needs no river, basemap or real places', async () => {
    const { city, folder, schematic, realPlacesFile } = await loadCity(tinyFolder);
    expect(city.timezone).toBe('America/Bogota');
    expect({ folder, schematic, realPlacesFile }).toEqual({
      folder: tinyFolder,
      schematic: null,
      realPlacesFile: null,
    });
    expect(prepareWays(city, 'ride').from([-74.07, 4.6]).to([-74.1, 4.65])?.crossing).toBeNull();
  });

  test('that does not exist is refused with the names that do', async () => {
    await expect(loadCity('atlantis')).rejects.toThrow(/找不到城市档案 atlantis：YIZHAN_CITY 要写 .*harbin/);
  });
});

describe('a profile with mistakes', () => {
  async function refusalOf(change: (city: Record<string, unknown>) => string | undefined): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'yizhan-city-'));
    try {
      const city = JSON.parse(await readFile(join(tinyFolder, 'city.json'), 'utf8'));
      await writeFile(join(folder, 'city.json'), change(city) ?? JSON.stringify(city));
      return await loadCity(folder).then(
        () => 'accepted',
        (error: Error) => error.message,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  test('is refused with every wrong field and what would be right', async () => {
    const message = await refusalOf((city) => {
      city.timezone = 5;
      city.prefix = 'tiny';
      city.area = [1, 1, 0, 0];
      city.services = ['hot-water', 'sauna'];
      city.colour = 'blue';
      city.contactEmail = 'nobody';
      city.filings = [{ name: '备案', url: '没有' }];
      delete city.help;
    });
    expect(message).toMatch(/^城市档案有 8 处要改/);
    expect(message).toContain('- timezone：要文字');
    expect(message).toContain('- prefix：2 到 5 个大写字母');
    expect(message).toContain('- area：范围要写成 [西, 南, 东, 北]');
    expect(message).toContain('- services.1：只能是 hot-water、');
    expect(message).toContain('- contactEmail：要写邮箱地址');
    expect(message).toContain('- filings.0.url：要写网址');
    expect(message).toContain('- help：缺少这一项');
    expect(message).toContain('colour');
  });

  test('is refused when its parts do not fit together', async () => {
    const lake: Point[] = [
      [-74.12, 4.63],
      [-74.1, 4.63],
      [-74.1, 4.65],
      [-74.12, 4.65],
      [-74.12, 4.63],
    ];
    const message = await refusalOf((city) => {
      city.defaultArea = 'nowhere';
      city.timezone = 'Mars/Olympus';
    });
    expect(message).toContain('- defaultArea：没有 nowhere 这个地标或区县');
    expect(message).toContain('- timezone：不认识时区 Mars/Olympus');

    const wet = await refusalOf((city) => {
      city.barriers = [
        { id: 'lake', name: '湖', coordinates: [lake] },
        { id: 'lake', name: '池', coordinates: [[...lake.slice(0, -1), [-74.13, 4.6]]] },
      ];
      city.crossings = [
        {
          id: 'pier',
          name: '栈桥',
          line: [
            [-74.09, 4.64],
            [-74.11, 4.641],
          ],
          ride: 'no',
          walk: 'yes',
        },
      ];
      city.core = [-74.3, 4.58, -74.05, 4.7];
      const [first] = city.landmarks as [{ point: Point }];
      first.point = [4.5981, -74.0758];
    });
    expect(wet).toContain('- crossings.0.line.1：[-74.11,4.641] 在 barriers 的水里，要放到岸上');
    expect(wet).toContain('- landmarks.0.point：[4.5981,-74.0758] 在 area 之外，要写 [经度, 纬度]，WGS-84');
    expect(wet).toContain('- barriers.1.coordinates.0：环要闭合');
    expect(wet).toContain('- barriers.1：lake 写了两次');
    expect(wet).toContain('- core：要在 area 之内');
  });

  test('is refused when the file is no JSON, or its basemap is not there', async () => {
    expect(await refusalOf(() => '{"id": ')).toMatch(/^城市档案的文件不是 JSON：.*city\.json/);
    const message = await refusalOf((city) => {
      city.basemap = { schematic: 'lost.geojson', notice: '示意图' };
    });
    expect(message).toMatch(/^读不到城市档案的文件 .*lost\.geojson/);
  });
});

test('an area is a landmark or a district, and minutes are rounded up', () => {
  const { city } = harbin;
  expect(areaById(city, 'sun-island')).toMatchObject({ name: '太阳岛', isDistrict: false });
  expect(areaById(city, '230109')).toMatchObject({ name: '松北区', isDistrict: true });
  expect(areaById(city, 'elsewhere')).toBeUndefined();
  expect([minutesFor(0, 20), minutesFor(1000, 20), minutesFor(1001, 20)]).toEqual([1, 3, 4]);
});
