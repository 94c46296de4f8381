// Askers over real sockets: keep-alive, one question at a time on each, answers read to their last byte.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const SOCKETS = 16;
const HEAD_END = '\r\n\r\n';

/**
 * Asks all of the paths, in their order, and resolves with the bodies of the first `kept` answers.
 * @throws Error for an answer that is not 200, or without Content-Length
 */
export async function askAll(port: number, paths: readonly string[], kept = 0): Promise<Buffer[]> {
  const bodies: Buffer[] = [];
  let next = 0;
  async function work(): Promise<void> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    for (let i = next++; i < paths.length; i = next++) {
      const body = await ask(socket, paths[i] as string);
      if (i < kept) bodies[i] = body;
    }
    socket.destroy();
  }
  await Promise.all(Array.from({ length: SOCKETS }, work));
  return bodies;
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
