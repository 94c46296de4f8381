// Making and changing places at the desk: POST /api/places, PATCH /api/places/:id. What is changed for a version that is no
// longer the last is refused with both sides, so that a screen can show them and lose neither.

import type { Request, Response } from 'express';
import { type Account, mayCurate } from '../../data/account.ts';
import { whoOf } from '../../data/audit-labels.ts';
import type { Place } from '../../data/place.ts';
import { newPlaceSchema, placePatchSchema } from '../../data/place-desk-schema.ts';
import { conflictsBetween, type Fields } from '../../data/place-edit.ts';
import { patchedPlace, readEdit, readNewPlace } from '../../data/place-edit-rules.ts';
import { placeFieldLabel } from '../../data/place-labels.ts';
import { confirmerOf } from '../../data/quick-act.ts';
import { actorOf } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { IDEMPOTENCY_HEADER, PLACE_PARAMETER, placeGone } from '../creation.ts';
import { anyPlace, deskPlace, expectedVersion, requireCuration, VERSION_HEADER } from '../desk-place.ts';
import { onceFor } from '../idempotency.ts';
import { Problem } from '../problem.ts';
import { JSON_TYPE, send } from '../reply.ts';
import { type Route, route } from '../route.ts';

const CURATORS = { roles: ['admin', 'curator'], scope: 'places:write' } as const;
export const EDIT_PROBLEMS = {
  403: { description: '不在你负责的范围' },
  404: { description: '没有这个点位' },
  412: { description: '别人先改了：conflict 里有现在的点位、两边各改了哪些字段、谁改的' },
  428: { description: '没有带 If-Match' },
};

export function placeEditRoutes(context: AppContext): Route[] {
  const { store, secret, city, now } = context;
  return [
    route({
      method: 'post',
      path: '/api/places',
      access: CURATORS,
      body: newPlaceSchema,
      operation: {
        id: 'createPlace',
        tag: '点位管理',
        summary: '新建点位',
        description: '新建不算核实。坐标 WGS-84。',
        headers: IDEMPOTENCY_HEADER,
        answers: {
          201: { description: '建好了，Location 是它的网址', content: { 'application/json': 'DeskPlace' } },
          403: { description: '不在你负责的范围' },
          409: { description: '编号已经有了' },
        },
      },
      async handle(request, response, _query, body, { account }) {
        const once = onceFor(secret, request, { sender: account.id, content: JSON.stringify(body) });
        const draft = readNewPlace(body, city);
        if (!mayCurate(account, { ...draft, id: draft.id ?? '' })) {
          throw new Problem('not-allowed', '这个点位所在的区域不在你负责的范围', [
            { field: 'district', code: 'not-allowed', message: `你负责的是 ${account.areaCode}` },
          ]);
        }
        const place = await store.placeDesk.create(draft, actorOf(account), once);
        await sendPlace(context, response, place, account, { status: 201, location: `/api/places/${place.id}` });
      },
    }),
    route({
      method: 'patch',
      path: '/api/places/:id',
      access: CURATORS,
      body: placePatchSchema,
      operation: {
        id: 'changePlace',
        tag: '点位管理',
        summary: '修改点位',
        description:
          'JSON Merge Patch（RFC 7396）：没写的不变，null 是去掉，列表整个替换。修改不算核实；改了设施的状态，它的核实时间就没有了。暂停、存疑、撤销、驳回要写 statusReason。',
        pathParameters: PLACE_PARAMETER,
        headers: VERSION_HEADER,
        answers: {
          200: { description: '改好了', content: { 'application/json': 'DeskPlace' } },
          ...EDIT_PROBLEMS,
        },
      },
      async handle(request, response, _query, patch, { account }) {
        const place = await anyPlace(context, request);
        requireCuration(account, place);
        const version = expectedVersion(request);
        if (place.version !== version) throw await conflictProblem(context, place, version, patch);
        const { next, changes } = readEdit(place, patch, city, now());
        requireCuration(account, next);
        const expected = { version, actor: actorOf(account), by: confirmerOf(account.role) };
        const result = await store.placeDesk.edit(place.id, changes, expected);
        if (!result) throw placeGone();
        if ('conflict' in result) throw await conflictProblem(context, result.conflict, version, patch);
        await sendPlace(context, response, result.place, account);
      },
    }),
  ];
}

/** What the desk gets after a change: the whole place, with its version as the tag to change it again. */
export async function sendPlace(
  context: AppContext,
  response: Response,
  place: Place,
  account: Account,
  { status = 200, location, also = {} }: { status?: number; location?: string; also?: object } = {},
): Promise<void> {
  const body = { ...(await deskPlace(context, place, account)), ...also };
  const headers = { ...context.headers.own, ...(location !== undefined && { Location: location }) };
  const answer = { status, headers, type: JSON_TYPE, cache: 'no-store', etag: `"${place.version}"` };
  send(response, answer, JSON.stringify(body));
}

/** Enough to say who was there meanwhile. */
const MOST_CHANGES_SHOWN = 20;

/**
 * Two edits of one version: the place as it is now, what either side changed since the version that both had, and who did.
 * Where the history does not reach back to that version, there is no telling the sides apart, and `fields` is null.
 */
export async function conflictProblem(
  { store }: Pick<AppContext, 'store'>,
  current: Place,
  version: number,
  patch: Fields,
): Promise<Problem> {
  const [earlier, versions] = await Promise.all([
    store.placeDesk.atVersion(current, version),
    store.placeDesk.versions(current.id, { limit: MOST_CHANGES_SHOWN }),
  ]);
  const later = versions.filter((each) => each.version > version);
  const names = await store.desk.accounts.displayNames(later.map((each) => each.actor.name));
  const by = later.map((each) => ({ version: each.version, at: each.at, who: whoOf(each.actor, names) }));
  const fields =
    earlier &&
    conflictsBetween(earlier.fields, patchedPlace(earlier.fields, patch), current).map((each) => ({
      ...each,
      label: placeFieldLabel(each.field),
    }));
  const who = [...new Set(by.map((each) => each.who.name))].join('、');
  const detail = who
    ? `${who}先改了，现在是第 ${current.version} 版，你看到的是第 ${version} 版；请核对两边的改动`
    : `没有第 ${version} 版，现在是第 ${current.version} 版；请重新打开`;
  const conflict = { current, version: current.version, changes: by, fields: fields ?? null };
  return new Problem('version-conflict', detail, [], { ETag: `"${current.version}"` }, conflict);
}

/** The version that a request was made out for, or why it cannot be. @throws Problem 412, 428 */
export async function requireVersion(
  context: Pick<AppContext, 'store'>,
  request: Request,
  place: Place,
  patch: Fields,
): Promise<number> {
  const version = expectedVersion(request);
  if (place.version !== version) throw await conflictProblem(context, place, version, patch);
  return version;
}
