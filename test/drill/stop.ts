// SIGTERM under load: readiness falls first, no answer in flight is broken, the process is gone in time.

import { performance } from 'node:perf_hooks';
import { startServer } from '../browser/server.ts';
import type { Finding } from './drill.ts';

const READERS = 20;
const LOAD_MS = 2000;

export async function stop(): Promise<Finding[]> {
  const server = await startServer();
  let answered = 0;
  let broken = 0;
  let isStopping = false;
  let sawNotReady = false;
  const readers = Array.from({ length: READERS }, async () => {
    for (;;) {
      try {
        const response = await fetch(`${server.url}/api/nearest?lng=126.63&lat=45.76&limit=50`);
        const { features } = (await response.json()) as { features: unknown[] };
        if (response.status !== 200 || features.length === 0) broken++;
        answered++;
      } catch (error) {
        // After the end of listening a connection is refused: that is no broken answer.
        if (!isStopping || !isRefused(error)) broken++;
        return;
      }
    }
  });
  await new Promise((resolve) => setTimeout(resolve, LOAD_MS));
  const before = performance.now();
  const watching = (async () => {
    for (;;) {
      const response = await fetch(`${server.url}/readyz`).catch(() => undefined);
      if (!response) return;
      await response.arrayBuffer();
      if (response.status === 503) sawNotReady = true;
    }
  })();
  isStopping = true;
  const code = await server.stop();
  const tookMs = performance.now() - before;
  await Promise.all([...readers, watching]);
  return [
    {
      what: `answers broken under ${READERS} readers`,
      figure: `${broken} of ${answered}`,
      bar: '0',
      holds: broken === 0,
    },
    { what: 'readiness said 503 before the end', figure: sawNotReady ? 'yes' : 'no', bar: 'yes', holds: sawNotReady },
    {
      what: 'from SIGTERM to the end',
      figure: `${tookMs.toFixed(0)} ms, exit ${code}`,
      bar: '≤ 10000 ms, exit 0',
      holds: tookMs <= 10_000 && code === 0,
    },
  ];
}

function isRefused(error: unknown): boolean {
  const { code } = ((error as { cause?: { code?: string } }).cause ?? {}) as { code?: string };
  return code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'UND_ERR_SOCKET';
}
