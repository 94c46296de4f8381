import { beforeAll, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { station } from '../data/store/support.ts';
import { type Api, startApi } from './support.ts';

const here = 'lng=126.5975&lat=45.7580';
let api: Api;
beforeAll(async () => {
  api = await startApi([station({ id: 'here', point: [126.5975, 45.758] })]);
});

/** What both ways answer alike: all but the time and the connection. */
async function answerOf(client: ReturnType<typeof supertest>, query: string) {
  const { status, headers, text, body } = await client.get(`/api/nearest${query}`);
  const { date: _, connection: __, 'keep-alive': ___, ...rest } = headers as Record<string, string>;
  return { status, headers: rest, text: text ?? JSON.stringify(body) };
}

test.each([
  [`?${here}`, 200],
  [`?${here}&services=hot-water&open=true&limit=1`, 200],
  [`?${here}&at=2026-11-20T09:12:00%2B08:00`, 200],
  [`?${here}&utm=1`, 400],
  ['?lng=45.75&lat=126.59', 400],
  [`?${here}&at=1999-01-01T00:00:00Z`, 400],
  ['?', 400],
  ['', 400],
])('nearest%s is answered with or without the router alike, and counted', async (query, status) => {
  const nearest = () => api.traffic.routes.find(({ path }) => path === '/api/nearest')?.requests ?? 0;
  const problems = () => [...api.traffic.problems.values()].reduce((sum, count) => sum + count, 0);
  const before = { requests: nearest(), problems: problems() };
  const quick = await answerOf(api.request, query);
  expect(quick.status).toBe(status);
  expect({ requests: nearest(), problems: problems() }).toEqual({
    requests: before.requests + 1,
    problems: before.problems + (status === 400 ? 1 : 0),
  });
  // `api.app` alone is the router.
  expect(quick).toEqual(await answerOf(supertest(api.app), query));
});
