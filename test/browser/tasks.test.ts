// Twelve things that a newcomer wants, done by visible words and roles alone: no test ids, no address typed but the first.
// Each counts its taps against the limits that the product sets itself, on a phone and on an office screen.

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { catchNavigator, type OpenPage, type Visit, visit } from './rider-page.ts';
import { type RunningServer, startServer } from './server.ts';

const DAOLI = [126.603, 45.7577] as const;
const RIDE = '骑车去';

let server: RunningServer;
let browser: Browser;
let opened: OpenPage | undefined;

beforeAll(async () => {
  server = await startServer();
  browser = await launchChromium();
  await (await fetch(`${server.url}/api/snapshot`)).text();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(async () => {
  await opened?.context.close();
  opened = undefined;
});

/** A person with the app open, who counts taps. */
interface Newcomer {
  page: Page;
  reached: string[];
  taps: number;
  tap(target: Locator): Promise<void>;
}

async function newcomer(wide: boolean, options: Visit = {}): Promise<Newcomer> {
  opened = await visit(browser, server, { clock: '10:30', wide, ...options });
  const { page, context } = opened;
  const reached = await catchNavigator(context);
  const person: Newcomer = {
    page,
    reached,
    taps: 0,
    async tap(target) {
      await target.first().click();
      person.taps++;
    },
  };
  return person;
}

const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Following the link is one tap; it ends in a navigator. */
async function rideThere(person: Newcomer): Promise<void> {
  await person.tap(link(person.page, RIDE));
  await person.page.waitForURL(/uri\.amap\.com/);
  expect(person.reached).toHaveLength(1);
}

async function openFirst(person: Newcomer): Promise<void> {
  await person.tap(link(person.page, '详情'));
  await person.page.getByRole('heading', { name: '开放时间' }).waitFor();
}

describe.each([
  ['on a phone', false],
  ['on an office screen', true],
])('%s', (_where, wide) => {
  test('back for the second time: the nearest open station, 1 tap', async () => {
    const person = await newcomer(wide, { position: DAOLI });
    await rideThere(person);
    expect(person.taps).toBe(1);
  });

  test('the first time: say where I am, and go, 2 taps', async () => {
    const person = await newcomer(wide, {
      prepare: async (page, context) => {
        // Asked for the first time: the permission is given when the app asks.
        await context.grantPermissions([]);
        await context.setGeolocation({ longitude: DAOLI[0], latitude: DAOLI[1], accuracy: 30 });
        await page.addInitScript(() => {
          navigator.permissions.query = () => Promise.resolve({ state: 'prompt' } as PermissionStatus);
        });
        await context.grantPermissions(['geolocation']);
      },
    });
    await person.page.waitForSelector('yz-rider[data-ready]');
    await person.tap(button(person.page, '用我的位置'));
    await person.page.getByText('刚才的位置').waitFor();
    await rideThere(person);
    expect(person.taps).toBe(2);
  });

  test('without a position: a district, and go, 3 taps', async () => {
    const person = await newcomer(wide);
    await person.tap(link(person.page, /还没有定位/));
    await person.tap(link(person.page, '南岗').and(person.page.getByText('南岗', { exact: true })));
    await person.page.getByText('南岗区', { exact: true }).waitFor();
    await rideThere(person);
    expect(person.taps).toBe(3);
  });

  test('hot water, open now, 2 taps', async () => {
    const person = await newcomer(wide, { position: DAOLI });
    await person.tap(link(person.page, /^热水$/));
    await person.page.waitForURL(/services=hot-water/);
    await rideThere(person);
    expect(person.taps).toBe(2);
  });

  test('a toilet, 2 taps', async () => {
    const person = await newcomer(wide, { position: DAOLI });
    await person.tap(link(person.page, '厕所·临停'));
    await person.page.waitForURL(/kinds=/);
    await rideThere(person);
    expect(person.taps).toBe(2);
  });

  test('something that is open all night, 2 taps', async () => {
    const person = await newcomer(wide, { position: DAOLI });
    await person.tap(link(person.page, '24 小时'));
    await person.page.waitForURL(/allDay=true/);
    await rideThere(person);
    expect(person.taps).toBe(2);
  });

  test('a place whose name was heard, 2 taps and two characters', async () => {
    const person = await newcomer(wide, { position: DAOLI });
    await person.tap(link(person.page, '搜索驿站或地标'));
    await person.page.getByRole('searchbox').fill('卓展');
    await person.tap(link(person.page, /尔滨新驿/));
    await person.page.getByRole('heading', { level: 1, name: /卓展购物中心/ }).waitFor();
    expect(person.taps).toBe(2);
  });

  test('something broken is reported, 3 taps from the place’s page', async () => {
    const person = await newcomer(wide, { position: DAOLI });
    await openFirst(person);
    person.taps = 0;
    await person.tap(link(person.page, '报问题'));
    await person.tap(button(person.page, '没热水'));
    await person.tap(button(person.page, /^提交/));
    await person.page
      .getByText(/HRB-[0-9A-Z]{6}/)
      .first()
      .waitFor();
    expect(person.taps).toBe(3);
  });

  test('still open? one tap says so', async () => {
    const person = await newcomer(wide, { position: DAOLI });
    await openFirst(person);
    person.taps = 0;
    await person.tap(button(person.page, '是，开着'));
    await person.page
      .getByRole('status')
      .filter({ hasText: /谢谢|记下|已/ })
      .first()
      .waitFor();
    expect(person.taps).toBe(1);
  });

  test('a number to call for help, 1 tap', async () => {
    const person = await newcomer(wide, { position: DAOLI });
    await person.tap(link(person.page, '我的').and(person.page.locator(':visible')));
    expect(await link(person.page, /急救.*120/).getAttribute('href')).toBe('tel:120');
    expect(person.taps).toBe(1);
  });

  test('a station to come back to: starred, and found under 我的 again', async () => {
    const person = await newcomer(wide, { position: DAOLI });
    await openFirst(person);
    const name = String(await person.page.getByRole('heading', { level: 1 }).locator('.name').textContent());
    await person.tap(button(person.page, /收藏/));
    await person.page.reload();
    await person.page.waitForSelector('yz-rider[data-ready]');
    await person.tap(link(person.page, '返回'));
    await person.tap(link(person.page, '我的').and(person.page.locator(':visible')));
    await link(person.page, new RegExp(name)).first().waitFor();
  });

  test('out of a dead end in 1 tap', async () => {
    const person = await newcomer(wide, {
      position: DAOLI,
      path: '/?services=hot-water,shower,nursing,fridge,legal-aid,aed',
    });
    await person.tap(link(person.page, /^去掉/));
    await person.page.getByRole('heading', { name: /没有同时满足/ }).waitFor({ state: 'detached' });
    expect(await link(person.page, RIDE).first().isVisible()).toBe(true);
    expect(person.taps).toBe(1);
  });
});
