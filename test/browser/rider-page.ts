// Opens the rider's app as a person would, at a time of day that the test chooses.

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { wallClock } from '../../data/wall-clock.ts';
import { desktop, phone } from './chromium.ts';
import type { RunningServer } from './server.ts';

export interface Visit {
  path?: string;
  /** Longitude, latitude and accuracy in metres; granted. */
  position?: readonly [lng: number, lat: number, accuracy?: number];
  wide?: boolean;
  dark?: boolean;
  /** What the city's clock reads today, for example 10:30. The server's own time without it. */
  clock?: string;
  withoutScript?: boolean;
  prepare?: (page: Page, context: BrowserContext) => Promise<unknown>;
}

export interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** What the browser complained of: script errors, violations of the content policy, failed requests to us. */
  complaints: string[];
  /** Addresses and bodies of all that was asked for. */
  requests: string[];
  /** Milliseconds that the app takes for now. */
  nowMs: number;
}

export const TIMEZONE = 'Asia/Shanghai';
/** The app has taken the page over: it ranks by itself from here on. */
const TAKEN_OVER = 'yz-rider[data-ready]';

export async function visit(browser: Browser, server: RunningServer, options: Visit = {}): Promise<OpenPage> {
  const { position } = options;
  const context = await browser.newContext({
    ...(options.wide ? desktop : phone),
    colorScheme: options.dark ? 'dark' : 'light',
    javaScriptEnabled: !options.withoutScript,
    ...(position && {
      geolocation: { longitude: position[0], latitude: position[1], accuracy: position[2] ?? 30 },
      permissions: ['geolocation'],
    }),
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(`${request.url()} ${request.postData() ?? ''}`));
  const nowMs = options.clock === undefined ? Date.now() : todayAt(options.clock);
  if (options.clock !== undefined) await shiftClock(page, server, nowMs);
  await options.prepare?.(page, context);
  await page.goto(server.url + (options.path ?? '/'));
  if (!options.withoutScript && !options.prepare) await page.waitForSelector(TAKEN_OVER);
  if (position && !options.prepare && !options.path?.startsWith('/p/')) {
    await page.waitForSelector('text=/前的位置|刚才的位置|不在/');
  }
  return { page, context, complaints, requests, nowMs };
}

/** Milliseconds at which the city's clock reads so today. */
export function todayAt(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  const wall = wallClock(TIMEZONE);
  const today = wall.dayOf(Math.floor(Date.now() / 60_000));
  return wall.minuteOf(today * 1440 + hours * 60 + minutes) * 60_000;
}

/** The app believes the server's clock where the phone's is far off; so the server's page is given another one. */
async function shiftClock(page: Page, server: RunningServer, nowMs: number): Promise<void> {
  await page.route(`${server.url}/**`, async (route) => {
    if (route.request().resourceType() !== 'document') return route.fallback();
    const response = await route.fetch();
    const html = await response.text();
    await route.fulfill({ response, body: html.replace(/"nowMs":\d+/, `"nowMs":${nowMs}`) });
  });
}

/** Navigators are other people's sites: what matters is which address a tap leads to. */
export async function catchNavigator(context: BrowserContext): Promise<string[]> {
  const reached: string[] = [];
  await context.route(/^https:\/\/(uri\.amap\.com|apis\.map\.qq\.com)\//, async (route) => {
    reached.push(route.request().url());
    await route.fulfill({ contentType: 'text/html', body: '<title>navigator</title>' });
  });
  return reached;
}
