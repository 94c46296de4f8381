// kill -9 amid eight riders who report over HTTP, again and again. They keep their own account of what was acknowledged,
// and send again, with the same key, what they got no answer to, as the phone's outbox does.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Sqlite from 'better-sqlite3';
import { openStore } from '../../data/store/store.ts';
import { type RunningServer, startServer } from '../browser/server.ts';

const WRITERS = 8;
const MOST_ACKNOWLEDGED = 120;

export interface KillAccount {
  acknowledged: number;
  /** Acknowledged, and not there after the restart. */
  lost: number;
  /** Reports of which there are two, though they were sent again with the same key. */
  doubled: number;
  /** Rounds after which the database or the audit chain was not whole. */
  damaged: number;
  slowestStartMs: number;
}

interface Rider {
  token: string;
  /** What got no answer when the server died. */
  unanswered: string | undefined;
}

export async function killRounds(rounds: number): Promise<KillAccount> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yizhan-drill-'));
  const file = join(dataDir, 'yizhan.sqlite');
  const account: KillAccount = { acknowledged: 0, lost: 0, doubled: 0, damaged: 0, slowestStartMs: 0 };
  const acknowledged = new Set<string>();
  // The first start makes the demo city, and is not what is measured.
  let server = await startServer({ dataDir });
  const riders = await Promise.all(Array.from({ length: WRITERS }, () => newRider(server)));
  const places = await placeIds(server);
  try {
    for (let round = 1; round <= rounds && account.lost === 0; round++) {
      const numbers = await reportUntilKilled(server, riders, places, 1 + ((round * 37) % MOST_ACKNOWLEDGED));
      for (const number of numbers) acknowledged.add(number);
      if (!(await isWhole(file))) account.damaged++;
      const before = performance.now();
      server = await startServer({ dataDir });
      account.slowestStartMs = Math.max(account.slowestStartMs, performance.now() - before);
      const kept = numbersIn(file);
      account.lost = [...acknowledged].filter((number) => !kept.has(number)).length;
    }
    for (const rider of riders) {
      const number = rider.unanswered && (await report(server, rider, places, () => {}));
      if (number) acknowledged.add(number);
    }
  } finally {
    await server.stop();
  }
  account.acknowledged = acknowledged.size;
  account.doubled = numbersIn(file).size - acknowledged.size;
  await rm(dataDir, { recursive: true, force: true });
  return account;
}

async function reportUntilKilled(
  server: RunningServer,
  riders: readonly Rider[],
  places: readonly string[],
  acknowledgements: number,
): Promise<string[]> {
  const numbers: string[] = [];
  const closed = once(server.process, 'close');
  await Promise.all(
    riders.map(async (rider) => {
      for (;;) {
        const number = await report(server, rider, places, () => {
          if (numbers.length >= acknowledgements) server.process.kill('SIGKILL');
        });
        if (number === undefined) return;
        numbers.push(number);
      }
    }),
  );
  await closed;
  return numbers;
}

/** Its number once the server acknowledged it; undefined when there was no answer. */
async function report(
  server: RunningServer,
  rider: Rider,
  places: readonly string[],
  afterSending: () => void,
): Promise<string | undefined> {
  const key = rider.unanswered ?? randomUUID();
  rider.unanswered = key;
  // The same key goes to the same place with the same words.
  const place = places[Number.parseInt(key.slice(0, 8), 16) % places.length];
  try {
    const sent = fetch(`${server.url}/api/places/${place}/reports`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Device-Token': rider.token, 'Idempotency-Key': key },
      body: JSON.stringify({ problem: 'dirty', note: key }),
    });
    afterSending();
    const response = await sent;
    const { number } = (await response.json()) as { number?: string };
    if (response.status !== 201 || number === undefined) throw new Error(`The server answered ${response.status}`);
    rider.unanswered = undefined;
    return number;
  } catch (error) {
    // What `fetch` throws when the connection ends; by name, since a test's own realm has another TypeError.
    if ((error as Error).name === 'TypeError') return undefined;
    throw error;
  }
}

async function newRider(server: RunningServer): Promise<Rider> {
  const response = await fetch(`${server.url}/api/devices`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
  return { token: ((await response.json()) as { token: string }).token, unanswered: undefined };
}

async function placeIds(server: RunningServer): Promise<string[]> {
  const response = await fetch(`${server.url}/api/places?limit=500`);
  return ((await response.json()) as { features: { id: string }[] }).features.map(({ id }) => id);
}

async function isWhole(file: string): Promise<boolean> {
  const store = await openStore({ file });
  const { ok } = await store.audit.verify();
  await store.close();
  const database = new Sqlite(file, { readonly: true });
  const isSound = database.pragma('integrity_check', { simple: true }) === 'ok';
  database.close();
  return ok && isSound;
}

function numbersIn(file: string): Set<string> {
  const database = new Sqlite(file, { readonly: true });
  const numbers = database.prepare<[], string>('select number from reports').pluck().all();
  database.close();
  return new Set(numbers);
}
