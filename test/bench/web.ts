// What a rider's phone loads before it can answer, and how soon a slow one does.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { benchPage } from './page.ts';
import { atMost, type Row } from './table.ts';

const DIST = join(import.meta.dirname, '../../web/dist');

export async function benchWeb(): Promise<Row[]> {
  const manifest = JSON.parse(await readFile(join(DIST, 'manifest.json'), 'utf8')) as {
    rider: string;
    preload: string[];
  };
  let bytes = 0;
  for (const name of [manifest.rider, ...manifest.preload]) {
    bytes += gzipSync(await readFile(join(DIST, name)), { level: 9 }).length;
  }
  return [atMost('rider’s first JavaScript, gzip', bytes / 1000, 35, 20, ' kB'), ...(await benchPage())];
}
