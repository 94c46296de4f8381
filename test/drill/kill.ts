// kill -9 amid eight writers, again and again: is every write still there that was acknowledged?

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Sqlite from 'better-sqlite3';
import { openStore } from '../../data/store/store.ts';
import { PLAIN_STATION } from '../data/store/plain-station.ts';
import type { Finding } from './drill.ts';

const ROUNDS = 200;
const CHILD = join(import.meta.dirname, '../data/store/writing-child.ts');

export async function kill(): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'yizhan-drill-'));
  const file = join(folder, 'yizhan.sqlite');
  const acknowledged = new Set<string>();
  let lost = 0;
  let damaged = 0;
  let slowestStartMs = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    for (const id of await writeUntilKilled(file, 1 + ((round * 37) % 160))) acknowledged.add(id);
    const before = performance.now();
    const store = await openStore({ file });
    slowestStartMs = Math.max(slowestStartMs, performance.now() - before);
    const kept = new Set<string>();
    for await (const batch of store.places.all()) for (const place of batch) kept.add(place.id);
    lost = [...acknowledged].filter((id) => !kept.has(id)).length;
    if (!(await store.audit.verify()).ok) damaged++;
    await store.close();
    const database = new Sqlite(file, { readonly: true });
    if (database.pragma('integrity_check', { simple: true }) !== 'ok') damaged++;
    database.close();
    if (lost > 0) break;
  }
  await rm(folder, { recursive: true, force: true });
  return [
    {
      what: `acknowledged writes lost in ${ROUNDS} rounds with 8 writers`,
      figure: `${lost} of ${acknowledged.size}`,
      bar: '0',
      holds: lost === 0,
    },
    {
      what: 'rounds after which database or audit chain was damaged',
      figure: `${damaged}`,
      bar: '0',
      holds: damaged === 0,
    },
    {
      what: 'slowest opening after a kill',
      figure: `${slowestStartMs.toFixed(0)} ms`,
      bar: '≤ 1000 ms',
      holds: slowestStartMs <= 1000,
    },
  ];
}

/** The ids that the child acknowledged before it died. */
function writeUntilKilled(file: string, acknowledgements: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, file, JSON.stringify(PLAIN_STATION)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ledger = '';
  return new Promise((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      ledger += text;
      if (ledger.split('\n').length > acknowledgements) child.kill('SIGKILL');
    });
    child.once('close', () => resolve(ledger.split('\n').slice(0, -1)));
  });
}
