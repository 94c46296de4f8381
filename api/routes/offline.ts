// What the phone keeps of the app for when there is no network: one page, and the script that keeps it.

import type { AppContext } from '../context.ts';
import type { Pages } from '../pages.ts';
import { contentHash, REVALIDATE, sendCompressed } from '../reply.ts';
import { type Route, route } from '../route.ts';
import type { Assets } from './assets.ts';

/** At the root, since a worker sees only what lies beside and below it. */
export const SERVICE_WORKER_PATH = '/service-worker.js';

/** Takes away what an earlier worker kept, and itself. Open pages go on by the network; a phone that has it recovers. */
const WORKER_OFF = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('yizhan-')).map((name) => caches.delete(name)));
  await self.registration.unregister();
})()));
`;

export function offlineRoutes({ config, headers }: AppContext, pages: () => Pages, assets: Assets): Route[] {
  const page = { headers: headers.page, cache: REVALIDATE };
  return [
    route({
      method: 'get',
      path: SERVICE_WORKER_PATH,
      access: 'anyone',
      operation: {
        id: 'readServiceWorker',
        tag: '网页',
        summary: '没有网络时也能打开网页的脚本；关掉以后，会清掉手机上存过的',
        answers: { 200: { description: '脚本', content: { 'text/javascript': { type: 'string' } } } },
      },
      async handle(request, response) {
        const file = config.serviceWorker ? await assets.read('service-worker.js') : undefined;
        // Browsers compare bytes: another kept page is another worker.
        const script = file ? `${file.body.identity}// ${contentHash(pages().shell())}\n` : WORKER_OFF;
        const type = 'text/javascript; charset=utf-8';
        await sendCompressed(request, response, { ...page, type }, Buffer.from(script));
      },
    }),
    route({
      method: 'get',
      path: '/shell',
      access: 'anyone',
      operation: {
        id: 'openKeptPage',
        tag: '网页',
        summary: '存在手机里的网页：没有数据，也没有时间',
        answers: { 200: { description: '网页', content: { 'text/html': { type: 'string' } } } },
      },
      async handle(request, response) {
        const type = 'text/html; charset=utf-8';
        await sendCompressed(request, response, { ...page, type }, Buffer.from(pages().shell()));
      },
    }),
  ];
}
