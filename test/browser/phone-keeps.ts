// What a phone keeps of the app and the city, waited for as a test must: by asking until it is there.

import type { Page } from 'playwright-core';

/** A content policy forbids Playwright's own way of waiting for a function. */
export async function poll(page: Page, read: () => Promise<string> | string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const value = await page.evaluate(read);
    if (value !== '') return value;
    await page.waitForTimeout(100);
  }
  throw new Error('It did not come true.');
}

/** Waits until the worker keeps the app and the map, and the phone the city. */
export async function everythingKept(page: Page): Promise<void> {
  await poll(page, async () => {
    const names = await caches.keys();
    const [name] = names.filter((each) => each.startsWith('yizhan-'));
    const kept = name === undefined ? [] : await (await caches.open(name)).keys();
    const paths = kept.map((request) => new URL(request.url).pathname);
    return ['/shell', '/api/basemap.geojson', '/help'].every((path) => paths.includes(path)) &&
      paths.some((path) => path.includes('map-worker')) &&
      paths.some((path) => path.includes('live-map')) &&
      navigator.serviceWorker.controller !== null
      ? 'yes'
      : '';
  });
  await poll(page, async () => {
    const keys = await new Promise<IDBValidKey[]>((resolve) => {
      const opening = indexedDB.open('yizhan');
      opening.onsuccess = () => {
        const asked = opening.result.transaction('snapshot').objectStore('snapshot').getAllKeys();
        asked.onsuccess = () => {
          opening.result.close();
          resolve(asked.result);
        };
      };
    });
    return keys.includes('core') && keys.includes('details') ? 'yes' : '';
  });
}
