// Four hundred clients that send their headers a byte at a time: are honest readers served, and the slow ones cut off?

import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { startServer } from '../browser/server.ts';
import type { Finding } from './drill.ts';

const SOCKETS = 400;
const READ_MS = 12_000;

export async function slow(): Promise<Finding[]> {
  const server = await startServer();
  const begun = performance.now();
  let lastClosedMs = 0;
  let open = SOCKETS;
  const sockets = Array.from({ length: SOCKETS }, () =>
    dribble(server.port, () => {
      open--;
      lastClosedMs = performance.now() - begun;
    }),
  );
  const tookMs: number[] = [];
  let failed = 0;
  while (performance.now() - begun < READ_MS) {
    const before = performance.now();
    const response = await fetch(`${server.url}/api/nearest?lng=126.63&lat=45.76`);
    await response.arrayBuffer();
    if (response.status !== 200) failed++;
    tookMs.push(performance.now() - before);
  }
  for (const socket of sockets) socket.destroy();
  await server.stop();
  tookMs.sort((a, b) => a - b);
  const p99 = tookMs[Math.floor(tookMs.length * 0.99)] ?? 0;
  return [
    {
      what: `p99 of ${tookMs.length} honest reads beside ${SOCKETS} slow clients, ${failed} failed`,
      figure: `${p99.toFixed(1)} ms`,
      bar: '< 500 ms, 0 failed',
      holds: p99 < 500 && failed === 0,
    },
    {
      what: 'slow clients cut off',
      figure: `${SOCKETS - open} of ${SOCKETS}, the last after ${(lastClosedMs / 1000).toFixed(1)} s`,
      bar: 'all, ≤ 10 s',
      holds: open === 0 && lastClosedMs <= 10_000,
    },
  ];
}

function dribble(port: number, closed: () => void): Socket {
  const socket = connect(port, '127.0.0.1');
  const request = `GET /api/nearest?lng=126.63&lat=45.76 HTTP/1.1\r\nHost: localhost\r\nX-Slow: ${'x'.repeat(1000)}`;
  let at = 0;
  const timer = setInterval(() => socket.writable && socket.write(request[at++] ?? 'x'), 200);
  socket.on('error', () => undefined);
  socket.once('close', () => {
    clearInterval(timer);
    closed();
  });
  // What the server says before it closes must be read for the end to be noticed.
  socket.resume();
  return socket;
}
