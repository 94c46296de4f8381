// What a rider's hand and eyes ask for, in a real browser against the real server: modes, favourites, searches, and the
// pages that are only read.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { type OpenPage, type Visit, visit } from './rider-page.ts';
import { type RunningServer, startServer } from './server.ts';

const DAOLI = [126.603, 45.7577] as const;
const PLACE = '/p/harbin-zhuozhan-b';
const WECHAT =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0';

let server: RunningServer;
let browser: Browser;
let opened: OpenPage | undefined;

beforeAll(async () => {
  server = await startServer();
  browser = await launchChromium();
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

const ready = (page: Page) => page.waitForSelector('yz-rider[data-ready]');
const rootData = (page: Page) => page.evaluate(() => ({ ...document.documentElement.dataset }));
const ground = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.body.parentElement as Element).backgroundColor);
const heightOf = async (page: Page, selector: string) => (await page.locator(selector).first().boundingBox())?.height;
const keepModes = (modes: object) => (page: Page) =>
  page.addInitScript((kept) => localStorage.setItem('yz-modes', kept), JSON.stringify(modes));

describe('modes', () => {
  test('are set with one tap each in 我的, and stay', async () => {
    const { page, complaints } = await open({ path: '/?view=me' });
    await page.getByRole('button', { name: '深色' }).tap();
    await page.getByRole('switch', { name: '大字' }).tap();
    await page.getByRole('switch', { name: '手套' }).tap();
    expect(await ground(page)).toBe('rgb(14, 21, 27)');
    await page.reload();
    await ready(page);
    expect(await rootData(page)).toEqual({ theme: 'dark', text: 'large', hand: 'gloves' });
    expect(await page.getByRole('button', { name: '深色' }).getAttribute('aria-pressed')).toBe('true');
    expect(await page.getByRole('switch', { name: '手套' }).getAttribute('aria-checked')).toBe('true');
    await page.getByRole('switch', { name: '大字' }).tap();
    expect(await rootData(page)).toEqual({ theme: 'dark', hand: 'gloves' });
    expect(complaints).toEqual([]);
  });

  test('are on the page before its own script has run', async () => {
    const { page } = await open({
      prepare: async (page) => {
        await keepModes({ theme: 'contrast', large: true })(page);
        await page.route(/\/assets\/rider-/, (route) => route.abort());
      },
    });
    await page.waitForSelector('.hero');
    expect(await rootData(page)).toEqual({ theme: 'contrast', text: 'large' });
    expect(await ground(page)).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('20px');
  });

  test('by hand come before what the phone is set to', async () => {
    const { page } = await open({ dark: true, path: '/?view=me' });
    expect(await ground(page)).toBe('rgb(14, 21, 27)');
    await page.getByRole('button', { name: '浅色' }).tap();
    await page.reload();
    await ready(page);
    expect(await ground(page)).toBe('rgb(245, 247, 249)');
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await ready(page);
    expect(await ground(page)).toBe('rgb(14, 21, 27)');
  });

  test('for gloves: every target 56, the main one 72, rows 96', async () => {
    const { page } = await open({ position: DAOLI, prepare: keepModes({ gloves: true }) });
    await ready(page);
    await page.waitForSelector('.rows > .row');
    expect(await heightOf(page, '.button.main')).toBeGreaterThanOrEqual(72);
    expect(await heightOf(page, '.rows > .row')).toBeGreaterThanOrEqual(96);
    for (const selector of ['.chip', '.icon-button', '.nav a', '.kinds a']) {
      expect(await heightOf(page, selector)).toBeGreaterThanOrEqual(56);
    }
  });

  test('colour the live map too', async () => {
    const { page } = await open({ wide: true, position: DAOLI });
    const theme = () => page.locator('yz-live-map').evaluate((map: HTMLElement & { theme?: string }) => map.theme);
    await page.locator('yz-live-map canvas').waitFor();
    expect(await theme()).toBe('light');
    await page.getByRole('link', { name: '我的' }).click();
    await page.getByRole('button', { name: '高对比' }).click();
    expect(await theme()).toBe('contrast');
  });
});

describe('in winter', () => {
  test('供暖 is set when the app is opened, goes with the stations, and can be taken off', async () => {
    const { page } = await open({ position: DAOLI, prepare: keepModes({ winter: true }) });
    await ready(page);
    const chip = page.getByRole('navigation', { name: '需要什么' }).getByRole('link', { name: '供暖' });
    expect(await chip.getAttribute('aria-current')).toBe('true');
    expect(new URL(page.url()).searchParams.get('services')).toBe('heating');
    await page.getByRole('link', { name: '厕所·临停' }).tap();
    expect(await chip.getAttribute('aria-current')).toBe('false');
    await page.getByRole('link', { name: '驿站', exact: true }).tap();
    expect(await chip.getAttribute('aria-current')).toBe('true');
    await chip.tap();
    expect(await chip.getAttribute('aria-current')).toBe('false');
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '我的' }).tap();
    await page.getByRole('link', { name: '附近' }).tap();
    expect(await chip.getAttribute('aria-current')).toBe('false');
  });
});

describe('favourites', () => {
  test('are starred on the place’s page, listed in 我的 with state and minutes, and survive a reload', async () => {
    const { page } = await open({ path: PLACE });
    const star = page.getByRole('button', { name: '收藏' });
    await star.tap();
    expect(await star.getAttribute('aria-pressed')).toBe('true');
    await page.goto(`${server.url}/?view=me`);
    await ready(page);
    await page.reload();
    await ready(page);
    const row = page.locator(`.row[href="${PLACE}"]`);
    expect(await row.innerText()).toMatch(/卓展购物中心[\s\S]*时间未知[\s\S]*\d+ 分钟/);
    await row.tap();
    await star.tap();
    await page.goto(`${server.url}/?view=me`);
    await ready(page);
    expect(await page.innerText('main')).toContain('还没有收藏');
  });

  test('that are gone are called by name and can be removed', async () => {
    const gone = JSON.stringify([{ id: 'harbin-no-more', name: '拆了的驿站' }]);
    const { page } = await open({
      path: '/?view=me',
      prepare: async (page) => {
        await page.goto(`${server.url}/help`);
        await page.evaluate((kept) => localStorage.setItem('yz-favourites', kept), gone);
      },
    });
    await ready(page);
    expect(await page.innerText('main')).toContain('现在的数据里没有它了');
    await page.getByRole('button', { name: '移除拆了的驿站' }).tap();
    expect(await page.innerText('main')).toContain('还没有收藏');
    expect(await page.evaluate(() => localStorage.getItem('yz-favourites'))).toBeNull();
  });
});

describe('recent searches', () => {
  test('come back as one tap, and can be cleared', async () => {
    const { page, requests } = await open({ path: '/?view=search' });
    const field = page.getByRole('searchbox');
    await field.fill('卓展');
    await page.locator('.rows .row').first().tap();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(`${server.url}/?view=search`);
    await ready(page);
    await field.fill('没');
    expect(await page.innerText('main')).toContain('再输一个字就能搜');
    await page.getByRole('link', { name: '卓展' }).tap();
    expect(await field.inputValue()).toBe('卓展');
    await page.locator('.rows .row').first().waitFor();
    await field.fill('');
    await page.getByRole('button', { name: '清空' }).tap();
    expect(await page.innerText('main')).not.toContain('最近搜过');
    expect(requests.filter((request) => request.includes(encodeURIComponent('卓展')))).toEqual([]);
  });
});

test('in WeChat a hint to open the browser is there on the first visit, until it was read', async () => {
  const context = await browser.newContext({
    userAgent: WECHAT,
    viewport: { width: 360, height: 640 },
    hasTouch: true,
  });
  const page = await context.newPage();
  await page.goto(server.url);
  await ready(page);
  const hint = page.getByText('在微信里：点右上角“…”→在浏览器打开，定位更准');
  expect(await hint.count()).toBe(1);
  await page.getByRole('button', { name: '知道了' }).tap();
  expect(await hint.count()).toBe(0);
  await page.reload();
  await ready(page);
  expect(await hint.count()).toBe(0);
  await context.close();
});

test('without storage all of it works until the page is closed', async () => {
  const { page, complaints } = await open({
    path: '/?view=me',
    prepare: (page) =>
      page.addInitScript(() => {
        Object.defineProperty(window, 'localStorage', {
          get() {
            throw new DOMException('switched off', 'SecurityError');
          },
        });
      }),
  });
  await ready(page);
  await page.getByRole('button', { name: '深色' }).tap();
  expect(await ground(page)).toBe('rgb(14, 21, 27)');
  expect(complaints).toEqual([]);
});

describe('the pages that are only read', () => {
  test.each([
    ['怎么用 · 无障碍', '/help', '怎么用'],
    ['隐私 · 存了什么、存多久', '/privacy', '隐私'],
  ])('%s is one link from 我的, and leads back', async (label, path, heading) => {
    const { page, complaints } = await open({ path: '/?view=me' });
    await page.getByRole('link', { name: label }).tap();
    await page.waitForURL(`**${path}`);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(heading);
    await page.getByRole('link', { name: '返回我的' }).tap();
    await ready(page);
    expect(new URL(page.url()).search).toBe('?view=me');
    expect(complaints).toEqual([]);
  });

  test('need no script', async () => {
    const { page } = await open({ path: '/help', withoutScript: true });
    expect(await page.innerText('main')).toContain('无障碍说明');
  });
});

const OWN_SCREENS = ['/?view=me', '/help', '/privacy'];
const SCREENS = [...OWN_SCREENS, '/?view=search', '/?view=areas', '/', PLACE];
const LOOKS = [
  ['light', { theme: 'light' }, OWN_SCREENS],
  ['dark', { theme: 'dark' }, OWN_SCREENS],
  ['high contrast', { theme: 'contrast' }, SCREENS],
  ['大字 and 手套', { large: true, gloves: true }, SCREENS],
] as const;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function show(page: Page, path: string): Promise<void> {
  await page.goto(server.url + path);
  if (path !== '/help' && path !== '/privacy') await ready(page);
}

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

describe.each(LOOKS)('in %s', (_name, modes, screens) => {
  test('every screen passes axe, and at 320 px nothing is wider than the screen', async () => {
    const { page } = await open({ path: '/help', prepare: keepModes(modes) });
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of screens) {
      await show(page, path);
      const violations = await page.evaluate(async (source) => {
        // The page's content policy forbids script elements of others; the console may run what it likes.
        const run = new Function(`${source}; return axe.run(document, { resultTypes: ['violations'] })`);
        const found = (await run()) as { violations: { id: string; nodes: { html: string }[] }[] };
        return found.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
        );
      }, axe);
      expect({ path, violations, width: await widthOf(page) }).toEqual({ path, violations: [], width: 320 });
    }
  });
});

test('with the phone’s own type at 200 % nothing is wider than the screen, and no word is cut', async () => {
  const { page } = await open({ path: '/help', prepare: async () => undefined });
  for (const path of SCREENS) {
    await show(page, path);
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('36px');
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('a, button, h1, h2, h3, p, dd, dt, .row, .item, .button')]
        .filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== 'inline')
        .filter((each) => !each.matches('.visually-hidden') && each.innerText.trim() !== '')
        .map((each) => each.innerText),
    );
    expect({ path, width: await widthOf(page), cut }).toEqual({ path, width: 360, cut: [] });
  }
});
