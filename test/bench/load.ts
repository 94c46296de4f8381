// Askers over real sockets: keep-alive, one question at a time on each, answers read to their last byte.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const SOCKETS = 32;
/** A server that needs longer for the questions of all sockets is waited for in the usual way. */
const PATIENCE_MS = 4;
const HEAD_END = '\r\n\r\n';
const NEVER_WOKEN = new Int32Array(new SharedArrayBuffer(4));

/**
 * Asks all of the paths, as many at once as there are sockets, and resolves with the bodies of the first `kept`.
 *
 * While the server answers, this thread sleeps where no socket wakes it: on one machine the system charges the waking
 * of an idle asker to the server that writes, which would cost a slow server more than a fast one.
 * @throws Error for an answer that is not 200, or without Content-Length
 */
export async function askAll(port: number, paths: readonly string[], kept = 0): Promise<Buffer[]> {
  const sockets = Array.from({ length: SOCKETS }, () => connect({ port, host: '127.0.0.1', noDelay: true }));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  const bodies: Buffer[] = [];
  for (let start = 0; start < paths.length; start += SOCKETS) {
    const asked = paths.slice(start, start + SOCKETS);
    const answers = asked.map((path, i) => ask(sockets[i] as Socket, path));
    Atomics.wait(NEVER_WOKEN, 0, 0, PATIENCE_MS);
    const received = await Promise.all(answers);
    if (start < kept) bodies.push(...received);
  }
  for (const socket of sockets) socket.destroy();
  return bodies.slice(0, kept);
}

function ask(socket: Socket, path: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    let end = -1;
    let bodyStart = 0;
    const settle = (finish: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      finish();
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(new Error(`closed while asking ${path}`)));
    function onData(chunk: Buffer): void {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      if (end < 0) {
        const headEnd = received.indexOf(HEAD_END);
        if (headEnd < 0) return;
        const head = received.toString('latin1', 0, headEnd);
        const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
        if (!head.startsWith('HTTP/1.1 200 ') || length === undefined) {
          settle(() => reject(new Error(`${path}: ${head.split('\r\n', 1)}`)));
          return;
        }
        bodyStart = headEnd + HEAD_END.length;
        end = bodyStart + Number(length);
      }
      if (received.length >= end) settle(() => resolve(received.subarray(bodyStart, end)));
    }
    socket.on('data', onData).on('error', onError).on('close', onClose);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`);
  });
}
