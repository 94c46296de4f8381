// Small screens, large type, no motion, the colours of the system: on every screen of the rider's app.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { PLACE_KINDS } from '../../data/place.ts';
import { launchChromium, phone } from './chromium.ts';
import { cutOrCovered, sticksOut, unfold } from './inspect.ts';
import { type RunningServer, startServer } from './server.ts';

const READY = 'yz-rider[data-ready]';
const HERE = { geolocation: { longitude: 126.603, latitude: 45.7577, accuracy: 30 }, permissions: ['geolocation'] };

let server: RunningServer;
let browser: Browser;
let paths: string[];

beforeAll(async () => {
  server = await startServer();
  browser = await launchChromium();
  paths = [
    '/',
    '/?kinds=scene',
    '/?services=hot-water,shower,nursing,fridge,legal-aid,aed',
    '/?view=map',
    '/?view=areas',
    '/?view=search',
    '/?view=search&q=%E9%A9%BF%E7%AB%99',
    '/?view=me',
    '/help',
    '/privacy',
  ];
  for (const kind of PLACE_KINDS) {
    const response = await fetch(`${server.url}/api/places?kinds=${kind}&limit=1`);
    const [first] = ((await response.json()) as { features: { id: string }[] }).features;
    if (first) paths.push(`/p/${first.id}`);
    if (first && kind === 'station') paths.push(`/p/${first.id}?report=dirty`, `/p/${first.id}?receipt=HRB-000000`);
  }
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens each screen and answers what `look` found there. */
async function onEveryScreen(
  options: object,
  look: (page: Page, path: string) => Promise<string[]>,
  modes: object = {},
): Promise<string[]> {
  const context = await browser.newContext({ ...phone, ...HERE, ...options });
  context.setDefaultTimeout(20_000);
  await context.addInitScript((kept) => localStorage.setItem('yz-modes', kept), JSON.stringify(modes));
  const page = await context.newPage();
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(server.url + path);
    if (path !== '/help' && path !== '/privacy') await page.waitForSelector(READY);
    if (path.includes('view=map')) await page.locator('yz-live-map canvas').waitFor();
    await unfold(page);
    found.push(...(await look(page, path)).map((each) => `${path}: ${each}`));
  }
  await context.close();
  return found;
}

const wrongAsLaidOut = async (page: Page) => [...(await sticksOut(page)), ...(await cutOrCovered(page))];
const SMALL = { viewport: { width: 320, height: 640 } };

describe('nothing is wider than the screen, cut off, or over something else', () => {
  test('at 320 px', async () => {
    expect(await onEveryScreen(SMALL, wrongAsLaidOut)).toEqual([]);
  }, 120_000);

  test('at 320 px with 大字 and 手套', async () => {
    expect(await onEveryScreen(SMALL, wrongAsLaidOut, { large: true, gloves: true })).toEqual([]);
  }, 120_000);

  test('with the phone’s own type at 200 %', async () => {
    const enlarge = async (page: Page) => {
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
      expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('36px');
      return wrongAsLaidOut(page);
    };
    expect(await onEveryScreen({}, enlarge)).toEqual([]);
  }, 120_000);
});

test('where motion is not wanted nothing moves', async () => {
  const moving = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((each) =>
        [null, '::before', '::after'].flatMap((part) => {
          const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(each, part);
          const seconds = transitionDuration.split(',').some((duration) => Number.parseFloat(duration) > 0);
          const isAnimated = animationName !== 'none' && Number.parseFloat(animationDuration) > 0;
          return seconds || isAnimated || scrollBehavior === 'smooth'
            ? [`${each.outerHTML.slice(0, 100)} ${part ?? ''}`]
            : [];
        }),
      ),
    );
  expect(await onEveryScreen({ reducedMotion: 'reduce' }, moving)).toEqual([]);
  // Where it is welcome there is a little: so the first half could have failed.
  const quiet = await onEveryScreen({ reducedMotion: 'no-preference' }, moving);
  expect(quiet.length).toBeGreaterThan(10);
}, 120_000);

describe('in the colours of the system', () => {
  test('what is tapped has an edge, what is chosen another, and drawings follow the text', async () => {
    const wrong = await onEveryScreen({ forcedColors: 'active', colorScheme: 'dark' }, (page) =>
      page.evaluate(() => {
        const found: string[] = [];
        const words = (each: Element) => each.outerHTML.slice(0, 110);
        const edge = (each: Element) => {
          const { borderTopWidth, borderTopStyle, outlineStyle, outlineWidth } = getComputedStyle(each);
          const border = borderTopStyle === 'none' ? 0 : Number.parseFloat(borderTopWidth);
          return border + (outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth));
        };
        const shown = (each: Element) => each.checkVisibility({ visibilityProperty: true });
        for (const each of document.querySelectorAll('.button, .chip, .tile, .icon-button.boxed, .search-field')) {
          if (shown(each) && edge(each) < 1) found.push(`no edge: ${words(each)}`);
        }
        const chosen = '[aria-current="true"], [aria-current="page"], [aria-pressed="true"]';
        for (const each of document.querySelectorAll(chosen)) {
          const other = [...(each.parentElement?.children ?? [])].find((one) => !one.matches(chosen));
          if (!shown(each) || !other) continue;
          const [one, two] = [getComputedStyle(each), getComputedStyle(other)];
          const isSeen = edge(each) > edge(other) || one.backgroundColor !== two.backgroundColor;
          if (!isSeen) found.push(`chosen and not seen: ${words(each)}`);
        }
        for (const each of document.querySelectorAll('svg.icon')) {
          const { stroke, color } = getComputedStyle(each);
          if (shown(each) && stroke !== color) found.push(`icon in ${stroke} beside text in ${color}: ${words(each)}`);
        }
        return found;
      }),
    );
    expect(wrong).toEqual([]);
  }, 120_000);

  test('a switch that is on looks other than one that is off', async () => {
    const context = await browser.newContext({ ...phone, forcedColors: 'active' });
    const page = await context.newPage();
    await page.goto(`${server.url}/?view=me`);
    await page.waitForSelector(READY);
    const looks = () =>
      page
        .getByRole('switch', { name: '手套' })
        .locator('.switch')
        .evaluate((each) => {
          const knob = getComputedStyle(each, '::after');
          return { ground: getComputedStyle(each).backgroundColor, knob: knob.backgroundColor, at: knob.left };
        });
    const off = await looks();
    await page.getByRole('switch', { name: '手套' }).tap();
    await page.waitForTimeout(300);
    const on = await looks();
    expect(on.at).not.toBe(off.at);
    expect(on.ground).not.toBe(off.ground);
    // The knob is seen on its ground in both.
    expect([off.knob === off.ground, on.knob === on.ground]).toEqual([false, false]);
    await context.close();
  });
});
