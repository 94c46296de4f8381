// /api/pending-acts: what one administrator proposed and another has to approve.

import type { Role } from '../../data/account.ts';
import { actorOf } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { pendingActAnswer } from '../desk-answers.ts';
import { Problem } from '../problem.ts';
import { sendNothing, sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';

const ADMIN: readonly Role[] = ['admin'];
const ID = { id: '列表里的编号' };

export function pendingActRoutes({ store, headers }: AppContext): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/pending-acts',
      access: { roles: ADMIN },
      operation: {
        id: 'listPendingActs',
        tag: '账号',
        summary: '等第二个人同意的事',
        description: '只有一位管理员时，等满 24 小时自己执行，在那以前可以取消。',
        answers: { 200: { description: '先提的在前', content: { 'application/json': 'PendingActList' } } },
      },
      async handle(_request, response, _query, _body, { account }) {
        const acts = await store.desk.pendingActs.list();
        const names = await store.desk.accounts.displayNames(acts.map((act) => act.proposedBy));
        sendOwn(response, headers, { items: acts.map((act) => pendingActAnswer(act, names, account)), next: null });
      },
    }),
    route({
      method: 'post',
      path: '/api/pending-acts/:id/approval',
      access: { roles: ADMIN, isDangerous: true },
      operation: {
        id: 'approvePendingAct',
        tag: '账号',
        summary: '同意',
        pathParameters: ID,
        answers: {
          204: { description: '同意了，已经执行' },
          404: { description: '没有这件事，或已经执行、取消' },
          409: { description: '自己提的，要别人同意' },
        },
      },
      async handle(request, response, _query, _body, { account }) {
        const result = await store.desk.pendingActs.approve(String(request.params.id), account);
        if (result === undefined) throw gone();
        if (result === 'own') throw new Problem('own-proposal', '自己提的要另一位管理员同意');
        sendNothing(response, headers);
      },
    }),
    route({
      method: 'delete',
      path: '/api/pending-acts/:id',
      access: { roles: ADMIN },
      operation: {
        id: 'callOffPendingAct',
        tag: '账号',
        summary: '取消',
        pathParameters: ID,
        answers: { 204: { description: '取消了' }, 404: { description: '没有这件事，或已经执行、取消' } },
      },
      async handle(request, response, _query, _body, { account }) {
        if (!(await store.desk.pendingActs.callOff(String(request.params.id), actorOf(account)))) throw gone();
        sendNothing(response, headers);
      },
    }),
  ];
}

function gone(): Problem {
  return new Problem('not-found', '没有这件等人同意的事，可能已经执行或取消了');
}
