// When the network is slow, the server fails, or somebody else holds its database: what a rider is told, and that it is true.

import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium, phone } from './chromium.ts';
import { type FrontDoor, openFrontDoor } from './front-door.ts';
import { everythingKept } from './phone-keeps.ts';
import { type RunningServer, startServer } from './server.ts';

const READY = 'yz-rider[data-ready]';
const PLACE = '/p/harbin-zhuozhan-b';

let server: RunningServer;
let door: FrontDoor;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  door = await openFrontDoor();
  server = await startServer({ env: { YIZHAN_PUBLIC_URL: door.url } });
  door.leadTo(server);
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await door?.close();
  await server?.stop();
});

afterEach(async () => {
  await door.become('fine');
  await context?.close();
});

async function open(path: string, isKept: boolean): Promise<Page> {
  context = await browser.newContext(phone);
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  await page.goto(door.url + path);
  await page.waitForSelector(READY);
  if (isKept) await everythingKept(page);
  return page;
}

function countReports(): unknown {
  const database = new Database(join(server.dataDir, 'yizhan.sqlite'), { readonly: true });
  try {
    return (database.prepare('select count(*) as count from reports').get() as { count: number }).count;
  } finally {
    database.close();
  }
}

describe('data that the phone keeps', () => {
  test('are shown while the network is slow, and said to be of then, until the new ones come', async () => {
    const page = await open('/', true);
    await door.become('slow');
    await page.goto(door.url);
    await page.getByText(/^网络慢，先显示 (昨天 )?\d+:\d\d 保存的数据$/).waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(/没有网络|营业中/);
    expect(await page.getByRole('link', { name: '骑车去' }).first().isVisible()).toBe(true);
    await door.become('fine');
    await page.getByText('网络慢').waitFor({ state: 'detached' });
    expect(await page.getByText('没有网络').count()).toBe(0);
  }, 60_000);

  test('are shown when the server fails, which is not called a missing network', async () => {
    const page = await open('/', true);
    await door.become('broken');
    await page.goto(door.url);
    await page.getByText(/新数据没取到，先看 .*保存的/).waitFor();
    expect(await page.getByText('没有网络').count()).toBe(0);
    await door.become('fine');
    await page.getByRole('button', { name: '再试一次' }).tap();
    await page.getByText('新数据没取到').waitFor({ state: 'detached' });
  }, 60_000);
});

describe('a report', () => {
  async function fill(page: Page): Promise<void> {
    await page.getByRole('button', { name: '脏' }).tap();
    await page.getByLabel('补一句').fill('地上有水');
    await page.getByRole('button', { name: '提交：脏' }).tap();
  }

  test('that the server could not take stays in the form, and arrives once with another try', async () => {
    const before = Number(countReports());
    const page = await open(`${PLACE}?report`, false);
    // Another program holds the database for longer than a request may wait.
    const holder = new Database(join(server.dataDir, 'yizhan.sqlite'));
    holder.exec('begin immediate');
    await fill(page);
    await page.getByRole('alert').getByText('没提交成功，内容还在。').waitFor();
    expect(await page.getByLabel('补一句').inputValue()).toBe('地上有水');
    expect(await page.getByRole('button', { name: '脏' }).getAttribute('aria-pressed')).toBe('true');
    holder.exec('rollback');
    holder.close();
    await page.getByRole('button', { name: '再试一次' }).tap();
    await page.getByRole('heading', { name: '已收到，编号' }).waitFor();
    // Nothing waits on the phone to be sent a second time.
    await page.goto(door.url);
    await page.waitForSelector(READY);
    expect(await page.getByText('还没发出去').count()).toBe(0);
    expect(countReports()).toBe(before + 1);
  }, 60_000);

  test('whose answer was lost behind a failing server is not written twice', async () => {
    const before = Number(countReports());
    const page = await open(`${PLACE}?report`, false);
    // This phone has said something before: its token is there, only the report is asked for.
    await page.goto(door.url + PLACE);
    await page.getByRole('button', { name: '我到了' }).tap();
    await page.getByText('今天已记下你到了').waitFor();
    await page.getByRole('link', { name: '报问题' }).tap();
    await door.become('deaf');
    await fill(page);
    await page.getByText('没提交成功，内容还在。').waitFor();
    expect(countReports()).toBe(before + 1);
    await door.become('fine');
    await page.getByRole('button', { name: '再试一次' }).tap();
    await page.getByRole('heading', { name: '已收到，编号' }).waitFor();
    expect(countReports()).toBe(before + 1);
  }, 60_000);
});

test('a word that the server could not take keeps its buttons, and says so', async () => {
  const page = await open(PLACE, false);
  await door.become('broken');
  await page.getByRole('button', { name: '是，开着' }).tap();
  await page.getByText('没记上，请再点一次').waitFor();
  await door.become('fine');
  await page.getByRole('button', { name: '是，开着' }).tap();
  await page.getByText('已记下，谢谢').first().waitFor();
}, 60_000);
