// /api/session: signing in with a password, who is signed in, the password once more, a new one, signing out.

import { ROLES, readUsername } from '../../data/account.ts';
import { confirmationOfSessionSchema, newPasswordSchema, signInSchema } from '../../data/account-schema.ts';
import { isPassword, makeCredentials } from '../../data/credentials.ts';
import { actorOf } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { signedInAnswer } from '../desk-answers.ts';
import { clearCookie, readCookie } from '../identity.ts';
import { checkPassword } from '../new-password.ts';
import { sendNothing, sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { attempt, beginSession, DEVICE_TO_ENROL, prove, signInFailed } from '../sign-in.ts';
import { takeCode } from '../sign-in-code.ts';

const WRONG = '用户名、密码或动态码不对；动态码每 30 秒换一个，一个只能用一次';
const SIGNED_IN = { 'application/json': 'SignedIn' };

export function sessionRoutes(context: AppContext): Route[] {
  const { store, secret, headers, config, now, backOff } = context;
  return [
    route({
      method: 'post',
      path: '/api/session',
      access: 'anyone',
      body: signInSchema,
      operation: {
        id: 'signIn',
        tag: '账号',
        summary: '登录',
        description:
          '管理员要写 totp。答复里有 cookie yizhan_session。没有这个账号、密码不对、动态码不对，答复都一样。',
        headers: DEVICE_TO_ENROL,
        answers: {
          200: { description: '登录了', content: SIGNED_IN },
          401: { description: '不对' },
          429: { description: '试得太多；Retry-After 说过多少秒再试' },
        },
      },
      async handle(request, response, _query, { username, password, totp }) {
        const name = readUsername(username) ?? '';
        const succeeded = attempt(backOff, request, secret.hash('sign-in', name));
        const known = name === '' ? undefined : await store.desk.accounts.known('username', name);
        const proof = await prove(context, known, { password, totp });
        const session = known && proof && (await beginSession(context, request, response, known, proof));
        if (!session) throw signInFailed(WRONG);
        succeeded();
        sendOwn(response, headers, signedInAnswer(secret, { account: known.account, session }, now()));
      },
    }),
    route({
      method: 'get',
      path: '/api/session',
      access: { roles: ROLES },
      operation: {
        id: 'readSession',
        tag: '账号',
        summary: '谁登录着',
        answers: { 200: { description: '账号和这次登录', content: SIGNED_IN }, 401: { description: '没有登录' } },
      },
      handle(_request, response, _query, _body, { stored, session }) {
        sendOwn(response, headers, signedInAnswer(secret, { account: stored, session }, now()));
      },
    }),
    route({
      method: 'delete',
      path: '/api/session',
      access: 'anyone',
      operation: {
        id: 'signOut',
        tag: '账号',
        summary: '退出',
        answers: { 204: { description: '退出了；没有登录也一样' } },
      },
      async handle(request, response) {
        const token = readCookie(request);
        const found =
          token === undefined ? undefined : await store.desk.sessions.byToken(secret.hash('session', token));
        if (found) await store.desk.sessions.close(found.session.id, actorOf(found.account));
        clearCookie(response, config.publicUrl);
        sendNothing(response, headers);
      },
    }),
    route({
      method: 'post',
      path: '/api/session/confirmation',
      access: { roles: ROLES },
      body: confirmationOfSessionSchema,
      operation: {
        id: 'confirmSession',
        tag: '账号',
        summary: '再输一次密码',
        description: '之后 10 分钟可以做危险的操作。管理员要写 totp；没有密码的账号写 code。',
        answers: {
          200: { description: '好了', content: SIGNED_IN },
          401: { description: '不对' },
          429: { description: '试得太多' },
        },
      },
      async handle(request, response, _query, { password, totp, code }, { stored, session }) {
        const succeeded = attempt(backOff, request, `confirm ${stored.id}`);
        const known = await store.desk.accounts.known('id', stored.id);
        const isByCode = !stored.hasPassword && code !== undefined;
        const proof = isByCode
          ? (await takeCode(context, stored.id, code)) && { totpStep: undefined }
          : await prove(context, known, { password: password ?? '', totp });
        if (!proof || !(await store.desk.sessions.confirm(session, proof.totpStep))) {
          throw signInFailed(isByCode ? '登录码不对，或已经过期' : '密码或动态码不对；一个动态码只能用一次');
        }
        succeeded();
        const confirmed = { ...session, confirmedAtMs: now() };
        sendOwn(response, headers, signedInAnswer(secret, { account: stored, session: confirmed }, now()));
      },
    }),
    route({
      method: 'post',
      path: '/api/session/password',
      access: { roles: ROLES },
      body: newPasswordSchema,
      operation: {
        id: 'changePassword',
        tag: '账号',
        summary: '换密码',
        description: '别的设备上的登录全部退出。',
        answers: {
          204: { description: '换好了' },
          401: { description: '原来的密码不对' },
          429: { description: '试得太多' },
        },
      },
      async handle(request, response, _query, body, { stored, sessionId }) {
        const succeeded = attempt(backOff, request, `confirm ${stored.id}`);
        const known = await store.desk.accounts.known('id', stored.id);
        const isRight = known !== undefined && (await isPassword(known.passwordHash, body.old));
        if (!isRight) throw signInFailed('原来的密码不对');
        succeeded();
        checkPassword(body.new, stored.username, 'new');
        const { passwordHash } = await makeCredentials(secret, {
          accountId: stored.id,
          role: stored.role,
          password: body.new,
        });
        await store.desk.accounts.changePassword(stored.id, passwordHash, sessionId);
        sendNothing(response, headers);
      },
    }),
  ];
}
