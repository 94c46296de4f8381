// The browser itself: what the other browser tests take for granted.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, phone } from './chromium.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await (await browser.newContext(phone)).newPage();
});

afterAll(() => browser.close());

/** The glyph as its pixels: 64×64 alpha values, in the font stack of the product. */
function pixelsOf(glyph: string): Promise<number[]> {
  return page.evaluate((text) => {
    const context = new OffscreenCanvas(64, 64).getContext('2d');
    if (!context) throw new Error('no 2D canvas');
    context.font = '48px system-ui, "Noto Sans CJK SC", sans-serif';
    context.fillText(text, 8, 48);
    return [...context.getImageData(0, 0, 64, 64).data.filter((_value, i) => i % 4 === 3)];
  }, glyph);
}

test('Han characters are drawn as themselves, not as empty boxes', async () => {
  const glyphs = await Promise.all(['驿', '站', '暖'].map(pixelsOf));
  // U+FFFFF is assigned to nothing: whatever is drawn for it is what a missing glyph looks like.
  const missing = await pixelsOf('\u{FFFFF}');
  for (const glyph of glyphs) {
    expect(glyph.some((alpha) => alpha > 0)).toBe(true);
    expect(glyph).not.toEqual(missing);
  }
  expect(new Set(glyphs.map(String)).size).toBe(glyphs.length);
});

test('the browser draws WebGL 2, which the map needs', async () => {
  const drawn = await page.evaluate(() => {
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
    if (!gl) return undefined;
    gl.clearColor(1, 0, 0, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const pixel = new Uint8Array(4);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    return [...pixel];
  });
  expect(drawn).toEqual([255, 0, 0, 255]);
});

test('the browser speaks Chinese, as its users do', async () => {
  expect(await page.evaluate(() => navigator.language)).toBe('zh-CN');
});
