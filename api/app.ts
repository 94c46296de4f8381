// The API's table of contents: what can be asked, in reading order. A route file declares its paths, their parameters
// and their answers; the router, the strict check and the OpenAPI document follow from that (`route.ts`).

import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { createBackOff } from './back-off.ts';
import { readJsonBody } from './body.ts';
import type { AppContext } from './context.ts';
import { createDeskPlaces } from './desk-places.ts';
import { createHeaderSets } from './headers.ts';
import { type Caller, createIdentity, readCookie } from './identity.ts';
import { createLog } from './log.ts';
import { readParameters } from './parameters.ts';
import { Problem } from './problem.ts';
import { problemFrom } from './problem-from.ts';
import { createRateLimits } from './rate-limits.ts';
import { send } from './reply.ts';
import type { Route } from './route.ts';
import { accountRoutes } from './routes/accounts.ts';
import { announcementRoutes } from './routes/announcements.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { assetRoutes } from './routes/assets.ts';
import { auditRoutes } from './routes/audit.ts';
import { basemapRoutes } from './routes/basemap.ts';
import { checkInRoutes } from './routes/check-ins.ts';
import { cityRoutes } from './routes/city.ts';
import { confirmationRoutes } from './routes/confirmations.ts';
import { countRoutes } from './routes/counts.ts';
import { deskPageRoutes } from './routes/desk-pages.ts';
import { deskPlaceRoutes } from './routes/desk-places.ts';
import { deviceRoutes } from './routes/devices.ts';
import { docsRoutes } from './routes/docs.ts';
import { healthRoutes } from './routes/health.ts';
import { hoursReadingRoutes } from './routes/hours-reading.ts';
import { invitationLinkRoutes } from './routes/invitation-links.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { nearestRoutes } from './routes/nearest.ts';
import { pageRoutes } from './routes/pages.ts';
import { pendingActRoutes } from './routes/pending-acts.ts';
import { phoneSessionRoutes } from './routes/phone-session.ts';
import { photoRoutes } from './routes/photos.ts';
import { placeBulkRoutes } from './routes/place-bulk.ts';
import { placeEditRoutes } from './routes/place-edits.ts';
import { placeHistoryRoutes } from './routes/place-history.ts';
import { placesRoutes } from './routes/places.ts';
import { quickActRoutes } from './routes/quick-acts.ts';
import { receiptRoutes } from './routes/receipts.ts';
import { reportRoutes } from './routes/reports.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { sessionRoutes } from './routes/session.ts';
import { sessionsRoutes } from './routes/sessions.ts';
import { setupRoutes } from './routes/setup.ts';
import { snapshotRoutes } from './routes/snapshot.ts';
import { suggestionRoutes } from './routes/suggestions.ts';
import { todayRoutes } from './routes/today.ts';
import { checkSameOrigin } from './same-origin.ts';
import { createSecret, readSecretKey } from './secret.ts';
import { createSms } from './sms.ts';
import { writeInThread } from './snapshot-writer.ts';
import { createSnapshots } from './snapshots.ts';
import { Traffic } from './traffic.ts';

/** What a caller may leave to `createApp`. */
type Provided =
  | 'snapshots'
  | 'readiness'
  | 'schematic'
  | 'secret'
  | 'limits'
  | 'setupToken'
  | 'traffic'
  | 'backups'
  | 'auditHeads';
export type AppOptions = Omit<AppContext, Provided | 'headers' | 'identity' | 'backOff' | 'sms'> &
  Partial<Pick<AppContext, Provided>> & { log?: Logger };

export function createApp(options: AppOptions): Express {
  const log = options.log ?? createLog();
  const secret = options.secret ?? createSecret(readSecretKey(options.config));
  const context: AppContext = {
    ...options,
    snapshots: options.snapshots ?? createSnapshots({ ...options, writer: writeInThread(options), restMs: 0 }),
    readiness: options.readiness ?? { isStopping: false },
    schematic: options.schematic ?? null,
    headers: createHeaderSets(options.config),
    secret,
    backOff: createBackOff(options.now),
    identity: createIdentity({ ...options, secret }),
    sms: createSms(options.config, log),
    setupToken: options.setupToken ?? null,
    limits: options.limits ?? createRateLimits(),
    traffic: options.traffic ?? new Traffic(),
    backups: options.backups ?? { newestAtMs: () => null },
    auditHeads: options.auditHeads ?? { last: () => null },
  };
  const deskPlaces = createDeskPlaces(context.store);
  const routes: Route[] = [
    ...nearestRoutes(context),
    // Before the routes of one place, whose id could be any word.
    ...placeBulkRoutes(context, deskPlaces),
    ...placesRoutes(context),
    ...placeEditRoutes(context),
    ...placeHistoryRoutes(context),
    ...quickActRoutes(context),
    ...snapshotRoutes(context),
    ...cityRoutes(context),
    ...deviceRoutes(context),
    ...confirmationRoutes(context),
    ...reportRoutes(context),
    ...suggestionRoutes(context),
    ...receiptRoutes(context),
    ...photoRoutes(context),
    ...announcementRoutes(context),
    ...checkInRoutes(context),
    ...countRoutes(context),
    ...basemapRoutes(context),
    ...pageRoutes(context),
    ...setupRoutes(context),
    ...sessionRoutes(context),
    ...sessionsRoutes(context),
    ...phoneSessionRoutes(context),
    // Before the routes of one invitation, whose id could be any word.
    ...invitationLinkRoutes(context),
    ...invitationRoutes(context),
    ...accountRoutes(context),
    ...apiKeyRoutes(context),
    ...pendingActRoutes(context),
    ...todayRoutes(context, deskPlaces),
    ...deskPlaceRoutes(context, deskPlaces),
    ...reviewRoutes(context),
    ...hoursReadingRoutes(context),
    ...auditRoutes(context),
    ...deskPageRoutes(context),
    ...assetRoutes(context),
    ...healthRoutes(context),
  ];
  routes.push(...docsRoutes(context, routes));

  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing');
  app.set('query parser', false).set('trust proxy', options.config.trustedProxies);
  const lane: FastLane = { listeners: new Map(), answerProblem: problemAnswerer(context, log) };
  for (const path of new Set(routes.map((each) => each.path))) mount(app, context, path, routes, lane);
  app.use(() => {
    throw new Problem('not-found', '没有这个网址；接口说明在 /docs');
  });
  const handleProblem: ErrorRequestHandler = (error, request, response, _next) =>
    lane.answerProblem(error, request, response, request.path);
  app.use(handleProblem);
  fastLanes.set(app, lane);
  return app;
}

type Listener = (request: Request, response: Response) => unknown;
type ProblemAnswerer = (error: unknown, request: IncomingMessage, response: ServerResponse, path: string) => void;

/** What the router would call for the routes that are marked so, by path. */
interface FastLane {
  listeners: Map<string, Listener>;
  answerProblem: ProblemAnswerer;
}

const fastLanes = new WeakMap<Express, FastLane>();

/** Express's router costs a tenth of an answer and more. @returns false when it has to be asked */
function takesFastLane(lane: FastLane, request: IncomingMessage, response: ServerResponse): boolean {
  const url = request.url ?? '';
  const path = url.slice(0, Math.max(0, url.indexOf('?')));
  const listen = request.method === 'GET' ? lane.listeners.get(path) : undefined;
  if (!listen) return false;
  try {
    listen(request as Request, response as Response);
  } catch (error) {
    lane.answerProblem(error, request, response, path);
  }
  return true;
}

/** Slow clients are cut off: `headersTimeout` alone does not stop them, the checking interval does. */
export function createServer(app: Express): Server {
  const lane = fastLanes.get(app);
  return createHttpServer(
    { connectionsCheckingInterval: 1000, headersTimeout: 5000, requestTimeout: 15_000 },
    (request, response) => {
      if (!lane || !takesFastLane(lane, request, response)) app(request, response);
    },
  );
}

const READING = ['GET', 'HEAD', 'OPTIONS'];

function mount(
  app: Express,
  { headers, config, traffic, identity }: AppContext,
  path: string,
  all: readonly Route[],
  lane: FastLane,
): void {
  const routes = all.filter((each) => each.path === path);
  const allowed = [...routes.map((each) => each.method.toUpperCase()), 'OPTIONS'];
  if (allowed.includes('GET')) allowed.splice(1, 0, 'HEAD');
  const allow = allowed.join(', ');
  const at = app.route(path);
  for (const { method, access, query, body, handle, isFast } of routes) {
    const counted = traffic.ofRoute(method, path);
    const answer = (request: Request, response: Response, signedIn: Caller | undefined): unknown => {
      // Pages forgive what messengers add to an address; the API does not guess.
      const search = isStrict(path) ? searchOf(request) : '';
      const values = readParameters(search, query);
      if (!body) return handle(request, response, values, undefined, signedIn);
      return readJsonBody(request, body).then((read) => handle(request, response, values, read, signedIn));
    };
    const listen: Listener = (request, response) => {
      traffic.arrived(counted, response);
      if (method !== 'get') checkSameOrigin(request, config.publicUrl, readCookie(request) !== undefined);
      if (access === 'anyone') return answer(request, response, undefined);
      return identity.admit(request, access).then((signedIn) => answer(request, response, signedIn));
    };
    at[method](listen);
    if (isFast) lane.listeners.set(path, listen);
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
function problemAnswerer({ headers, traffic }: AppContext, log: Logger): ProblemAnswerer {
  return (error, { method }, response, path) => {
    const problem = problemFrom(error);
    traffic.problem(problem.code);
    if (problem.status >= 500) log.error({ err: error, method, path }, 'request failed');
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

/** A path may be thousands of characters of nonsense. */
function shownPath(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}
