// `npm run shots`: every screen and state as a person sees it, into the ignored folder `shots/`. With `--readme` also the
// two pictures of the README. For looking at, not for comparing.

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
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

const SCREENS: Screen[] = [
  { name: 'home', position: DAOLI },
  { name: 'home-whole', position: DAOLI, whole: true },
  { name: 'home-before-locating' },
  { name: 'home-without-script', withoutScript: true },
  { name: 'home-north-bank', position: [126.5848, 45.786], whole: true },
  { name: 'home-weak', position: [...DAOLI, 800] },
  { name: 'home-elsewhere', position: [121.4, 31.2] },
  { name: 'home-night', position: DAOLI, clock: '02:40', whole: true },
  { name: 'home-none', position: DAOLI, path: '/?services=hot-water,shower,nursing,fridge,legal-aid,aed' },
  { name: 'home-far', position: [125.9, 45.3] },
  { name: 'toilets', position: DAOLI, path: '/?kinds=toilet,parking' },
  { name: 'merchants', position: DAOLI, path: '/?kinds=merchant' },
  { name: 'swaps', position: DAOLI, path: '/?kinds=bike-swap' },
  { name: 'scenes', position: DAOLI, path: '/?kinds=scene' },
  { name: 'map', position: DAOLI, act: openMap },
  { name: 'areas', path: '/?view=areas', whole: true },
  { name: 'search', path: '/?view=search&q=zydj', whole: true },
  { name: 'me', path: '/?view=me', whole: true },
  { name: 'help', path: '/help', prepare: async () => undefined, whole: true },
  { name: 'privacy', path: '/privacy', prepare: async () => undefined, whole: true },
  ...(['home', 'me', 'place'] as const).flatMap((screen) =>
    Object.entries(MODES).map(([name, modes]) => ({
      name: `${screen}-${name}`,
      path: { home: '/', me: '/?view=me', place: '/p/harbin-zhuozhan-b' }[screen],
      position: DAOLI,
      prepare: keepModes(modes),
      act: (page: Page) => page.waitForSelector('yz-rider[data-ready]'),
      whole: true,
    })),
  ),
  { name: 'place', position: DAOLI, act: openFirst, whole: true },
  { name: 'place-scene', position: DAOLI, path: '/?kinds=scene', act: openFirst, whole: true },
  { name: 'place-real', position: DAOLI, path: '/p/harbin-zhuozhan-b', whole: true },
  { name: 'place-district', path: '/p/harbin-baoli-mingyue-swap', whole: true },
  { name: 'desktop', position: DAOLI, wide: true, act: waitForMap },
  {
    name: 'desktop-place',
    position: DAOLI,
    wide: true,
    act: async (page) => {
      await waitForMap(page);
      await page.locator('.row').nth(1).click();
      await waitForMap(page);
    },
  },
];

const forReadme = process.argv.includes('--readme');
const server = await startServer();
const browser = await launchChromium({ env: { FONTCONFIG_FILE: await phoneFonts() } });
await mkdir(FOLDER, { recursive: true });
for (const { act, whole, name, ...options } of SCREENS) {
  for (const dark of [false, true]) {
    const { page, context, complaints } = await visit(browser, server, { clock: '10:30', ...options, dark });
    await act?.(page);
    await page.waitForTimeout(300);
    const file = join(FOLDER, `${name}${dark ? '-dark' : ''}.png`);
    await page.screenshot({ path: file, fullPage: whole === true });
    if (forReadme && !dark && name === 'desktop') await page.screenshot({ path: picture('desktop') });
    if (forReadme && !dark && name === 'home') await page.screenshot({ path: picture('home-phone') });
    process.stdout.write(`${file}${complaints.length > 0 ? `  ${complaints.join('; ')}` : ''}\n`);
    await context.close();
  }
}
await browser.close();
await server.stop();

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
