// A person at a keyboard: Tab, Enter, Space, arrows and Escape, nothing else. Wherever the focus goes, it must be seen.

import type { Locator, Page } from 'playwright-core';

/** More steps than any screen has. */
const MOST_STEPS = 150;

export interface Typist {
  /** Tabs until the target has the focus. @throws Error when it is never reached. */
  reach(target: Locator): Promise<void>;
  /** Reaches a link and follows it. */
  follow(target: Locator): Promise<void>;
  /** Reaches a button and presses it. */
  press(target: Locator): Promise<void>;
  key(name: string): Promise<void>;
  /** Waits until something has the focus; answers its words. */
  focused(): Promise<string>;
  /** Every place on the way where the focus could not be seen. */
  unseen: string[];
}

export function sitDown(page: Page): Typist {
  const unseen: string[] = [];

  async function step(): Promise<void> {
    await page.keyboard.press('Tab');
    const wrong = await page.evaluate(whatIsUnseen);
    if (wrong !== '') unseen.push(wrong);
  }

  async function reach(target: Locator): Promise<void> {
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const found = await target
        .first()
        .evaluate((each) => each === document.activeElement || each.contains(document.activeElement));
      if (found) return;
      await step();
    }
    throw new Error(`Not reached by Tab: ${target}`);
  }

  async function focused(): Promise<string> {
    for (let tries = 0; tries < 100; tries++) {
      const words = await page.evaluate(() => {
        const active = document.activeElement as HTMLElement | null;
        return active === null || active === document.body
          ? ''
          : active.innerText || active.getAttribute('aria-label') || active.tagName;
      });
      if (words !== '') return words.trim();
      await page.waitForTimeout(50);
    }
    throw new Error('Nothing has the focus.');
  }

  return {
    reach,
    async follow(target) {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    async press(target) {
      await reach(target);
      await page.keyboard.press('Space');
    },
    key: (name) => page.keyboard.press(name),
    focused,
    unseen,
  };
}

/** Runs in the page. Empty when what has the focus is seen to have it. */
function whatIsUnseen(): string {
  const active = document.activeElement as HTMLElement | null;
  // From the last to the first the browser passes its own bar.
  if (active === null || active === document.body) return '';
  const words = active.outerHTML.slice(0, 100);
  const ring = [active, active.parentElement].find((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each as Element);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  if (!ring) return `no ring: ${words}`;
  const style = getComputedStyle(ring);
  const reach = Number.parseFloat(style.outlineOffset) + Number.parseFloat(style.outlineWidth);
  const box = ring.getBoundingClientRect();
  for (let each = ring.parentElement; each && each !== document.body; each = each.parentElement) {
    if (getComputedStyle(each).overflowX === 'visible') continue;
    const edge = each.getBoundingClientRect();
    if (box.left - reach < edge.left - 1 || box.right + reach > edge.right + 1) {
      return `cut at the side by ${each.className}: ${words}`;
    }
  }
  if (box.left - reach < -1 || box.right + reach > document.documentElement.clientWidth + 1)
    return `cut by the screen: ${words}`;
  // Its beginning or its middle: a map is seen round the field that floats on it.
  const over = [Math.min(box.height, 40) / 2, box.height / 2].map((down) =>
    document.elementFromPoint(box.left + box.width / 2, Math.min(Math.max(box.top + down, 0), innerHeight - 1)),
  );
  const isSeen = over.some((each) => each !== null && (ring.contains(each) || each.contains(ring)));
  return isSeen ? '' : `covered by ${over[0]?.className || over[0]?.tagName}: ${words}`;
}
