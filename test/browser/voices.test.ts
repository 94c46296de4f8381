// A rider who has something to say of a place, in a real browser against the real server.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { type OpenPage, type Visit, visit } from './rider-page.ts';
import { type RunningServer, startServer } from './server.ts';

interface Receipt {
  number: string;
  key: string;
  placeId: string;
}

let server: RunningServer;
let browser: Browser;
let opened: OpenPage | undefined;
/** A station with hot water that was seen to work before today. */
let stationId: string;
let swapId: string;
let sceneId: string;

beforeAll(async () => {
  server = await startServer();
  browser = await launchChromium();
  stationId = await find('kinds=station&services=hot-water', ({ services }) =>
    services.some((each) => each.code === 'hot-water' && each.state === 'ok' && isBeforeToday(each.confirmedAt)),
  );
  swapId = await find('kinds=bike-swap', () => true);
  sceneId = await find('kinds=scene', () => true);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(async () => {
  await opened?.context.close();
  opened = undefined;
});

interface Properties {
  name: string;
  services: { code: string; state: string; confirmedAt: string | null }[];
}

async function find(query: string, isFit: (properties: Properties) => boolean): Promise<string> {
  const response = await fetch(`${server.url}/api/places?${query}&limit=300`);
  const { features } = (await response.json()) as { features: { id: string; properties: Properties }[] };
  const found = features.find(({ id, properties }) => id.startsWith('demo-') && isFit(properties));
  if (!found) throw new Error(`The demo city has nothing for ${query}.`);
  return found.id;
}

function isBeforeToday(instant: string | null): boolean {
  return instant !== null && Date.now() - Date.parse(instant) > 86_400_000;
}

async function open(path: string, options: Visit = {}): Promise<Page> {
  opened = await visit(browser, server, { path, ...options });
  return opened.page;
}

function keptReceipts(page: Page): Promise<Receipt[]> {
  return page.evaluate(() => JSON.parse(localStorage.getItem('yz-receipts') ?? '[]') as Receipt[]);
}

async function readReceipt({ number, key }: Receipt): Promise<unknown> {
  const response = await fetch(`${server.url}/api/receipts/${number}`, { headers: { 'Receipt-Key': key } });
  expect(response.status).toBe(200);
  return response.json();
}

describe('a report', () => {
  test('is saved in three taps from the place’s page, and can be followed', async () => {
    const page = await open(`/p/${stationId}`);
    await page.getByRole('link', { name: '报问题' }).tap();
    await page.getByRole('button', { name: '没热水' }).tap();
    await page.getByRole('button', { name: '提交：没热水' }).tap();
    await page.getByRole('heading', { name: '已收到，编号' }).waitFor();

    const [receipt] = await keptReceipts(page);
    expect(receipt?.number).toMatch(/^HRB-[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(new URL(page.url()).search).toBe(`?receipt=${receipt?.number}`);
    expect(await page.locator('.receipt-number').textContent()).toBe(receipt?.number);
    expect(await readReceipt(receipt as Receipt)).toMatchObject({
      place: { id: stationId },
      problem: 'no-hot-water',
      status: 'received',
      hasPhotos: false,
    });
    await page.getByText('先去有热水的').waitFor();

    // Back leaves the receipt for the place, not for a form that was sent.
    await page.getByRole('link', { name: '返回' }).tap();
    await page.getByRole('link', { name: '报问题' }).waitFor();
    await page.goto(`${server.url}/?view=me`);
    await page.waitForSelector('yz-rider[data-ready]');
    await page.getByRole('link', { name: receipt?.number as string }).tap();
    await page.getByText('已收到，还没有新的进展').waitFor();
    expect(opened?.complaints).toEqual([]);
  });

  test('asks what is wrong before it goes, keeps word and photo, and takes a photo off again', async () => {
    const page = await open(`/p/${stationId}?report`);
    await page.getByRole('button', { name: '提交' }).tap();
    await page.getByText('先点上面一个，说说哪里不对').waitFor();
    const photo = { name: 'tap.png', mimeType: 'image/png', buffer: PIXEL };
    await page.getByLabel('拍照或选照片').setInputFiles([photo, photo]);
    await page.getByRole('img', { name: '第 2 张照片' }).waitFor();
    await page.getByRole('button', { name: '去掉第 1 张照片' }).tap();
    expect(await page.locator('.photos li').count()).toBe(1);
    await page.getByLabel('补一句').fill('水壶空了');
    await page.getByRole('button', { name: '其他' }).tap();
    expect(await page.getByLabel('补一句').inputValue()).toBe('水壶空了');
    await page.getByRole('button', { name: '提交：其他' }).tap();
    await page.getByRole('heading', { name: '已收到，编号' }).waitFor();
    const [receipt] = await keptReceipts(page);
    expect(await readReceipt(receipt as Receipt)).toMatchObject({ problem: 'other', hasPhotos: true });
    expect(opened?.complaints).toEqual([]);
  });

  test('is kept on the phone without a network, and arrives once when there is one again', async () => {
    const page = await open(`/p/${stationId}?report`);
    await opened?.context.setOffline(true);
    await page.getByRole('button', { name: '关门了' }).tap();
    await page.getByRole('button', { name: '提交：关门了' }).tap();
    await page.getByRole('heading', { name: '已存在手机里' }).waitFor();
    await page.getByText('有网后打开本页会自动发送').waitFor();
    await opened?.context.setOffline(false);
    await page.getByRole('heading', { name: '已收到，编号' }).waitFor();
    const receipts = await keptReceipts(page);
    expect(receipts).toHaveLength(1);
    expect(await readReceipt(receipts[0] as Receipt)).toMatchObject({ problem: 'closed' });
  });
});

describe('a word on the place’s page', () => {
  test('that it is open, and that the water is hot, brings the dates to today', async () => {
    const page = await open(`/p/${stationId}`);
    const water = page.locator('.ask', { hasText: '热水' }).first();
    expect(await water.textContent()).not.toContain('今天');
    await page.getByRole('button', { name: '是，开着' }).tap();
    await page.getByText('已记下，谢谢').first().waitFor();
    await page.getByText('开放时间 今天确认 · 骑手').waitFor();
    await water.locator('summary').tap();
    await page.getByRole('button', { name: '热水正常' }).tap();
    await water.getByText('已记下，谢谢').waitFor();
    await water.getByText('今天 · 骑手').waitFor();
    expect(opened?.complaints).toEqual([]);
  });

  test('that it is shut closes nothing alone, and says so', async () => {
    const page = await open(`/p/${stationId}`);
    await page.getByRole('button', { name: '否，关了' }).tap();
    await page.getByText('已记下，谢谢 · 两个人都说关了才会标成存疑').waitFor();
    expect(await page.locator('.pill').first().textContent()).not.toContain('有人说不对');
  });

  test('that somebody is there counts once a day, and is remembered', async () => {
    const page = await open(`/p/${stationId}`);
    await page.getByRole('button', { name: '我到了' }).tap();
    await page.getByText('今天已记下你到了，谢谢').waitFor();
    await page.reload();
    await page.waitForSelector('yz-rider[data-ready]');
    await page.getByText('今天已记下你到了，谢谢').waitFor();
    expect(await page.getByRole('button', { name: '我到了' }).count()).toBe(0);
  });

  test('counts the bicycles at an exchange', async () => {
    const page = await open(`/p/${swapId}`);
    const button = page.getByRole('button', { name: '报：可用' });
    const before = Number(/可用 (\d+)/.exec((await button.textContent()) ?? '')?.[1]);
    const step = before > 0 ? -1 : 1;
    await page.getByRole('button', { name: step < 0 ? '可用减一辆' : '可用加一辆' }).tap();
    await button.tap();
    await page.getByText('已记下，谢谢').waitFor();
    await page.getByText(`可借 ${before + step} 辆`).waitFor();
  });

  test('is kept without a network', async () => {
    const page = await open(`/p/${stationId}`);
    await opened?.context.setOffline(true);
    await page.getByRole('button', { name: '是，开着' }).tap();
    await page.getByText('已存在手机里。有网后打开本页会自动发送').waitFor();
  });
});

test('without scripts nothing is there that would need them', async () => {
  const page = await open(`/p/${stationId}`, { withoutScript: true });
  for (const name of ['是，开着', '我到了', '报问题']) {
    expect(await page.getByText(name, { exact: true }).isVisible()).toBe(false);
  }
  expect(await page.getByRole('link', { name: '骑车去' }).isVisible()).toBe(true);
});

describe('every screen', () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const screens = () => ({
    place: `/p/${stationId}`,
    scene: `/p/${sceneId}`,
    swap: `/p/${swapId}`,
    report: `/p/${stationId}?report=dirty`,
    receipt: `/p/${stationId}?receipt=HRB-000000`,
    waiting: `/p/${stationId}?receipt=`,
  });

  test.each([false, true])(
    'passes axe with targets of 48 px and nothing wider than 320 px; dark: %s',
    async (dark) => {
      for (const [name, path] of Object.entries(screens())) {
        const page = await open(path, { dark });
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
        });
        const found = await page.evaluate(async (source) => {
          const run = new Function(`${source}; return axe.run(document, { resultTypes: ['violations'] })`);
          const { violations } = (await run()) as { violations: { id: string; nodes: { html: string }[] }[] };
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
        }, axe);
        expect([name, found]).toEqual([name, []]);
        await page.setViewportSize({ width: 320, height: 640 });
        expect([name, await page.evaluate(smallTargets)]).toEqual([name, []]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
        await opened?.context.close();
      }
    },
    60_000,
  );
});

/** What is tapped and smaller than a gloved thumb; links inside a sentence are read as well as tapped. */
function smallTargets(): string[] {
  const all = [...document.querySelectorAll<HTMLElement>('a[href], button, summary, input, label.button')];
  return all
    .filter((each) => !each.matches('.visually-hidden, .skip') && !each.closest('p'))
    .filter((each) => {
      const { width, height } = each.getBoundingClientRect();
      return width > 0 && (width < 47.5 || height < 47.5);
    })
    .map((each) => each.outerHTML.slice(0, 120));
}

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
