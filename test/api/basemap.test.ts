// Which basemap is drawn, by configuration: the archive of vector tiles over HTTP ranges, 天地图, and what is refused.

import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { PMTiles } from 'pmtiles';
import { readByteRange } from '../../api/byte-range.ts';
import { ConfigError, readConfig } from '../../api/config.ts';
import { station, temporaryFolder } from '../data/store/support.ts';
import { WHOLE_TILE, writeArchive } from '../pmtiles-archive.ts';
import { type Api, startApi, TINY_CITY } from './support.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const APPROVAL = 'GS(2026)1号';
const archive = archiveOf('water');

function archiveOf(kind: string): Buffer {
  const layers = [{ name: 'water', features: [{ properties: { kind }, geometry: WHOLE_TILE }] }];
  return writeArchive([{ z: 0, x: 0, y: 0, layers }], [-180, -85, 180, 85]);
}

function folderWith(bytes: Buffer): string {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'basemap.pmtiles'), bytes);
  return folder;
}

function faultsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return String(error);
  }
}

describe('the city’s own vector tiles', () => {
  let folder: string;
  let api: Api;
  let etag: string;
  const file = () => api.request.get('/basemap.pmtiles').buffer(true).parse(readBytes);

  beforeAll(async () => {
    folder = folderWith(archive);
    const environment = { YIZHAN_BASEMAP: 'pmtiles', YIZHAN_DATA_DIR: folder, YIZHAN_MAP_APPROVAL: APPROVAL };
    api = await startApi([], { city: TINY_CITY, environment });
    etag = (await api.request.head('/basemap.pmtiles')).headers.etag as string;
  });

  test('are one file that says that it can be read in parts', async () => {
    const { status, headers, body } = await file().set('Accept-Encoding', 'gzip, br');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.pmtiles',
      'content-length': String(archive.length),
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^"[^"]+"$/),
      'cache-control': expect.stringContaining('no-transform'),
    });
    expect(headers['content-encoding']).toBeUndefined();
    expect(body).toEqual(archive);
  });

  test.each([
    ['bytes=0-126', 0, 127],
    ['bytes=100-100', 100, 101],
    ['bytes=200-', 200, archive.length],
    ['bytes=-20', archive.length - 20, archive.length],
    ['bytes=0-16383', 0, archive.length],
    ['bytes=-99999999', 0, archive.length],
  ])('%s brings these bytes alone', async (range, from, to) => {
    const { status, headers, body } = await file().set('Range', range).set('Accept-Encoding', 'gzip');
    expect(status).toBe(206);
    expect(headers['content-range']).toBe(`bytes ${from}-${to - 1}/${archive.length}`);
    expect(headers['content-length']).toBe(String(to - from));
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.etag).toBe(etag);
    expect(body).toEqual(archive.subarray(from, to));
  });

  test.each([`bytes=${archive.length}-`, 'bytes=99999999999999999999-', 'bytes=-0'])(
    '%s lies behind the end, and the answer says where that is',
    async (range) => {
      const { body, headers } = await api.request.get('/basemap.pmtiles').set('Range', range).expect(416);
      expect(headers['content-range']).toBe(`bytes */${archive.length}`);
      expect(body).toMatchObject({ code: 'range-not-satisfiable', instance: '/basemap.pmtiles' });
    },
  );

  test.each(['bytes=5-2', 'bytes=-', 'bytes=a-b', 'lines=0-5', 'bytes=0-1,5-6'])(
    '%s is no range that anybody must understand: the whole comes',
    async (range) => {
      const { status, body } = await file().set('Range', range);
      expect(status).toBe(200);
      expect(body).toHaveLength(archive.length);
    },
  );

  test('a range of what the asker has is continued; of another edition the whole comes', async () => {
    const ranged = (ifRange: string) => file().set('Range', 'bytes=0-9').set('If-Range', ifRange);
    expect((await ranged(etag)).status).toBe(206);
    for (const other of ['"another"', `W/${etag}`, 'Sun, 22 Nov 2026 00:00:00 GMT']) {
      expect((await ranged(other)).status).toBe(200);
    }
  });

  test('HEAD tells the length and sends nothing; who has it is told so', async () => {
    const head = await api.request.head('/basemap.pmtiles').set('Range', 'bytes=0-9').expect(200);
    expect(head.headers['content-length']).toBe(String(archive.length));
    await api.request.get('/basemap.pmtiles').set('If-None-Match', etag).expect(304);
    await api.request.post('/basemap.pmtiles').expect(405);
  });

  test('are read as the phone reads them, and another edition is noticed', async () => {
    const { port } = api.server.address() as { port: number };
    const tiles = new PMTiles(`http://127.0.0.1:${port}/basemap.pmtiles`);
    const read = async () => Buffer.from((await tiles.getZxy(0, 0, 0))?.data ?? new ArrayBuffer(0)).toString('latin1');
    expect(await read()).toContain('water');
    writeFileSync(path.join(folder, 'basemap.pmtiles'), archiveOf('a-lake-with-a-longer-name'));
    expect(await read()).toContain('a-lake-with-a-longer-name');
    writeFileSync(path.join(folder, 'basemap.pmtiles'), archive);
  });

  test('an asker who hangs up, and a file that is gone for a moment, trouble nobody', async () => {
    const { port } = api.server.address() as { port: number };
    writeFileSync(path.join(folder, 'basemap.pmtiles'), Buffer.concat([archive, Buffer.alloc(20_000_000)]));
    const [response] = (await once(get(`http://127.0.0.1:${port}/basemap.pmtiles`), 'response')) as [IncomingMessage];
    await once(response, 'data');
    response.destroy();
    rmSync(path.join(folder, 'basemap.pmtiles'));
    expect((await api.request.get('/basemap.pmtiles').expect(404)).body.code).toBe('not-found');
    writeFileSync(path.join(folder, 'basemap.pmtiles'), archive);
    await api.request.get('/basemap.pmtiles').expect(200);
  });

  test('are named by the city with their approval number, and no other origin is let in', async () => {
    const { body } = await api.request.get('/api/city').expect(200);
    expect(body.basemap).toMatchObject({
      kind: 'pmtiles',
      crs: 'wgs84',
      archiveUrl: '/basemap.pmtiles',
      styleUrl: null,
      notice: null,
      approval: APPROVAL,
    });
    const { headers, text } = await api.request.get('/').expect(200);
    expect(headers['content-security-policy']).toContain("connect-src 'self';");
    expect(text).toContain(`"notice":"${APPROVAL}"`);
    expect(text).toContain('"basemap":{"kind":"pmtiles","url":"/basemap.pmtiles"}');
  });

  test('are documented, and absent where another basemap is drawn', async () => {
    const { body } = await api.request.get('/openapi.json');
    expect(Object.keys(body.paths['/basemap.pmtiles'].get.responses)).toEqual(expect.arrayContaining(['206', '416']));
    const other = await startApi([], { city: TINY_CITY });
    await other.request.get('/basemap.pmtiles').expect(404);
  });
});

test('the drawn picture says that it is a schematic, whatever number the live map carries', async () => {
  const environment = {
    YIZHAN_BASEMAP: 'pmtiles',
    YIZHAN_DATA_DIR: folderWith(archive),
    YIZHAN_MAP_APPROVAL: APPROVAL,
  };
  const api = await startApi([station()], { environment });
  expect((await api.request.get('/')).text).toContain('<span class="attribution">示意图，非测绘成果</span>');
});

describe('an archive that cannot be drawn is refused at start', () => {
  const withByte = (at: number, value: number) => {
    const bytes = Buffer.from(archive);
    bytes.writeUInt8(value, at);
    return folderWith(bytes);
  };
  test.each<[string, () => string, string]>([
    ['that is not there', temporaryFolder, '没有这个文件'],
    ['that is something else', () => folderWith(Buffer.from('{"type":"FeatureCollection"}')), '不是 PMTiles 文件'],
    ['that is empty', () => folderWith(Buffer.alloc(0)), '不是 PMTiles 文件'],
    ['of an older version', () => withByte(7, 2), '要第 3 版'],
    ['of pictures', () => withByte(99, 2), '不是矢量瓦片'],
    ['packed in a way that phones cannot unpack', () => withByte(98, 4), '要用 gzip'],
    ['that was cut off', () => folderWith(archive.subarray(0, -10)), '不完整'],
  ])('one %s', (_, makeFolder, words) => {
    const message = faultsOf({ YIZHAN_BASEMAP: 'pmtiles', YIZHAN_DATA_DIR: makeFolder() });
    expect(message).toContain('YIZHAN_BASEMAP=pmtiles');
    expect(message).toContain(words);
  });

  test('and a whole one is taken', () => {
    const folder = folderWith(archive);
    const { basemap } = readConfig({ YIZHAN_BASEMAP: 'pmtiles', YIZHAN_DATA_DIR: folder });
    expect(basemap).toEqual({ kind: 'pmtiles', file: path.join(folder, 'basemap.pmtiles') });
  });
});

test('a basemap whose coordinates are shifted is refused, whichever it is', () => {
  const tiles = { YIZHAN_BASEMAP: 'https://tiles.example/style.json' };
  expect(faultsOf({ ...tiles, YIZHAN_BASEMAP_CRS: 'GCJ02' })).toContain('差 500 米以上，不能用');
  expect(faultsOf({ ...tiles, YIZHAN_BASEMAP_CRS: 'bd09' })).toContain('YIZHAN_BASEMAP_CRS=bd09');
  expect(faultsOf({ ...tiles, YIZHAN_BASEMAP_CRS: 'EPSG:3857' })).toContain('要写 wgs84 或 cgcs2000');
  expect(faultsOf({ ...tiles, YIZHAN_BASEMAP_CRS: 'wgs84' })).toBe('');
  expect(faultsOf({ ...tiles, YIZHAN_BASEMAP_CRS: 'cgcs2000' })).toBe('');
});

describe('天地图', () => {
  let api: Api;
  beforeAll(async () => {
    const environment = { YIZHAN_BASEMAP: 'tianditu', YIZHAN_TIANDITU_KEY: KEY, YIZHAN_MAP_APPROVAL: APPROVAL };
    api = await startApi([], { city: TINY_CITY, environment });
  });

  test('is a style of streets and names from eight servers, with the operator’s key', async () => {
    const { body } = await api.request.get('/api/basemap-style.json').expect(200);
    expect(body.version).toBe(8);
    expect(body.layers).toEqual([
      { id: 'streets', type: 'raster', source: 'streets' },
      { id: 'names', type: 'raster', source: 'names' },
    ]);
    for (const [source, layer] of [
      ['streets', 'vec'],
      ['names', 'cva'],
    ] as const) {
      const { tiles, ...rest } = body.sources[source] as { tiles: string[] };
      expect(rest).toEqual({ type: 'raster', tileSize: 256, minzoom: 1, maxzoom: 18, attribution: '天地图' });
      expect(tiles).toHaveLength(8);
      expect(tiles[3]).toBe(
        `https://t3.tianditu.gov.cn/${layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&tk=${KEY}&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}`,
      );
    }
  });

  test('its servers are let in by name, for requests and pictures only', async () => {
    const { headers } = await api.request.get('/').expect(200);
    const policy = Object.fromEntries(
      String(headers['content-security-policy'])
        .split('; ')
        .map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)] as const),
    );
    const servers = [0, 1, 2, 3, 4, 5, 6, 7].map((each) => `https://t${each}.tianditu.gov.cn`);
    expect(policy['connect-src']).toEqual(["'self'", ...servers]);
    expect(policy['img-src']).toEqual(["'self'", 'data:', ...servers]);
    expect(policy['script-src']).toEqual(["'self'"]);
    // It tells sites apart by the referrer: the site is named, never the page.
    expect(headers['referrer-policy']).toBe('strict-origin');
  });

  test('its key stands in no page and in no other answer', async () => {
    for (const address of ['/', '/?view=map', '/docs', '/openapi.json', '/api/city', '/api/snapshot']) {
      const { text } = await api.request.get(address).expect(200);
      expect(text).not.toContain(KEY);
    }
    const { body } = await api.request.get('/api/city');
    expect(body.basemap).toMatchObject({ kind: 'style', styleUrl: '/api/basemap-style.json', approval: APPROVAL });
    expect((await api.request.get('/')).text).toContain(APPROVAL);
  });
});

test('a range never leaves the file, whatever is asked for', () => {
  const parts = ['', '0', '1', '99', '100', '101', '007', '1e3', '9'.repeat(400)];
  for (const size of [1, 100]) {
    for (const from of parts) {
      for (const to of parts) {
        const range = readByteRange(`bytes=${from}-${to}`, size);
        if (range === undefined || range === 'unsatisfiable') continue;
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.last).toBeGreaterThanOrEqual(range.first);
        expect(range.last).toBeLessThan(size);
      }
    }
  }
});

function readBytes(response: unknown, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  (response as IncomingMessage)
    .on('data', (chunk: Buffer) => chunks.push(chunk))
    .on('end', () => done(null, Buffer.concat(chunks)));
}
