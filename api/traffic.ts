// How much is asked, by route; how long it takes, for one in sixteen; and what went wrong. Numbers only: no address, no
// query, nobody. Counting costs an addition on the hot routes.

import type { ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';

const SAMPLED = 16;
/** Upper bounds in seconds, as histograms have them. */
export const DURATION_BOUNDS = [0.001, 0.005, 0.025, 0.1, 0.5, 2, 10] as const;

export interface RouteTraffic {
  readonly method: string;
  readonly path: string;
  requests: number;
  /** Of the sampled ones: how many took at most the bound, not cumulative; the last is what took longer. */
  readonly durations: number[];
  sampledSeconds: number;
}

export class Traffic {
  readonly routes: RouteTraffic[] = [];
  /** Problems by code. */
  readonly problems = new Map<string, number>();

  ofRoute(method: string, path: string): RouteTraffic {
    const traffic: RouteTraffic = {
      method,
      path,
      requests: 0,
      durations: Array(DURATION_BOUNDS.length + 1).fill(0),
      sampledSeconds: 0,
    };
    this.routes.push(traffic);
    return traffic;
  }

  /** To be called when a request arrives. */
  arrived(traffic: RouteTraffic, response: ServerResponse): void {
    if (traffic.requests++ % SAMPLED !== 0) return;
    const from = performance.now();
    response.once('finish', () => {
      const seconds = (performance.now() - from) / 1000;
      const bound = DURATION_BOUNDS.findIndex((most) => seconds <= most);
      const bucket = bound < 0 ? DURATION_BOUNDS.length : bound;
      traffic.durations[bucket] = (traffic.durations[bucket] ?? 0) + 1;
      traffic.sampledSeconds += seconds;
    });
  }

  problem(code: string): void {
    this.problems.set(code, (this.problems.get(code) ?? 0) + 1);
  }
}
