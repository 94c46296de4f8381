import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../api/config.ts';
import { openStore } from '../../data/store/store.ts';
import { station, temporaryFolder, tester } from '../data/store/support.ts';
import { TINY_CITY } from './support.ts';

const SERVER = path.join(import.meta.dirname, '../../api/server.ts');

interface Running {
  child: ChildProcess;
  url: string;
  /** Everything said on standard output until it was ready. */
  said: string[];
  complaints: () => string;
  /** All that was written to the log. */
  written: () => string;
}

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

function launch(environment: Record<string, string>): Pick<Running, 'child' | 'complaints' | 'written'> {
  const env = { PATH: process.env.PATH ?? '', TZ: 'America/New_York', PORT: '0', ...environment };
  const child = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  // The end of the audit's chain is written at the start, and is no complaint.
  const complaints = () =>
    text
      .split('\n')
      .filter((line) => !line.includes('"auditHead"'))
      .join('\n');
  return { child, complaints, written: () => text };
}

async function start(environment: Record<string, string>): Promise<Running> {
  const { child, complaints, written } = launch(environment);
  const said: string[] = [];
  if (!child.stdout) throw new Error('no standard output');
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    const url = /^Yizhan listening on (http:\S+)$/.exec(line)?.[1];
    if (url) return { child, url: url.replace('localhost', '127.0.0.1'), said, complaints, written };
  }
  throw new Error(`the server did not start: ${complaints()}`);
}

const ended = async (child: ChildProcess) =>
  child.exitCode ?? ((await once(child, 'exit')) as [number | null, string | null])[0];

describe('a second city, in another zone and without a river', () => {
  test('starts from its profile alone, follows other writers, and ends cleanly when told to', async () => {
    const folder = temporaryFolder();
    const { child, url, said, complaints, written } = await start({ YIZHAN_CITY: TINY_CITY, YIZHAN_DATA_DIR: folder });
    const get = async (each: string) => (await fetch(`${url}${each}`)).json();
    expect(said.at(-1)).toMatch(/^Yizhan listening on http:\/\/localhost:\d+$/);
    expect(await get('/api/city')).toMatchObject({ id: 'tiny', timezone: 'America/Bogota', barriers: [] });
    expect(await get('/api/nearest?lng=126.6&lat=45.75')).toMatchObject({ code: 'out-of-area' });

    const store = await openStore({ file: path.join(folder, 'yizhan.sqlite'), idPrefix: 'tiny' });
    const near = { point: [-74.0758, 4.5981] as [number, number], district: '990101' };
    const place = await store.places.create(station({ ...near, hoursOsm: 'Mo-Su 08:00-20:00' }), tester);
    await store.close();
    for (;;) {
      const { features, at } = await get('/api/nearest?lng=-74.0757&lat=4.598&limit=1');
      expect(at).toMatch(/-05:00$/);
      if (features.length === 0) continue;
      expect(features[0]).toMatchObject({ id: place.id, properties: { crossing: null } });
      expect((await get('/api/snapshot')).version).toBe((await get('/api/stats')).dataVersion);
      break;
    }

    // A request whose end is still to come when the signal does: it is answered, and readiness says no first.
    const slow = httpRequest(`${url}/api/stats`, { method: 'GET', headers: { 'Content-Length': '2' } });
    const answered = once(slow, 'response');
    slow.write('x');
    await once(slow, 'socket');
    child.kill('SIGTERM');
    let readiness = await fetch(`${url}/readyz`);
    while (readiness.status === 200) readiness = await fetch(`${url}/readyz`);
    expect(readiness.status).toBe(503);
    expect(await readiness.json()).toMatchObject({ ready: false, reasons: ['stopping'] });
    slow.end('x');
    const [response] = await answered;
    expect(response.statusCode).toBe(200);
    response.resume();
    expect(await ended(child)).toBe(0);
    expect(complaints()).toBe('');
    expect(written()).toMatch(/"auditHead":\{"sequence":1,"hash":"[0-9a-f]{64}"/);
  });
});

describe('what is wrong with the configuration is said in full', () => {
  test('by the reader', () => {
    const wrong = {
      PORT: '80a',
      YIZHAN_TRUST_PROXY: '-1',
      YIZHAN_DEMO: 'yes',
      YIZHAN_PUBLIC_URL: 'map.example',
      YIZHAN_BASEMAP: 'ftp://tiles',
    };
    let message = '';
    try {
      readConfig(wrong);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      message = String(error);
    }
    for (const name of Object.keys(wrong)) expect(message).toContain(name);
  });

  test('by the server, which then does not start', async () => {
    const { child, complaints } = launch({ PORT: 'http', YIZHAN_DATA_DIR: temporaryFolder() });
    expect(await ended(child)).toBe(1);
    expect(complaints()).toContain('PORT=http：要写 0 到 65535 的整数');
  });

  test('and nothing has to be configured', () => {
    expect(readConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      city: 'harbin',
      publicUrl: 'http://localhost:8080',
      trustedProxies: 0,
      demo: 'auto',
      basemap: { kind: 'schematic' },
      mapApproval: null,
    });
  });

  test('a public address keeps no slash, and Tianditu wants its key', () => {
    expect(readConfig({ YIZHAN_PUBLIC_URL: 'https://map.example/' }).publicUrl).toBe('https://map.example');
    expect(() => readConfig({ YIZHAN_BASEMAP: 'tianditu' })).toThrow('YIZHAN_TIANDITU_KEY');
  });
});
