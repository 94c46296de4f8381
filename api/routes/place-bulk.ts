// POST /api/places/bulk: one change for many places, looked at first, then done to all or none.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Account, hasCharge, mayCurate } from '../../data/account.ts';
import {
  BULK_FIELDS,
  type BulkChanges,
  type BulkPlan,
  digestOfPlan,
  planEdits,
  whatOfBulk,
} from '../../data/bulk-edit.ts';
import {
  type BulkEditAnswer,
  type BulkEditBody,
  bulkEditSchema,
  MOST_BULK_PLACES,
} from '../../data/bulk-edit-schema.ts';
import { type DeskRow, deskPage } from '../../data/desk-list.ts';
import { placeFieldLabel } from '../../data/place-labels.ts';
import { actorOf } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import type { DeskPlaces } from '../desk-places.ts';
import { Problem, problemOf } from '../problem.ts';
import { sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';

/** Checked between two turns of the thread, so that nobody waits for them. */
const BATCH = 50;
const MOST_REFUSED_SHOWN = 100;
const MOST_SAMPLES = 50;

export function placeBulkRoutes(context: AppContext, deskPlaces: () => Promise<DeskPlaces>): Route[] {
  const { store, headers, city, now } = context;

  async function idsOf(body: BulkEditBody, account: Account): Promise<string[]> {
    if (body.ids) return [...new Set(body.ids)];
    const { kinds = [], statuses = [], q, hoursUnknown = false, reported = false, ...filter } = body.filter ?? {};
    const places = await deskPlaces();
    const open = await store.placeDesk.openReports();
    const mine: DeskRow[] = [];
    for (const row of places.rows()) if (hasCharge(account, row)) mine.push(row);
    const question = { ...filter, kinds, statuses, hoursUnknown, reported, sort: 'updatedAt' as const };
    const { rows, numberMatched } = deskPage(
      mine,
      { ...question, limit: MOST_BULK_PLACES },
      {
        nowMs: now(),
        matches: places.matcher(q),
        isReported: (row) => open.has(row.id),
        nameKey: places.nameKey,
      },
    );
    if (numberMatched <= MOST_BULK_PLACES) return rows.map((row) => row.id);
    const message = `有 ${numberMatched} 个点位，一次最多改 ${MOST_BULK_PLACES} 个；请把条件写窄一点`;
    throw problemOf([{ field: 'filter', code: 'out-of-range', message }]);
  }

  async function plan(ids: readonly string[], changes: BulkChanges, account: Account): Promise<BulkPlan> {
    const made: BulkPlan = { edits: [], unchanged: 0, refused: [] };
    const places = new Map((await store.placeDesk.many(ids)).map((place) => [place.id, place]));
    for (const id of ids) {
      if (places.has(id)) continue;
      const errors = [{ field: 'ids', code: 'not-found', message: '没有这个点位' }];
      made.refused.push({ id, name: id, errors });
    }
    const all = ids.flatMap((id) => places.get(id) ?? []);
    const refusal = (place: (typeof all)[number]) =>
      mayCurate(account, place) ? undefined : { field: 'district', code: 'not-allowed', message: '不在你负责的范围' };
    for (let i = 0; i < all.length; i += BATCH) {
      planEdits(made, all.slice(i, i + BATCH), changes, { city, nowMs: now(), refusal });
      await nextTurn();
    }
    return made;
  }

  return [
    route({
      method: 'post',
      path: '/api/places/bulk',
      access: { roles: ['admin', 'curator'] },
      body: bulkEditSchema,
      operation: {
        id: 'changePlaces',
        tag: '点位管理',
        summary: '批量修改点位',
        description: `先用 dryRun 看会怎样，再带着 expected 执行：全部改好，或一个也不改。能批量改的字段：${BULK_FIELDS.join('、')}，还有加减设施。审计里记一条，带摘要。撤销一个以上的点位要另一位管理员同意。`,
        answers: {
          200: { description: '会怎样，或改好了', content: { 'application/json': 'BulkEditAnswer' } },
          202: { description: '等另一位管理员同意', content: { 'application/json': 'BulkEditAnswer' } },
          409: { description: '有的点位不能这样改，errors 里逐个说明；一个也没有改' },
          412: { description: '预览以后有人改过；请重新预览' },
        },
      },
      async handle(_request, response, _query, body, { account }) {
        const changes = changesOf(body);
        const ids = await idsOf(body, account);
        const planned = await plan(ids, changes, account);
        const digest = digestOfPlan(planned, changes);
        const isDryRun = body.dryRun ?? false;
        const answer = answerOf(planned, { matched: ids.length, digest, isDryRun });
        if (isDryRun) return sendOwn(response, headers, answer);
        if (body.expected !== undefined && body.expected !== digest) throw changedMeanwhile();
        if (planned.refused.length > 0) throw refusedProblem(planned);
        if (changes.fields.status === 'retired' && planned.edits.length > 1) {
          const placeIds = planned.edits.map((edit) => edit.id);
          const reason = String(changes.fields.statusReason);
          const act = await store.desk.pendingActs.proposeRetirement({ placeIds, reason }, account);
          const { id, label, readyAt } = act;
          return sendOwn(response, headers, { ...answer, pendingAct: { id, label, readyAt } }, 202);
        }
        const about = { actor: actorOf(account), act: 'places.bulk-update', what: whatOfBulk(changes) };
        const { conflicts } = await store.placeDesk.editMany(planned.edits, about);
        if (conflicts.length > 0) throw changedMeanwhile();
        sendOwn(response, headers, answer);
      },
    }),
  ];
}

/** @throws Problem 400 for a field that is each place's own, or for no change at all */
function changesOf({ changes = {}, addServices = [], removeServices = [] }: BulkEditBody): BulkChanges {
  const known: readonly string[] = BULK_FIELDS;
  const strange = Object.keys(changes).filter((field) => !known.includes(field));
  if (strange.length > 0) {
    const message = `不能批量改，请一个一个改；能批量改的是 ${BULK_FIELDS.map(placeFieldLabel).join('、')}`;
    throw problemOf(
      strange.slice(0, 20).map((field) => ({ field: `changes.${field}`, code: 'unknown-value', message })),
    );
  }
  if (Object.keys(changes).length + addServices.length + removeServices.length === 0) {
    throw problemOf([{ field: 'changes', code: 'unknown-value', message: '没有写要改什么' }]);
  }
  return { fields: changes, addServices, removeServices };
}

function answerOf(
  { edits, unchanged, refused }: BulkPlan,
  { matched, digest, isDryRun }: { matched: number; digest: string; isDryRun: boolean },
): BulkEditAnswer {
  return {
    dryRun: isDryRun,
    matched,
    changing: edits.length,
    unchanged,
    refused: refused.slice(0, MOST_REFUSED_SHOWN),
    refusedCount: refused.length,
    sample: edits.slice(0, MOST_SAMPLES).map(({ id, name, fields }) => ({
      id,
      name,
      fields: Object.entries(fields).map(([field, { from, to }]) => ({
        field,
        label: placeFieldLabel(field),
        from: from ?? null,
        to: to ?? null,
      })),
    })),
    digest,
    pendingAct: null,
  };
}

function changedMeanwhile(): Problem {
  return new Problem('version-conflict', '预览以后有人改过其中的点位；一个也没有改，请重新预览');
}

function refusedProblem({ refused }: BulkPlan): Problem {
  const errors = refused
    .slice(0, MOST_REFUSED_SHOWN)
    .flatMap(({ id, errors: each }) => each.map((error) => ({ ...error, field: `${id}.${error.field}` })));
  const [first] = refused;
  const why = first ? `${first.name}：${first.errors[0]?.message ?? ''}` : '';
  return new Problem('not-now', `有 ${refused.length} 个点位不能这样改，一个也没有改。${why}`, errors);
}
