// The desk's places: the table with its filters, one place whole, and whom to call about it.

import { type Account, AREA_CODE, hasCharge, PLACE_ROLES, ROLES } from '../../data/account.ts';
import { emptySchema } from '../../data/check-in-schema.ts';
import { DESK_SORTS, type DeskPosition, type DeskRow, deskPage } from '../../data/desk-list.ts';
import { metresBetween, PLACE_KINDS, PLACE_STATUSES, POSITION_QUALITIES, type Point } from '../../data/place.ts';
import { contactBodySchema, type DeskRowAnswer } from '../../data/place-desk-schema.ts';
import { actorOf } from '../../data/store/store.ts';
import { checkPosition } from '../area.ts';
import type { AppContext } from '../context.ts';
import { PLACE_PARAMETER } from '../creation.ts';
import { anyPlace, deskPlace, openContact, requireCharge, requireCuration, sealContact } from '../desk-place.ts';
import type { DeskPlaces } from '../desk-places.ts';
import { coordinate, flag, listOf, oneOf, type Parameter, wholeBetween, words } from '../parameters.ts';
import { Problem, problemOf } from '../problem.ts';
import { JSON_TYPE, send, sendCompressed, sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';

const READ_PROBLEMS = { 403: { description: '不在你负责的范围' }, 404: { description: '没有这个点位' } };

export function deskPlaceRoutes(context: AppContext, deskPlaces: () => Promise<DeskPlaces>): Route[] {
  const { store, secret, headers, city, now } = context;
  return [
    route({
      method: 'get',
      path: '/api/desk/places',
      access: { roles: ROLES, scope: 'places:read' },
      query: {
        kinds: listOf(PLACE_KINDS, '类别，任一'),
        statuses: listOf(PLACE_STATUSES, '状态，任一'),
        area: areaCode(),
        quality: oneOf(POSITION_QUALITIES, '位置精度'),
        hoursUnknown: flag('只看开放时间未知的'),
        unverifiedDays: optional(wholeBetween(0, 3650, 0, '超过这么多天没核实的，没核实过的也算')),
        demo: optional(flag('只看演示的 true，只看真实的 false')),
        reported: flag('只看有没办结的反映的'),
        mine: flag('只看自己负责的'),
        q: words(40, '名称、别名、地址、短码、拼音'),
        sort: oneOf(DESK_SORTS, '排序：最久没核实、名称、最近修改、离 lng,lat 近'),
        lng: optional(coordinate('经度，距离从这里算')),
        lat: optional(coordinate('纬度')),
        limit: wholeBetween(1, 200, 50, '每页几个'),
        cursor: cursor(),
      },
      operation: {
        id: 'listDeskPlaces',
        tag: '点位管理',
        summary: '点位表：所有状态',
        description:
          '管理员不写 area 时看自己的区域，写 area=all 看全市。驻点负责人和商户只看自己的点位，网格员只看自己的区域。位置是在地图上点的，不是测的。',
        answers: { 200: { description: '一页点位', content: { 'application/json': 'DeskPlaceList' } } },
      },
      async handle(request, response, query, _body, { account }) {
        const places = await deskPlaces();
        const from = pickedPoint(query, city);
        if (query.sort === 'distance' && !from) {
          throw problemOf([{ field: 'lng', code: 'missing-parameter', message: '按距离排要写 lng 和 lat' }]);
        }
        const open = await store.placeDesk.openReports();
        const { cursor: after, q, area, mine, sort = 'unverifiedSince', ...filter } = query;
        const question = { ...filter, area: areaOf(account, area), sort, from, after };
        const page = deskPage(visibleRows(places, account, mine), question, {
          nowMs: now(),
          matches: places.matcher(q),
          isReported: (row) => open.has(row.id),
          nameKey: places.nameKey,
        });
        const items = page.rows.map((row) => rowAnswer(row, account, open, from));
        const { numberMatched, counts } = page;
        const body = { items, next: page.next && writeCursor(page.next), numberMatched, counts };
        const answer = { headers: headers.own, type: JSON_TYPE, cache: 'no-store' };
        await sendCompressed(request, response, answer, Buffer.from(JSON.stringify(body)));
      },
    }),
    route({
      method: 'get',
      path: '/api/desk/places/:id',
      access: { roles: ROLES, scope: 'places:read' },
      operation: {
        id: 'readDeskPlace',
        tag: '点位管理',
        summary: '一个点位的全部，任何状态',
        description: 'ETag 是它的版本，修改时写在 If-Match 里。',
        pathParameters: PLACE_PARAMETER,
        answers: {
          200: { description: '点位', content: { 'application/json': 'DeskPlace' } },
          ...READ_PROBLEMS,
        },
      },
      async handle(request, response, _query, _body, { account }) {
        const place = await anyPlace(context, request);
        // Curators look across the borders of their areas; others see what is theirs.
        if (account.role !== 'curator') requireCharge(account, place);
        const etag = `"${place.version}"`;
        const answer = { headers: headers.own, type: JSON_TYPE, cache: 'no-store', etag };
        send(response, answer, JSON.stringify(await deskPlace(context, place, account)));
      },
    }),
    route({
      method: 'post',
      path: '/api/places/:id/contact',
      access: { roles: ['admin', 'curator'] },
      body: contactBodySchema,
      operation: {
        id: 'setPlaceContact',
        tag: '点位管理',
        summary: '写下或删掉驻点联系人',
        description: '加密保存，不公开，也不进修改记录；审计只记改过。',
        pathParameters: PLACE_PARAMETER,
        answers: {
          200: { description: '记下了', content: { 'application/json': 'DeskPlace' } },
          ...READ_PROBLEMS,
        },
      },
      async handle(request, response, _query, { contact }, { account }) {
        const place = await anyPlace(context, request);
        requireCuration(account, place);
        const sealed = contact && sealContact(secret, place.id, contact);
        await store.placeDesk.setContact(place.id, sealed, actorOf(account));
        sendOwn(response, headers, await deskPlace(context, place, account));
      },
    }),
    route({
      method: 'post',
      path: '/api/places/:id/phone-reveals',
      access: { roles: ['admin', 'curator', 'grid-worker'] },
      body: emptySchema,
      operation: {
        id: 'revealPlacePhone',
        tag: '点位管理',
        summary: '看驻点联系人的电话全号',
        description: '谁在什么时候看过，审计里有。',
        pathParameters: PLACE_PARAMETER,
        answers: {
          200: { description: '联系人', content: { 'application/json': 'PlaceContact' } },
          ...READ_PROBLEMS,
        },
      },
      async handle(request, response, _query, _body, { account }) {
        const place = await anyPlace(context, request);
        requireCharge(account, place);
        const sealed = await store.placeDesk.revealContact(place.id, actorOf(account));
        if (!sealed) throw new Problem('not-found', '这个点位没有留联系人');
        sendOwn(response, headers, openContact(secret, place.id, sealed));
      },
    }),
  ];
}

/** What somebody may see of the table; curators see all, and start with their own. */
function* visibleRows(places: DeskPlaces, account: Account, isMine: boolean): Iterable<DeskRow> {
  if (PLACE_ROLES.includes(account.role)) {
    for (const id of account.placeIds) {
      const row = places.get(id);
      if (row) yield row;
    }
    return;
  }
  const isAll = account.role === 'admin' || (account.role === 'curator' && !isMine);
  for (const row of places.rows()) if (isAll || hasCharge(account, row)) yield row;
}

function areaOf(account: Account, asked: string | undefined): string | undefined {
  if (asked === 'all') return undefined;
  if (asked !== undefined) return asked;
  return account.role === 'curator' ? (account.areaCode ?? undefined) : undefined;
}

export function rowAnswer(
  row: DeskRow,
  account: Account,
  open: ReadonlyMap<string, number>,
  from: Point | undefined,
): DeskRowAnswer {
  return {
    ...row,
    aliases: [...row.aliases],
    brokenServices: [...row.brokenServices],
    openReports: open.get(row.id) ?? 0,
    distanceMetres: from ? Math.round(metresBetween(from, row.point)) : null,
    mine: hasCharge(account, row),
  };
}

/** A point that somebody picked; both or neither. @throws Problem 400 */
export function pickedPoint(
  { lng, lat }: { lng: number | undefined; lat: number | undefined },
  city: AppContext['city'],
): Point | undefined {
  if (lng === undefined && lat === undefined) return undefined;
  if (lng === undefined || lat === undefined) {
    const field = lng === undefined ? 'lng' : 'lat';
    throw problemOf([{ field, code: 'missing-parameter', message: 'lng 和 lat 要一起写' }]);
  }
  checkPosition(city, [lng, lat]);
  return [lng, lat];
}

/** The same parameter when it may be left out. */
export function optional<Value>(parameter: Parameter<Value>): Parameter<Value | undefined> {
  const { required: _, ...rest } = parameter;
  return { ...rest, absent: undefined };
}

function areaCode(): Parameter<string | undefined> {
  return {
    description: '区县、街道或社区代码；all 是全市',
    schema: { type: 'string' },
    absent: undefined,
    parse: (text) =>
      text === 'all' || AREA_CODE.test(text)
        ? { value: text }
        : { fault: { code: 'unknown-value', message: '要写 6、9 或 12 位的区域代码，或 all' } },
  };
}

function writeCursor({ key, id }: DeskPosition): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

function cursor(): Parameter<DeskPosition | undefined> {
  return {
    description: '翻页标记，从上一页的 next 得来',
    schema: { type: 'string' },
    absent: undefined,
    parse(text) {
      const position = readCursor(text);
      return position ? { value: position } : { fault: { code: 'bad-cursor', message: '要原样用上一页 next 里的值' } };
    },
  };
}

function readCursor(text: string): DeskPosition | undefined {
  if (!/^[A-Za-z0-9_-]{1,1000}$/.test(text)) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(read) || read.length !== 2) return undefined;
    const [key, id]: unknown[] = read;
    const isKey = typeof key === 'string' || typeof key === 'number';
    return isKey && typeof id === 'string' ? { key, id } : undefined;
  } catch {
    return undefined;
  }
}
