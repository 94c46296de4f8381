// A rider who has never seen the app, in a real browser against the real server.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { catchNavigator, type OpenPage, todayAt, type Visit, visit } from './rider-page.ts';
import { type RunningServer, startServer } from './server.ts';

/** In 道里, and on the north bank opposite to it. */
const DAOLI = [126.603, 45.7577] as const;
const NORTH_BANK = [126.5848, 45.786] as const;
/** A county seat, further from the others than anybody rides. */
const ACHENG = [126.971, 45.531] as const;
/** 道里 without the digits that a rounded or scaled form would share. */
const CANARY = [126.60371, 45.75773] as const;

let server: RunningServer;
let browser: Browser;
let opened: OpenPage | undefined;

beforeAll(async () => {
  server = await startServer();
  browser = await launchChromium();
  // The first request writes the snapshot.
  await fetch(`${server.url}/api/snapshot`);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(async () => {
  await opened?.context.close();
  opened = undefined;
});

async function open(options: Visit = {}): Promise<OpenPage> {
  opened = await visit(browser, server, { clock: '10:30', ...options });
  return opened;
}

interface Feature {
  id: string;
  geometry: { coordinates: [number, number] };
  properties: {
    name: string;
    district: string;
    crossing: string | null;
    rideMinutes: number;
    hours: { state: string };
    services: { code: string; state: string }[];
  };
}

async function readPlace(id: string, nowMs: number): Promise<Feature> {
  const response = await fetch(`${server.url}/api/places/${id}?at=${new Date(nowMs).toISOString()}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Feature;
}

async function nearest(query: string, nowMs: number): Promise<Feature[]> {
  const response = await fetch(`${server.url}/api/nearest?${query}&at=${new Date(nowMs).toISOString()}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { features: Feature[] }).features;
}

/** Wishes that some stations of 阿城 fulfil, but none that is open at 03:10. */
async function shutAtNight(): Promise<string> {
  const at = new Date(todayAt('03:10')).toISOString();
  for (const service of [
    'legal-aid',
    'shower',
    'nursing',
    'reading',
    'fridge',
    'rain-gear',
    'repair',
    'ebike-charging',
  ]) {
    const query = `kinds=station&district=230112&services=${service}&at=${at}`;
    const counts = await Promise.all(
      ['', '&open=true'].map(async (open) => {
        const response = await fetch(`${server.url}/api/places?${query}${open}&limit=1`);
        return ((await response.json()) as { numberMatched: number }).numberMatched;
      }),
    );
    const unknown = await fetch(`${server.url}/api/places?${query}&limit=1000`);
    const { features } = (await unknown.json()) as { features: Feature[] };
    const allShut = features.every((each) => ['closed', 'paused'].includes(each.properties.hours.state));
    if ((counts[0] ?? 0) > 0 && counts[1] === 0 && allShut) return `/?services=${service}`;
  }
  throw new Error('The demo city has no service that is shut everywhere at night.');
}

/** Id of the place on the hero card. */
function heroId({ page }: OpenPage): Promise<string> {
  return page.locator('.hero').first().getAttribute('data-place').then(String);
}

describe('the way to the nearest open station', () => {
  test('is one tap for a rider whose position is granted', async () => {
    const { page, context, nowMs } = await open({ position: DAOLI });
    const reached = await catchNavigator(context);
    const id = await heroId(opened as OpenPage);
    await page.getByRole('link', { name: '骑车去' }).first().tap();
    await page.waitForURL(/uri\.amap\.com/);

    expect(reached).toHaveLength(1);
    const place = await readPlace(id, nowMs);
    expect(['open', 'closing-soon']).toContain(place.properties.hours.state);
    const best = await nearest(`lng=${DAOLI[0]}&lat=${DAOLI[1]}&kinds=station&open=true&limit=1`, nowMs);
    const own = await nearest(`lng=${DAOLI[0]}&lat=${DAOLI[1]}&kinds=station&open=true&limit=50`, nowMs);
    expect(own.find((each) => each.id === id)?.properties.rideMinutes).toBe(best[0]?.properties.rideMinutes);
    // AMap reads GCJ-02: some 500 m from WGS-84 here.
    const [lng, lat] = (new URL(reached[0] as string).searchParams.get('to') ?? '').split(',').map(Number);
    expect((lng ?? 0) - place.geometry.coordinates[0]).toBeCloseTo(0.0059, 3);
    expect((lat ?? 0) - place.geometry.coordinates[1]).toBeCloseTo(0.0019, 3);
  });

  test('is two taps with hot water', async () => {
    const { page, context, nowMs } = await open({ position: DAOLI });
    const reached = await catchNavigator(context);
    await page.getByRole('link', { name: '热水', exact: true }).tap();
    await page.waitForURL(/services=hot-water/);
    const id = await heroId(opened as OpenPage);
    await page.getByRole('link', { name: '骑车去' }).first().tap();
    await page.waitForURL(/uri\.amap\.com/);

    expect(reached).toHaveLength(1);
    const { services } = (await readPlace(id, nowMs)).properties;
    expect(services.find((service) => service.code === 'hot-water')?.state).toBe('ok');
  });

  test('is three taps for one who refuses to be located', async () => {
    const { page, context } = await open({
      prepare: async (page, context) => {
        await context.clearPermissions();
        await page.addInitScript(() => {
          navigator.geolocation.getCurrentPosition = (_found, failed) =>
            failed?.({ code: 1, PERMISSION_DENIED: 1 } as GeolocationPositionError);
        });
      },
    });
    const reached = await catchNavigator(context);
    await page.waitForSelector('yz-rider[data-ready]');
    await page.getByRole('button', { name: '用我的位置' }).tap();
    await page.getByText('没有定位也能找').waitFor();
    await page.getByRole('link', { name: '选个地方' }).tap();
    await page.getByRole('link', { name: '道里', exact: true }).tap();
    await page.getByText('道里区', { exact: true }).waitFor();
    await page.getByRole('link', { name: '骑车去' }).first().tap();
    await page.waitForURL(/uri\.amap\.com/);
    expect(reached).toHaveLength(1);
  });

  test('goes to Tencent’s map inside WeChat, where AMap cannot call its app', async () => {
    const html = await (
      await fetch(server.url, { headers: { 'User-Agent': 'Mozilla/5.0 MicroMessenger/8.0' } })
    ).text();
    expect(html).toContain('https://apis.map.qq.com/uri/v1/routeplan?');
    expect(html).not.toContain('uri.amap.com');
  });

  test('does not lead across the river from the north bank', async () => {
    const { page, nowMs } = await open({ position: NORTH_BANK });
    const place = await readPlace(await heroId(opened as OpenPage), nowMs);
    expect(place.properties.district).toBe('230109');
    const ids = await page
      .locator('.row[data-place]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-place')));
    const reachable = await nearest(`lng=${NORTH_BANK[0]}&lat=${NORTH_BANK[1]}&kinds=station&limit=50`, nowMs);
    expect(reachable.find((each) => each.id === place.id)?.properties.crossing).toBeNull();
    expect(ids.length).toBeGreaterThan(0);
  });
});

describe('the list', () => {
  test('is there without JavaScript, with links that lead on', async () => {
    const { page, context } = await open({ withoutScript: true, path: '/?area=230102' });
    const reached = await catchNavigator(context);
    expect(await page.locator('.row').count()).toBeGreaterThanOrEqual(4);
    await page.getByRole('link', { name: '热水', exact: true }).tap();
    await page.waitForURL(/services=hot-water/);
    expect(page.url()).toContain('area=230102');
    await page.getByRole('link', { name: '详情' }).first().tap();
    await page.waitForURL(/\/p\//);
    expect(await page.getByRole('heading', { name: '开放时间' }).isVisible()).toBe(true);
    await page.getByRole('link', { name: '骑车去' }).tap();
    await page.waitForURL(/uri\.amap\.com/);
    expect(reached).toHaveLength(1);
    // No button that would do nothing.
    await page.goBack();
    for (const button of await page.getByRole('button').all()) expect(await button.isVisible()).toBe(false);
  });

  test('shows more on demand, and keeps what was there in place', async () => {
    const { page } = await open({ position: DAOLI });
    const idsOf = () =>
      page
        .locator('.hero, [aria-label=还可以去] > .row')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-place')));
    const before = await idsOf();
    expect(before).toHaveLength(5);
    await page.getByRole('link', { name: '再看 10 个' }).tap();
    await page.locator('[aria-label=还可以去] > .row').nth(13).waitFor();
    expect((await idsOf()).slice(0, 5)).toEqual(before);
  });

  test('goes back from a place’s page to where it was left', async () => {
    const { page } = await open({ position: DAOLI });
    await page.locator('.row').nth(3).scrollIntoViewIfNeeded();
    const scrolled = await page.evaluate(() => document.documentElement.scrollTop);
    expect(scrolled).toBeGreaterThan(0);
    const name = await page.locator('.row .name').nth(3).textContent();
    await page.locator('.row').nth(3).tap();
    await page.getByRole('heading', { level: 1, name: String(name) }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollTop)).toBe(0);
    await page.getByRole('link', { name: '返回' }).tap();
    await page.locator('.hero').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollTop)).toBe(scrolled);
  });

  test('finds by pinyin initials what is on the phone, with the server gone quiet', async () => {
    const { page, context } = await open({ position: DAOLI });
    await page.getByRole('link', { name: '搜索驿站或地标' }).tap();
    await context.route('**/*', (route) => route.abort());
    await page.getByRole('searchbox').fill('ebxy');
    await page.getByText('尔滨新驿').first().waitFor();
    await page.getByRole('searchbox').fill('太阳岛');
    await page.locator('.item', { hasText: '太阳岛' }).tap();
    await page.getByRole('link', { name: '松北区 · 太阳岛' }).waitFor();
  });

  test('says which wish stands in the way, and takes it off in one tap', async () => {
    const { page } = await open({ position: DAOLI, path: '/?services=hot-water,shower,nursing,fridge,legal-aid,aed' });
    await page.getByRole('heading', { name: '附近没有同时满足的驿站' }).waitFor();
    await page.getByRole('link', { name: /去掉“.+”，看 \d+ 个结果/ }).tap();
    await page.locator('.hero-minutes').waitFor();
    await page.getByRole('heading', { name: '附近没有同时满足的驿站' }).waitFor({ state: 'detached' });
  });

  test('at night names the first to open, and what can be entered now', async () => {
    const { page } = await open({ position: ACHENG, clock: '03:10', path: await shutAtNight() });
    await page.getByRole('heading', { name: '现在都关了' }).waitFor();
    expect(await page.locator('.hero-minutes').textContent()).toMatch(/最早.*\d+:\d\d.*开/);
    expect(await page.getByRole('link', { name: '骑车去' }).count()).toBe(0);
    await page.getByRole('heading', { name: '24 小时可进' }).waitFor();
    expect(await page.locator('.rows .row').first().textContent()).toContain('24 小时');
  });

  test('says that a position is weak, and that a rider is elsewhere', async () => {
    const { page, context } = await open({ position: [...DAOLI, 800] });
    await page.getByText('位置误差约 800 米，距离仅供参考').waitFor();
    await context.close();
    const elsewhere = await open({ position: [121.4, 31.2] });
    await elsewhere.page.getByText('你现在不在哈尔滨').waitFor();
  });

  test('never reorders under a finger: a later position waits for a tap', async () => {
    const { page, context } = await open({ position: DAOLI });
    await page.touchscreen.tap(180, 12);
    const before = await heroId(opened as OpenPage);
    await context.setGeolocation({ longitude: 126.64, latitude: 45.74, accuracy: 20 });
    await page.getByRole('button', { name: '已更新定位 · 重新排序' }).waitFor();
    expect(await heroId(opened as OpenPage)).toBe(before);
    await page.getByRole('button', { name: '已更新定位 · 重新排序' }).tap();
    await page.getByRole('button', { name: '已更新定位 · 重新排序' }).waitFor({ state: 'detached' });
    expect(await heroId(opened as OpenPage)).not.toBe(before);
  });
});

describe('the real places', () => {
  test('are not told from demo ones by name alone, and unknown hours are never open', async () => {
    const { page } = await open({ path: '/p/harbin-zhuozhan-b' });
    await page.getByText('时间未知').first().waitFor();
    const text = await page.locator('yz-rider').innerText();
    expect(text).not.toContain('营业中');
    expect(text).not.toContain('请不要前往');
    expect(text).toContain('位置约 ±100 米');
    expect(text).toContain('未核实');
  });

  test('of which only the district is known are not navigated to', async () => {
    const { page } = await open({ path: '/p/harbin-baoli-mingyue-swap' });
    await page.getByText('不能导航').waitFor();
    expect(await page.getByRole('link', { name: '骑车去' }).count()).toBe(0);
    await page.getByText('还能借几辆未知').waitFor();
  });
});

describe('the live map', () => {
  test('stands beside the list on a wide screen, in step with it', async () => {
    const { page, complaints } = await open({ position: DAOLI, wide: true });
    await page.locator('yz-live-map canvas').waitFor();
    await page.locator('.row').nth(1).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForFunction(() => document.querySelector('yz-live-map') !== null);
    const selected = await page.evaluate(
      () => (document.querySelector('yz-live-map') as unknown as { selected: string }).selected,
    );
    expect(new URL(page.url()).pathname).toBe(`/p/${selected}`);
    expect(complaints).toEqual([]);
  });

  test('comes on a tap on a phone, and Back leaves it', async () => {
    const { page } = await open({ position: DAOLI });
    expect(await page.locator('yz-live-map').count()).toBe(0);
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '地图' }).tap();
    await page.locator('yz-live-map canvas').waitFor();
    expect(await page.getByRole('link', { name: '骑车去' }).isVisible()).toBe(true);
    await page.goBack();
    await page.locator('.rows').first().waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  test('is not missed where there is no WebGL', async () => {
    const { page } = await open({
      position: DAOLI,
      prepare: (page) =>
        page.addInitScript(() => {
          HTMLCanvasElement.prototype.getContext = () => null;
        }),
    });
    await page.waitForSelector('yz-rider[data-ready]');
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '地图' }).tap();
    await page.getByRole('status').getByText('这台手机打不开地图，列表可以正常用').waitFor();
    expect(await page.getByRole('link', { name: '骑车去' }).first().isVisible()).toBe(true);
  });
});

describe('honesty and quiet', () => {
  test('a measured position is in no request, address or cookie', async () => {
    const { page, context, requests, complaints } = await open({ position: CANARY });
    await page.getByRole('link', { name: '手机充电' }).first().tap();
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '地图' }).tap();
    await page.locator('yz-live-map canvas').waitFor();
    await page.goBack();
    await page.getByRole('link', { name: '详情' }).first().tap();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(requests.length).toBeGreaterThan(5);
    for (const said of [
      ...requests,
      page.url(),
      JSON.stringify(await context.cookies()),
      server.stdout(),
      server.stderr(),
    ]) {
      expect(said).not.toMatch(/126\.603|45\.757/);
    }
    expect(requests.filter((request) => request.includes('/api/nearest'))).toEqual([]);
    // Nothing but this server is asked for anything.
    expect(requests.filter((request) => !request.startsWith(server.url))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('without the snapshot the server’s answer stays, and says so', async () => {
    const { page } = await open({
      prepare: (page) => page.route('**/api/snapshot/**', (route) => route.abort()),
    });
    await page.getByText('附近的点位没取到').waitFor();
    expect(await page.getByRole('link', { name: '骑车去' }).first().isVisible()).toBe(true);
    await page.unroute('**/api/snapshot/**');
    await page.getByRole('button', { name: '再试一次' }).tap();
    await page.waitForSelector('yz-rider[data-ready]');
  });

  const screens: [name: string, options: Visit][] = [
    ['home', { position: DAOLI }],
    ['home before locating', {}],
    ['areas', { path: '/?view=areas' }],
    ['search', { path: '/?view=search&q=%E5%93%88%E5%B0%94%E6%BB%A8' }],
    ['me', { path: '/?view=me' }],
    ['a place', { path: '/p/harbin-zhuozhan-b' }],
    ['nothing found', { position: DAOLI, path: '/?services=hot-water,shower,nursing,fridge,legal-aid,aed' }],
    ['wide', { position: DAOLI, wide: true }],
  ];
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  test.each(screens)(
    '%s passes axe in light and dark, with targets of 48 px and no sideways scroll',
    async (_name, options) => {
      for (const dark of [false, true]) {
        const { page, context } = await open({ ...options, dark });
        const violations = await page.evaluate(
          async ([source]) => {
            // The page's content policy forbids script elements of others; the console may run what it likes.
            const run = new Function(`${source}; return axe.run(document, { resultTypes: ['violations'] })`);
            const { violations } = (await run()) as { violations: { id: string; nodes: { html: string }[] }[] };
            return violations.map(
              ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
            );
          },
          [axe],
        );
        expect(violations).toEqual([]);
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden])')]
            .map((target) => ({ box: target.getBoundingClientRect(), target }))
            .filter(
              ({ box, target }) =>
                box.width > 0 &&
                (box.height < 47.5 || box.width < 47.5) &&
                !target.closest('p') &&
                !target.classList.contains('skip'),
            )
            .map(({ box, target }) => `${target.outerHTML.slice(0, 120)} ${box.width}×${box.height}`),
        );
        expect(small).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        await context.close();
      }
    },
  );
});
