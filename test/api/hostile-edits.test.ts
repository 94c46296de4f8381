// Whatever an account sends to the desk's routes about places gets an answer or a problem in the one shape.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { problemSchema } from '../../api/problem.ts';
import { PLACE_KEYS } from '../../data/place-schema.ts';
import { signedIn } from './desk-support.ts';
import { startApi } from './support.ts';
import { CORNER, GATE } from './voices-support.ts';

test('hostile edits, bulks, quick acts and questions never make a server error', async () => {
  const api = await startApi([CORNER, GATE]);
  const admin = await signedIn(api, { role: 'admin' });
  const url = `http://127.0.0.1:${(api.server.address() as { port: number }).port}`;
  const value = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      '',
      [],
      {},
      [null],
      { point: null },
      '24/7',
      '1e999',
      -1,
      1e308,
      true,
      [126.6, 45.75],
      [45.75, 126.6],
    ),
    fc.jsonValue({ maxDepth: 3 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  const fields = fc.dictionary(fc.constantFrom(...PLACE_KEYS, '__proto__', 'constructor', 'toString'), value, {
    maxKeys: 4,
    noNullPrototype: false,
  });
  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) => ({
    method,
    path,
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  });
  const version = fc.constantFrom('"1"', '"2"', '"99"', '*', 'W/"1"', '"1', '', '"1e3"');
  const request = fc.oneof(
    fc.tuple(fields, version).map(([body, each]) => send('PATCH', '/api/places/corner', body, { 'If-Match': each })),
    fields.map((body) => send('POST', '/api/places', { kind: 'station', ...body })),
    fields.map((changes) => send('POST', '/api/places/bulk', { ids: ['corner', 'gate'], changes, dryRun: true })),
    fields.map((filter) => send('POST', '/api/places/bulk', { filter, changes: { access: 'open' }, dryRun: true })),
    fc
      .tuple(fc.constantFrom('close-early', 'pause', 'visitors', 'service-ok', '__proto__'), value, value)
      .map(([act, until, count]) =>
        send('POST', '/api/places/corner/quick-acts', { act, until, count, reason: count }),
      ),
    fc
      .tuple(value, version)
      .map(([each, at]) => send('POST', '/api/places/corner/revert', { version: each }, { 'If-Match': at })),
    fields.map((contact) => send('POST', '/api/places/corner/contact', { contact })),
    fc
      .tuple(
        fc.constantFrom('q', 'cursor', 'lng', 'area', 'sort', 'unverifiedDays'),
        fc.string({ unit: 'binary', maxLength: 60 }),
      )
      .map(([name, text]) => ({
        ...send('GET', `/api/desk/places?${name}=${encodeURIComponent(text.toWellFormed())}`, undefined),
        body: undefined,
      })),
    fc
      .tuple(fc.constantFrom('actor', 'act', 'subject', 'from', 'cursor'), fc.string({ unit: 'binary', maxLength: 60 }))
      .map(([name, text]) => ({
        ...send('GET', `/api/audit?${name}=${encodeURIComponent(text.toWellFormed())}`, undefined),
        body: undefined,
      })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 8, maxLength: 8 }), async (requests) => {
      await Promise.all(
        requests.map(async ({ method, path, body, headers }) => {
          const sent = {
            method,
            headers: { ...admin.headers, ...headers },
            ...(body !== undefined && { body: body.toWellFormed() }),
          };
          const response = await fetch(`${url}${path}`, sent);
          expect(response.status).toBeLessThan(500);
          const answer: unknown = await response.json();
          if (response.status >= 400) problemSchema.parse(answer);
        }),
      );
    }),
    { numRuns: 150 },
  );
  expect(api.written).toEqual([]);
  expect((await api.store.audit.verify()).ok).toBe(true);
});
