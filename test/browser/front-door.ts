// What stands between riders and the server: a proxy as cities run one, and the network before it. It can be slow, say
// that the server behind it is broken, or be gone; the address stays the same, so that the phone keeps what it kept.

import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningServer } from './server.ts';

/**
 * `slow`: answers only once it is something else again. `broken`: 502 for all. `deaf`: the server is asked, and its answer
 * gets lost: 504. `away`: nobody listens.
 */
export type Weather = 'fine' | 'slow' | 'broken' | 'deaf' | 'away';

export interface FrontDoor {
  /** `http://127.0.0.1:<port>`, without a slash at the end: the server's public address. */
  url: string;
  /** Who stands behind it; until then it is broken. */
  leadTo(server: RunningServer): void;
  become(weather: Weather): Promise<void>;
  close(): Promise<void>;
}

export async function openFrontDoor(): Promise<FrontDoor> {
  let behind: RunningServer | undefined;
  let weather: Weather = 'fine';
  let held: (() => void)[] = [];

  const server = createServer((incoming, response) => {
    if (weather === 'slow') held.push(() => pass(incoming, response));
    else pass(incoming, response);
  });

  function pass(incoming: IncomingMessage, response: ServerResponse): void {
    if (weather === 'broken' || !behind) {
      incoming.resume();
      response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>502 Bad Gateway</h1>');
      return;
    }
    const headers = { ...incoming.headers, host: `127.0.0.1:${behind.port}` };
    const asked = request(
      { port: behind.port, host: '127.0.0.1', path: incoming.url, method: incoming.method, headers },
      (answer) => {
        if (weather === 'deaf') {
          answer.resume();
          response.writeHead(504, { 'Content-Type': 'text/html' }).end('<h1>504 Gateway Timeout</h1>');
          return;
        }
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    asked.on('error', () => response.destroy());
    incoming.pipe(asked);
  }

  async function shut(): Promise<void> {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    leadTo(next) {
      behind = next;
    },
    async become(next) {
      weather = next;
      const waiting = held;
      held = [];
      for (const goOn of waiting) goOn();
      if (next === 'away') await shut();
      else if (!server.listening) {
        server.listen(port, '127.0.0.1');
        await once(server, 'listening');
      }
    },
    async close() {
      held = [];
      await shut();
    },
  };
}
