// A disk of four megabytes runs full: writes are refused in words, reads go on, the watcher is told; and when there is
// room again, all goes on without a restart. Needs the right to mount.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { startServer } from '../browser/server.ts';
import type { Finding } from './drill.ts';

const DISK = 'size=4m';
const RECOVERY_MS = 10_000;

export async function disk(): Promise<Finding[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yizhan-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', DISK, 'tmpfs', dataDir]);
  try {
    return await fillAndEmpty(dataDir);
  } finally {
    execFileSync('umount', ['-l', dataDir]);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function fillAndEmpty(dataDir: string): Promise<Finding[]> {
  const server = await startServer({ dataDir, env: { YIZHAN_DEMO: 'off' } });
  const status = async (path: string, init?: RequestInit) => {
    const response = await fetch(server.url + path, init);
    await response.arrayBuffer();
    return response.status;
  };
  // Registers nobody: a device is a signature. Its kept answer is a row.
  let key = 0;
  const write = () =>
    status('/api/devices', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `disk-${key++}` },
      body: '{}',
    });
  const before = await write();
  const ballast = join(dataDir, 'ballast');
  try {
    writeFileSync(ballast, Buffer.alloc(8 * 1024 * 1024));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
  const refused = new Set<number>();
  for (let i = 0; i < 300; i++) {
    const answer = await write();
    if (answer !== 201) refused.add(answer);
    if (refused.size > 0 && i > 50) break;
  }
  const reads = new Set([
    await status('/api/nearest?lng=126.63&lat=45.76'),
    await status('/api/places/harbin-zhuozhan-b'),
    await status('/'),
  ]);
  const readiness = await status('/readyz');
  rmSync(ballast);
  const emptied = performance.now();
  let recoveredMs = Number.POSITIVE_INFINITY;
  while (performance.now() - emptied < RECOVERY_MS) {
    if ((await write()) === 201 && (await status('/readyz')) === 200) {
      recoveredMs = performance.now() - emptied;
      break;
    }
    await pause(100);
  }
  const code = await server.stop();
  const onlyRefusals = refused.size > 0 && [...refused].every((each) => each === 503 || each === 507);
  return [
    { what: 'a write while there is room', figure: String(before), bar: '201', holds: before === 201 },
    {
      what: 'writes on a full disk',
      figure: [...refused].join(', ') || 'all accepted',
      bar: '503 or 507',
      holds: onlyRefusals,
    },
    { what: 'reads on a full disk', figure: [...reads].join(', '), bar: '200', holds: [...reads].join() === '200' },
    { what: 'readiness on a full disk', figure: String(readiness), bar: '503', holds: readiness === 503 },
    {
      what: 'from room again to a write and readiness, without a restart',
      figure: `${recoveredMs.toFixed(0)} ms`,
      bar: `< ${RECOVERY_MS} ms`,
      holds: recoveredMs < RECOVERY_MS,
    },
    { what: 'the end', figure: `exit ${code}`, bar: 'exit 0', holds: code === 0 },
  ];
}
