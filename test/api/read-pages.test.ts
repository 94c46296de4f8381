import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Api, startApi, TINY_CITY } from './support.ts';

let api: Api;
let tiny: Api;

beforeAll(async () => {
  api = await startApi();
  tiny = await startApi([], { city: TINY_CITY });
});

describe.each(['/help', '/privacy'])('%s', (path) => {
  test('is a page of the city under the strict policy, and forgives what messengers add to its address', async () => {
    for (const { request, loaded } of [api, tiny]) {
      const { status, headers, text } = await request.get(`${path}?from=singlemessage`);
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(text).toContain(` · ${loaded.city.title}</title>`);
      expect(text).toContain(`mailto:${loaded.city.contactEmail}`);
    }
  });

  test('runs nothing but what sets the theme before the first paint', async () => {
    const { text } = await api.request.get(path);
    expect(text.match(/<script[^>]*>/g)).toEqual([
      expect.stringMatching(/^<script src="\/assets\/first-paint-[A-Z0-9]{8}\.js">$/),
    ]);
    expect(text).not.toContain('<yz-rider>');
  });
});

test('the script that sets the theme stands in every page’s head before its style sheet, and is there for ever', async () => {
  const { text } = await api.request.get('/');
  const [, path = ''] = /<script src="([^"]*)"><\/script>\n<link rel="stylesheet"/.exec(text) ?? [];
  const { status, headers } = await api.request.get(path);
  expect([status, headers['cache-control']]).toEqual([200, expect.stringContaining('immutable')]);
});

test('the page of another city names its own numbers only', async () => {
  const { text } = await tiny.request.get('/help');
  expect(text).toContain('href="tel:123"');
  expect(text).not.toMatch(/松花|哈尔滨|两岸/);
});
