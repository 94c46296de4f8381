// GET /api/places/:id/history, POST /api/places/:id/revert: what was changed, by whom, and back again.

import { ROLES } from '../../data/account.ts';
import { actLabel, whoOf } from '../../data/audit-labels.ts';
import type { Place } from '../../data/place.ts';
import { revertSchema } from '../../data/place-desk-schema.ts';
import { type Fields, READ_ONLY_FIELDS, revertedServices } from '../../data/place-edit.ts';
import { checkEdit } from '../../data/place-edit-rules.ts';
import { placeFieldLabel } from '../../data/place-labels.ts';
import { confirmerOf } from '../../data/quick-act.ts';
import { isRedacted } from '../../data/store/audit.ts';
import { actorOf, type PlaceVersion } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { PLACE_PARAMETER, placeGone } from '../creation.ts';
import { anyPlace, requireCharge, requireCuration, VERSION_HEADER } from '../desk-place.ts';
import { wholeBetween } from '../parameters.ts';
import { problemOf } from '../problem.ts';
import { sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { conflictProblem, EDIT_PROBLEMS, requireVersion, sendPlace } from './place-edits.ts';

const LAST = 1_000_000_000;

export function placeHistoryRoutes(context: AppContext): Route[] {
  const { store, headers, city, now } = context;
  return [
    route({
      method: 'get',
      path: '/api/places/:id/history',
      access: { roles: ROLES, scope: 'places:read' },
      query: {
        limit: wholeBetween(1, 100, 20, '每页几个'),
        cursor: wholeBetween(1, LAST, LAST, '翻页标记，从上一页的 next 得来'),
      },
      operation: {
        id: 'readPlaceHistory',
        tag: '点位管理',
        summary: '一个点位的修改记录',
        description: '新的在前。骑手的核实也在里面。',
        pathParameters: PLACE_PARAMETER,
        answers: {
          200: { description: '一页记录', content: { 'application/json': 'PlaceHistory' } },
          403: { description: '不在你负责的范围' },
          404: { description: '没有这个点位' },
        },
      },
      async handle(request, response, { limit, cursor }, _body, { account }) {
        const place = await anyPlace(context, request);
        requireCharge(account, place);
        const versions = await store.placeDesk.versions(place.id, { before: cursor, limit: limit + 1 });
        const page = versions.slice(0, limit);
        const names = await store.desk.accounts.displayNames(page.map((each) => each.actor.name));
        const last = page.at(-1);
        sendOwn(response, headers, {
          items: page.map((each) => versionAnswer(each, names)),
          next: last && versions.length > limit ? String(last.version) : null,
        });
      },
    }),
    route({
      method: 'post',
      path: '/api/places/:id/revert',
      access: { roles: ['admin', 'curator'] },
      body: revertSchema,
      operation: {
        id: 'revertPlace',
        tag: '点位管理',
        summary: '回到旧版本',
        description:
          '把字段改回那一版的样子，记成一个新版本。核实时间、设施的核实、数车的结果不动；公开电话当时的值没有留下来，带不回来，在 notReverted 里说。',
        pathParameters: PLACE_PARAMETER,
        headers: VERSION_HEADER,
        answers: {
          200: { description: '改回去了', content: { 'application/json': 'DeskPlace' } },
          ...EDIT_PROBLEMS,
        },
      },
      async handle(request, response, _query, { version: wanted }, { account }) {
        const place = await anyPlace(context, request);
        requireCuration(account, place);
        const version = await requireVersion(context, request, place, {});
        const earlier = wanted < version ? await store.placeDesk.atVersion(place, wanted) : undefined;
        if (!earlier) {
          const message = wanted < version ? '那一版的记录没有留下来' : `要写比现在（第 ${version} 版）早的版本`;
          throw problemOf([{ field: 'version', code: 'unknown-value', message }]);
        }
        const { next, changes } = checkEdit(place, asItWas(place, earlier.fields), city, now());
        requireCuration(account, next);
        const expected = { version, actor: actorOf(account), by: confirmerOf(account.role), act: 'place.revert' };
        const result = await store.placeDesk.edit(place.id, changes, expected);
        if (!result) throw placeGone();
        if ('conflict' in result) throw await conflictProblem(context, result.conflict, version, {});
        const notReverted = earlier.lost.map((field) => ({
          field,
          reason: `${placeFieldLabel(field)}以前的值没有留下来，保持现在的`,
        }));
        await sendPlace(context, response, result.place, account, { also: { notReverted } });
      },
    }),
  ];
}

/** Everything that an edit may change as it was, and all else as it is. */
function asItWas(place: Place, earlier: Fields): Fields {
  const kept = Object.fromEntries(READ_ONLY_FIELDS.map((field) => [field, (place as Fields)[field]]));
  const services = revertedServices(place.services, earlier.services as Place['services']);
  return Object.fromEntries(
    Object.entries({ ...earlier, ...kept, services }).filter(([field]) => Object.hasOwn(place, field)),
  );
}

function versionAnswer({ version, at, actor, act, fields }: PlaceVersion, names: ReadonlyMap<string, string>) {
  return {
    version,
    at,
    who: whoOf(actor, names),
    act,
    actLabel: actLabel(act),
    fields: Object.entries(fields)
      .filter(([field]) => field !== 'version' && field !== 'updatedAt')
      .map(([field, { from, to }]) => ({
        field,
        label: placeFieldLabel(field),
        from: from ?? null,
        to: to ?? null,
        isRedacted: isRedacted(field, from) || isRedacted(field, to),
      })),
  };
}
