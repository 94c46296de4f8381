// The real browser of the browser tests: the one that `setup.mjs test` found or installed.

import { readFileSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
} from 'playwright-core';

const record = new URL('../../node_modules/.yizhan/browser.json', import.meta.url);

/** A cheap phone of a rider, as in the bars for a page: 360×640 CSS pixels, touch, Chinese. */
export const phone = {
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  viewport: { width: 360, height: 640 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
} as const satisfies BrowserContextOptions;

/** An office screen: 1366×768, mouse, Chinese. */
export const desktop = {
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  viewport: { width: 1366, height: 768 },
} as const satisfies BrowserContextOptions;

/**
 * Starts a headless Chromium in Chinese, with WebGL 2 drawn in software and nothing that calls home. The caller closes
 * it. `options.args` are added to ours.
 * @throws Error when no browser was set up.
 */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch(launchOptions(options));
}

/**
 * The same browser with a profile on disk: started again in the same folder it knows what it kept, as a phone does.
 * @throws Error when no browser was set up.
 */
export function launchPersistent(folder: string, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...options, ...launchOptions({}) });
}

function launchOptions(options: LaunchOptions): LaunchOptions {
  const { executablePath, environment } = readRecord();
  return {
    executablePath,
    // Chromium's sandbox refuses to run as root, which is what containers are.
    chromiumSandbox: process.getuid?.() !== 0 && environment.LD_LIBRARY_PATH === undefined,
    ...options,
    env: { ...definedVariables(), ...environment, ...options.env },
    args: [
      '--lang=zh-CN',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      ...(options.args ?? []),
    ],
  };
}

function readRecord(): { executablePath: string; environment: Record<string, string> } {
  try {
    return JSON.parse(readFileSync(record, 'utf8'));
  } catch (cause) {
    throw new Error('No browser is set up for the tests. Run: node setup.mjs test', { cause });
  }
}

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
