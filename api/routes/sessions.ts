// /api/sessions: where an account is signed in, and ending it there.

import { ROLES } from '../../data/account.ts';
import { actorOf } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { sessionAnswer } from '../desk-answers.ts';
import { words } from '../parameters.ts';
import { Problem } from '../problem.ts';
import { sendNothing, sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';

export function sessionsRoutes({ store, headers }: AppContext): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/sessions',
      access: { roles: ROLES },
      query: { account: words(40, '谁的，账号的编号；不写就是自己的。别人的只有市级管理员能看') },
      operation: {
        id: 'listSessions',
        tag: '账号',
        summary: '在哪些设备上登录着',
        answers: {
          200: { description: '新的在前', content: { 'application/json': 'SessionList' } },
          404: { description: '没有这个账号' },
        },
      },
      async handle(_request, response, query, _body, { stored, sessionId }) {
        const isOwn = query.account === undefined || query.account === stored.id;
        if (!isOwn && stored.role !== 'admin') throw new Problem('not-allowed', '别人的登录只有市级管理员能看');
        const account = isOwn ? stored : await store.desk.accounts.get(query.account ?? '');
        if (!account) throw new Problem('not-found', '没有这个账号');
        const sessions = await store.desk.sessions.of(account);
        sendOwn(response, headers, { items: sessions.map((each) => sessionAnswer(each, sessionId)), next: null });
      },
    }),
    route({
      method: 'delete',
      path: '/api/sessions/:id',
      access: { roles: ROLES },
      operation: {
        id: 'endSession',
        tag: '账号',
        summary: '让一台设备退出',
        pathParameters: { id: '列表里的编号' },
        answers: { 204: { description: '退出了，马上生效' }, 404: { description: '没有这次登录，或不是自己的' } },
      },
      async handle(request, response, _query, _body, { account }) {
        const owner = account.role === 'admin' ? undefined : account.id;
        const isClosed = await store.desk.sessions.close(String(request.params.id), actorOf(account), owner);
        if (!isClosed) throw new Problem('not-found', '没有这次登录，可能已经退出了');
        sendNothing(response, headers);
      },
    }),
  ];
}
