// A day's work at the desk in a real browser: reviews by keyboard, a place moved with the arrow keys, two curators at once.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { metresBetween, type Point } from '../../data/place.ts';
import { launchChromium } from './chromium.ts';
import {
  axeViolations,
  call,
  type DeskAccount,
  firstAdmin,
  invited,
  type ListedPlace,
  openDesk,
  somePlaces,
  suggest,
} from './desk-page.ts';
import { type RunningServer, startServer } from './server.ts';

const DISTRICT = '230102';

let browser: Browser;
let server: RunningServer;
let admin: DeskAccount;
let zhou: DeskAccount;
let li: DeskAccount;
let places: ListedPlace[];

interface DeskPlace {
  place: {
    name: string;
    point: Point;
    seats: number | null;
    hoursOsm: string | null;
    entrance: { text: string } | null;
  };
}

const placeOf = async (id: string | undefined) =>
  (await call<DeskPlace>(server, 'GET', `/api/desk/places/${id}`, { account: admin })).place;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startServer()]);
  admin = await firstAdmin(server);
  zhou = await invited(server, admin, { role: 'curator', areaCode: DISTRICT }, '周倩');
  li = await invited(server, admin, { role: 'curator', areaCode: DISTRICT }, '李敏');
  places = await somePlaces(server, zhou);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** The queue without the demo's disputed places. */
async function openQueue(account: DeskAccount): Promise<Page> {
  const { page } = await openDesk(browser, server, { account, path: '/desk/reviews?kind=suggestion' });
  await page.locator('#review-title').waitFor();
  return page;
}

describe('reviews', () => {
  beforeAll(async () => {
    for (const place of places.slice(0, 4)) {
      await suggest(server, place.id, { entranceText: '从东侧门进，一楼左手' }, '正门封了');
    }
  });

  test('each takes one key, two with a reason; the next comes at once, and the last can be taken back', async () => {
    const page = await openQueue(zhou);
    const title = page.locator('#review-title');
    const first = await title.innerText();
    await page.keyboard.press('a');
    await page.getByText(`${first}：通过`).waitFor();
    await expectOther(page, first);

    const second = await title.innerText();
    await page.keyboard.press('r');
    await page.keyboard.press('1');
    await page.getByText(`${second}：退回`).waitFor();
    await expectOther(page, second);

    await page.keyboard.press('z');
    await page.waitForFunction((name) => document.querySelector('#review-title')?.textContent?.trim() === name, second);
    await page
      .getByRole('button', { name: /通过 A/ })
      .first()
      .waitFor();

    const place = places.find(({ name }) => name === first);
    expect((await placeOf(place?.id)).entrance?.text).toBe('从东侧门进，一楼左手');
    await page.context().close();
  });

  test('letters that somebody types are letters', async () => {
    const page = await openQueue(zhou);
    const before = await page.locator('#review-title').innerText();
    await page.keyboard.press('r');
    await page.locator('#reason').focus();
    await page.keyboard.type('aaa 1 z');
    expect(await page.locator('#reason').inputValue()).toBe('aaa 1 z');
    expect(await page.locator('#review-title').innerText()).toBe(before);
    await page.context().close();
  });

  test('whoever comes second reads who was first, and loses nothing else', async () => {
    const [mine, theirs] = [await openQueue(zhou), await openQueue(li)];
    const title = await mine.locator('#review-title').innerText();
    expect(await theirs.locator('#review-title').innerText()).toBe(title);
    await mine.keyboard.press('a');
    await mine.getByText(`${title}：通过`).waitFor();
    await theirs.keyboard.press('a');
    await theirs
      .getByText(/周倩.*通过/)
      .first()
      .waitFor();
    await mine.context().close();
    await theirs.context().close();
  });

  test('hours as a rider wrote them are put into the form’s own, and approved', async () => {
    const place = places[5];
    await suggest(server, place?.id ?? '', { hoursText: '工作日白天开，周末看情况' });
    const page = await openQueue(zhou);
    await page
      .getByRole('link', { name: new RegExp(place?.name ?? '') })
      .first()
      .click();
    await page.getByText('要改成能用的写法').waitFor();
    await page.keyboard.press('e');
    await page.getByRole('button', { name: '工作日', exact: true }).click();
    await page.getByText('周一至周五').first().waitFor();
    await page.getByRole('button', { name: '这样通过' }).click();
    await page.getByText(/：改后通过/).waitFor();
    expect((await placeOf(place?.id)).hoursOsm).toMatch(/^Mo-Fr \d\d:\d\d-\d\d:\d\d; PH off$/);
    await page.context().close();
  });
});

describe('a place', () => {
  test('is moved with the keyboard alone: found, opened, moved by eleven metres, saved', async () => {
    const place = places[6] as ListedPlace;
    const { page, context } = await openDesk(browser, server, { account: zhou, path: '/desk/places' });
    await page.locator('.place-table tbody a').first().waitFor();
    await page.keyboard.press('Tab');
    await tabTo(page, '.search-input');
    await page.keyboard.type(place.name);
    await page.waitForFunction(() => document.querySelectorAll('.place-table tbody tr').length === 1);
    await tabTo(page, '.place-table tbody a');
    await page.keyboard.press('Enter');
    await page.locator('#f-name').waitFor();
    await tabTo(page, '.place-point .point-stage');
    await page.keyboard.press('Shift+ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.getByText('已向北 11 米').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText(/保存好了/).waitFor();
    const moved = await placeOf(place.id);
    expect(metresBetween(place.point, moved.point)).toBeCloseTo(11, 0);
    expect(moved.point[1]).toBeGreaterThan(place.point[1]);
    await context.close();
  });

  test('that two curators edit keeps both edits, and where both wrote the same field somebody chooses', async () => {
    const place = places[7] as ListedPlace;
    const path = `/desk/places/${place.id}`;
    const mine = await openDesk(browser, server, { account: zhou, path });
    const theirs = await openDesk(browser, server, { account: li, path });
    for (const [{ page }, name, more] of [
      [theirs, '李敏写的名字', '#f-seats'],
      [mine, '周倩写的名字', '#f-address'],
    ] as const) {
      await page.getByLabel('名称', { exact: true }).fill(name);
      await page.locator(more).fill(more === '#f-seats' ? '12' : '周倩写的地址');
    }
    await theirs.page.keyboard.press('Control+s');
    await theirs.page.getByText(/保存好了/).waitFor();
    await mine.page.keyboard.press('Control+s');
    const dialog = mine.page.getByRole('dialog');
    await dialog.getByRole('heading', { name: '李敏先改了这个点位' }).waitFor();
    for (const words of ['周倩写的名字', '李敏写的名字', '周倩写的地址', '只有对方改了']) {
      await dialog.getByText(words).first().waitFor();
    }
    expect(await axeViolations(mine.page)).toEqual([]);
    await dialog.getByLabel(/名称：用对方的/).check();
    await dialog.getByRole('button', { name: '按这样保存' }).click();
    await mine.page.getByText(/保存好了/).waitFor();
    const after = (await placeOf(place.id)) as DeskPlace['place'] & { address: string };
    expect(after).toMatchObject({ name: '李敏写的名字', address: '周倩写的地址', seats: 12 });
    await mine.context.close();
    await theirs.context.close();
  });

  test('goes back to how it was', async () => {
    const place = places[8] as ListedPlace;
    const { page, context } = await openDesk(browser, server, { account: zhou, path: `/desk/places/${place.id}` });
    await page.getByLabel('名称', { exact: true }).fill('错的名字');
    await page.keyboard.press('Control+s');
    await page.getByText(/保存好了/).waitFor();
    await page.getByRole('button', { name: '历史' }).click();
    await page.getByRole('button', { name: '回到这一版' }).first().click();
    await page.getByText(/回到了第 1 版的样子/).waitFor();
    expect((await placeOf(place.id)).name).toBe(place.name);
    await context.close();
  });

  test('of another area can be looked at, and not changed', async () => {
    const [foreign] = await somePlaces(server, admin, 'area=230103&limit=1');
    const { page, context } = await openDesk(browser, server, { account: zhou, path: `/desk/places/${foreign?.id}` });
    await page.getByText('不在你负责的范围').waitFor();
    expect(await page.getByLabel('名称', { exact: true }).isDisabled()).toBe(true);
    await context.close();
  });

  test('is changed together with others: first what would happen, then all of them', async () => {
    const path = '/desk/places?kinds=toilet';
    const { page, context } = await openDesk(browser, server, { account: zhou, path });
    await page.locator('.place-table tbody tr').first().waitFor();
    await page.getByRole('button', { name: '批量修改…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('改什么').selectOption('access');
    await dialog.getByLabel('改成').selectOption('staffed');
    await dialog.getByRole('button', { name: '看会怎样' }).click();
    const promise = await dialog.getByText(/会改 \d+ 个/).innerText();
    const count = Number(/会改 (\d+) 个/.exec(promise)?.[1]);
    expect(count).toBeGreaterThan(0);
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: `执行，改 ${count} 个` }).click();
    await dialog.getByText(`改好了 ${count} 个`).waitFor();
    await dialog.getByRole('button', { name: '关上' }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await context.close();
  });

  test('is made anew, and what is missing is said at its field', async () => {
    const { page, context } = await openDesk(browser, server, { account: zhou, path: '/desk/places/new' });
    await page.getByRole('button', { name: '放到地图上' }).click();
    await page.keyboard.press('Control+s');
    await page.getByRole('link', { name: /名称：/ }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('f-name');
    await page.keyboard.type('新建的暖站');
    await page.keyboard.press('Control+s');
    await page.waitForURL((url) => url.pathname.startsWith('/desk/places/') && !url.pathname.endsWith('/new'));
    await page.getByRole('heading', { level: 2, name: '新建的暖站' }).waitFor();
    await context.close();
  });
});

async function expectOther(page: Page, title: string): Promise<void> {
  await page.waitForFunction((name) => document.querySelector('#review-title')?.textContent?.trim() !== name, title);
}

/** By the Tab key alone, as somebody without a mouse would. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key never reached ${selector}`);
}
