import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { problemSchema } from '../../api/problem.ts';
import { station } from '../data/store/support.ts';
import { hostileQuery } from './hostile.ts';
import { type Api, startApi } from './support.ts';

let api: Api;
let origin: string;
beforeAll(async () => {
  api = await startApi([station({ name: '驿站' })]);
  origin = `http://127.0.0.1:${(api.server.address() as { port: number }).port}`;
});

const path = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      '/api/nearest',
      '/api/places',
      '/api/stats',
      '/api/places/HRB',
      '/api/snapshot',
      '/docs',
    ),
    weight: 6,
  },
  {
    arbitrary: fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => `/api/places/${encodeURIComponent(text.toWellFormed())}`),
    weight: 1,
  },
  {
    arbitrary: fc.constantFrom(
      '/api/places/%ff',
      '/api/places/..%2f',
      '/assets/..%2fapp',
      '/assets/%00',
      '//api',
      '/api/snapshot/core',
    ),
    weight: 1,
  },
);

test('two thousand hostile requests get an answer or a problem in the one shape, never a server error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(path, hostileQuery), { minLength: 10, maxLength: 10 }), async (requests) => {
      await Promise.all(
        requests.map(async ([each, query]) => {
          const response = await fetch(`${origin}${each}?${query}`);
          const text = await response.text();
          expect(response.status).toBeLessThan(500);
          if (response.status >= 400) problemSchema.parse(JSON.parse(text));
          expect(text).not.toMatch(/node_modules|at .*\.ts:\d+/);
        }),
      );
    }),
    { numRuns: 220 },
  );
});

test('hundreds of parameters get a short answer', async () => {
  const query = Array.from({ length: 500 }, (_, i) => `p${i}=1`).join('&');
  const { body } = await api.request.get(`/api/nearest?${query}`).expect(400);
  expect(body.errors.length).toBeLessThanOrEqual(20);
});
