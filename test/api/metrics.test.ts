import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import { createMetricsServer, METRICS_HOST } from '../../api/metrics.ts';
import { startApi } from './support.ts';
import { CORNER } from './voices-support.ts';

const ends: (() => void)[] = [];
afterAll(() => ends.forEach((end) => void end()));

test('requests and problems are counted by route and code, without addresses, queries or positions', async () => {
  const { request, traffic, index, store, file, clock } = await startApi([CORNER]);
  const newest = clock.now - 90_000;
  const backups = { newestAtMs: () => newest };
  const server = createMetricsServer({ traffic, index, store, backups, databaseFile: file, now: () => clock.now });
  server.listen(0, METRICS_HOST);
  await once(server, 'listening');
  ends.push(() => server.close());
  const { address, port } = server.address() as AddressInfo;
  expect(address).toBe('127.0.0.1');
  const read = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();

  for (let i = 0; i < 3; i++) await request.get('/api/nearest?lng=126.6123&lat=45.7654').expect(200);
  await request.get('/api/nearest?lng=45.7654&lat=126.6123').expect(400);
  await request.get('/api/places/corner').expect(200);
  const text = await read();
  expect(text).toContain('yizhan_requests_total{method="get",route="/api/nearest"} 4');
  expect(text).toContain('yizhan_requests_total{method="get",route="/api/places/:id"} 1');
  expect(text).toContain('yizhan_problems_total{code="swapped-lng-lat"} 1');
  expect(text).toContain('yizhan_sampled_request_seconds_bucket{method="get",route="/api/nearest",le="+Inf"} 1');
  expect(text).toContain('yizhan_backup_age_seconds 90');
  expect(text).toContain('yizhan_places 1');
  expect(text).toMatch(/yizhan_database_bytes [1-9]\d{3,}/);
  expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds/);
  expect(text).not.toMatch(/126\.61|45\.76|::1|corner/);
  // Asked twice, the numbers do not add up twice.
  expect(await read()).toContain('yizhan_requests_total{method="get",route="/api/nearest"} 4');
});
