// The rider's first visit on a cheap phone: 360×640, 1.6 Mbps, 150 ms, a processor a quarter as fast, nothing cached.
// Median of five, each beside a reference page of a few words in the same run, since machines are noisy.
// Blocked is total blocking time: of each task after the first paint, what is beyond 50 ms. There is no service worker, which
// would bring the map while the rider reads: 地图 is tapped at the very moment at which the app takes the page over.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, phone } from '../browser/chromium.ts';
import { startServer } from '../browser/server.ts';
import { atMost, median, type Row } from './table.ts';

const ROUNDS = 5;
const POSITION = { longitude: 126.603, latitude: 45.7577, accuracy: 30 };
const REFERENCE =
  '<!doctype html><meta name="viewport" content="width=device-width"><title>r</title><h1>最近的驿站</h1>';
/** Time for late shifts and long tasks to show. */
const SETTLE_MS = 4000;

interface Visit {
  largestPaintMs: number;
  tappableMs: number;
  layoutShift: number;
  blockingMs: number;
}

export async function benchPage(): Promise<Row[]> {
  const server = await startServer();
  // Its snapshot is written, as on any server that has run for more than a few seconds.
  await (await fetch(`${server.url}/api/snapshot`)).text();
  const reference = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(REFERENCE);
  }).listen(0, '127.0.0.1');
  await once(reference, 'listening');
  const referenceUrl = `http://127.0.0.1:${(reference.address() as AddressInfo).port}/`;
  const browser = await launchChromium();
  const visits: Visit[] = [];
  const located: Visit[] = [];
  const plain: number[] = [];
  const mapMs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    plain.push((await visit(browser, referenceUrl, 'h1', false)).largestPaintMs);
    visits.push(await visit(browser, `${server.url}/`, LINK, false));
    located.push(await visit(browser, `${server.url}/`, LINK, true));
    mapMs.push(await mapTime(browser, `${server.url}/`));
  }
  await browser.close();
  reference.close();
  await server.stop();
  const of = (all: Visit[], pick: (visit: Visit) => number) => median(all.map(pick));
  const paint = of(visits, (each) => each.largestPaintMs);
  return [
    atMost('first visit: largest paint', paint / 1000, 1.8, 1.8, ' s'),
    { what: 'the same ÷ a page of one line', figure: `${(paint / median(plain)).toFixed(2)}` },
    atMost('first visit: 骑车去 can be tapped', of(visits, (each) => each.tappableMs) / 1000, 2, 2, ' s'),
    atMost(
      'first visit: layout shift',
      of(visits, (each) => each.layoutShift),
      0.02,
      0.02,
    ),
    atMost(
      'first visit: blocked before the map',
      of(visits, (each) => each.blockingMs),
      150,
      150,
      ' ms',
    ),
    atMost(
      'located: layout shift',
      of(located, (each) => each.layoutShift),
      0.02,
      0.02,
    ),
    atMost(
      'located: blocked before the map',
      of(located, (each) => each.blockingMs),
      150,
      150,
      ' ms',
    ),
    atMost('map usable after it is asked for', median(mapMs) / 1000, 4.5, 4.5, ' s'),
  ];
}

const LINK = '.hero a.button.main';

async function slowPhone(browser: Browser, isLocated: boolean): Promise<Page> {
  const context = await browser.newContext({
    ...phone,
    serviceWorkers: 'block',
    ...(isLocated && { geolocation: POSITION, permissions: ['geolocation'] }),
  });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const bytesPerSecond = (1.6 * 1_000_000) / 8;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return page;
}

async function visit(browser: Browser, url: string, wanted: string, isLocated: boolean): Promise<Visit> {
  const page = await slowPhone(browser, isLocated);
  await page.addInitScript((selector) => {
    const seen = { paint: 0, shift: 0, blocking: 0, tappable: 0 };
    Object.assign(window, { seen });
    const firstPaintMs = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity;
    const longTasks: PerformanceEntry[] = [];
    const countBlocking = () => {
      const after = longTasks.filter(({ startTime }) => startTime >= firstPaintMs());
      seen.blocking = after.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0);
    };
    new PerformanceObserver((list) => {
      seen.paint = list.getEntries().at(-1)?.startTime ?? seen.paint;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) seen.shift += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries());
      countBlocking();
    }).observe({ type: 'longtask', buffered: true });
    const look = () => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      if (box && box.height > 0) seen.tappable = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, wanted);
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(SETTLE_MS);
  const seen = await page.evaluate(
    () => (window as unknown as { seen: { paint: number; shift: number; blocking: number; tappable: number } }).seen,
  );
  await page.context().close();
  return {
    largestPaintMs: seen.paint,
    tappableMs: seen.tappable,
    layoutShift: seen.shift,
    blockingMs: seen.blocking,
  };
}

/** From the tap on 地图 to the first drawing of the live map. */
async function mapTime(browser: Browser, url: string): Promise<number> {
  const page = await slowPhone(browser, true);
  await page.goto(url);
  await page.waitForSelector('yz-rider[data-ready]');
  await page.evaluate(() => {
    Object.assign(window, { asked: 0, ready: 0, failed: false });
    addEventListener('map-ready', () => Object.assign(window, { ready: performance.now() }), true);
    addEventListener('map-failed', () => Object.assign(window, { failed: true }), true);
  });
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '地图' }).click();
  await page.evaluate(() => Object.assign(window, { asked: performance.now() }));
  for (;;) {
    const { asked, ready, failed } = await page.evaluate(() => {
      const { asked, ready, failed } = window as unknown as { asked: number; ready: number; failed: boolean };
      return { asked, ready, failed };
    });
    if (failed) throw new Error('The map failed: there is nothing to measure.');
    if (ready > 0) {
      await page.context().close();
      return ready - asked;
    }
    await page.waitForTimeout(50);
  }
}
