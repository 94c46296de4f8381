// A rider who knows better: a place that is missing, a place that is wrong, and what the city answers.

import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Account } from '../../data/account.ts';
import { WINTER_WORDS } from '../../data/announcement.ts';
import { openStore, type Store } from '../../data/store/store.ts';
import { launchChromium } from './chromium.ts';
import { axeFindings } from './inspect.ts';
import { type OpenPage, type Visit, visit } from './rider-page.ts';
import { type RunningServer, startServer } from './server.ts';

/** Somewhere in the city; its digits must not be found in any request. */
const MEASURED = [126.63571, 45.74813] as const;
const ADMIN: Account = { id: 'tests', role: 'admin', areaCode: null, placeIds: [], displayName: '测试员' };

let server: RunningServer;
let browser: Browser;
let store: Store;
let opened: OpenPage | undefined;

beforeAll(async () => {
  server = await startServer();
  browser = await launchChromium();
  // Another process on the same database, as a second server would be.
  store = await openStore({ file: join(server.dataDir, 'yizhan.sqlite'), migrate: false });
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const winter = { kind: 'winter', text: WINTER_WORDS, from: at(-1), until: at(5), areaCode: null } as const;
  await store.announcements.create(winter, { kind: 'account', name: 'tests' });
  await until(async () => (await (await fetch(`${server.url}/`)).text()).includes(WINTER_WORDS));
}, 120_000);

afterAll(async () => {
  await store?.close();
  await browser?.close();
  await server?.stop();
});

afterEach(async () => {
  await opened?.context.close();
  opened = undefined;
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((done) => setTimeout(done, 100));
}

async function open(path: string, options: Visit = {}): Promise<Page> {
  opened = await visit(browser, server, { path, ...options });
  return opened.page;
}

/** The desk decides what waits, by its number. */
async function decide(number: string, decision: 'approve' | 'return', reason: string | null): Promise<void> {
  const open = await store.reviews.list({
    state: 'open',
    kinds: ['suggestion'],
    areaCode: null,
    after: null,
    limit: 90,
  });
  const review = open.find(({ subject }) => subject.endsWith(number));
  if (!review) throw new Error(`${number} does not wait`);
  const { id, version } = review;
  await store.reviews.decide({
    ...{ id, version, decision, reason, by: ADMIN },
    ...{ changes: null, draft: null, photo: null, until: null },
  });
}

async function numberOn(page: Page): Promise<string> {
  return (await page.textContent('.receipt-number'))?.trim() ?? '';
}

async function aStation(): Promise<string> {
  const response = await fetch(`${server.url}/api/places?kinds=station&limit=1`);
  return ((await response.json()) as { features: { id: string }[] }).features[0]?.id ?? '';
}

describe('a place that is missing', () => {
  test('is recommended from 我的, its position picked by hand, and its answer read by its receipt', async () => {
    const page = await open('/?view=me', { position: MEASURED, prepare: async () => undefined });
    await page.click('a[href="/?part=suggest"]');
    await page.waitForSelector('text=在哪里，是什么');
    await page.click('[data-kind="station"]');
    await page.fill('[name=suggest-name]', '江边骑手之家');
    await page.click('text=提交');
    await page.waitForSelector('text=在图上选好位置');
    expect(await page.textContent('.spot [role=status]')).toContain('还没有选');
    await page.click('[data-spot]', { position: { x: 60, y: 60 } });
    await page.waitForSelector('text=位置选好了');
    await page.click('[data-act="spot-move"][data-to="north"]');
    expect(await axeFindings(page)).toEqual([]);
    await page.click('[data-act="send-suggestion"]');
    await page.waitForSelector('text=已收到，编号');
    const number = await numberOn(page);
    expect(number).toMatch(/^HRB-/);
    expect(page.url()).toBe(`${server.url}/?part=suggest&receipt=${number}`);
    expect(await axeFindings(page)).toEqual([]);
    const sent = (opened?.requests ?? []).join('\n');
    expect(sent).toContain('江边骑手之家');
    for (const degrees of MEASURED) expect(sent).not.toContain(String(degrees).slice(0, 7));

    await decide(number, 'return', '这个点位已经登记过了');
    await page.goto(`${server.url}/?view=me`);
    await page.click(`text=编号 ${number}`);
    await page.waitForSelector('text=未采纳');
    expect(await page.textContent('.steps')).toContain('这个点位已经登记过了');
    expect(opened?.complaints).toEqual([]);
  });

  test('can be pointed at with a landmark and the keyboard alone, and needs no live map', async () => {
    const page = await open('/?part=suggest');
    await page.click('[data-kind="toilet"]');
    await page.fill('[name=suggest-name]', '江畔公厕');
    await page.selectOption('[name=suggest-start]', { index: 2 });
    expect(await page.textContent('.spot [role=status]')).toContain('还没有选');
    await page.focus('[data-act="spot-move"][data-to="east"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=位置选好了');
    await page.click('[data-act="send-suggestion"]');
    await page.waitForSelector('text=已收到，编号');
    expect(await page.$('.maplibregl-canvas')).toBeNull();
  });
});

describe('a place that is wrong', () => {
  test('is said on its page, without a network too, and sent when there is one', async () => {
    const id = await aStation();
    const page = await open(`/p/${id}`);
    await page.click('text=这里有误？');
    await page.waitForSelector('text=哪里不对？可以点几个');
    await page.click('[data-act="send-suggestion"]');
    await page.waitForSelector('text=先点上面一个');
    await page.click('[data-field="hours"]');
    await page.fill('[name=suggest-hoursText]', '每天 8:00–22:00');
    expect(await axeFindings(page)).toEqual([]);
    await opened?.context.setOffline(true);
    await page.click('[data-act="send-suggestion"]');
    await page.waitForSelector('text=已存在手机里');
    await opened?.context.setOffline(false);
    await page.waitForSelector('text=已收到，编号');
    const number = await numberOn(page);
    expect(page.url()).toBe(`${server.url}/p/${id}?part=suggest&receipt=${number}`);
    const [row] = await store.reviews.list({
      ...{ state: 'open', kinds: ['suggestion'], areaCode: null, after: null, limit: 1 },
      placeId: id,
    });
    expect(row?.summary).toBe('要改：开放时间');
  });

  test('keeps what was typed when the way back is taken and undone', async () => {
    const page = await open(`/p/${await aStation()}`);
    await page.click('text=这里有误？');
    await page.click('[data-field="name"]');
    await page.fill('[name=suggest-name]', '街角');
    await page.goBack();
    await page.waitForSelector('text=骑车去');
    await page.goForward();
    await page.waitForSelector('[name=suggest-name]');
    expect(await page.inputValue('[name=suggest-name]')).toBe('街角');
  });
});

describe('the city’s winter', () => {
  test('puts heated places first in its words, and ends with the chip taken off', async () => {
    const page = await open('/');
    await page.waitForSelector(`text=${WINTER_WORDS}`);
    expect(new URL(page.url()).searchParams.get('services')).toBe('heating');
    await page.click('.needs a[aria-current="true"]');
    await page.waitForSelector('.needs a[aria-current="true"]', { state: 'detached' });
    expect(new URL(page.url()).searchParams.get('services')).toBeNull();
  });
});
