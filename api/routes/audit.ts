// The audit for those who answer for the desk: read, exported, and checked for gaps.

import { once } from 'node:events';
import type { Response } from 'express';
import type { Account } from '../../data/account.ts';
import { actLabel, whoOf } from '../../data/audit-labels.ts';
import { CSV_BYTE_ORDER_MARK, csvLine } from '../../data/csv.ts';
import type { AuditQuery, ListedAct } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { instant, type Parameter, wholeBetween, words } from '../parameters.ts';
import { problemOf } from '../problem.ts';
import { sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { optional } from './desk-places.ts';

const READERS = { roles: ['admin', 'curator'], scope: 'audit:read' } as const;
const LAST = 1_000_000_000;
/** Rows of an export that are read at once. */
const EXPORT_BATCH = 500;
const CSV_TYPE = 'text/csv; charset=utf-8';

const FILTERS = {
  actor: words(60, '谁做的：账号的编号，或 riders'),
  act: words(60, '做了什么，例如 place.update；以点结尾是一类，例如 place.'),
  subject: words(80, '对什么做的，例如点位的编号'),
  from: instant('从这时起'),
  to: instant('到这时为止，不含'),
};

export function auditRoutes(context: AppContext): Route[] {
  const { store, headers, auditHeads } = context;
  return [
    route({
      method: 'get',
      path: '/api/audit',
      access: READERS,
      query: {
        ...FILTERS,
        limit: wholeBetween(1, 200, 50, '每页几条'),
        cursor: wholeBetween(1, LAST, LAST, '翻页标记，从上一页的 next 得来'),
      },
      operation: {
        id: 'listAudit',
        tag: '审计',
        summary: '审计记录',
        description: '新的在前。区街管理员看到自己做的，和对自己区域里的点位做的。',
        answers: { 200: { description: '一页记录', content: { 'application/json': 'AuditList' } } },
      },
      async handle(_request, response, { limit, cursor, ...filter }, _body, { account }) {
        const rows = await store.audit.list({ ...queryOf(filter, account), before: cursor, limit: limit + 1 });
        const page = rows.slice(0, limit);
        const last = page.at(-1);
        const items = await actAnswers(context, page);
        sendOwn(response, headers, { items, next: last && rows.length > limit ? String(last.sequence) : null });
      },
    }),
    route({
      method: 'get',
      path: '/api/audit/export',
      access: READERS,
      query: FILTERS,
      operation: {
        id: 'exportAudit',
        tag: '审计',
        summary: '导出审计记录',
        description: 'CSV，UTF-8，带表头，新的在前，带每条的校验值。以公式开头的文字前面加一个撇号。',
        answers: { 200: { description: '文件', content: { 'text/csv': { type: 'string' } } } },
      },
      async handle(_request, response, filter, _body, { account }) {
        const query = queryOf(filter, account);
        response.writeHead(200, {
          ...headers.own,
          'Content-Type': CSV_TYPE,
          'Cache-Control': 'no-store',
          'Content-Disposition': 'attachment; filename="audit.csv"',
        });
        await write(response, CSV_BYTE_ORDER_MARK + csvLine(CSV_HEAD));
        for (let before = LAST; ; ) {
          const rows = await store.audit.list({ ...query, before, limit: EXPORT_BATCH });
          const acts = await actAnswers(context, rows);
          await write(response, acts.map((act, i) => csvLine(csvCells(act, rows[i]?.hash ?? ''))).join(''));
          const last = rows.at(-1);
          if (!last || rows.length < EXPORT_BATCH) break;
          before = last.sequence;
        }
        response.end();
      },
    }),
    route({
      method: 'get',
      path: '/api/audit/verification',
      access: { roles: ['admin'], scope: 'audit:read' },
      query: {
        sequence: optional(wholeBetween(0, LAST, 0, '以前抄下的链头：第几条')),
        hash: hexHash(),
      },
      operation: {
        id: 'verifyAudit',
        tag: '审计',
        summary: '查审计记录有没有被改过',
        description:
          '每条记录带着前一条的校验值，改、删、换位置都能查出来。末尾被截掉要和以前的链头比：不写就和最近一次导出到日志的比。',
        answers: { 200: { description: '结论', content: { 'application/json': 'AuditVerdict' } } },
      },
      async handle(_request, response, { sequence, hash }) {
        if ((sequence === undefined) !== (hash === undefined)) {
          const field = sequence === undefined ? 'sequence' : 'hash';
          throw problemOf([{ field, code: 'missing-parameter', message: 'sequence 和 hash 要一起写' }]);
        }
        const given = sequence !== undefined && hash !== undefined ? { sequence, hash } : undefined;
        const exported = auditHeads.last();
        const verdict = await store.audit.verify(given ?? exported ?? undefined);
        sendOwn(response, headers, {
          ok: verdict.ok,
          message: verdict.ok ? `审计记录共 ${verdict.head.sequence} 条，完整` : verdict.message,
          problem: verdict.ok ? null : verdict.problem,
          sequence: verdict.ok ? null : verdict.sequence,
          head: verdict.ok ? verdict.head : null,
          comparedWith: given ? null : exported,
        });
      },
    }),
  ];
}

type Filter = { [Name in keyof typeof FILTERS]: (typeof FILTERS)[Name] extends Parameter<infer Value> ? Value : never };

function queryOf({ from, to, ...filter }: Filter, account: Account): Omit<AuditQuery, 'limit'> {
  const at = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  // A curator's area is never null: without one, nothing but its own acts would be shown.
  const only = account.role === 'admin' ? undefined : { accountId: account.id, areaCode: account.areaCode ?? '?' };
  return { ...filter, from: at(from), until: at(to), only };
}

/** Names are looked up when they are read: the chain holds ids. */
async function actAnswers({ store }: Pick<AppContext, 'store'>, rows: readonly ListedAct[]) {
  const names = await store.desk.accounts.displayNames(rows.map((row) => row.actor_name));
  const subjects = [...new Set(rows.flatMap((row) => row.subject ?? []))];
  const places = new Map((await store.placeDesk.many(subjects)).map((place) => [place.id, place.name]));
  return rows.map((row) => ({
    sequence: row.sequence,
    at: row.at,
    who: whoOf({ kind: row.actor_kind, name: row.actor_name }, names),
    actor: row.actor_name,
    act: row.act,
    actLabel: actLabel(row.act),
    subject: row.subject,
    subjectName: (row.subject !== null && places.get(row.subject)) || null,
    details: JSON.parse(row.details) as Record<string, unknown>,
  }));
}

const CSV_HEAD = ['序号', '时间', '谁', '账号', '做了什么', '代码', '对象', '对象名称', '内容', '校验值'];

function csvCells(act: Awaited<ReturnType<typeof actAnswers>>[number], hash: string): (string | number | null)[] {
  const { sequence, at, who, actor, actLabel: label, act: code, subject, subjectName, details } = act;
  return [sequence, at, who.name, actor, label, code, subject, subjectName, JSON.stringify(details), hash];
}

/** Waits while the reader is slower than the database; one who has gone away ends it. */
async function write(response: Response, text: string): Promise<void> {
  if (text === '' || response.write(text)) return;
  await Promise.race([once(response, 'drain'), once(response, 'close')]);
}

function hexHash(): Parameter<string | undefined> {
  return {
    description: '以前抄下的链头：校验值',
    schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    absent: undefined,
    parse: (text) =>
      /^[0-9a-f]{64}$/.test(text)
        ? { value: text }
        : { fault: { code: 'unknown-value', message: '要写 64 位的小写十六进制' } },
  };
}
