import { beforeAll, describe, expect, test } from '@jest/globals';
import { generateDemoPlaces } from '../../data/demo.ts';
import { loadCity } from '../../data/load-city.ts';
import type { PlaceDraft } from '../../data/place.ts';
import { readRealPlaces } from '../../data/real-places.ts';
import { station, tester } from '../data/store/support.ts';
import { expectWellMade, readScreen } from '../web/screens.ts';
import { type Api, NOON, startApi, TINY_CITY } from './support.ts';

const ZHUOZHAN = 'harbin-zhuozhan-b';
const WECHAT = 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50';

let api: Api;
let shortCode: string;

beforeAll(async () => {
  const loaded = await loadCity('harbin');
  const demo = generateDemoPlaces(loaded, { seed: 1, now: new Date(NOON) }).filter((_, i) => i % 25 === 0);
  const awkward: PlaceDraft = station({
    id: 'awkward-name',
    name: '</title><script>alert("x")</script>\'&',
    address: '"><img src=x onerror=alert(1)>',
    point: [126.6117, 45.7729],
    positionQuality: 'surveyed',
    positionErrorMetres: null,
    hoursOsm: '24/7',
  });
  api = await startApi([...(await readRealPlaces(loaded)), ...demo, awkward]);
  shortCode = (await api.store.places.get(ZHUOZHAN))?.shortCode ?? '';
});

const isDemo = (id: string) => id.startsWith('demo-');
const withoutAwkward = (html: string) =>
  html
    .replaceAll('&lt;/title&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;', '怪名')
    .replaceAll('&quot;&gt;&lt;img src=x onerror=alert(1)&gt;', '怪处');

async function open(path: string, userAgent = 'Mozilla/5.0 (Linux; Android 14)') {
  const answer = await api.request.get(path).set('User-Agent', userAgent);
  return { ...answer, status: answer.status, headers: answer.headers, text: answer.text };
}

describe('the first screen as the server writes it', () => {
  test('answers before any script runs', async () => {
    const { status, headers, text } = await open('/');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const screen = readScreen(text);
    expect(screen.text).toMatch(/骑行 \d+ 分钟/);
    expect(screen.text).toMatch(/中央大街附近/);
    expect(text).toContain('骑车去');
    const state = JSON.parse(/id="state">([^<]*)</.exec(text)?.[1] ?? '{}');
    expect(state).toMatchObject({
      nowMs: NOON,
      manifest: { coreUrl: expect.stringMatching(/^\/api\/snapshot\/core\./) },
    });
    const core = await api.request.get(state.manifest.coreUrl);
    expect(core.body.count).toBeGreaterThan(200);
  });

  test.each([
    '/',
    '/?kinds=toilet,parking&area=230102',
    '/?kinds=scene&area=230108',
    '/?kinds=merchant&services=meal&open=true',
    '/?services=shower,legal-aid,nursing&allDay=true',
    '/?kinds=bike-swap,battery-swap&count=95',
    '/?area=nonsense',
    '/?view=areas',
    '/?view=me',
    '/?view=map&area=sun-island',
    '/?view=search',
    '/?view=search&q=xy',
    `/p/${ZHUOZHAN}`,
    '/p/harbin-baoli-mingyue-scene',
    '/p/harbin-baoli-mingyue-swap',
    '/p/awkward-name',
    '/p/none',
  ])('%s shows nothing for machines and breaks no policy', async (path) => {
    const { text } = await open(path);
    expectWellMade(readScreen(withoutAwkward(text)), isDemo);
    expect(text).not.toMatch(/<script>alert|<img/);
  });

  test('measures from the area that was chosen', async () => {
    expect((await open('/?kinds=toilet&area=230102')).text).toContain('道里区');
    expect((await open('/?area=dragon-tower')).text).toContain('南岗区 · 龙塔');
  });

  test('passes over what it does not know, and never repeats a position', async () => {
    const plain = await open('/');
    for (const path of ['/?lng=126.66&lat=45.70&from=wechat', '/?area=126.66,45.70', '/?kinds=hotel', '/?view=admin']) {
      const { status, text } = await open(path);
      expect([path, status, text === plain.text]).toEqual([path, 200, true]);
    }
    const nonsense = await open('/?area=nonsense');
    expect(nonsense.status).toBe(200);
    expect(readScreen(nonsense.text).text).toBe(readScreen(plain.text).text);
  });

  test('is not thrown off by half a character at the end of a long query', async () => {
    for (const view of ['near', 'areas', 'search']) {
      const query = encodeURIComponent(`${'驿'.repeat(39)}🛵🛵`);
      expect((await open(`/?view=${view}&q=${query}`)).status).toBe(200);
    }
    expect((await open('/?q=%ff%fe&kinds=%00')).status).toBe(200);
  });
});

describe('a place’s page', () => {
  test('is found by id and by short code in any case', async () => {
    for (const id of [ZHUOZHAN, shortCode, shortCode.toLowerCase()]) {
      const { status, text } = await open(`/p/${id}`);
      expect([id, status]).toEqual([id, 200]);
      expect(text).toContain('<title>尔滨新驿·卓展购物中心B座 · 驿站</title>');
      expect(readScreen(text).text).toMatch(/热水\s+未核实/);
    }
  });

  test('that is not there is a page that leads on', async () => {
    for (const id of ['none', 'ZZZZZ', '%E9%A9%BF', 'constructor']) {
      const { status, headers, text } = await open(`/p/${id}`);
      expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
      expect(readScreen(text).text).toContain('没有这一页');
      expect(text).toContain('href="/"');
    }
  });

  test('says in its description when it is made up', async () => {
    const made = (await api.allPlaces()).find(({ demo }) => demo);
    const { text } = await open(`/p/${made?.id}`);
    expect(text).toMatch(/<meta name="description" content="[^"]*演示数据，不是真实点位/);
  });

  test('goes with the place: retired, it is gone', async () => {
    const place = await api.store.places.get('awkward-name');
    expect(place?.name).toContain('alert');
    await api.store.places.update(
      'awkward-name',
      { status: 'retired' },
      { version: place?.version ?? 0, actor: tester },
    );
    expect((await open('/p/awkward-name')).status).toBe(404);
    expect((await open('/')).text).not.toContain('alert(');
  });
});

describe('over HTTP', () => {
  test('a page is asked for again each time, since each says what is open now', async () => {
    for (const path of ['/', `/p/${ZHUOZHAN}`, '/p/none']) {
      expect((await open(path)).headers['cache-control']).toBe('no-cache');
    }
  });

  test('the same page at another hour says another state', async () => {
    const noon = readScreen((await open('/')).text).text;
    api.clock.now = NOON + 13 * 3_600_000;
    const night = readScreen((await open('/')).text).text;
    api.clock.now = NOON;
    expect(night).not.toBe(noon);
    expect(night).toMatch(/已关闭（\d+）|现在都关了|24 小时/);
  });

  test('HEAD says the same without the page', async () => {
    for (const [path, status] of [
      ['/', 200],
      [`/p/${ZHUOZHAN}`, 200],
      ['/p/none', 404],
    ] as const) {
      const answer = await api.request.head(path);
      expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
      expect(answer.text ?? '').toBe('');
    }
  });

  test('only what comes from this server may run', async () => {
    for (const path of ['/', `/p/${ZHUOZHAN}`, '/p/none']) {
      const { headers } = await open(path);
      const policy = headers['content-security-policy'] ?? '';
      for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]) {
        expect(policy.split('; ')).toContain(rule);
      }
      expect(policy).not.toMatch(/unsafe|https?:/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('what a page asks for is there', async () => {
    const { text } = await open('/');
    const files = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+|\/manifest\.webmanifest)"/g)].map(
      ([, file]) => file as string,
    );
    expect(files.length).toBeGreaterThan(3);
    for (const file of new Set(files)) expect([file, (await api.request.get(file)).status]).toEqual([file, 200]);
  });

  test('in WeChat the way leads through the navigator that opens there', async () => {
    const [browser, wechat] = [await open('/p/harbin-zhuozhan-b'), await open('/p/harbin-zhuozhan-b', WECHAT)];
    const main = (html: string) => /class="button main" href="([^"]*)"/.exec(html)?.[1];
    expect(main(browser.text)).toMatch(/^https:\/\/uri\.amap\.com\//);
    expect(main(wechat.text)).toMatch(/^https:\/\/apis\.map\.qq\.com\//);
  });
});

test('another city has its own page, of which Harbin knows nothing', async () => {
  const tiny = await startApi([station({ name: '广场驿站', point: [-74.07, 4.62], district: '990101' })], {
    city: TINY_CITY,
  });
  const { status, text } = await tiny.request.get('/');
  expect(status).toBe(200);
  expect(text).toContain('<title>小城骑手地图</title>');
  expect(text).not.toMatch(/哈尔滨|尔滨/);
  expectWellMade(readScreen(text), isDemo);
});
