// The twelve things that a newcomer wants, done with the keyboard alone, on a phone's screen and in an office.

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { sitDown, type Typist } from './keyboard.ts';
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

interface Sitting extends Typist {
  page: Page;
  reached: string[];
}

async function sit(wide: boolean, options: Visit = {}, isLocated = true): Promise<Sitting> {
  const here = isLocated ? { position: DAOLI } : {};
  opened = await visit(browser, server, { clock: '10:30', wide, ...here, ...options });
  const { page, context } = opened;
  const reached = await catchNavigator(context);
  return { ...sitDown(page), page, reached };
}

const link = (page: Page, name: string | RegExp, exact = false) => page.getByRole('link', { name, exact });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const mine = (page: Page) => link(page, '我的').and(page.locator(':visible'));

async function rideThere(person: Sitting): Promise<void> {
  await person.follow(link(person.page, RIDE));
  await person.page.waitForURL(/uri\.amap\.com/);
  expect(person.reached).toHaveLength(1);
}

/** The first place's page, begun at its heading. */
async function openFirst(person: Sitting): Promise<string> {
  await person.follow(link(person.page, '详情'));
  await person.page.getByRole('heading', { name: '开放时间' }).waitFor();
  const name = await person.page.getByRole('heading', { level: 1 }).innerText();
  expect(await person.focused()).toBe(name);
  return name;
}

describe.each([
  ['on a phone', false],
  ['on an office screen', true],
])('%s, by keyboard', (_where, wide) => {
  const afterwards = (person: Sitting) => expect([...new Set(person.unseen)]).toEqual([]);

  test('the nearest open station', async () => {
    const person = await sit(wide);
    await rideThere(person);
    afterwards(person);
  });

  test('the first time: say where I am, and go', async () => {
    const person = await sit(wide, {
      prepare: async (page, context) => {
        await context.setGeolocation({ longitude: DAOLI[0], latitude: DAOLI[1], accuracy: 30 });
        await context.grantPermissions(['geolocation']);
        await page.addInitScript(() => {
          navigator.permissions.query = () => Promise.resolve({ state: 'prompt' } as PermissionStatus);
        });
      },
    });
    await person.page.waitForSelector('yz-rider[data-ready]');
    await person.press(button(person.page, '定位'));
    await person.page.getByText('刚才的位置').waitFor();
    await person.focused();
    await rideThere(person);
    afterwards(person);
  });

  test('without a position: a district, and go', async () => {
    const person = await sit(wide, {}, false);
    await person.follow(link(person.page, /还没有定位/));
    await person.page.getByRole('heading', { name: '选个地方' }).waitFor();
    expect(await person.focused()).toBe('选个地方');
    await person.follow(link(person.page, '南岗', true));
    await person.page.getByText('南岗区', { exact: true }).waitFor();
    await person.focused();
    await rideThere(person);
    afterwards(person);
  });

  test.each([
    ['hot water', '热水', /services=hot-water/],
    ['a toilet', '厕所·临停', /kinds=/],
    ['something that is open all night', '24 小时', /allDay=true/],
  ])('%s', async (_what, words, address) => {
    const person = await sit(wide);
    await person.follow(link(person.page, words, true));
    await person.page.waitForURL(address);
    // The chip keeps the focus, so that it can be taken off again.
    expect(await person.focused()).toBe(words);
    await rideThere(person);
    afterwards(person);
  });

  test('a place whose name was heard', async () => {
    const person = await sit(wide);
    await person.follow(link(person.page, '搜索驿站或地标'));
    await person.page.getByRole('searchbox').waitFor();
    await person.focused();
    await person.page.keyboard.type('卓展');
    await person.follow(link(person.page, /尔滨新驿/));
    await person.page.getByRole('heading', { level: 1, name: /卓展购物中心/ }).waitFor();
    expect(await person.focused()).toContain('卓展购物中心');
    afterwards(person);
  });

  test('something broken is reported', async () => {
    const person = await sit(wide);
    await openFirst(person);
    await person.follow(link(person.page, '报问题'));
    await person.page.getByRole('heading', { name: '哪里不对？' }).waitFor();
    expect(await person.focused()).toBe('哪里不对？点一下');
    await person.press(button(person.page, '没热水'));
    expect(await person.focused()).toBe('没热水');
    await person.press(button(person.page, /^提交/));
    await person.page.getByRole('heading', { name: '已收到，编号' }).waitFor();
    expect(await person.focused()).toMatch(/已收到，编号/);
    await person.key('Escape');
    await person.page.getByRole('heading', { name: '开放时间' }).waitFor();
    afterwards(person);
  });

  test('still open? said, and what came of it has the focus', async () => {
    const person = await sit(wide);
    await openFirst(person);
    await person.press(button(person.page, '是，开着'));
    await person.page.getByText('已记下，谢谢').first().waitFor();
    expect(await person.focused()).toMatch(/还开着吗[\s\S]*已记下，谢谢/);
    afterwards(person);
  });

  test('a number to call for help', async () => {
    const person = await sit(wide);
    await person.follow(mine(person.page));
    await person.page.getByRole('heading', { name: '需要帮助时' }).waitFor();
    expect(await person.focused()).toBe('我的');
    await person.reach(link(person.page, /急救.*120/));
    afterwards(person);
  });

  test('a station to come back to: starred, and found under 我的 again', async () => {
    const person = await sit(wide);
    const name = await openFirst(person);
    await person.press(button(person.page, '收藏'));
    expect(await button(person.page, '收藏').getAttribute('aria-pressed')).toBe('true');
    await person.key('Escape');
    await person.page.locator('.hero').waitFor();
    // Back where the page was opened.
    expect(await person.focused()).toBe('详情');
    await person.follow(mine(person.page));
    await person.page.getByRole('heading', { name: '收藏' }).waitFor();
    await person.follow(person.page.locator('.rows .row').first());
    await person.page.getByRole('heading', { name: '开放时间' }).waitFor();
    expect(await person.focused()).toBe(name);
    afterwards(person);
  });

  test('out of a dead end', async () => {
    const person = await sit(wide, { path: '/?services=hot-water,shower,nursing,fridge,legal-aid,aed' });
    await person.follow(link(person.page, /^去掉/));
    await person.page.getByRole('heading', { name: /没有同时满足/ }).waitFor({ state: 'detached' });
    // The button is gone: the answer's heading has the focus.
    expect(await person.focused()).toMatch(/能用的驿站/);
    await rideThere(person);
    afterwards(person);
  });

  test('past what stands above everything, to the content', async () => {
    const person = await sit(wide);
    await person.key('Tab');
    expect(await person.focused()).toBe('跳到内容');
    await person.key('Enter');
    await person.key('Tab');
    expect(await person.page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });

  test('Escape empties the search before it leaves it, and Back closes a place before it leaves the app', async () => {
    const person = await sit(wide);
    await person.follow(link(person.page, '搜索驿站或地标'));
    await person.page.getByRole('searchbox').waitFor();
    await person.page.keyboard.type('卓展');
    await person.key('Escape');
    expect(await person.page.getByRole('searchbox').inputValue()).toBe('');
    await person.key('Escape');
    await person.page.locator('.hero').waitFor();
    await person.focused();
    await openFirst(person);
    await person.page.goBack();
    await person.page.locator('.hero').waitFor();
    expect(await person.focused()).toBe('详情');
  });
});

test('on a phone Escape leaves the map for the list', async () => {
  const person = await sit(false);
  await person.follow(link(person.page, '地图', true));
  await person.page.locator('yz-live-map canvas').waitFor();
  await person.focused();
  await person.reach(person.page.locator('yz-live-map canvas'));
  await person.key('ArrowRight');
  await person.key('Escape');
  await person.page.locator('.rows').first().waitFor();
  await person.focused();
  expect(person.unseen).toEqual([]);
});
