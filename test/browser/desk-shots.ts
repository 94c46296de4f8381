// Every room of the desk as its people see it, light and dark; called from `shots.ts`.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import {
  call,
  type DeskAccount,
  firstAdmin,
  invited,
  openDesk,
  riderDevice,
  setupToken,
  somePlaces,
  suggest,
} from './desk-page.ts';
import type { RunningServer } from './server.ts';

const DRAWN_MS = 3000;

interface DeskShot {
  name: string;
  path: string;
  who?: 'nobody' | 'keeper';
  act?: (page: Page) => Promise<unknown>;
}

/**
 * @param server a fresh one, without an administrator
 * @param words of names; without any all screens are taken
 */
export async function deskShots(
  browser: Browser,
  server: RunningServer,
  folder: string,
  words: readonly string[],
): Promise<void> {
  if (words.length > 0 && !words.some((word) => word.includes('desk'))) return;
  await mkdir(folder, { recursive: true });
  const setupPath = `/desk/setup#token=${await setupToken(server)}`;
  await shoot(browser, server, folder, { name: 'desk-setup', path: setupPath, who: 'nobody' });
  const admin = await firstAdmin(server);
  const places = await somePlaces(server, admin);
  const [first, second, third] = places;
  if (!first || !second || !third) throw new Error('The demo has no stations');
  const changes = { hoursText: '每天 9:00–20:00', entranceText: '从东侧门进，一楼左手' };
  await suggest(server, first.id, changes, '昨天八点二十到的，门锁了，门上贴了新时间');
  await suggest(server, second.id, { hoursText: '工作日白天' });
  const headers = await riderDevice(server);
  await call(server, 'POST', `/api/places/${third.id}/reports`, { body: { problem: 'no-hot-water' }, headers });
  const keeper = await invited(server, admin, { role: 'keeper', placeIds: [first.id] }, '赵师傅');
  const shots: DeskShot[] = [
    { name: 'desk-sign-in', path: '/desk/sign-in', who: 'nobody' },
    { name: 'desk-today', path: '/desk', act: (page) => page.locator('button.row-link').first().click() },
    { name: 'desk-reviews', path: '/desk/reviews?kind=suggestion' },
    { name: 'desk-review-reasons', path: '/desk/reviews?kind=suggestion', act: (page) => page.keyboard.press('r') },
    { name: 'desk-review-amend', path: '/desk/reviews?kind=suggestion', act: (page) => page.keyboard.press('e') },
    { name: 'desk-places', path: '/desk/places' },
    { name: 'desk-place', path: `/desk/places/${first.id}` },
    { name: 'desk-place-moved', path: `/desk/places/${second.id}`, act: moveIt },
    {
      name: 'desk-place-history',
      path: `/desk/places/${first.id}`,
      act: (page) => page.getByRole('button', { name: '历史' }).click(),
    },
    { name: 'desk-place-new', path: '/desk/places/new' },
    { name: 'desk-settings', path: '/desk/settings' },
    { name: 'desk-people', path: '/desk/settings/people' },
    { name: 'desk-announcements', path: '/desk/settings/announcements' },
    { name: 'desk-keys', path: '/desk/settings/keys' },
    { name: 'desk-audit', path: '/desk/audit' },
    { name: 'desk-keeper', path: '/desk', who: 'keeper' },
  ];
  for (const shot of shots.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word))))
    await shoot(browser, server, folder, shot, { admin, keeper });
}

async function moveIt(page: Page): Promise<void> {
  await page.locator('.place-point .point-stage').focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowUp']) await page.keyboard.press(key);
}

async function shoot(
  browser: Browser,
  server: RunningServer,
  folder: string,
  { name, path, who, act }: DeskShot,
  people?: { admin: DeskAccount; keeper: DeskAccount },
): Promise<void> {
  for (const dark of [false, true]) {
    const account = who === 'nobody' ? undefined : who === 'keeper' ? people?.keeper : people?.admin;
    const onPhone = who === 'keeper';
    const { page, context, complaints } = await openDesk(browser, server, {
      path,
      dark,
      onPhone,
      ...(account && { account }),
    });
    await page.waitForTimeout(DRAWN_MS);
    await act?.(page);
    await page.waitForTimeout(act ? DRAWN_MS / 2 : 0);
    const file = join(folder, `${name}${dark ? '-dark' : ''}.png`);
    await page.screenshot({ path: file, fullPage: onPhone });
    process.stdout.write(`${file}${complaints.length > 0 ? `  ${complaints.join('; ')}` : ''}\n`);
    await context.close();
  }
}
