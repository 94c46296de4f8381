// What is wrong with a page as it stands: for everybody's eyes, hands and aids. Each answers with what it found, in words.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeFinding {
  id: string;
  nodes: { html: string; any: { message: string }[] }[];
}

/** Looks of the app: what the phone is set to, and what its rider has chosen in 我的. */
export const LOOKS = [
  { name: 'light', scheme: 'light', modes: { theme: 'light' } },
  { name: 'dark', scheme: 'dark', modes: {} },
  { name: 'high contrast', scheme: 'light', modes: { theme: 'contrast' } },
  { name: '大字 and 手套', scheme: 'light', modes: { large: true, gloves: true } },
] as const;
export type Look = (typeof LOOKS)[number];

/** Keeps the modes on the phone and lets the app's own first script, which reads them, run again. */
export async function wear(page: Page, { scheme, modes }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.evaluate(async (kept) => {
    localStorage.setItem('yz-modes', kept);
    const again = document.createElement('script');
    again.src = document.head.querySelector<HTMLScriptElement>('script:not([type])')?.src ?? '';
    await new Promise((resolve) => {
      again.onload = resolve;
      document.head.append(again);
    });
    again.remove();
  }, JSON.stringify(modes));
}

/** What lies folded is part of the screen. */
export function unfold(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

/** Violations of all of axe-core's usual rules. */
export async function axeFindings(page: Page): Promise<string[]> {
  // The page's content policy forbids script elements of others; the console may run what it likes.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: AxeFinding[] }> };
    };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => {
      const said = nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 160)} (${any[0]?.message ?? ''})`);
      return `${id}: ${said.join(' | ')}`;
    });
  });
}

/** What is tapped and smaller than `least` pixels, the main act than `leastMain`; links inside a sentence are read first. */
export function smallTargets(page: Page, least = 48, leastMain = 64): Promise<string[]> {
  return page.evaluate(
    ([least, leastMain]) =>
      [...document.querySelectorAll<HTMLElement>('a[href], button, summary, input, label.button')]
        .filter((each) => !each.matches('.visually-hidden, .skip, .attribution') && !each.closest('p, .map-notice'))
        .flatMap((each) => {
          const { width, height } = each.getBoundingClientRect();
          const wanted = each.matches('.button.main') ? leastMain : least;
          const isSmall = width > 0 && (width < least - 0.5 || height < wanted - 0.5);
          return isSmall ? [`${Math.round(width)}×${Math.round(height)} ${each.outerHTML.slice(0, 120)}`] : [];
        }),
    [least, leastMain] as const,
  );
}

/** How far the page is wider than the screen, and what sticks out of it. */
export function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter(
      (each) => each.getBoundingClientRect().right > clientWidth + 1 && !each.closest('.kinds, .needs, svg'),
    );
    return [`${scrollWidth} > ${clientWidth}: ${wide.at(-1)?.outerHTML.slice(0, 160)}`];
  });
}

/** Words that are cut off, and things to tap that lie on each other. */
export function cutOrCovered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const shown = (each: Element) => each.checkVisibility({ visibilityProperty: true });
    const found: string[] = [];
    for (const each of document.querySelectorAll<HTMLElement>('body *')) {
      if (!shown(each) || each.matches('.visually-hidden, .skip, input') || each.closest('svg, yz-live-map')) continue;
      const { overflowX, display } = getComputedStyle(each);
      const isCut = each.scrollWidth > each.clientWidth + 1 && display !== 'inline';
      // What is scrolled sideways on purpose is not cut.
      if (isCut && overflowX !== 'auto' && each.innerText.trim() !== '')
        found.push(`cut: ${each.outerHTML.slice(0, 160)}`);
    }
    // Bars that stay at an edge lie over what scrolls below them, and a label over its input.
    const targets = [...document.querySelectorAll<HTMLElement>('a[href], button, summary')].filter(
      (each) => shown(each) && !each.matches('.skip') && !each.closest('.sticky, .nav, .top, yz-live-map, .map-top'),
    );
    const boxes = targets.map((each) => ({ each, box: each.getBoundingClientRect() }));
    for (const [i, one] of boxes.entries()) {
      for (const other of boxes.slice(i + 1)) {
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (width > 1 && height > 1 && !one.each.contains(other.each) && !other.each.contains(one.each)) {
          found.push(`on each other: ${one.each.outerHTML.slice(0, 100)} and ${other.each.outerHTML.slice(0, 100)}`);
        }
      }
    }
    return found;
  });
}
