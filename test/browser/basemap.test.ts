// Basemaps by configuration in a real browser, under the product's own policy: vector tiles of the city's own from one
// archive, and 天地图, whose servers are answered for here.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { MAP_THEME } from '../../web/map/map-theme.ts';
import { type Tile, type TileFeature, WHOLE_TILE, writeArchive } from '../pmtiles-archive.ts';
import { launchChromium } from './chromium.ts';
import { type OpenPage, type Visit, visit } from './rider-page.ts';
import { type RunningServer, startServer } from './server.ts';

const APPROVAL = 'GS(2026)1号';
const KEY = '0123456789abcdef0123456789abcdef';
/** The city and what lies around it. */
const BOX = [126, 45.3, 127.3, 46.2] as const;
/** The map stands closer, and enlarges what these tiles hold. */
/** A station's. */
const PIN = '#b83a00';
const ZOOM = 11;

let browser: Browser;
let opened: OpenPage | undefined;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

afterEach(async () => {
  await opened?.context.close();
  opened = undefined;
});

async function open(server: RunningServer, options: Visit): Promise<OpenPage> {
  opened = await visit(browser, server, { clock: '10:30', ...options });
  await opened.page.waitForSelector('yz-live-map canvas');
  return opened;
}

async function wordsOf(locator: Locator): Promise<string | undefined> {
  return (await locator.textContent())?.replaceAll(/\s+/g, ' ').trim();
}

/**
 * How much of the map has a colour, 0 to 1.
 * @param tolerance by channel; letters are thin, and hardly a pixel of them is quite their colour
 */
async function shareOf(page: Page, colour: string, tolerance = 2): Promise<number> {
  const clip = (await page.locator('.map-canvas').boundingBox()) ?? undefined;
  const { data, info } = await sharp(await page.screenshot(clip && { clip }))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  let count = 0;
  for (let at = 0; at < data.length; at += 3) {
    if (wanted.every((value, channel) => Math.abs((data[at + channel] ?? 0) - value) <= tolerance)) count++;
  }
  return count / (info.width * info.height);
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`It did not come true: ${what}. Complaints: ${opened?.complaints.join('\n')}`);
}

/** Addresses that any cache of the page holds. */
function cachedAddresses(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const held = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return held.flat().map(({ url }) => url);
  });
}

describe('the city’s own vector tiles', () => {
  let folder: string;
  let server: RunningServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yizhan-'));
    await writeFile(join(folder, 'basemap.pmtiles'), writeArchive(tilesOfWater(), BOX));
    const env = { YIZHAN_BASEMAP: 'pmtiles', YIZHAN_MAP_APPROVAL: APPROVAL };
    server = await startServer({ dataDir: folder, env });
    await fetch(`${server.url}/api/snapshot`);
  }, 120_000);

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Water everywhere with streets and names on it, so that what is drawn cannot be mistaken for the bare ground. */
  function tilesOfWater(): Tile[] {
    const steps = Array.from({ length: 8 }, (_, i) => 256 + i * 512);
    const lake: TileFeature = { properties: { kind: 'lake' }, geometry: WHOLE_TILE };
    const layers = [
      { name: 'earth', features: [{ properties: { kind: 'earth' }, geometry: WHOLE_TILE }] },
      { name: 'water', features: [lake, ...steps.flatMap((y) => steps.map((x) => lakeName(x + 256, y + 256)))] },
      { name: 'roads', features: steps.map(street) },
    ];
    const tileX = (lng: number) => Math.floor(((lng + 180) / 360) * 2 ** ZOOM);
    const tileY = (lat: number) => {
      const sine = Math.sin((lat * Math.PI) / 180);
      return Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** ZOOM);
    };
    const [west, south, east, north] = BOX;
    const tiles: Tile[] = [];
    for (let x = tileX(west); x <= tileX(east); x++) {
      for (let y = tileY(north); y <= tileY(south); y++) tiles.push({ z: ZOOM, x, y, layers });
    }
    return tiles;
  }

  function street(y: number): TileFeature {
    const points = [-64, 1024, 2048, 3072, 4160].map((x) => [x, y] as const);
    const properties = { kind: 'major_road', name: '和兴路', script: 'Han', min_zoom: 6, sort_rank: 300 };
    return { properties, geometry: { type: 'line', points } };
  }

  function lakeName(x: number, y: number): TileFeature {
    const properties = { kind: 'lake', name: '清水湖', script: 'Han', min_zoom: 10, sort_rank: 1 };
    return { properties, geometry: { type: 'point', points: [[x, y]] } };
  }

  test('are drawn in the theme’s colours under our pins, with their credits, read by ranges, without a violation', async () => {
    const ranges: (string | undefined)[] = [];
    const statuses: number[] = [];
    const { page, complaints, requests } = await open(server, {
      wide: true,
      prepare: async (page) => {
        page.on('response', (response) => {
          if (!response.url().endsWith('/basemap.pmtiles')) return;
          ranges.push(response.request().headers().range);
          statuses.push(response.status());
        });
      },
    });
    await until('the water is drawn', async () => (await shareOf(page, MAP_THEME.light.water)) > 0.5);
    await until('the streets are drawn', async () => (await shareOf(page, MAP_THEME.light.case)) > 0.001);
    await until('names are written', async () => (await shareOf(page, MAP_THEME.light.waterText, 32)) > 0.0001);
    await until('the pins are drawn', async () => (await shareOf(page, PIN)) > 0.0003);
    const notice = page.locator('.map-notice');
    expect(await wordsOf(notice)).toBe(`${APPROVAL} © OpenStreetMap 贡献者`);
    expect(await notice.getByRole('link').getAttribute('href')).toBe('https://www.openstreetmap.org/copyright');

    expect(ranges.length).toBeGreaterThan(1);
    for (const range of ranges) expect(range).toMatch(/^bytes=\d+-\d+$/);
    expect(new Set(statuses)).toEqual(new Set([206]));
    expect(complaints).toEqual([]);
    expect(requests.filter((each) => !each.startsWith(server.url))).toEqual([]);
    expect(await cachedAddresses(page)).not.toContain(`${server.url}/basemap.pmtiles`);
  });

  test('follow the system into the dark and back', async () => {
    const { page, complaints } = await open(server, { wide: true, dark: true });
    await until('dark water', async () => (await shareOf(page, MAP_THEME.dark.water)) > 0.5);
    await page.emulateMedia({ colorScheme: 'light' });
    await until('light water', async () => (await shareOf(page, MAP_THEME.light.water)) > 0.5);
    expect(complaints).toEqual([]);
  });

  test('come to a phone only with its map, which stays usable when the archive is gone', async () => {
    opened = await visit(browser, server, { clock: '10:30' });
    const { page, requests } = opened;
    await page.waitForLoadState('networkidle');
    expect(requests.filter((each) => /basemap\.pmtiles|pmtiles-basemap/.test(each))).toEqual([]);
    await rm(join(folder, 'basemap.pmtiles'));
    await page.goto(`${server.url}/?view=map`);
    await until('the bare ground', async () => (await shareOf(page, MAP_THEME.light.land)) > 0.5);
    await until('the pins', async () => (await shareOf(page, PIN)) > 0.0003);
    expect(await page.locator('.map-failure').count()).toBe(0);
    await writeFile(join(folder, 'basemap.pmtiles'), writeArchive(tilesOfWater(), BOX));
  });
});

describe('天地图', () => {
  let server: RunningServer;

  beforeAll(async () => {
    const env = { YIZHAN_BASEMAP: 'tianditu', YIZHAN_TIANDITU_KEY: KEY, YIZHAN_MAP_APPROVAL: APPROVAL };
    server = await startServer({ env });
    await fetch(`${server.url}/api/snapshot`);
  }, 120_000);

  afterAll(() => server.stop());

  test('is drawn under our pins with its approval number; its tiles stay out of caches, its key out of pages and logs', async () => {
    const background = '#aaccaa';
    const tile = await sharp({ create: { width: 256, height: 256, channels: 3, background } })
      .png()
      .toBuffer();
    const asked: URL[] = [];
    const referrers: (string | undefined)[] = [];
    const { page, complaints } = await open(server, {
      wide: true,
      prepare: async (_, context) => {
        await context.route(/^https:\/\/t[0-7]\.tianditu\.gov\.cn\//, async (route) => {
          asked.push(new URL(route.request().url()));
          referrers.push((await route.request().allHeaders()).referer);
          await route.fulfill({
            contentType: 'image/png',
            headers: { 'Access-Control-Allow-Origin': '*' },
            body: tile,
          });
        });
      },
    });
    await until('the tiles are drawn', async () => (await shareOf(page, background)) > 0.5);
    await until('the pins are drawn', async () => (await shareOf(page, PIN)) > 0.0003);
    expect(await wordsOf(page.locator('.map-notice'))).toBe(`${APPROVAL} 天地图`);

    expect(new Set(asked.map(({ searchParams }) => searchParams.get('LAYER')))).toEqual(new Set(['vec', 'cva']));
    expect(asked.every(({ searchParams }) => searchParams.get('tk') === KEY)).toBe(true);
    // The site, never which page of it.
    for (const referrer of referrers) expect([undefined, `${server.url}/`]).toContain(referrer);
    expect(complaints).toEqual([]);
    expect((await cachedAddresses(page)).filter((address) => !address.startsWith(server.url))).toEqual([]);
    expect(await page.content()).not.toContain(KEY);
    expect(server.stdout() + server.stderr()).not.toContain(KEY);
  });
});
