// The live map in a real browser, on a page of its own under the product's content security policy.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { CoreDocument } from '../../data/core.ts';
import type { Point } from '../../data/place.ts';
import { NOW_MS, smallCore } from '../web/map-core.ts';
import { launchChromium, phone } from './chromium.ts';
import type {} from './live-map-page.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const root = fileURLToPath(new URL('../..', import.meta.url));

/** One station, and thirty toilets within a few metres half a kilometre south of it. */
const scattered = Array.from(
  { length: 30 },
  (_, i): Point => [120 + (i % 6) * 1e-4, 29.995 + Math.floor(i / 6) * 1e-4],
);
const alone = smallCore([{ kind: 'station', point: [120, 30] }]);
const crowded = smallCore(scattered.map((point) => ({ kind: 'toilet', point })));

let server: Server;
let origin: string;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const files = new Map<string, { type: string; body: string | Uint8Array }>();
  const { outputFiles } = await build({
    entryPoints: { page: 'test/browser/live-map-page.ts', styles: 'test/browser/live-map-page.css' },
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    outdir: '/',
    write: false,
  });
  for (const { path, contents } of outputFiles) {
    const name = path.slice(path.lastIndexOf('/'));
    files.set(name, { type: name.endsWith('.css') ? 'text/css' : 'text/javascript', body: contents });
  }
  const worker = readFileSync(fileURLToPath(import.meta.resolve('maplibre-gl/dist/maplibre-gl-worker.mjs')));
  files.set('/worker.mjs', { type: 'text/javascript', body: worker });
  files.set('/alone', { type: 'text/html; charset=utf-8', body: htmlOf(alone) });
  files.set('/crowded', { type: 'text/html; charset=utf-8', body: htmlOf(crowded) });
  server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', 'http://page').pathname);
    response.writeHead(file ? 200 : 404, {
      'content-type': file?.type ?? 'text/plain',
      'content-security-policy': POLICY,
    });
    response.end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

afterEach(() => page.context().close());

function htmlOf(core: CoreDocument): string {
  const given = JSON.stringify({ core, nowMs: NOW_MS }).replaceAll('<', '\\u003c');
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,"><link rel="stylesheet" href="/styles.css">
<script type="application/json" id="given">${given}</script><body><script type="module" src="/page.js"></script></body></html>`;
}

/** Opens a page and waits until its map is drawn, or is known not to be. */
async function open(path: string, from = browser): Promise<void> {
  page = await (await from.newContext(phone)).newPage();
  await page.goto(origin + path);
  await until(() => page.evaluate(() => window.said.some(({ type }) => type === 'map-ready' || type === 'map-failed')));
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`It did not come true. Said: ${JSON.stringify(await page.evaluate(() => window.said))}`);
}

const said = (type: string) =>
  page.evaluate((wanted) => window.said.flatMap((each) => (each.type === wanted ? [each.detail] : [])), type);

/** The colour of a pixel of the screen, `#rrggbb`. */
async function colourAt(x: number, y: number): Promise<string> {
  const picture = (await page.screenshot({ clip: { x, y, width: 1, height: 1 } })).toString('base64');
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context?.drawImage(image, 0, 0);
    const [red = 0, green = 0, blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? [];
    return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  }, picture);
}

const middle = { x: phone.viewport.width / 2, y: phone.viewport.height / 2 };

describe('the live map', () => {
  test('is drawn with its pins, and says so', async () => {
    const complaints: string[] = [];
    page = await (await browser.newContext(phone)).newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${origin}/alone?listed=1`);
    await until(async () => (await said('map-ready')).length === 1);
    // Beside the number on the pin that is drawn around the middle.
    await until(async () => (await colourAt(middle.x - 10, middle.y + 8)) === '#b83a00');
    expect(await colourAt(20, 20)).toBe('#efefe9');
    expect(complaints).toEqual([]);
    expect(await page.getByText('示意图，非测绘成果').isVisible()).toBe(true);
  });

  test('a tap beside a pin, where a finger still means it, selects its place', async () => {
    await open('/alone?listed=1');
    await until(async () => (await colourAt(middle.x - 10, middle.y + 8)) === '#b83a00');
    await page.touchscreen.tap(middle.x + 22, middle.y);
    await until(async () => (await said('place-selected')).length > 0);
    expect(await said('place-selected')).toEqual([{ id: 'p0' }]);
  });

  test('a tap on a capsule goes closer and selects nothing', async () => {
    await open('/crowded?listed=0');
    await page.evaluate(() => {
      for (let i = 0; i < 3; i++) document.querySelector<HTMLElement>('[aria-label="缩小"]')?.click();
    });
    await until(async () => (await said('map-moved')).length > 0);
    await until(async () => (await colourAt(middle.x, middle.y - 14)) === '#0b5cad');
    const before = (await said('map-moved')).length;
    await page.touchscreen.tap(middle.x, middle.y);
    await until(async () => (await said('map-moved')).length > before);
    expect(await said('place-selected')).toEqual([]);
  });

  test('wears the theme that it is given', async () => {
    await open('/alone?listed=1');
    await page.evaluate(() => {
      window.map.theme = 'dark';
    });
    await until(async () => (await colourAt(20, 20)) === '#161f27');
  });

  test('has buttons large enough for a glove, with words for those who cannot see them', async () => {
    await open('/alone?listed=1');
    const buttons = await page.getByRole('button').all();
    expect(await Promise.all(buttons.map((button) => button.getAttribute('aria-label')))).toEqual([
      '放大',
      '缩小',
      '用我的位置',
    ]);
    for (const button of buttons) {
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThan(47.9);
    }
    await page.getByRole('button', { name: '用我的位置' }).tap();
    expect(await said('locate-wanted')).toHaveLength(1);
  });

  test('is moved by the arrow keys', async () => {
    await open('/alone?listed=1');
    const canvas = page.locator('yz-live-map canvas');
    expect(await canvas.getAttribute('aria-label')).toMatch(/^地图/);
    await canvas.focus();
    await page.keyboard.press('ArrowRight');
    await until(async () => (await said('map-moved')).length > 0);
    const [moved] = (await said('map-moved')) as { centre: Point }[];
    expect(moved?.centre[0]).toBeGreaterThan(120);
  });

  test('leaves with its element and comes back with it', async () => {
    await open('/alone?listed=1');
    await page.evaluate(() => {
      window.map.remove();
      document.body.append(window.map);
    });
    await until(async () => (await said('map-ready')).length === 2);
    expect(await page.locator('yz-live-map canvas').count()).toBe(1);
  });

  test('without WebGL says that the list still works, and nothing raw', async () => {
    const withoutWebGl = await launchChromium({ args: ['--disable-3d-apis'] });
    try {
      await open('/alone?listed=1', withoutWebGl);
      expect(await said('map-failed')).toEqual([{ reason: 'no-webgl' }]);
      expect(await page.locator('yz-live-map').textContent()).toMatch(/这台手机打不开地图，列表可以正常用/);
      expect(await page.locator('yz-live-map').textContent()).not.toMatch(/[a-z]/i);
    } finally {
      await withoutWebGl.close();
    }
  });
});
