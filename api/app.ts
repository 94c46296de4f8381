// The API's table of contents: what can be asked, in reading order. A route file declares its paths, their parameters
// and their answers; the router, the strict check and the OpenAPI document follow from that (`route.ts`).

import { createServer as createHttpServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import type { Logger } from 'pino';
import { KeyReusedError, MissingPhotosError, StoreBusyError, StoreFullError } from '../data/store/store.ts';
import { readJsonBody } from './body.ts';
import type { AppContext } from './context.ts';
import { createHeaderSets } from './headers.ts';
import { createLog } from './log.ts';
import { readParameters } from './parameters.ts';
import { Problem, problemOf } from './problem.ts';
import { createRateLimits } from './rate-limits.ts';
import { send } from './reply.ts';
import type { Route } from './route.ts';
import { assetRoutes } from './routes/assets.ts';
import { basemapRoutes } from './routes/basemap.ts';
import { checkInRoutes } from './routes/check-ins.ts';
import { cityRoutes } from './routes/city.ts';
import { confirmationRoutes } from './routes/confirmations.ts';
import { countRoutes } from './routes/counts.ts';
import { deviceRoutes } from './routes/devices.ts';
import { docsRoutes } from './routes/docs.ts';
import { healthRoutes } from './routes/health.ts';
import { nearestRoutes } from './routes/nearest.ts';
import { pageRoutes } from './routes/pages.ts';
import { photoRoutes } from './routes/photos.ts';
import { placesRoutes } from './routes/places.ts';
import { receiptRoutes } from './routes/receipts.ts';
import { reportRoutes } from './routes/reports.ts';
import { snapshotRoutes } from './routes/snapshot.ts';
import { checkSameOrigin } from './same-origin.ts';
import { createSecret, readSecretKey } from './secret.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';

export type AppOptions = Omit<AppContext, 'headers' | 'snapshots' | 'readiness' | 'schematic' | 'secret' | 'limits'> &
  Partial<Pick<AppContext, 'readiness' | 'schematic' | 'secret' | 'limits'>> & { snapshots?: Snapshots; log?: Logger };

export function createApp(options: AppOptions): Express {
  const context: AppContext = {
    ...options,
    snapshots: options.snapshots ?? createSnapshots(options),
    readiness: options.readiness ?? { isStopping: false },
    schematic: options.schematic ?? null,
    headers: createHeaderSets(options.config),
    secret: options.secret ?? createSecret(readSecretKey(options.config)),
    limits: options.limits ?? createRateLimits(),
  };
  const routes: Route[] = [
    ...nearestRoutes(context),
    ...placesRoutes(context),
    ...snapshotRoutes(context),
    ...cityRoutes(context),
    ...deviceRoutes(context),
    ...confirmationRoutes(context),
    ...reportRoutes(context),
    ...receiptRoutes(context),
    ...photoRoutes(context),
    ...checkInRoutes(context),
    ...countRoutes(context),
    ...basemapRoutes(context),
    ...pageRoutes(context),
    ...assetRoutes(context),
    ...healthRoutes(context),
  ];
  routes.push(...docsRoutes(context, routes));

  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing');
  app.set('query parser', false).set('trust proxy', options.config.trustedProxies);
  for (const path of new Set(routes.map((each) => each.path))) mount(app, context, path, routes);
  app.use(() => {
    throw new Problem('not-found', '没有这个网址；接口说明在 /docs');
  });
  app.use(problemHandler(context, options.log ?? createLog()));
  return app;
}

/** Slow clients are cut off: `headersTimeout` alone does not stop them, the checking interval does. */
export function createServer(app: Express): Server {
  return createHttpServer({ connectionsCheckingInterval: 1000, headersTimeout: 5000, requestTimeout: 15_000 }, app);
}

const READING = ['GET', 'HEAD', 'OPTIONS'];

function mount(app: Express, { headers, config }: AppContext, path: string, all: readonly Route[]): void {
  const routes = all.filter((each) => each.path === path);
  const allowed = [...routes.map((each) => each.method.toUpperCase()), 'OPTIONS'];
  if (allowed.includes('GET')) allowed.splice(1, 0, 'HEAD');
  const allow = allowed.join(', ');
  const at = app.route(path);
  for (const { method, query, body, handle } of routes) {
    at[method]((request, response) => {
      if (method !== 'get') checkSameOrigin(request, config.publicUrl);
      // Pages forgive what messengers add to an address; the API does not guess.
      const search = isStrict(path) ? searchOf(request) : '';
      const values = readParameters(search, query);
      if (!body) return handle(request, response, values, undefined);
      return readJsonBody(request, body).then((read) => handle(request, response, values, read));
    });
  }
  at.options((_request, response) => {
    response.writeHead(204, {
      ...headers.api,
      Allow: allow,
      // Other sites' pages may read, and only that.
      'Access-Control-Allow-Methods': allowed.filter((each) => READING.includes(each)).join(', '),
      'Access-Control-Allow-Headers': 'If-None-Match',
      'Access-Control-Max-Age': '86400',
    });
    response.end();
  });
  at.all((request) => {
    throw new Problem('method-not-allowed', `${request.method} 不行，这里可以用 ${allow}`, [], { Allow: allow });
  });
}

function isStrict(path: string): boolean {
  return path.startsWith('/api/');
}

function searchOf(request: Request): string {
  const at = request.url.indexOf('?');
  return at < 0 ? '' : request.url.slice(at + 1);
}

/** All errors end here, in the one shape. What is not the asker's fault is logged whole and says nothing private. */
function problemHandler({ headers }: AppContext, log: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const problem = problemFrom(error);
    const path = request.path;
    if (problem.status >= 500) log.error({ err: error, method: request.method, path }, 'request failed');
    if (response.headersSent) return void response.destroy();
    const document = problem.toDocument(shownPath(path));
    const answer = {
      status: problem.status,
      headers: { ...headers.api, ...problem.headers },
      type: 'application/problem+json; charset=utf-8',
      cache: 'no-store',
    };
    send(response, answer, JSON.stringify(document));
  };
}

function problemFrom(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof KeyReusedError) return new Problem('idempotency-mismatch', error.message);
  if (error instanceof MissingPhotosError) {
    const message = error.message;
    return problemOf(error.indexes.map((i) => ({ field: `photoIds.${i}`, code: 'unknown-value', message })));
  }
  if (error instanceof StoreFullError) return new Problem('storage-full', error.message);
  if (error instanceof StoreBusyError) return new Problem('busy', error.message, [], { 'Retry-After': '5' });
  const { status } = error as { status?: unknown };
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new Problem('bad-request', '网址里的编码不对');
  return new Problem('server-error', '服务器出错了，请稍后再试；问题已经记下');
}

/** A path may be thousands of characters of nonsense. */
function shownPath(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}
