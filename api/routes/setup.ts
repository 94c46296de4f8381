// POST /api/setup: the first administrator, by the token that the server printed when it started. Once.

import { setupSchema } from '../../data/account-schema.ts';
import { makeCredentials, totpUri } from '../../data/credentials.ts';
import { newAccountId } from '../../data/store/accounts.ts';
import type { AppContext } from '../context.ts';
import { checkPassword } from '../new-password.ts';
import { Problem } from '../problem.ts';
import { sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { isSameHash } from '../secret.ts';
import { attempt } from '../sign-in.ts';

export function setupRoutes({ store, secret, headers, backOff, city, setupToken }: AppContext): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/setup',
      access: 'anyone',
      body: setupSchema,
      operation: {
        id: 'setUp',
        tag: '账号',
        summary: '第一位管理员',
        description: '没有管理员时，服务器启动会打印一个只用一次的设置链接，令牌在 # 后面。',
        answers: {
          201: { description: '账号已建好，请把密钥放进验证器', content: { 'application/json': 'TotpAnswer' } },
          403: { description: '令牌不对' },
          410: { description: '已经有管理员了' },
          429: { description: '试得太多' },
        },
      },
      async handle(request, response, _query, { token, username, password }) {
        if (await store.desk.accounts.hasAdmin()) throw alreadySetUp();
        const succeeded = attempt(backOff, request, 'setup');
        const isRight = isSameHash(secret.hash('setup', token), secret.hash('setup', setupToken ?? ''));
        if (setupToken === null || !isRight) {
          throw new Problem('wrong-setup-token', '设置链接不对：请用服务器最近一次启动时打印的那个');
        }
        succeeded();
        checkPassword(password, username);
        const id = newAccountId();
        const credentials = await makeCredentials(secret, { accountId: id, role: 'admin', password });
        const { passwordHash, sealedTotpSecret, totpSecret } = credentials;
        const post = { role: 'admin', areaCode: null, placeIds: [] } as const;
        const made = await store.desk.accounts.createFirstAdmin(
          {
            id,
            username,
            displayName: username,
            ...post,
            passwordHash,
            sealedTotpSecret,
            phone: null,
            invitedBy: null,
          },
          { kind: 'system', name: 'setup' },
        );
        if (made === undefined) throw alreadySetUp();
        if (typeof made === 'string') throw new Problem('username-taken', '这个用户名有人用了，请换一个');
        const otpauthUri = totpSecret && totpUri(totpSecret, { issuer: city.title, username });
        sendOwn(response, headers, { totpSecret, otpauthUri }, 201);
      },
    }),
  ];
}

function alreadySetUp(): Problem {
  return new Problem('already-set-up', '已经有管理员了；新的管理员由他们邀请');
}
