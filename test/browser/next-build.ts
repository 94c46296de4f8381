// A server in front of the real one, which serves another build of the same app: its version is another one, and so is the
// byte that browsers look at.

import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningServer } from './server.ts';

export interface Front {
  url: string;
  /** From now on this build is served. */
  serve(build: string): void;
  /** From now on the worker's script is the one that takes the worker away. */
  switchOff(script: string): void;
  close(): Promise<void>;
}

/** @param build of the app as it is built, to be replaced by another one */
export async function startFront(behind: RunningServer, build: string): Promise<Front> {
  let served = build;
  let off: string | undefined;

  const server = createServer((incoming, response) => {
    const headers = { ...incoming.headers, host: `127.0.0.1:${behind.port}`, 'accept-encoding': 'identity' };
    const asked = request(
      { port: behind.port, host: '127.0.0.1', path: incoming.url, method: incoming.method, headers },
      (answer) => void hand(incoming, answer, response),
    );
    asked.on('error', () => response.destroy());
    incoming.pipe(asked);
  });

  async function hand(incoming: IncomingMessage, answer: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const isPage = /html|javascript/.test(String(answer.headers['content-type']));
    const isWorker = incoming.url === '/service-worker.js';
    const text = Buffer.concat(chunks);
    const body = isPage ? Buffer.from(text.toString().replaceAll(build, served)) : text;
    const sent = isWorker && off !== undefined ? Buffer.from(off) : body;
    response.writeHead(answer.statusCode ?? 500, { ...answer.headers, 'content-length': sent.length });
    response.end(sent);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(next) {
      served = next;
    },
    switchOff(script) {
      off = script;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
