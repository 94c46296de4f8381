import { beforeAll, describe, expect, test } from '@jest/globals';
import { featureSchema } from '../../api/index/feature.ts';
import { collectionSchema } from '../../api/routes/collection.ts';
import type { CoreDocument } from '../../data/core.ts';
import { readCore } from '../../data/core.ts';
import { station, tester } from '../data/store/support.ts';
import { type Api, NOON, startApi } from './support.ts';

const zhuozhan = station({
  id: 'harbin-zhuozhan-b',
  name: '尔滨新驿 · 卓展购物中心B座',
  entrance: { point: [126.5976, 45.7584], text: '从上海街侧门进' },
  hoursOsm: 'Mo-Fr 08:30-17:00; PH off',
  services: [
    { code: 'hot-water', state: 'ok', confirmedAt: '2026-11-20T09:12:00+08:00', confirmedBy: 'rider' },
    { code: 'microwave', state: 'broken', confirmedAt: null, confirmedBy: null },
    { code: 'first-aid', state: 'ok', confirmedAt: null, confirmedBy: null },
  ],
});
const others = Array.from({ length: 25 }, (_, i) =>
  station({
    id: `river-${String(i).padStart(2, '0')}`,
    name: `江边驿站${i}`,
    point: [126.61 + i / 1000, 45.77],
    address: '友谊路',
  }),
);
const hidden = station({ id: 'not-yet-public', status: 'pending' });
const here = 'lng=126.5975&lat=45.7580';

let api: Api;
beforeAll(async () => {
  api = await startApi([zhuozhan, ...others, hidden]);
});
const get = (path: string) => api.request.get(path);

describe('GET /api/nearest', () => {
  test('answers with whole features in the pinned shape, and is never cached', async () => {
    const { body, headers } = await get(`/api/nearest?${here}&limit=1`).expect(200);
    expect(() => collectionSchema.parse(body)).not.toThrow();
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-type']).toBe('application/geo+json; charset=utf-8');
    expect(body).toMatchObject({
      type: 'FeatureCollection',
      at: '2026-11-20T12:00:00+08:00',
      numberMatched: 1,
      next: null,
    });
    expect(body.features[0]).toMatchObject({
      id: 'harbin-zhuozhan-b',
      geometry: { type: 'Point', coordinates: [126.5975, 45.7583] },
      properties: {
        kind: 'station',
        status: 'active',
        district: '230102',
        entrance: { point: [126.5976, 45.7584], text: '从上海街侧门进' },
        hours: {
          osm: 'Mo-Fr 08:30-17:00; PH off',
          state: 'open',
          until: '2026-11-20T17:00:00+08:00',
          opensAt: null,
        },
        distanceMetres: 33,
        rideMinutes: 1,
        walkMinutes: 1,
        crossing: null,
        demotedFor: null,
        positionQuality: 'approx',
        version: 1,
        demo: false,
      },
    });
  });

  test('a service filter keeps what is declared or unknown, never what is broken', async () => {
    const first = async (services: string) => (await get(`/api/nearest?${here}&services=${services}`)).body.features;
    expect((await first('hot-water'))[0].properties.demotedFor).toBeNull();
    expect((await first('hot-water,first-aid'))[0].properties.demotedFor).toBe('service-unconfirmed');
    expect(await first('microwave')).toEqual([]);
  });

  test('`at` moves the clock: closed on Saturday, and it says when it opens', async () => {
    const { body } = await get(`/api/nearest?${here}&limit=1&at=2026-11-21T12:00:00%2B08:00`);
    expect(body.at).toBe('2026-11-21T12:00:00+08:00');
    expect(body.features[0].properties).toMatchObject({
      hours: { state: 'closed', until: null, opensAt: '2026-11-23T08:30:00+08:00' },
      demotedFor: 'closed',
    });
  });

  test('a place that closes before the rider arrives says so', async () => {
    const { body } = await get('/api/nearest?lng=126.66&lat=45.70&limit=50&at=2026-11-20T16:55:00%2B08:00');
    const place = body.features.find((each: { id: string }) => each.id === 'harbin-zhuozhan-b');
    expect(place.properties).toMatchObject({ hours: { state: 'closing-soon' }, demotedFor: 'closes-before-arrival' });
  });

  test('maxDistanceMetres counts along the way', async () => {
    expect((await get(`/api/nearest?${here}&maxDistanceMetres=40`)).body.numberMatched).toBe(1);
    expect((await get(`/api/nearest?${here}&maxDistanceMetres=20`)).body.numberMatched).toBe(0);
  });

  test.each([
    ['lng=45.75&lat=126.6', 'swapped-lng-lat', 'lng'],
    ['lng=0&lat=0', 'out-of-area', 'lng'],
    [`${here}&limit=51`, 'out-of-range', 'limit'],
    [`${here}&radius=5`, 'unknown-parameter', 'radius'],
    [`${here}&lng=126.6`, 'repeated-parameter', 'lng'],
    ['lng=１２６&lat=45.75', 'not-a-number', 'lng'],
    [`${here}&at=2099-01-01T00:00:00Z`, 'out-of-range', 'at'],
  ])('%s is refused as %s', async (query, code, field) => {
    const { body, headers } = await get(`/api/nearest?${encodeURI(query)}`).expect(400);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(body).toMatchObject({ status: 400, code, instance: '/api/nearest', type: `/docs#${code}` });
    expect(body.errors[0]).toMatchObject({ field, code });
    expect(body.detail).toMatch(/\p{Script=Han}/u);
  });
});

describe('GET /api/places', () => {
  test('pages follow `next`, an absolute address that keeps the filters', async () => {
    const ids: string[] = [];
    let path = '/api/places?kinds=station&limit=10&bbox=126.6,45.76,126.64,45.78';
    for (let pages = 1; ; pages++) {
      const { body } = await get(path).expect(200);
      expect(body.numberMatched).toBe(25);
      ids.push(...body.features.map((feature: { id: string }) => feature.id));
      if (body.next === null) {
        expect(pages).toBe(3);
        break;
      }
      const next = new URL(body.next);
      expect(next.origin).toBe('http://map.example:8080');
      expect(next.searchParams.get('bbox')).toBe('126.6,45.76,126.64,45.78');
      path = `${next.pathname}${next.search}`;
    }
    expect(ids).toEqual(others.map((each) => each.id));
  });

  test.each([
    ['卓展', 'harbin-zhuozhan-b'],
    ['上海街', 'harbin-zhuozhan-b'],
    ['zzgw', 'harbin-zhuozhan-b'],
    ['zhuozhan', 'harbin-zhuozhan-b'],
    ['江边驿站7', 'river-07'],
  ])('q=%s finds %s', async (q, id) => {
    const { body } = await get(`/api/places?q=${encodeURIComponent(q)}`).expect(200);
    expect(body.features[0].id).toBe(id);
  });

  test('a search pages best first without losing or repeating a place', async () => {
    const ids: string[] = [];
    let path = '/api/places?q=jbyz&limit=7';
    while (path) {
      const { body } = await get(path).expect(200);
      expect(body.numberMatched).toBe(25);
      ids.push(...body.features.map((feature: { id: string }) => feature.id));
      path = body.next === null ? '' : body.next.replace('http://map.example:8080', '');
    }
    expect(new Set(ids).size).toBe(25);
  });

  test('what was not measured is null, and unpublished places are in no list', async () => {
    const { body } = await get('/api/places?limit=1000');
    expect(() => collectionSchema.parse(body)).not.toThrow();
    expect(body.numberMatched).toBe(26);
    expect(body.features[0].properties).toMatchObject({ distanceMetres: null, rideMinutes: null, crossing: null });
    expect(JSON.stringify(body)).not.toContain('not-yet-public');
  });

  test('an unchanged list is 304, and gzip is used when it is accepted', async () => {
    const first = await get('/api/places').set('Accept-Encoding', 'gzip').expect(200);
    expect(first.headers['content-encoding']).toBe('gzip');
    expect(first.headers.vary).toBe('Accept-Encoding');
    await get('/api/places')
      .set('If-None-Match', first.headers.etag as string)
      .expect(304);
    await get('/api/places?limit=5')
      .set('If-None-Match', first.headers.etag as string)
      .expect(200);
    const plain = await get('/api/places').set('Accept-Encoding', 'gzip;q=0');
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  test.each([
    ['bbox=45.7,126.5,45.8,126.7', 'swapped-lng-lat'],
    ['bbox=126.7,45.7,126.5,45.8', 'out-of-range'],
    ['bbox=151,-34,152,-33', 'out-of-area'],
    ['district=110101', 'unknown-value'],
    ['cursor=%7B%7D', 'bad-cursor'],
    ['cursor=AAAA', 'bad-cursor'],
    ['limit=1001', 'out-of-range'],
    ['q=', 'bad-text'],
  ])('%s is refused as %s', async (query, code) => {
    expect((await get(`/api/places?${query}`).expect(400)).body.code).toBe(code);
  });
});

describe('GET /api/places/:id', () => {
  test('is one feature, by id or by short code in any case; its tag begins with the version', async () => {
    const { body, headers } = await get('/api/places/harbin-zhuozhan-b').expect(200);
    expect(() => featureSchema.parse(body)).not.toThrow();
    expect(headers.etag).toMatch(/^"1-[0-9a-f]{16}"$/);
    const short = body.properties.shortCode as string;
    expect((await get(`/api/places/${short.toLowerCase()}`)).body).toEqual(body);
    await get('/api/places/harbin-zhuozhan-b')
      .set('If-None-Match', headers.etag as string)
      .expect(304);
  });

  test('is not 304 any more when only the hours have moved on', async () => {
    const { headers } = await get('/api/places/harbin-zhuozhan-b');
    api.clock.now = NOON + 6 * 3_600_000;
    const later = await get('/api/places/harbin-zhuozhan-b').set('If-None-Match', headers.etag as string);
    api.clock.now = NOON;
    expect(later.status).toBe(200);
    expect(later.body.properties.hours.state).toBe('closed');
  });

  test.each(['nobody', 'not-yet-public', '%00', '..%2f..%2fetc', 'ZZZZZ'])('%s is 404', async (id) => {
    expect((await get(`/api/places/${id}`).expect(404)).body.code).toBe('not-found');
  });
});

describe('GET /api/snapshot', () => {
  test('names two files for ever, of the version that lists have', async () => {
    const { body: manifest, headers } = await get('/api/snapshot').expect(200);
    expect(Object.keys(manifest)).toEqual(['version', 'coreUrl', 'detailsUrl']);
    expect(manifest.version).toBe((await get('/api/places?limit=1')).body.dataVersion);
    await get('/api/snapshot')
      .set('If-None-Match', headers.etag as string)
      .expect(304);
    const file = await get(manifest.coreUrl).set('Accept-Encoding', 'gzip').expect(200);
    expect(file.headers['content-encoding']).toBe('gzip');
    expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const core = readCore(file.body as CoreDocument);
    expect(core.version).toBe(manifest.version);
    expect(core.count).toBe(26);
    const i = core.indexOf('harbin-zhuozhan-b') as number;
    expect(core.place(i).hours).toEqual(api.hoursBook.expand('Mo-Fr 08:30-17:00; PH off', NOON / 60_000));
    await get(manifest.detailsUrl).expect(200);
    await get('/api/snapshot/core.0000000000000000.json').expect(404);
  });

  test('follows a change, and old files stay for those who read the old manifest', async () => {
    const { body: before } = await get('/api/snapshot');
    const place = await api.store.places.create(station({ id: 'brand-new' }), tester);
    const { body: after } = await get('/api/snapshot');
    expect(after.version).not.toBe(before.version);
    expect(after.version).toBe((await get('/api/stats')).body.dataVersion);
    const core = readCore((await get(after.coreUrl)).body as CoreDocument);
    expect(core.indexOf(place.id)).toBeDefined();
    await get(before.coreUrl).expect(200);
    await api.store.places.update('brand-new', { status: 'retired' }, { version: 1, actor: tester });
  });
});

describe('the city', () => {
  test('shows its profile’s public part and its basemap, not what is the operator’s', async () => {
    const { body } = await get('/api/city').expect(200);
    expect(body).toMatchObject({ id: 'harbin', timezone: 'Asia/Shanghai' });
    expect(body.basemap).toMatchObject({ kind: 'schematic', schematicUrl: '/api/basemap.geojson', styleUrl: null });
    expect(body.calendar).toBeUndefined();
    const basemap = await get('/api/basemap.geojson').expect(200);
    expect(basemap.body.type).toBe('FeatureCollection');
    await get('/api/basemap.geojson')
      .set('If-None-Match', basemap.headers.etag as string)
      .expect(304);
  });

  test('counts its places by kind', async () => {
    const { body } = await get('/api/stats').expect(200);
    expect(body).toMatchObject({ total: 26, demo: 0 });
    const stations = body.kinds.find((row: { kind: string }) => row.kind === 'station');
    expect(stations).toEqual({ kind: 'station', total: 26, open: 1, disputed: 0, confirmed: 1, demo: 0 });
  });

  test('with a configured style, the page policy lets in that origin and no other', async () => {
    const environment = { YIZHAN_BASEMAP: 'https://tiles.example/style.json', YIZHAN_MAP_APPROVAL: 'GS(2026)1号' };
    const other = await startApi([], { environment });
    const { body } = await other.request.get('/api/city');
    expect(body.basemap).toMatchObject({
      kind: 'style',
      styleUrl: 'https://tiles.example/style.json',
      approval: 'GS(2026)1号',
    });
    const policy = (await other.request.get('/docs')).headers['content-security-policy'];
    expect(policy).toContain("connect-src 'self' https://tiles.example;");
    expect(policy).toContain("img-src 'self' data: https://tiles.example;");
    expect(policy).toContain("script-src 'self';");
  });
});

describe('every answer', () => {
  test('reads may be made from any page: CORS for GET, HEAD and OPTIONS', async () => {
    expect((await get('/api/city')).headers['access-control-allow-origin']).toBe('*');
    const options = await api.request.options('/api/nearest').expect(204);
    expect(options.headers.allow).toBe('GET, HEAD, OPTIONS');
    expect(options.headers['access-control-allow-origin']).toBe('*');
    const head = await api.request.head('/api/places').expect(200);
    expect(head.text).toBeUndefined();
    expect(Number(head.headers['content-length'])).toBeGreaterThan(1000);
  });

  test('another method is 405, another path 404, a broken escape 400: all in the one shape', async () => {
    const post = await api.request.post('/api/nearest').expect(405);
    expect(post.headers.allow).toBe('GET, HEAD, OPTIONS');
    const missing = await get('/api/nothing?lng=126.6').expect(404);
    const broken = await get('/api/places/%ff').expect(400);
    for (const { body, headers } of [post, missing, broken]) {
      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(Object.keys(body)).toEqual(['type', 'title', 'status', 'detail', 'instance', 'code', 'errors']);
      expect(body.instance).not.toContain('?');
    }
    expect([post.body.code, missing.body.code, broken.body.code]).toEqual([
      'method-not-allowed',
      'not-found',
      'bad-request',
    ]);
  });

  test('says nothing of the machinery, and forbids what it does not need', async () => {
    const { headers } = await get('/docs').expect(200);
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['permissions-policy']).toContain('geolocation=(self)');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('the process is alive and ready', async () => {
    expect((await get('/healthz').expect(200)).body).toEqual({ alive: true });
    expect((await get('/readyz').expect(200)).body).toMatchObject({ ready: true, places: 26, reasons: [] });
  });

  test('reads run no SQL at all', async () => {
    await get('/api/snapshot');
    const before = api.store.statements;
    for (const path of [
      `/api/nearest?${here}&open=true`,
      '/api/places?q=驿站',
      '/api/places?bbox=126.5,45.7,126.7,45.8&open=true',
      '/api/places/harbin-zhuozhan-b',
      '/api/snapshot',
      '/api/city',
      '/api/stats',
    ]) {
      await get(encodeURI(path)).expect(200);
    }
    expect(api.store.statements).toBe(before);
  });
});
