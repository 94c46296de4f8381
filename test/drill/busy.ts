// Another process holds the write lock for five seconds: readers notice nothing, writers wait or are told to come again.

import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Sqlite from 'better-sqlite3';
import { startServer } from '../browser/server.ts';
import type { Finding } from './drill.ts';

const LOCKED_MS = 5000;
const WRITERS = 4;

export async function busy(): Promise<Finding[]> {
  const server = await startServer();
  const free = await readFor(server.url, LOCKED_MS);
  const other = new Sqlite(join(server.dataDir, 'yizhan.sqlite'));
  other.exec('begin immediate');
  const writes = Promise.all(Array.from({ length: WRITERS }, (_, i) => write(server.url, i)));
  const locked = await readFor(server.url, LOCKED_MS);
  other.exec('commit');
  other.close();
  const answers = await writes;
  const after = await write(server.url, WRITERS);
  await server.stop();
  const isSaid = answers.every(({ status, retryAfter }) => status === 201 || (status === 503 && retryAfter !== null));
  const ratio = locked.p99 / free.p99;
  return [
    {
      what: `p99 of reads under another's write lock ÷ without (${locked.p99.toFixed(1)} / ${free.p99.toFixed(1)} ms)`,
      figure: ratio.toFixed(2),
      bar: '≤ 2, none failed',
      holds: ratio <= 2 && locked.failed === 0,
    },
    {
      what: 'writes meanwhile',
      figure: answers.map(({ status }) => status).join(', '),
      bar: '201, or 503 with Retry-After',
      holds: isSaid,
    },
    { what: 'a write afterwards', figure: String(after.status), bar: '201', holds: after.status === 201 },
  ];
}

async function write(url: string, number: number): Promise<{ status: number; retryAfter: string | null }> {
  const response = await fetch(`${url}/api/devices`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `busy-${number}` },
    body: '{}',
  });
  await response.arrayBuffer();
  return { status: response.status, retryAfter: response.headers.get('retry-after') };
}

async function readFor(url: string, ms: number): Promise<{ p99: number; failed: number }> {
  const tookMs: number[] = [];
  let failed = 0;
  const begun = performance.now();
  while (performance.now() - begun < ms) {
    const before = performance.now();
    const response = await fetch(`${url}/api/nearest?lng=126.63&lat=45.76`);
    await response.arrayBuffer();
    if (response.status !== 200) failed++;
    tookMs.push(performance.now() - before);
  }
  tookMs.sort((a, b) => a - b);
  return { p99: tookMs[Math.floor(tookMs.length * 0.99)] ?? Number.NaN, failed };
}
