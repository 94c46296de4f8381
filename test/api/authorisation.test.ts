// Who may call what: every route of the running router, every role, what is its own and what is another's. The cells are
// written by hand and never computed. A route without a line fails, and so does a line without a route.
//
//   yes   may, whatever it is about        own   may about its own place or area, and not about another's
//   no    may not
//
// What a request needs so that the question comes up at all (a body, a header, an id) stands in REQUESTS below.

import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Test } from 'supertest';
import type { Role } from '../../data/account.ts';
import { commonFields, PLAIN_STATION } from '../data/store/plain-station.ts';
import { type DeskAgent, newAccount, signedIn } from './desk-support.ts';
import { type Api, startApi } from './support.ts';

const TABLE = `
                                          nobody  admin  curator  grid-worker  keeper  merchant

  pages, data and voices for everybody
  get /                                     yes    yes     yes        yes        yes      yes
  get /p/:id                                yes    yes     yes        yes        yes      yes
  get /help                                 yes    yes     yes        yes        yes      yes
  get /privacy                              yes    yes     yes        yes        yes      yes
  get /manifest.webmanifest                 yes    yes     yes        yes        yes      yes
  get /service-worker.js                    yes    yes     yes        yes        yes      yes
  get /shell                                yes    yes     yes        yes        yes      yes
  get /assets/:file                         yes    yes     yes        yes        yes      yes
  get /photos/:file                         yes    yes     yes        yes        yes      yes
  get /api/basemap-style.json               yes    yes     yes        yes        yes      yes
  get /docs                                 yes    yes     yes        yes        yes      yes
  get /docs.css                             yes    yes     yes        yes        yes      yes
  get /openapi.json                         yes    yes     yes        yes        yes      yes
  get /healthz                              yes    yes     yes        yes        yes      yes
  get /readyz                               yes    yes     yes        yes        yes      yes
  get /api/nearest                          yes    yes     yes        yes        yes      yes
  get /api/places                           yes    yes     yes        yes        yes      yes
  get /api/places/:id                       yes    yes     yes        yes        yes      yes
  get /api/snapshot                         yes    yes     yes        yes        yes      yes
  get /api/snapshot/:file                   yes    yes     yes        yes        yes      yes
  get /api/city                             yes    yes     yes        yes        yes      yes
  get /api/basemap.geojson                  yes    yes     yes        yes        yes      yes
  get /api/stats                            yes    yes     yes        yes        yes      yes
  get /api/announcements                    yes    yes     yes        yes        yes      yes
  get /api/receipts/:number                 yes    yes     yes        yes        yes      yes
  post /api/devices                         yes    yes     yes        yes        yes      yes
  post /api/photos                          yes    yes     yes        yes        yes      yes
  post /api/suggestions                     yes    yes     yes        yes        yes      yes
  post /api/places/:id/confirmations        yes    yes     yes        yes        yes      yes
  post /api/places/:id/reports              yes    yes     yes        yes        yes      yes
  post /api/places/:id/check-ins            yes    yes     yes        yes        yes      yes
  post /api/places/:id/counts               yes    yes     yes        yes        yes      yes

  signing in
  get /desk                                 yes    yes     yes        yes        yes      yes
  get /desk/:room                           yes    yes     yes        yes        yes      yes
  get /desk/:room/:item                     yes    yes     yes        yes        yes      yes
  post /api/setup                           yes    yes     yes        yes        yes      yes
  post /api/session                         yes    yes     yes        yes        yes      yes
  delete /api/session                       yes    yes     yes        yes        yes      yes
  post /api/phone-session                   yes    yes     yes        yes        yes      yes
  post /api/invitations/look                yes    yes     yes        yes        yes      yes
  post /api/invitations/accept              yes    yes     yes        yes        yes      yes
  get /api/session                          no     yes     yes        yes        yes      yes
  post /api/session/confirmation            no     yes     yes        yes        yes      yes
  post /api/session/password                no     yes     yes        yes        yes      yes
  get /api/sessions                         no     yes     yes        yes        yes      yes
  delete /api/sessions/:id                  no     yes     yes        yes        yes      yes

  accounts
  post /api/invitations                     no     yes     own        no         no       no
  get /api/invitations                      no     yes     yes        no         no       no
  delete /api/invitations/:id               no     yes     own        no         no       no
  get /api/accounts                         no     yes     yes        no         no       no
  get /api/accounts/:id                     no     yes     own        no         no       no
  patch /api/accounts/:id                   no     yes     own        no         no       no
  post /api/accounts/:id/role               no     yes     no         no         no       no
  post /api/accounts/:id/reset              no     yes     own        no         no       no
  post /api/accounts/:id/sign-in-code       no     yes     own        no         no       no
  post /api/accounts/:id/phone-reveals      no     yes     own        no         no       no
  get /api/keys                             no     yes     no         no         no       no
  post /api/keys                            no     yes     no         no         no       no
  delete /api/keys/:id                      no     yes     no         no         no       no
  get /api/pending-acts                     no     yes     no         no         no       no
  post /api/pending-acts/:id/approval       no     yes     no         no         no       no
  delete /api/pending-acts/:id              no     yes     no         no         no       no

  what comes from outside, and what the city says
  get /api/reviews                          no     yes     yes        no         no       no
  get /api/reviews/:id                      no     yes     own        no         no       no
  post /api/reviews/:id/decision            no     yes     own        no         no       no
  post /api/reviews/:id/undo                no     yes     own        no         no       no
  post /api/reviews/:id/note-reveals        no     yes     own        no         no       no
  get /api/review-reasons                   no     yes     yes        no         no       no
  get /api/photos/:id                       no     yes     own        no         no       no
  delete /api/photos/:id                    no     yes     own        no         no       no
  post /api/places/:id/photos               no     yes     own        no         no       no
  get /api/desk/announcements               no     yes     yes        no         no       no
  post /api/announcements                   no     yes     own        no         no       no
  delete /api/announcements/:id             no     yes     own        no         no       no

  places at the desk
  get /api/desk/today                       no     yes     yes        yes        yes      yes
  get /api/desk/places                      no     yes     yes        yes        yes      yes
  get /api/desk/places/:id                  no     yes     yes        own        own      own
  post /api/places                          no     yes     own        no         no       no
  post /api/places/bulk                     no     yes     yes        no         no       no
  patch /api/places/:id                     no     yes     own        no         no       no
  post /api/places/:id/revert               no     yes     own        no         no       no
  get /api/places/:id/history               no     yes     own        own        own      own
  post /api/places/:id/quick-acts           no     yes     own        own        own      own
  post /api/places/:id/contact              no     yes     own        no         no       no
  post /api/places/:id/phone-reveals        no     yes     own        own        no       no

  the audit
  get /api/audit                            no     yes     yes        no         no       no
  get /api/audit/export                     no     yes     yes        no         no       no
  get /api/audit/verification               no     yes     no         no         no       no

  reading back
  get /api/desk/hours-reading               no     yes     yes        yes        yes      yes
`;

type Where = 'own' | 'other';
type Asker = Role | 'nobody';
const ASKERS: readonly Asker[] = ['nobody', 'admin', 'curator', 'grid-worker', 'keeper', 'merchant'];
const DISTRICTS: Record<Where, string> = { own: '230102', other: '230103' };
const POINTS: Record<Where, [number, number]> = { own: [126.5975, 45.7583], other: [126.66, 45.76] };

interface Wanted {
  /** In place of the path's parameter. */
  id?: (where: Where) => string;
  body?: object | ((where: Where) => object);
  query?: string;
  headers?: Record<string, string>;
}

/** Ids by where they belong; filled before the tests run. */
const ids = {
  places: { own: 'place-of-ours', other: 'place-of-theirs' },
  accounts: { own: '', other: '' },
  invitations: { own: '', other: '' },
  reviews: { own: '', other: '' },
  photos: { own: '', other: '' },
  announcements: { own: '', other: '' },
};

/** What a route needs beyond its path. Most say no before they look at anything. */
const REQUESTS: Record<string, Wanted> = {
  'get /api/nearest': { query: '?lng=126.62&lat=45.76' },
  'get /api/desk/hours-reading': { query: '?osm=24/7' },
  'post /api/places': { body: (where) => newPlaceIn(where) },
  'post /api/places/bulk': { body: { ids: ['place-of-theirs'], changes: { access: 'staffed' }, dryRun: true } },
  'post /api/places/:id/revert': { body: { version: 1 } },
  'post /api/places/:id/quick-acts': { body: { act: 'visitors', count: 3 } },
  'post /api/places/:id/contact': { body: { contact: { name: '王师傅', phone: '13800000000' } } },
  'post /api/invitations': { body: (where) => ({ role: 'grid-worker', areaCode: DISTRICTS[where] }) },
  'delete /api/invitations/:id': { id: (where) => ids.invitations[where] },
  'post /api/reviews/:id/decision': { body: { decision: 'return', reason: '核实过', version: 1 } },
  'post /api/reviews/:id/note-reveals': { body: { number: 'HRB-000000' } },
  'post /api/announcements': { body: (where) => announcementFor(where) },
  'post /api/keys': { body: { name: '公厕系统同步', scopes: ['places:read'] } },
  'patch /api/accounts/:id': { body: { displayName: '另一个名字' } },
  'post /api/accounts/:id/role': { body: (where) => ({ role: 'grid-worker', areaCode: DISTRICTS[where] }) },
};

interface Line {
  route: string;
  cells: Record<Asker, string>;
}

function linesOf(table: string): Line[] {
  return table.split('\n').flatMap((line) => {
    const match = /^ {2}((?:get|post|patch|delete) \/\S*) +(.+)$/.exec(line);
    if (!match?.[1] || !match[2]) return [];
    const words = match[2].trim().split(/ +/);
    const cells = Object.fromEntries(ASKERS.map((asker, i) => [asker, words[i]])) as Record<Asker, string>;
    return [{ route: match[1], cells }];
  });
}

const LINES = linesOf(TABLE);

let api: Api;
const agents = new Map<Asker, DeskAgent>();

async function signInAll(): Promise<void> {
  const areaCode = DISTRICTS.own;
  const placeIds = [ids.places.own];
  for (const role of ['curator', 'grid-worker'] as const) agents.set(role, await signedIn(api, { role, areaCode }));
  for (const role of ['keeper', 'merchant'] as const) agents.set(role, await signedIn(api, { role, placeIds }));
  agents.set('admin', await signedIn(api, { role: 'admin' }));
}

beforeAll(async () => {
  const place = (where: Where) => ({
    ...PLAIN_STATION,
    ...commonFields,
    id: ids.places[where],
    district: DISTRICTS[where],
    point: POINTS[where],
  });
  // A basemap that has a route of its own; the one of a city's archive is read with ranges in `basemap.test.ts`.
  const environment = { YIZHAN_BASEMAP: 'tianditu', YIZHAN_TIANDITU_KEY: '0123456789abcdef0123456789abcdef' };
  api = await startApi([place('own'), place('other')], { environment });
  await signInAll();
  for (const where of ['own', 'other'] as const) {
    await fillQueue(where);
    ids.accounts[where] = (await newAccount(api, { role: 'grid-worker', areaCode: DISTRICTS[where] })).id;
  }
});

function newPlaceIn(where: Where): object {
  const { name, positionQuality, audience, source } = commonFields;
  return { kind: 'station', name, positionQuality, audience, source, point: POINTS[where], district: DISTRICTS[where] };
}

function announcementFor(where: Where): object {
  const [from, until] = [0, 3_600_000].map((ms) => new Date(api.clock.now + ms).toISOString());
  return { kind: 'banner', text: '雪大路滑', from, until, areaCode: DISTRICTS[where] };
}

/** Something to review, a photo and an announcement of a district. */
async function fillQueue(where: Where): Promise<void> {
  const placeId = ids.places[where];
  const device = { hash: 'device', issuedAtMs: 0 };
  const report = { problem: 'dirty', sealNote: null, photoIds: [], key: 'key', keyHash: 'hash', device } as const;
  await api.store.reports.create({ placeId, ...report }, 'HRB');
  const query = { state: 'open', kinds: [], areaCode: DISTRICTS[where], after: null, limit: 1 } as const;
  ids.reviews[where] = String((await api.store.reviews.list(query))[0]?.id);
  const made = await agents.get('admin')?.post('/api/announcements', announcementFor(where)).expect(201);
  ids.announcements[where] = made?.body.id;
  await freshPhoto(where);
}

async function freshPhoto(where: Where): Promise<void> {
  const photo = { id: randomBytes(16).toString('hex'), alt: '门口', width: 4, height: 3 };
  await api.store.photos.addToPlace(ids.places[where], photo, { kind: 'system', name: 'tests' });
  ids.photos[where] = photo.id;
}

/** A request to a route about something of the asker's own, or of another's. */
function ask(route: string, asker: Asker, where: Where): Test {
  const [method = '', path = ''] = route.split(' ');
  const { id, body, query = '', headers = {} } = REQUESTS[route] ?? {};
  const noun = /^\/api\/(?:desk\/)?(\w+)\/:id/.exec(path)?.[1] ?? '';
  const found = id ?? ((which: Where) => (Object.hasOwn(ids, noun) ? ids[noun as keyof typeof ids][which] : 'nothing'));
  const url = path.replace(/:\w+/g, () => found(where)) + query;
  const request = api.request[method as 'get' | 'post' | 'patch' | 'delete'](url);
  request.set({ ...agents.get(asker)?.headers, ...headers });
  const content = typeof body === 'function' ? body(where) : body;
  return content === undefined ? request : request.send(content);
}

/** Whether the answer is that one has to sign in, or may not. What else is wrong with a request is another matter. */
function isRefusal({ status, body }: { status: number; body: { code?: string } }, asker: Asker): boolean {
  if (asker === 'nobody') return status === 401 && body.code === 'sign-in-required';
  return status === 403 && body.code === 'not-allowed';
}

/** Taking one back uses it up. */
async function freshInvitations(): Promise<void> {
  for (const where of ['own', 'other'] as const) {
    const wish = { role: 'grid-worker', areaCode: DISTRICTS[where] };
    const answer = await agents.get('admin')?.post('/api/invitations', wish).expect(201);
    ids.invitations[where] = answer?.body.invitation.id;
  }
}

test('every route of the running router has a line, every line a route, and every cell a word', () => {
  const { stack } = (api.app as unknown as { router: { stack: { route?: { path: string; methods: object } }[] } })
    .router;
  const running = stack
    .flatMap(({ route }) => (route ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : []))
    .filter((each) => !/^(options|_all) /.test(each));
  const listed = LINES.map((line) => line.route);
  expect(running.filter((route) => !listed.includes(route))).toEqual([]);
  expect(listed.filter((route) => !running.includes(route))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
  for (const { cells } of LINES) for (const cell of Object.values(cells)) expect(['yes', 'no', 'own']).toContain(cell);
});

describe.each(LINES)('$route', ({ route, cells }) => {
  test.each(ASKERS)('%s', async (asker) => {
    if (route === 'delete /api/invitations/:id') await freshInvitations();
    if (route === 'delete /api/photos/:id') for (const where of ['own', 'other'] as const) await freshPhoto(where);
    for (const where of ['own', 'other'] as const) {
      const answer = await ask(route, asker, where);
      const expected = cells[asker] === 'no' || (cells[asker] === 'own' && where === 'other');
      expect({ where, refused: isRefusal(answer, asker) }).toEqual({ where, refused: expected });
      if (route.includes(' /api/')) expect(answer.status).toBeLessThan(500);
    }
    if (route === 'delete /api/session') await signInAll();
  });
});
