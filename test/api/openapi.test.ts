import { beforeAll, expect, test } from '@jest/globals';
import { type Api, startApi } from './support.ts';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}
type Documented = Record<string, Record<string, { operationId: string; parameters: { name: string }[] }>>;

let api: Api;
let paths: Documented;
beforeAll(async () => {
  api = await startApi();
  paths = (await api.request.get('/openapi.json').expect(200)).body.paths;
});

test('every route of the running router is in the OpenAPI document, and nothing else is', () => {
  const { stack } = (api.app as unknown as { router: { stack: Layer[] } }).router;
  const running = stack
    .flatMap(({ route }) => (route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : []))
    .filter((each) => !/^(options|_all) /.test(each))
    .map((each) => each.replaceAll(/:(\w+)/g, '{$1}'));
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(running.length).toBeGreaterThan(10);
  expect(running.sort()).toEqual(documented.sort());
});

test('operations have names of their own, and all that a document refers to is there', async () => {
  const { body, text } = await api.request.get('/openapi.json');
  const names = Object.values(paths).flatMap((methods) => Object.values(methods).map((each) => each.operationId));
  expect(new Set(names).size).toBe(names.length);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(Object.keys(body.components.schemas)).toContain(name);
  }
  expect(body.openapi).toBe('3.1.0');
});

test('nearest is documented with its pinned parameters', () => {
  const names = paths['/api/nearest']?.get?.parameters.map((parameter) => parameter.name);
  expect(names).toEqual(['lng', 'lat', 'kinds', 'services', 'open', 'allDay', 'at', 'limit', 'maxDistanceMetres']);
});

test('a creation is documented with its body, its headers and its answers', () => {
  interface Creation {
    requestBody: { content: Record<string, { schema: { required: string[]; additionalProperties: boolean } }> };
    parameters: { name: string; in: string; required: boolean }[];
    responses: Record<string, unknown>;
  }
  const creation: unknown = paths['/api/places/{id}/confirmations']?.post;
  const { requestBody, parameters, responses } = creation as Creation;
  const { schema } = requestBody.content['application/json'] ?? {};
  expect(schema).toMatchObject({ required: ['field', 'value', 'method'], additionalProperties: false });
  expect(parameters.map((each) => [each.in, each.name, each.required])).toEqual([
    ['path', 'id', true],
    ['header', 'Device-Token', true],
    ['header', 'Idempotency-Key', false],
  ]);
  expect(Object.keys(responses)).toEqual(['201', '400', '401', '403', '404', '413', '415', '422', '429', '5XX']);
  const upload = paths['/api/photos']?.post as unknown as { requestBody: { content: object } };
  expect(Object.keys(upload.requestBody.content)).toEqual(['multipart/form-data']);
});

test('the readable page lists every operation, explains every problem code, and needs nothing from outside', async () => {
  const { text } = await api.request.get('/docs').expect(200);
  for (const path of [
    '/api/nearest',
    '/api/places/:id',
    '/api/snapshot',
    '/api/receipts/:number',
    'Receipt-Key',
    'photoIds',
  ])
    expect(text).toContain(path);
  expect(text).toContain('id="swapped-lng-lat"');
  expect(text).not.toMatch(/<script|style=|https?:\/\//);
  await api.request
    .get('/docs.css')
    .expect(200)
    .expect('Content-Type', /text\/css/);
});
