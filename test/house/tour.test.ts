// The README's tour, walked as written: every request that it shows, sent to the server that `npm start` starts.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningServer, startServer } from '../browser/server.ts';
import { root } from './source-files.ts';

const PRINTED = 'http://localhost:8080';
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const requests = [...readme.matchAll(/curl (?:--compressed )?'([^']+)'/g)].map(([, url = '']) => url);
const swapped = requests.filter((url) => url.includes('lng=45.'));
const answered = requests.filter((url) => !swapped.includes(url));

let server: RunningServer;

beforeAll(async () => {
  server = await startServer();
});

afterAll(() => server.stop());

function ask(url: string): Promise<Response> {
  return fetch(url.replace(PRINTED, server.url));
}

test('the tour shows the reads', () => {
  expect(answered.length).toBeGreaterThanOrEqual(5);
  expect(swapped).toHaveLength(1);
});

test.each(answered)('%s is answered with something', async (url) => {
  const response = await ask(url);
  expect(response.status).toBe(200);
  const body = (await response.json()) as { features?: unknown[] };
  if (body.features) expect(body.features.length).toBeGreaterThan(0);
});

test.each(swapped)('%s is told what is wrong', async (url) => {
  const response = await ask(url);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(await response.text()).toContain('swapped-lng-lat');
});

test('the files of the snapshot lead to the city', async () => {
  const manifest = (await (await ask(`${PRINTED}/api/snapshot`)).json()) as { coreUrl: string; detailsUrl: string };
  for (const url of [manifest.coreUrl, manifest.detailsUrl]) {
    expect((await fetch(new URL(url, server.url))).status).toBe(200);
  }
});

test.each(['/', '/docs', '/openapi.json', '/healthz', '/readyz'])('%s is there', async (path) => {
  expect((await ask(`${PRINTED}${path}`)).status).toBe(200);
});
