// A rider in a basement, in a real browser: the server is stopped and the browser started again.

import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, launchPersistent, phone } from './chromium.ts';
import { type Front, startFront } from './next-build.ts';
import { everythingKept, poll } from './phone-keeps.ts';
import { visit } from './rider-page.ts';
import { type RunningServer, startServer } from './server.ts';

/** In 道里; granted to the page, and to be found nowhere else. */
const CANARY = { longitude: 126.60371, latitude: 45.75773, accuracy: 30 } as const;
const READY = 'yz-rider[data-ready]';

describe('with the server stopped and the browser started again', () => {
  let folder: string;
  let dataDir: string;
  let server: RunningServer;
  let context: BrowserContext;

  const open = () => launchPersistent(folder, { ...phone, geolocation: CANARY, permissions: ['geolocation'] });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yizhan-browser-'));
    dataDir = await mkdtemp(join(tmpdir(), 'yizhan-data-'));
    server = await startServer({ dataDir });
    context = await open();
    const page = await context.newPage();
    await page.goto(server.url);
    await page.waitForSelector(READY);
    await everythingKept(page);
    await context.close();
    await server.stop();
    context = await open();
    context.setDefaultTimeout(15_000);
  }, 120_000);

  afterAll(async () => {
    await context?.close();
    await rm(folder, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  });

  async function fresh(path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(server.url + path);
    await page.waitForSelector(READY);
    return page;
  }

  test('a fresh tab shows the list with the age of its data, and claims nothing newer', async () => {
    const page = await fresh('/');
    await page.getByText(/^没有网络。显示 (昨天 )?\d+:\d\d 保存的数据$/).waitFor();
    expect(await page.locator('[data-place]').count()).toBeGreaterThan(3);
    expect(await page.getByRole('main').innerText()).not.toContain('营业中');
    expect(await page.getByRole('main').innerText()).toMatch(/按时间表|已关门|时间未知/);
    await page.close();
  });

  test('a place’s own address shows its page with what only the details say', async () => {
    const page = await fresh('/p/harbin-zhuozhan-b');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('信息来源').or(page.getByText(/来源/)).first().waitFor();
    await page.close();
  });

  test('filters and search answer', async () => {
    const page = await fresh('/');
    await page.getByRole('link', { name: '热水', exact: true }).tap();
    await page.waitForURL(/services=hot-water/);
    await page.getByRole('link', { name: '搜索驿站或地标' }).tap();
    await page.getByRole('searchbox').fill('驿站');
    await page.locator('main a[href^="/p/"]').first().waitFor();
    await page.close();
  });

  test('the map is drawn', async () => {
    const page = await fresh('/?view=map');
    await page.locator('yz-live-map canvas').waitFor();
    await page.close();
  });

  test('the numbers to call can be read', async () => {
    const page = await context.newPage();
    await page.goto(`${server.url}/help`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.close();
  });

  test('a place that the phone does not have is said to be missing, with a way to try again', async () => {
    const page = await context.newPage();
    await page.goto(`${server.url}/p/nowhere-00000`);
    await page.getByText('手机里没有这个点位').waitFor();
    await page.getByRole('button', { name: '再试一次' }).waitFor();
    await page.close();
  });

  test('no cache and no database holds the position', async () => {
    const page = await fresh('/');
    const kept = await page.evaluate(async () => {
      const texts: string[] = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys())
          texts.push(request.url, (await (await cache.match(request))?.text()) ?? '');
      }
      const all = await new Promise<unknown[]>((resolve) => {
        const opening = indexedDB.open('yizhan');
        opening.onsuccess = () => {
          const asked = opening.result.transaction('outbox').objectStore('outbox').getAll();
          asked.onsuccess = () => resolve(asked.result);
        };
      });
      return [...texts, JSON.stringify(all)].join('\n');
    });
    expect(kept.length).toBeGreaterThan(10_000);
    expect(kept).not.toMatch(/126\.6037|45\.7577/);
    await page.close();
  });

  test('a report waits, survives the phone’s restart, and arrives once when the server is back', async () => {
    const page = await fresh('/p/harbin-zhuozhan-b?report');
    await page.getByRole('button', { name: '其他' }).tap();
    await page.getByRole('button', { name: '提交：其他' }).tap();
    await page.getByRole('heading', { name: '已存在手机里' }).waitFor();
    await context.close();
    context = await open();
    context.setDefaultTimeout(20_000);
    const waiting = await fresh('/');
    await waiting.getByText('1 条还没发出去').waitFor();

    server = await startServer({ dataDir, port: server.port });
    await waiting.evaluate(() => dispatchEvent(new Event('online')));
    await waiting.getByText('1 条还没发出去').waitFor({ state: 'detached' });
    await waiting.getByText('没有网络').waitFor({ state: 'detached' });
    // Tried again by everything that tries: it is there once.
    await waiting.reload();
    await waiting.waitForSelector(READY);
    const receipts = await waiting.evaluate(() => localStorage.getItem('yz-receipts'));
    await context.close();
    await server.stop();
    const database = new Database(join(dataDir, 'yizhan.sqlite'), { readonly: true });
    const rows = database.prepare('select number, place_id, problem from reports').all() as { number: string }[];
    database.close();
    expect(rows).toEqual([{ number: expect.any(String), place_id: 'harbin-zhuozhan-b', problem: 'other' }]);
    expect(receipts).toContain(rows[0]?.number);
  });
});

describe('a new build', () => {
  const BUILD = (
    JSON.parse(readFileSync(new URL('../../web/dist/manifest.json', import.meta.url), 'utf8')) as { build: string }
  ).build;
  const NEXT = 'aaaaaaaaaaaa';
  let server: RunningServer;
  let front: Front;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    server = await startServer();
    front = await startFront(server, BUILD);
    browser = await launchChromium();
    context = await browser.newContext(phone);
    context.setDefaultTimeout(20_000);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await front?.close();
    await server?.stop();
  });

  const buildOf = (page: Page) =>
    page.evaluate(() => (JSON.parse(document.getElementById('state')?.textContent ?? '') as { build: string }).build);

  test('is said on the page of before, which goes on until its rider wants the new one', async () => {
    const page = await context.newPage();
    await page.goto(front.url);
    await page.waitForSelector(READY);
    await everythingKept(page);
    expect(await buildOf(page)).toBe(BUILD);
    expect(await page.getByText('已更新').count()).toBe(0);

    front.serve(NEXT);
    const other = await context.newPage();
    await other.goto(front.url);
    await page.getByText('已更新').waitFor();
    expect(await buildOf(page)).toBe(BUILD);
    // A page that is of the new build has nothing to say.
    expect(await buildOf(other)).toBe(NEXT);
    expect(await other.getByText('已更新').count()).toBe(0);
    await other.close();

    await page.getByRole('button', { name: '换上新版' }).tap();
    await page.waitForSelector(READY);
    await poll(page, () => (document.getElementById('state')?.textContent?.includes('aaaaaaaaaaaa') ? 'yes' : ''));
    expect(await page.getByText('已更新').count()).toBe(0);
    const caches = await page.evaluate(async () =>
      (await window.caches.keys()).filter((name) => /^yizhan-/.test(name)),
    );
    expect(caches).toEqual([`yizhan-${BUILD}`, `yizhan-${NEXT}`]);
    await page.close();
  });

  test('of which the worker is switched off takes the worker and its caches away, and the app goes on', async () => {
    const off = await startServer({ env: { YIZHAN_SERVICE_WORKER: 'off' } });
    front.switchOff(await (await fetch(`${off.url}/service-worker.js`)).text());
    await off.stop();
    const page = await context.newPage();
    await page.goto(front.url);
    await page.waitForSelector(READY);
    await poll(page, async () => ((await window.caches.keys()).length === 0 ? 'yes' : ''));
    await page.reload();
    await page.waitForSelector(READY);
    await page.getByRole('link', { name: '热水', exact: true }).tap();
    await page.waitForURL(/services=hot-water/);
    await page.close();
  });
});

describe('what a rider said', () => {
  let server: RunningServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    server = await startServer();
    browser = await launchChromium();
    context = await browser.newContext({ ...phone, serviceWorkers: 'block' });
    context.setDefaultTimeout(20_000);
    page = await context.newPage();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function report(): Promise<void> {
    await page.goto(`${server.url}/p/harbin-zhuozhan-b?report`);
    await page.waitForSelector(READY);
    await page.getByRole('button', { name: '其他' }).tap();
    await page.getByRole('button', { name: '提交：其他' }).tap();
    await page.getByRole('heading', { name: '已存在手机里' }).waitFor();
  }

  async function sendNow(): Promise<void> {
    await page.goto(server.url);
    await page.waitForSelector(READY);
    await page.evaluate(() => dispatchEvent(new Event('online')));
  }

  test('arrives once, though the answer to the first try was lost', async () => {
    let tries = 0;
    await context.route('**/reports', async (route) => {
      tries++;
      const response = await route.fetch();
      if (tries === 1) await route.abort();
      else await route.fulfill({ response });
    });
    await report();
    await sendNow();
    await poll(page, () => ((localStorage.getItem('yz-receipts') ?? '').includes('number') ? 'yes' : ''));
    await context.unroute('**/reports');
    expect(tries).toBe(2);
    const database = new Database(join(server.dataDir, 'yizhan.sqlite'), { readonly: true });
    expect(database.prepare('select count(*) as count from reports').get()).toEqual({ count: 1 });
    database.close();
  });

  test('and was refused later on is told with the reason, until it has been read', async () => {
    let tries = 0;
    await context.route('**/reports', async (route) => {
      tries++;
      if (tries === 1) await route.abort();
      else await route.continue({ url: route.request().url().replace('harbin-zhuozhan-b', 'harbin-00000') });
    });
    await report();
    await sendNow();
    await page.getByText(/的话没有发出去：.*没有这个点位/).waitFor();
    await page.reload();
    await page.getByText(/的话没有发出去：/).waitFor();
    await page.getByRole('button', { name: '知道了' }).tap();
    await page.getByText(/的话没有发出去：/).waitFor({ state: 'detached' });
    await context.unroute('**/reports');
  });
});

describe('whatever the browser lacks, the nearest place is found', () => {
  let server: RunningServer;
  let browser: Browser;
  let opened: BrowserContext | undefined;

  beforeAll(async () => {
    server = await startServer();
    browser = await launchChromium();
    await fetch(`${server.url}/api/snapshot`);
  }, 120_000);

  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const absent: [name: string, take: () => void][] = [
    ['a service worker', () => Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined })],
    [
      'IndexedDB',
      () =>
        Object.defineProperty(window, 'indexedDB', {
          get: () => {
            throw new DOMException('denied', 'SecurityError');
          },
        }),
    ],
    [
      'local storage',
      () =>
        Object.defineProperty(window, 'localStorage', {
          get: () => {
            throw new DOMException('denied', 'SecurityError');
          },
        }),
    ],
  ];
  test.each(absent)('without %s', async (_name, take) => {
    const { page, context, complaints } = await visit(browser, server, {
      prepare: (page) => page.addInitScript(take),
    });
    opened = context;
    await page.waitForSelector(READY);
    await page.getByRole('link', { name: '热水', exact: true }).tap();
    await page.waitForURL(/services=hot-water/);
    await page.locator('[data-place]').first().waitFor();
    expect(complaints).toEqual([]);
  });
});
