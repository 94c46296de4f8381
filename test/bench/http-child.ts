// A server in a process of its own, whose parent may ask what it has spent: ours over a seeded store, or a bare
// node:http that sends one answer of ours, headers and body, to everybody.
import '../../data/utc.ts';
import { once } from 'node:events';
import { createServer as createBareServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, createServer } from '../../api/app.ts';
import { readConfig } from '../../api/config.ts';
import { followStore } from '../../api/index/follow-store.ts';
import { loadCity } from '../../data/load-city.ts';
import { openStore } from '../../data/store/store.ts';
import { emptyIndex } from './filled-index.ts';
import { NOON } from './places.ts';

/** What the parent sends first. */
export type Role =
  | { serve: 'ours'; file: string }
  | { serve: 'bare'; headers: Record<string, string>; bodyBase64: string };
/** Said once when listening; then, for every message of the parent, the CPU microseconds spent so far. */
export type Report = { port: number } | { cpuMicroseconds: number };

const [role] = (await once(process, 'message')) as [Role];
const server = (role.serve === 'ours' ? await ours(role.file) : bare(role)).listen(0, '127.0.0.1');
await once(server, 'listening');
report({ port: (server.address() as AddressInfo).port });
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  report({ cpuMicroseconds: user + system });
});
process.on('disconnect', () => process.exit());

async function ours(file: string): Promise<Server> {
  const { city, schematic } = await loadCity('harbin');
  const store = await openStore({ file, idPrefix: city.prefix });
  const index = emptyIndex(city);
  await followStore(index, store);
  return createServer(createApp({ store, index, now: () => NOON, config: readConfig({}), city, schematic }));
}

function bare({ headers, bodyBase64 }: Extract<Role, { serve: 'bare' }>): Server {
  const body = Buffer.from(bodyBase64, 'base64');
  return createBareServer((_request, response) => {
    response.writeHead(200, headers);
    response.end(body);
  });
}

function report(said: Report): void {
  process.send?.(said);
}
