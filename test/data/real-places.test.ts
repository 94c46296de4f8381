import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type LoadedCity, loadCity } from '../../data/load-city.ts';
import { metresBetween, type PlaceDraft } from '../../data/place.ts';
import { readRealPlaces } from '../../data/real-places.ts';
import { serviceStanding } from '../../data/service.ts';

let loaded: LoadedCity;
let places: PlaceDraft[];
let folder: string;

beforeAll(async () => {
  loaded = await loadCity('harbin');
  places = await readRealPlaces(loaded);
  folder = await mkdtemp(join(tmpdir(), 'yizhan-real-places-'));
});
afterAll(() => rm(folder, { recursive: true }));

function placeById(id: string): PlaceDraft {
  const place = places.find((each) => each.id === id);
  if (!place) throw new Error(`no place ${id}`);
  return place;
}

describe('the real places of the first city', () => {
  test('are those that public reports name, with source, and none is marked as made up', () => {
    expect(places.map((place) => place.id)).toEqual([
      'harbin-zhuozhan-b',
      'harbin-baoli-mingyue-swap',
      'harbin-baoli-mingyue-scene',
      'harbin-jinghe-exam',
      'harbin-731-volunteers',
    ]);
    for (const place of places) {
      expect(place.demo).toBe(false);
      expect(place.source.name).not.toBe('');
      expect(place.name).not.toContain('演示');
    }
  });

  test('claim nothing that the reports do not say: no hours, no phone, nothing confirmed', () => {
    for (const place of places) {
      expect(place).toMatchObject({ hoursOsm: null, phone: null, confirmedAt: null, street: null, community: null });
      for (const service of place.services) expect(serviceStanding(service)).toBe('declared');
    }
  });

  test('the rider station in the mall offers the four declared services, to within 100 metres', () => {
    const station = placeById('harbin-zhuozhan-b');
    expect(station).toMatchObject({ kind: 'station', positionQuality: 'approx', positionErrorMetres: 100 });
    expect(metresBetween(station.point, [126.5975, 45.7583])).toBeLessThan(1);
    expect(station.services.map((service) => service.code).toSorted()).toEqual([
      'first-aid',
      'hot-water',
      'phone-charging',
      'rest',
    ]);
    expect(station.entrance).toEqual({ point: null, text: expect.stringContaining('直梯') });
  });

  test('the bicycle exchange has ten bikes, and nobody knows how many are free', () => {
    expect(placeById('harbin-baoli-mingyue-swap')).toMatchObject({
      positionQuality: 'district',
      bikesTotal: 10,
      bikesAvailable: null,
      bikesOutOfService: null,
      lastReportedAt: null,
    });
  });

  test('the exam rest area of June 2026 is over', () => {
    expect(placeById('harbin-jinghe-exam').status).toBe('retired');
  });
});

describe('a file of real places that is wrong', () => {
  async function messageFor(change: (entries: Record<string, unknown>[]) => unknown): Promise<string> {
    const entries = JSON.parse(await readFile(loaded.realPlacesFile ?? '', 'utf8'));
    const file = join(folder, 'places.json');
    const changed = change(entries);
    await writeFile(file, typeof changed === 'string' ? changed : JSON.stringify(changed));
    const reading = readRealPlaces({ ...loaded, realPlacesFile: file });
    return reading.then(
      () => 'no error',
      (error: Error) => error.message,
    );
  }
  const withFirst = (change: Record<string, unknown>) => (entries: Record<string, unknown>[]) =>
    entries.map((entry, index) => (index === 0 ? { ...entry, ...change } : entry));

  test('passes when nothing was changed', async () => {
    expect(await messageFor((entries) => entries)).toBe('no error');
  });

  test('is named with entry, field and what would be right', async () => {
    expect(await messageFor(withFirst({ district: '230199' }))).toMatch(
      /第 1 条（harbin-zhuozhan-b） district：没有区县 230199/,
    );
    expect(await messageFor(withFirst({ point: [45.7583, 126.5975] }))).toMatch(/第 1 条.* point\.1：纬度在 -90 到 90/);
    expect(await messageFor(withFirst({ point: [116.4, 39.9] }))).toMatch(/第 1 条.* point：坐标在城市范围/);
    expect(await messageFor(withFirst({ access: 'door' }))).toMatch(/第 1 条.* access：只能是 open、staffed/);
    expect(await messageFor(withFirst({ seets: 4 }))).toMatch(/第 1 条.* seets：没有这一项/);
    expect(await messageFor(withFirst({ demo: true }))).toMatch(/不能标成演示/);
    expect(await messageFor(withFirst({ positionErrorMetres: null }))).toMatch(/大致位置要写可能差多少米/);
    expect(await messageFor(withFirst({ id: 'harbin-731-volunteers' }))).toMatch(/第 5 条.* id：编号重复/);
    expect(await messageFor(withFirst({ id: undefined }))).toMatch(/第 1 条 id：真实点位要有固定的编号/);
  });

  test('is named as a whole when it is no list or no JSON', async () => {
    expect(await messageFor(() => ({}))).toMatch(/（整个文件）：要写成一个数组/);
    expect(await messageFor(() => '[{')).toMatch(/不是 JSON/);
  });

  test('is not missed by a profile that has none', async () => {
    expect(await readRealPlaces({ ...loaded, realPlacesFile: null })).toEqual([]);
  });
});
