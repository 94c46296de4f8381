/// <reference lib="webworker" />
// Keeps the app itself for when there is no network: one page, its scripts, styles and pictures, by the build's content.
// The city's data are not its business (the app keeps them), nor are other servers, nor anything that a rider sends.

import { WORKER_MESSAGES } from './worker-link.ts';

declare const self: ServiceWorkerGlobalScope;

// Written by the build.
declare const BUILD: string;
/** Without these the app does not start. */
declare const NEEDED: readonly string[];
/** The live map’s: fetched when the first page has its answer. */
declare const EXTRA: readonly string[];
/** The script that the kept page must name, else it belongs to another build. */
declare const RIDER_SCRIPT: string;

const PREFIX = 'yizhan-';
const CACHE = PREFIX + BUILD;
const SHELL = '/shell';
/** Pages that are only read: numbers to call, above all. */
const READ_PAGES = ['/help', '/privacy'];
const SCHEMATIC = '/api/basemap.geojson';
/** So long a page may take before the kept one is shown. */
const PATIENCE_MS = 3000;
const HASHED = /-[A-Z0-9]{8}\.[a-z]+$/;

self.addEventListener('install', (event) => {
  // At once: pages of the build before go on, since its cache stays until the one after.
  event.waitUntil(install().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});

self.addEventListener('message', (event) => {
  if (event.data === WORKER_MESSAGES.version) event.ports[0]?.postMessage(BUILD);
  if (event.data === WORKER_MESSAGES.fill) event.waitUntil(fill());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === '/' || pathname.startsWith('/p/')) event.respondWith(page(request, SHELL));
    else if (READ_PAGES.includes(pathname)) event.respondWith(page(request, pathname));
  } else if (pathname === SCHEMATIC) {
    event.respondWith(schematic(event));
  } else if (NEEDED.includes(pathname) || EXTRA.includes(pathname) || HASHED.test(pathname)) {
    event.respondWith(asset(request, pathname));
  }
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all([SHELL, ...NEEDED].map((path) => put(cache, path)));
}

async function put(cache: Cache, path: string): Promise<void> {
  const isHashed = HASHED.test(path);
  // What did not change since the build before is here already.
  const known = isHashed ? await caches.match(path) : undefined;
  const response = known ?? (await fetch(path, { cache: isHashed ? 'default' : 'no-cache' }));
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  if (path === SHELL && !(await response.clone().text()).includes(RIDER_SCRIPT)) {
    throw new Error('the server changed its build meanwhile');
  }
  await cache.put(path, response);
}

async function activate(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  // In the order in which they were made: the last one is the build before, of which pages may still be open.
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** What is still missing of the map; another page tries again. */
async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  const missing = async (path: string) => (await cache.match(path)) === undefined;
  await Promise.all(
    [...EXTRA, SCHEMATIC, ...READ_PAGES].map(async (path) => {
      if (await missing(path)) await put(cache, path).catch(() => undefined);
    }),
  );
}

/** The server's page, which has the answer in it; the kept one when the server is away, slow or broken. */
async function page(request: Request, keptAs: string): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(keptAs);
  const network = fetch(request);
  if (!kept) return network;
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS));
  try {
    const response = await Promise.race([network, late]);
    return response && response.status < 500 ? response : kept;
  } catch {
    return kept;
  }
}

/** Names with a hash are for ever, in whichever build's cache; the others belong to this build. */
async function asset(request: Request, pathname: string): Promise<Response> {
  const own = await caches.open(CACHE);
  const known = HASHED.test(pathname) ? await caches.match(pathname) : await own.match(pathname);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok && EXTRA.includes(pathname)) await own.put(pathname, response.clone());
  return response;
}

/** The kept drawing at once, and the server's for the next time. */
async function schematic(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(CACHE);
  const known = await cache.match(SCHEMATIC);
  const fresh = fetch(event.request).then(async (response) => {
    if (response.ok) await cache.put(SCHEMATIC, response.clone());
    return response;
  });
  if (!known) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return known;
}
