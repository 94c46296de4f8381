// /api/accounts: who works here, where they act, and what helps them when they cannot get in.

import { ACCOUNT_STATUSES, mayAppoint, PLACE_ROLES, type Post, ROLES, type Role } from '../../data/account.ts';
import { accountChangesSchema, newRoleSchema } from '../../data/account-schema.ts';
import { actorOf, type StoredAccount } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { accountAnswer, pendingActAnswer } from '../desk-answers.ts';
import type { SignedIn } from '../identity.ts';
import { createInvitation, newInvitationAnswer } from '../invite.ts';
import { createdCursor, pageOf } from '../page-cursor.ts';
import { oneOf, wholeBetween, words } from '../parameters.ts';
import { areaOf, checkedPost, refusal, sealedPhone } from '../posts.ts';
import { Problem } from '../problem.ts';
import { sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { openIfPossible } from '../secret.ts';
import { GIVEN_CODE_MS, makeCode } from '../sign-in-code.ts';

const MANAGERS: readonly Role[] = ['admin', 'curator'];
const ACCOUNT = { 'application/json': 'Account' };
const PATH = { pathParameters: { id: '账号的编号' } };
const PROBLEMS = { 403: { description: '不在负责的范围，或要再输一次密码' }, 404: { description: '没有这个账号' } };

export function accountRoutes(context: AppContext): Route[] {
  const { store, secret, headers } = context;

  /** The account, when the one who asks may look after it. @throws Problem 403, 404 */
  async function charge({ account }: Pick<SignedIn, 'account'>, id: string): Promise<StoredAccount> {
    const target = await store.desk.accounts.get(id);
    if (!target) throw new Problem('not-found', '没有这个账号');
    const places = await store.desk.accounts.whereabouts(target.placeIds);
    if (mayAppoint(account, target, places)) return target;
    throw new Problem('not-allowed', '不在你负责的范围：这个账号不在你的区划里，或不归你管');
  }

  return [
    route({
      method: 'get',
      path: '/api/accounts',
      access: { roles: MANAGERS },
      query: {
        role: oneOf(ROLES, '角色'),
        status: oneOf(ACCOUNT_STATUSES, '在用还是停用'),
        q: words(40, '名字或用户名里的几个字'),
        limit: wholeBetween(1, 200, 100, '每页几个'),
        cursor: createdCursor(),
      },
      operation: {
        id: 'listAccounts',
        tag: '账号',
        summary: '账号',
        description: '市级管理员看全部，区街管理员看本区划的。',
        answers: { 200: { description: '先建的在前', content: { 'application/json': 'AccountList' } } },
      },
      async handle(_request, response, { role, status, q, limit, cursor }, _body, signedIn) {
        const query = { role, status, text: q, areaCode: areaOf(signedIn), after: cursor, limit: limit + 1 };
        const { page, next } = pageOf(await store.desk.accounts.list(query), limit);
        sendOwn(response, headers, { items: page.map((each) => accountAnswer(secret, each)), next });
      },
    }),
    route({
      method: 'get',
      path: '/api/accounts/:id',
      access: { roles: MANAGERS },
      operation: {
        id: 'readAccount',
        tag: '账号',
        summary: '一个账号',
        ...PATH,
        answers: { 200: { description: '账号', content: ACCOUNT }, ...PROBLEMS },
      },
      async handle(request, response, _query, _body, signedIn) {
        const id = String(request.params.id);
        const account = id === signedIn.account.id ? signedIn.stored : await charge(signedIn, id);
        sendOwn(response, headers, accountAnswer(secret, account));
      },
    }),
    route({
      method: 'patch',
      path: '/api/accounts/:id',
      access: { roles: MANAGERS, isDangerous: true },
      body: accountChangesSchema,
      operation: {
        id: 'updateAccount',
        tag: '账号',
        summary: '改账号',
        description: '只改写上的。停用马上生效：所有设备都退出。换手机号也会退出。',
        ...PATH,
        answers: {
          200: { description: '改好了', content: ACCOUNT },
          ...PROBLEMS,
          409: { description: '最后一位管理员，或手机号有人用了' },
        },
      },
      async handle(request, response, _query, { phone, ...changes }, signedIn) {
        const target = await charge(signedIn, String(request.params.id));
        const { id, role } = target;
        if (id === signedIn.account.id && changes.status === 'disabled') {
          throw new Problem('not-allowed', '不能停用自己：请让另一位管理员来停用');
        }
        if (changes.areaCode !== undefined || changes.placeIds !== undefined) {
          await checkedPost(context, signedIn, { ...target, ...changes });
        }
        const newPhone = phone === undefined ? {} : { phone: sealedPhone(context, role, phone, id) };
        if (phone === null && !target.hasPassword) throw refusal('phone', '这个账号只能用手机号登录，不能删去');
        const result = await store.desk.accounts.update(id, { ...changes, ...newPhone }, actorOf(signedIn.account));
        if (result === undefined) throw new Problem('not-found', '没有这个账号');
        if (result === 'phone-taken') throw new Problem('phone-taken', '这个手机号是另一个账号的');
        if (result === 'last-admin') throw new Problem('last-admin', '这是最后一位在用的市级管理员，不能停用');
        sendOwn(response, headers, accountAnswer(secret, result));
      },
    }),
    route({
      method: 'post',
      path: '/api/accounts/:id/role',
      access: { roles: ['admin'], isDangerous: true },
      body: newRoleSchema,
      operation: {
        id: 'changeRole',
        tag: '账号',
        summary: '换角色',
        description: '要另一位管理员同意；只有一位管理员时等 24 小时。换成管理员的，还要给他发重设链接，领动态码。',
        ...PATH,
        answers: { 202: { description: '等人同意', content: { 'application/json': 'PendingAct' } }, ...PROBLEMS },
      },
      async handle(request, response, _query, body, signedIn) {
        const target = await charge(signedIn, String(request.params.id));
        const post: Post = await checkedPost(context, signedIn, body);
        if (target.username === null && !PLACE_ROLES.includes(post.role)) {
          throw refusal('role', '这个账号没有用户名，只能用手机号登录；请另发邀请');
        }
        const act = await store.desk.pendingActs.proposeRole(target.id, post, signedIn.account);
        const names = await store.desk.accounts.displayNames([act.proposedBy]);
        sendOwn(response, headers, pendingActAnswer(act, names, signedIn.account), 202);
      },
    }),
    route({
      method: 'post',
      path: '/api/accounts/:id/reset',
      access: { roles: MANAGERS, isDangerous: true },
      operation: {
        id: 'resetAccount',
        tag: '账号',
        summary: '发重设密码和动态码的链接',
        description: '用一次就作废，7 天有效；用了以后，原来的登录全部退出。给市级管理员重设，要另一位管理员同意。',
        ...PATH,
        answers: {
          201: { description: '链接只给这一次', content: { 'application/json': 'NewInvitation' } },
          ...PROBLEMS,
        },
      },
      async handle(request, response, _query, _body, signedIn) {
        const target = await charge(signedIn, String(request.params.id));
        const { id, role, areaCode, placeIds, username } = target;
        if (username === null) throw refusal('id', '这个账号用手机号登录，没有密码；请发登录码');
        const wish = { post: { role, areaCode, placeIds }, phone: undefined, accountId: id, isHeld: role === 'admin' };
        const made = await createInvitation(context, wish, signedIn.account);
        sendOwn(response, headers, await newInvitationAnswer(context, made, signedIn.account), 201);
      },
    }),
    route({
      method: 'post',
      path: '/api/accounts/:id/sign-in-code',
      access: { roles: MANAGERS, isDangerous: true },
      operation: {
        id: 'createSignInCode',
        tag: '账号',
        summary: '给一个登录码',
        description: '给用手机号登录的驻点负责人和商户，收不到短信时当面或打电话告诉他；一小时内有效，用一次就作废。',
        ...PATH,
        answers: {
          201: { description: '登录码只给这一次', content: { 'application/json': 'SignInCode' } },
          ...PROBLEMS,
        },
      },
      async handle(request, response, _query, _body, signedIn) {
        const target = await charge(signedIn, String(request.params.id));
        if (target.sealedPhone === null || target.status !== 'active') {
          throw refusal('id', '登录码只给在用的、用手机号登录的账号');
        }
        const actor = actorOf(signedIn.account);
        sendOwn(
          response,
          headers,
          await makeCode(context, { accountId: target.id, validMs: GIVEN_CODE_MS, actor }),
          201,
        );
      },
    }),
    route({
      method: 'post',
      path: '/api/accounts/:id/phone-reveals',
      access: { roles: MANAGERS },
      operation: {
        id: 'revealAccountPhone',
        tag: '账号',
        summary: '看完整的手机号',
        description: '每看一次，审计里记一条。',
        ...PATH,
        answers: { 200: { description: '手机号', content: { 'application/json': 'RevealedPhone' } }, ...PROBLEMS },
      },
      async handle(request, response, _query, _body, signedIn) {
        const { id, sealedPhone: sealed } = await charge(signedIn, String(request.params.id));
        const phone = sealed === null ? undefined : openIfPossible(secret, 'phone', sealed, id);
        if (phone === undefined) throw new Problem('not-found', '这个账号没有手机号，或恢复数据时没有放回密钥，打不开');
        await store.desk.accounts.auditReveal(id, actorOf(signedIn.account));
        sendOwn(response, headers, { phone });
      },
    }),
  ];
}
