// Every screen of the rider's app in every state that it can be in, in every look: nothing that axe-core objects to, nothing
// too small for a thumb, nothing wider than the screen. The states are brought about, not pretended.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { KIND_GROUPS } from '../../data/kind-group.ts';
import { PLACE_KINDS, type PlaceKind } from '../../data/place.ts';
import { desktop, launchChromium, phone } from './chromium.ts';
import { type FrontDoor, openFrontDoor } from './front-door.ts';
import { axeFindings, LOOKS, smallTargets, sticksOut, unfold, wear } from './inspect.ts';
import { everythingKept } from './phone-keeps.ts';
import { type RunningServer, startServer } from './server.ts';

const DAOLI = { longitude: 126.603, latitude: 45.7577, accuracy: 30 };
const READY = 'yz-rider[data-ready]';
const NEVER_ALL = '/?services=hot-water,shower,nursing,fridge,legal-aid,aed';
const DAY_AND_MORE_MS = 26 * 3_600_000;

let server: RunningServer;
let door: FrontDoor;
let browser: Browser;
/** One of each kind that the city has. */
const idOf = new Map<PlaceKind, string>();

beforeAll(async () => {
  door = await openFrontDoor();
  server = await startServer({ env: { YIZHAN_PUBLIC_URL: door.url } });
  door.leadTo(server);
  browser = await launchChromium();
  for (const kind of PLACE_KINDS) {
    const response = await fetch(`${server.url}/api/places?kinds=${kind}&limit=50`);
    const { features } = (await response.json()) as { features: { id: string }[] };
    const demo = features.find(({ id }) => id.startsWith('demo-')) ?? features[0];
    if (demo) idOf.set(kind, demo.id);
  }
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await door?.close();
  await server?.stop();
});

interface Stop {
  name: string;
  path?: string;
  /** From the screen before, or after the path was opened. */
  act?: (page: Page) => Promise<unknown>;
}

const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name }).click();
const place = (kind: PlaceKind) => `/p/${idOf.get(kind)}`;
const openMap = (page: Page) => page.locator('yz-live-map canvas').waitFor();

async function sendReport(page: Page, then: string): Promise<void> {
  await page.getByRole('button', { name: '脏' }).click();
  await page.getByRole('button', { name: '提交：脏' }).click();
  await page.getByText(then).waitFor();
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(door.url + path);
  if (path !== '/help' && path !== '/privacy' && !path.startsWith('/p/nowhere')) await page.waitForSelector(READY);
}

/** Walks through the stops in all looks; answers all that is wrong. */
async function walk(page: Page, stops: readonly Stop[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, path, act } of stops) {
    if (path !== undefined) await goTo(page, path);
    await act?.(page);
    for (const look of LOOKS) {
      await wear(page, look);
      await unfold(page);
      const [least, leastMain] = look.name === '大字 and 手套' ? [56, 72] : [48, 64];
      const found = [
        ...(await axeFindings(page)),
        ...(await smallTargets(page, least, leastMain)),
        ...(await sticksOut(page)),
      ];
      wrong.push(...found.map((each) => `${name}, ${look.name}: ${each}`));
    }
  }
  return wrong;
}

async function visited<Result>(
  options: BrowserContextOptions,
  then: (page: Page, context: BrowserContext) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ ...phone, ...options });
  context.setDefaultTimeout(20_000);
  try {
    return await then(await context.newPage(), context);
  } finally {
    await context.close();
    await door.become('fine');
  }
}

const HERE = { geolocation: DAOLI, permissions: ['geolocation'] };

/** A phone that was here before, with a network. */
async function keepEverything(page: Page): Promise<void> {
  await goTo(page, '/');
  await everythingKept(page);
}

describe('with everything in order', () => {
  test('the answers and the ways to change the question', async () => {
    const stops: Stop[] = [
      ...KIND_GROUPS.map(({ label, kinds }) => ({ name: label, path: `/?kinds=${kinds.join(',')}` })),
      { name: 'more rows', path: '/?count=25' },
      { name: 'map', path: '/?view=map', act: openMap },
      { name: 'areas', path: '/?view=areas' },
      { name: 'search', path: '/?view=search' },
      { name: 'search with results', path: '/?view=search&q=%E9%A9%BF%E7%AB%99' },
    ];
    expect(await visited(HERE, (page) => walk(page, stops))).toEqual([]);
  }, 120_000);

  test('the page of every kind of place', async () => {
    const stops = [...idOf.keys()].map((kind) => ({ name: kind, path: place(kind) }));
    expect(stops.length).toBeGreaterThan(6);
    const real = { name: 'known by its district only', path: '/p/harbin-baoli-mingyue-swap' };
    expect(await visited(HERE, (page) => walk(page, [...stops, real]))).toEqual([]);
  }, 120_000);

  test('what a rider says, and what is kept for them', async () => {
    const stops: Stop[] = [
      { name: 'report', path: `${place('station')}?report` },
      { name: 'report, nothing chosen', act: (page) => page.getByRole('button', { name: '提交' }).click() },
      { name: 'receipt', act: (page) => sendReport(page, '已收到，编号') },
      {
        name: 'place with a star and an answer',
        path: place('station'),
        act: async (page) => {
          await page.getByRole('button', { name: '收藏' }).click();
          await page.getByRole('button', { name: '是，开着' }).click();
          await page.getByText('已记下，谢谢').first().waitFor();
        },
      },
      { name: 'me', path: '/?view=me', act: (page) => page.getByText('我的上报').waitFor() },
      { name: 'help', path: '/help' },
      { name: 'privacy', path: '/privacy' },
    ];
    expect(await visited(HERE, (page) => walk(page, stops))).toEqual([]);
  }, 120_000);

  test('an office screen', async () => {
    const stops: Stop[] = [
      { name: 'home', path: '/', act: openMap },
      { name: 'place', path: place('station'), act: openMap },
      { name: 'me', path: '/?view=me' },
      { name: 'help', path: '/help' },
    ];
    expect(await visited({ ...HERE, ...desktop, isMobile: false }, (page) => walk(page, stops))).toEqual([]);
  }, 120_000);
});

test('with nothing to show', async () => {
  const stops: Stop[] = [
    { name: 'no place has all of it', path: NEVER_ALL },
    { name: 'a kind without places', path: '/?kinds=event-point&services=shower' },
    { name: 'nothing found', path: '/?view=search&q=zzzz' },
    { name: 'me without favourites', path: '/?view=me' },
    { name: 'a receipt of another phone', path: `${place('station')}?receipt=HRB-000000` },
  ];
  const wrong = await visited(HERE, (page) => walk(page, stops));
  const far = { permissions: ['geolocation'], geolocation: { longitude: 121.4, latitude: 31.2, accuracy: 800 } };
  const elsewhere = { name: 'elsewhere', path: '/', act: (page: Page) => page.getByText('你现在不在').waitFor() };
  wrong.push(...(await visited(far, (page) => walk(page, [elsewhere]))));
  expect(wrong).toEqual([]);
}, 120_000);

test('with the position refused', async () => {
  const stops: Stop[] = [
    { name: 'not asked yet', path: '/' },
    {
      name: 'home',
      act: async (page) => {
        await page.getByRole('button', { name: '用我的位置' }).click();
        await page.getByText('没有定位也能找').waitFor();
      },
    },
    { name: 'areas', act: (page) => page.getByRole('link', { name: '选个地方' }).click() },
    {
      name: 'me',
      act: async (page) => {
        await page.getByRole('link', { name: '返回' }).click();
        await tab(page, '我的');
      },
    },
    { name: 'map', act: (page) => tab(page, '地图').then(() => openMap(page)) },
  ];
  expect(await visited({ permissions: [] }, (page) => walk(page, stops))).toEqual([]);
}, 120_000);

/** What can be looked at without a server, on a phone that was here before. */
function keptStops(): Stop[] {
  return [
    { name: 'home', path: '/' },
    { name: 'map', path: '/?view=map', act: openMap },
    { name: 'areas', path: '/?view=areas' },
    { name: 'search', path: '/?view=search&q=%E9%A9%BF%E7%AB%99' },
    { name: 'me', path: '/?view=me' },
    { name: 'station', path: place('station') },
    { name: 'scene', path: place('scene') },
    { name: 'no such place', path: '/p/nowhere-00000', act: (page) => page.getByText('手机里没有').waitFor() },
    { name: 'report', path: `${place('station')}?report` },
  ];
}

test('without a network', async () => {
  const wrong = await visited(HERE, async (page) => {
    await keepEverything(page);
    await door.become('away');
    return walk(page, [
      ...keptStops(),
      { name: 'kept report', act: (page) => sendReport(page, '已存在手机里') },
      { name: 'home with what waits', path: '/', act: (page) => page.getByText('1 条还没发出去').waitFor() },
      { name: 'help', path: '/help' },
    ]);
  });
  expect(wrong).toEqual([]);
}, 180_000);

test('with data of yesterday', async () => {
  const wrong = await visited(HERE, async (page, context) => {
    await keepEverything(page);
    await door.become('away');
    await page.close();
    await context.clock.install({ time: Date.now() + DAY_AND_MORE_MS });
    const tomorrow = await context.newPage();
    return walk(tomorrow, [
      { name: 'home', path: '/', act: (page) => page.getByText('数据是昨天的').waitFor() },
      { name: 'station', path: place('station'), act: (page) => page.getByText('数据是昨天的').waitFor() },
      { name: 'map', path: '/?view=map', act: openMap },
      { name: 'me', path: '/?view=me' },
    ]);
  });
  expect(wrong).toEqual([]);
}, 120_000);

test('with a server that fails', async () => {
  const wrong = await visited(HERE, async (page) => {
    await keepEverything(page);
    await door.become('broken');
    return walk(page, [
      ...keptStops(),
      { name: 'failed report', act: (page) => sendReport(page, '没提交成功，内容还在。') },
      { name: 'home again', path: '/', act: (page) => page.getByText('新数据没取到').waitFor() },
    ]);
  });
  expect(wrong).toEqual([]);
}, 180_000);
