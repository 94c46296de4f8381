// What a watcher may read about the running server, in Prometheus' text form, on a port of its own that only this machine
// reaches. Numbers of the whole: nothing about any person, place or position.

import { statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { PlaceIndex } from './index/place-index.ts';
import { DURATION_BOUNDS, type Traffic } from './traffic.ts';

export const METRICS_HOST = '127.0.0.1';

export interface MetricsSources {
  traffic: Traffic;
  index: Pick<PlaceIndex, 'size' | 'revision'>;
  /** SQL statements so far. */
  store: { readonly statements: number };
  backups: { newestAtMs(): number | null };
  databaseFile: string;
  now: () => number;
}

/** Answers `GET /metrics`; the caller lets it listen, on `METRICS_HOST`. */
export function createMetricsServer(sources: MetricsSources): Server {
  const registry = createRegistry(sources);
  return createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('GET /metrics\n');
      return;
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
}

function createRegistry({ traffic, index, store, backups, databaseFile, now }: MetricsSources): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number | null) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = read();
        if (value === null) this.reset();
        else this.set(value);
      },
    });
  gauge('yizhan_places', 'Places that anybody may see', () => index.size);
  gauge('yizhan_revision', 'Number of the last change of a place', () => index.revision);
  gauge('yizhan_statements_total', 'SQL statements run since the start', () => store.statements);
  gauge('yizhan_database_bytes', 'Size of the database with its write-ahead log', () => bytesOf(databaseFile));
  gauge('yizhan_backup_age_seconds', 'Age of the newest backup; absent when there is none', () => {
    const at = backups.newestAtMs();
    return at === null ? null : (now() - at) / 1000;
  });

  counter(registers, 'yizhan_requests_total', 'Requests by route', ['method', 'route'], () =>
    traffic.routes.map(({ method, path, requests }) => [{ method, route: path }, requests]),
  );
  counter(registers, 'yizhan_problems_total', 'Answers that were a problem, by code', ['code'], () =>
    [...traffic.problems].map(([code, count]) => [{ code }, count]),
  );
  // A histogram's three series, from counts that are kept elsewhere: one request in sixteen is timed.
  const timed = () => traffic.routes.filter(({ path, requests }) => requests > 0 && path.startsWith('/api/'));
  const name = 'yizhan_sampled_request_seconds';
  const labels = ['method', 'route'];
  counter(registers, `${name}_bucket`, 'Sampled requests that took at most `le` seconds', [...labels, 'le'], () =>
    timed().flatMap(({ method, path, durations }) => {
      let sum = 0;
      return durations.map((count, i): Counted => {
        sum += count;
        return [{ method, route: path, le: String(DURATION_BOUNDS[i] ?? '+Inf') }, sum];
      });
    }),
  );
  counter(registers, `${name}_sum`, 'Seconds that sampled requests took', labels, () =>
    timed().map(({ method, path, sampledSeconds }) => [{ method, route: path }, sampledSeconds]),
  );
  return registry;
}

type Counted = [labels: Record<string, string>, value: number];

/** A counter whose numbers are kept elsewhere and read when somebody asks. */
function counter(registers: Registry[], name: string, help: string, labelNames: string[], read: () => Counted[]): void {
  new Counter({
    name,
    help,
    labelNames,
    registers,
    collect() {
      this.reset();
      for (const [labels, value] of read()) this.inc(labels, value);
    },
  });
}

function bytesOf(file: string): number {
  return [file, `${file}-wal`].reduce((sum, each) => sum + (statSync(each, { throwIfNoEntry: false })?.size ?? 0), 0);
}
