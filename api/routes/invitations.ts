// /api/invitations: a link that makes one account, or gives one new credentials. Its token stands behind the `#`, which
// browsers send to nobody.

import type { Role } from '../../data/account.ts';
import { newInvitationSchema } from '../../data/account-schema.ts';
import { actorOf } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { IDEMPOTENCY_HEADER } from '../creation.ts';
import { invitationAnswer } from '../desk-answers.ts';
import { onceFor } from '../idempotency.ts';
import { requireConfirmed } from '../identity.ts';
import { createInvitation, newInvitationAnswer } from '../invite.ts';
import { createdCursor, pageOf } from '../page-cursor.ts';
import { wholeBetween } from '../parameters.ts';
import { areaOf, checkedPost, phoneLookup } from '../posts.ts';
import { Problem } from '../problem.ts';
import { sendNothing, sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';

const ROLES_THAT_INVITE: readonly Role[] = ['admin', 'curator'];

export function invitationRoutes(context: AppContext): Route[] {
  const { store, secret, headers, now } = context;
  return [
    route({
      method: 'post',
      path: '/api/invitations',
      access: { roles: ROLES_THAT_INVITE },
      body: newInvitationSchema,
      operation: {
        id: 'createInvitation',
        tag: '账号',
        summary: '邀请',
        description:
          '得到一个 7 天内有效、只能用一次的链接。市级管理员谁都可以邀请；邀请市级管理员要另一位管理员同意，链接才能用。区街管理员可以邀请本区划内的网格员和驻点负责人。',
        headers: IDEMPOTENCY_HEADER,
        answers: {
          201: { description: '链接只给这一次', content: { 'application/json': 'NewInvitation' } },
          403: { description: '不在负责的范围，或要再输一次密码' },
          409: { description: '手机号有人用了' },
        },
      },
      async handle(request, response, _query, body, signedIn) {
        const post = await checkedPost(context, signedIn, body);
        if (post.role === 'admin') requireConfirmed(signedIn, now());
        const { phone } = body;
        if (phone !== undefined && (await store.desk.accounts.known('phone_lookup', phoneLookup(secret, phone)))) {
          throw new Problem('phone-taken', '这个手机号已经有账号了');
        }
        const once = onceFor(secret, request, { sender: signedIn.account.id, content: JSON.stringify(body) });
        const wish = { post, phone, accountId: null, isHeld: post.role === 'admin' };
        const made = await createInvitation(context, wish, signedIn.account, once);
        sendOwn(response, headers, await newInvitationAnswer(context, made, signedIn.account), 201);
      },
    }),
    route({
      method: 'get',
      path: '/api/invitations',
      access: { roles: ROLES_THAT_INVITE },
      query: { limit: wholeBetween(1, 200, 100, '每页几个'), cursor: createdCursor() },
      operation: {
        id: 'listInvitations',
        tag: '账号',
        summary: '还没有用的邀请',
        description: '市级管理员看全部，区街管理员看自己发的和本区划的。',
        answers: { 200: { description: '先发的在前', content: { 'application/json': 'InvitationList' } } },
      },
      async handle(_request, response, { limit, cursor }, _body, signedIn) {
        const rows = await store.desk.invitations.list({ of: ownerOf(signedIn), after: cursor, limit: limit + 1 });
        const { page, next } = pageOf(rows, limit);
        const names = await store.desk.accounts.displayNames(page.map((each) => each.createdBy));
        sendOwn(response, headers, { items: page.map((each) => invitationAnswer(secret, each, names)), next });
      },
    }),
    route({
      method: 'delete',
      path: '/api/invitations/:id',
      access: { roles: ROLES_THAT_INVITE },
      operation: {
        id: 'withdrawInvitation',
        tag: '账号',
        summary: '收回邀请',
        pathParameters: { id: '列表里的编号' },
        answers: { 204: { description: '收回了，链接马上作废' }, 404: { description: '没有这个邀请，或已经用了' } },
      },
      async handle(request, response, _query, _body, signedIn) {
        const invitation = await store.desk.invitations.get(String(request.params.id));
        if (!invitation) throw gone();
        const owner = ownerOf(signedIn);
        const isOwn = owner === undefined || invitation.createdBy === owner.id;
        if (!isOwn && !invitation.areaCode?.startsWith(owner.areaCode)) {
          throw new Problem('not-allowed', '不在你负责的范围：只能收回自己发的和本区划的邀请');
        }
        if (!(await store.desk.invitations.withdraw(invitation.id, actorOf(signedIn.account)))) throw gone();
        sendNothing(response, headers);
      },
    }),
  ];
}

function ownerOf(signedIn: Parameters<typeof areaOf>[0]): { id: string; areaCode: string } | undefined {
  const areaCode = areaOf(signedIn);
  return areaCode === undefined ? undefined : { id: signedIn.account.id, areaCode };
}

function gone(): Problem {
  return new Problem('not-found', '没有这个邀请，可能已经用了或收回了');
}
