// `npm run shots`: every screen and state as a person sees it, into the ignored folder `shots/`; with words after it only
// those whose name has one of them (`npm run shots -- me map`). With `--readme` also the two pictures of the README. For
// looking at, not for comparing.

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { deskShots } from './desk-shots.ts';
import { openFrontDoor, type Weather } from './front-door.ts';
import { everythingKept } from './phone-keeps.ts';
import { type Visit, visit } from './rider-page.ts';
import { startServer } from './server.ts';

const DAOLI = [126.603, 45.7577] as const;
const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'shots');
const MAP_DRAWN_MS = 4000;

interface Screen extends Visit {
  name: string;
  act?: (page: Page) => Promise<unknown>;
  /** Below the fold as well. */
  whole?: boolean;
  /** From a phone that was here before, in this weather; the path is opened then. */
  weather?: Weather;
  /** By how many hours the phone's clock has gone on meanwhile. */
  hoursLater?: number;
}

const openMap = async (page: Page) => {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '地图' }).tap();
  await page.locator('yz-live-map canvas').waitFor();
  await page.waitForTimeout(MAP_DRAWN_MS);
};
const openFirst = async (page: Page) => {
  await page.getByRole('link', { name: '详情' }).first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
};
const MODES = {
  large: { large: true },
  gloves: { large: true, gloves: true },
  contrast: { theme: 'contrast' },
  winter: { winter: true },
};
const keepModes = (modes: object) => (page: Page) =>
  page.addInitScript((kept) => localStorage.setItem('yz-modes', kept), JSON.stringify(modes));
const waitForMap = (page: Page) => page.waitForTimeout(MAP_DRAWN_MS);

const PLACE = '/p/harbin-zhuozhan-b';
const OFFICE = { position: DAOLI, wide: true };
const refuse = async (page: Page) => {
  await page.getByRole('button', { name: '用我的位置' }).click();
  await page.getByText('没有定位也能找').waitFor();
};
const report = (then: string) => async (page: Page) => {
  await page.getByRole('button', { name: '没热水' }).click();
  await page.getByLabel('补一句').fill('水壶空了');
  await page.getByRole('button', { name: '提交：没热水' }).click();
  await page.getByText(then).waitFor();
};
/** A star, a word, and a receipt: what 我的 then has to show. */
const useApp = async (page: Page) => {
  await page.getByRole('button', { name: '收藏' }).click();
  await page.getByRole('link', { name: '报问题' }).click();
  await report('已收到，编号')(page);
  await page.goto(`${new URL(page.url()).origin}/?view=me`);
  await page.getByText('我的上报').waitFor();
};

const SCREENS: Screen[] = [
  { name: 'home', position: DAOLI },
  { name: 'home-whole', position: DAOLI, whole: true },
  { name: 'home-before-locating' },
  { name: 'home-denied', act: refuse },
  { name: 'home-without-script', withoutScript: true },
  { name: 'home-north-bank', position: [126.5848, 45.786], whole: true },
  { name: 'home-weak', position: [...DAOLI, 800] },
  { name: 'home-elsewhere', position: [121.4, 31.2] },
  { name: 'home-night', position: DAOLI, clock: '02:40', whole: true },
  { name: 'home-all-closed', position: [126.971, 45.531], path: '/?services=legal-aid', clock: '03:10', whole: true },
  { name: 'home-none', position: DAOLI, path: '/?services=hot-water,shower,nursing,fridge,legal-aid,aed' },
  { name: 'home-far', position: [125.9, 45.3] },
  { name: 'home-slow', weather: 'slow', act: (page) => page.getByText('网络慢').waitFor() },
  { name: 'home-offline', weather: 'away', act: (page) => page.getByText('没有网络').waitFor() },
  { name: 'home-stale', weather: 'away', hoursLater: 26, act: (page) => page.getByText('数据是昨天的').waitFor() },
  { name: 'home-error', weather: 'broken', act: (page) => page.getByText('新数据没取到').waitFor() },
  { name: 'toilets', position: DAOLI, path: '/?kinds=toilet,parking', whole: true },
  { name: 'merchants', position: DAOLI, path: '/?kinds=merchant', whole: true },
  { name: 'swaps', position: DAOLI, path: '/?kinds=bike-swap,battery-swap', whole: true },
  { name: 'scenes', position: DAOLI, path: '/?kinds=scene', whole: true },
  { name: 'map', position: DAOLI, act: openMap },
  { name: 'map-offline', weather: 'away', path: '/?view=map', act: waitForMap },
  { name: 'areas', path: '/?view=areas', whole: true },
  { name: 'search', path: '/?view=search', whole: true },
  { name: 'search-found', path: '/?view=search&q=zydj', whole: true },
  { name: 'search-nothing', path: '/?view=search&q=zzzz' },
  { name: 'me', path: '/?view=me', whole: true },
  { name: 'me-in-use', path: PLACE, act: useApp, whole: true },
  { name: 'help', path: '/help', prepare: async () => undefined, whole: true },
  { name: 'privacy', path: '/privacy', prepare: async () => undefined, whole: true },
  { name: 'missing', path: '/p/nowhere-00000', prepare: async () => undefined },
  { name: 'missing-offline', weather: 'away', path: '/p/nowhere-00000' },
  { name: 'report', path: `${PLACE}?report`, act: (page) => page.getByRole('button', { name: '脏' }).click() },
  { name: 'report-failed', weather: 'broken', path: `${PLACE}?report`, act: report('内容还在') },
  { name: 'receipt', path: `${PLACE}?report`, act: report('已收到，编号'), whole: true },
  { name: 'receipt-waiting', weather: 'away', path: `${PLACE}?report`, act: report('已存在手机里'), whole: true },
  ...(['home', 'me', 'place', 'map', 'report'] as const).flatMap((screen) =>
    Object.entries(MODES).map(([name, modes]) => ({
      name: `${screen}-${name}`,
      path: { home: '/', me: '/?view=me', place: PLACE, map: '/?view=map', report: `${PLACE}?report` }[screen],
      position: DAOLI,
      prepare: keepModes(modes),
      act: async (page: Page) => {
        await page.waitForSelector('yz-rider[data-ready]');
        if (screen === 'map') await waitForMap(page);
      },
      whole: screen !== 'map',
    })),
  ),
  { name: 'place', position: DAOLI, act: openFirst, whole: true },
  { name: 'place-fold', position: DAOLI, act: openFirst },
  { name: 'place-scene', position: DAOLI, path: '/?kinds=scene', act: openFirst, whole: true },
  { name: 'place-swap', position: DAOLI, path: '/?kinds=bike-swap', act: openFirst, whole: true },
  { name: 'place-toilet', position: DAOLI, path: '/?kinds=toilet', act: openFirst, whole: true },
  { name: 'place-merchant', position: DAOLI, path: '/?kinds=merchant', act: openFirst, whole: true },
  { name: 'place-real', position: DAOLI, path: PLACE, whole: true },
  { name: 'place-offline', weather: 'away', path: PLACE, whole: true },
  { name: 'place-district', path: '/p/harbin-baoli-mingyue-swap', whole: true },
  { name: 'desktop', ...OFFICE, act: waitForMap },
  { name: 'desktop-me', wide: true, path: '/?view=me', act: waitForMap },
  {
    name: 'desktop-none',
    ...OFFICE,
    path: '/?services=hot-water,shower,nursing,fridge,legal-aid,aed',
    act: waitForMap,
  },
  { name: 'desktop-search', wide: true, path: '/?view=search&q=zydj', act: waitForMap },
  { name: 'desktop-report', ...OFFICE, path: `${PLACE}?report`, act: waitForMap },
  { name: 'desktop-help', ...OFFICE, path: '/help', prepare: async () => undefined },
  {
    name: 'desktop-place',
    ...OFFICE,
    act: async (page) => {
      await waitForMap(page);
      await page.locator('.row').nth(1).click();
      await waitForMap(page);
    },
  },
];

const forReadme = process.argv.includes('--readme');
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const door = await openFrontDoor();
const server = await startServer({ env: { YIZHAN_PUBLIC_URL: door.url } });
door.leadTo(server);
const browser = await launchChromium({ env: { FONTCONFIG_FILE: await phoneFonts() } });
await mkdir(FOLDER, { recursive: true });
for (const screen of SCREENS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))) {
  for (const dark of [false, true]) await take(screen, dark);
}
await deskShots(browser, server, FOLDER, words);
await browser.close();
await door.close();
await server.stop();

async function take({ act, whole, name, weather, hoursLater, ...options }: Screen, dark: boolean): Promise<void> {
  const opened = await (weather === undefined
    ? visit(browser, { ...server, url: door.url }, { clock: '10:30', ...options, dark })
    : visit(browser, { ...server, url: door.url }, { position: DAOLI, dark }));
  const { context, complaints } = opened;
  let { page } = opened;
  if (weather !== undefined) {
    await everythingKept(page);
    await door.become(weather);
    if (hoursLater !== undefined) {
      await page.close();
      await context.clock.install({ time: Date.now() + hoursLater * 3_600_000 });
      page = await context.newPage();
    }
    await page.goto(door.url + (options.path ?? '/'));
  }
  await act?.(page);
  if (whole) {
    // A bar at the lower edge belongs there, not into the middle of the picture.
    const { width } = page.viewportSize() ?? { width: 360 };
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height });
  }
  await page.waitForTimeout(300);
  const file = join(FOLDER, `${name}${dark ? '-dark' : ''}.png`);
  await page.screenshot({ path: file });
  if (forReadme && !dark && name === 'desktop') await page.screenshot({ path: picture('desktop') });
  if (forReadme && !dark && name === 'home') await page.screenshot({ path: picture('home-phone') });
  // Without a network or a server the browser complains by itself.
  const said = weather === undefined ? complaints : [];
  process.stdout.write(`${file}${said.length > 0 ? `  ${said.join('; ')}` : ''}\n`);
  await context.close();
  await door.become('fine');
}

/** A phone's system font has Chinese and Latin of one make; a bare server's has not. */
async function phoneFonts(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'yizhan-fonts-')), 'fonts.conf');
  const edit = '<edit name="family" mode="prepend_first" binding="strong"><string>Noto Sans CJK SC</string></edit>';
  const include = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>';
  await writeFile(
    file,
    `<?xml version="1.0"?><fontconfig>${include}<match target="pattern">${edit}</match></fontconfig>`,
  );
  return file;
}

function picture(name: string): string {
  return join(ROOT, 'web/pictures', `${name}.png`);
}
