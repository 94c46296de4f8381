// /api/keys: what programs of the city may do without signing in. An administrator makes a key, sees it once, and takes
// it back.

import { randomBytes } from 'node:crypto';
import type { ApiKey } from '../../data/api-key.ts';
import { newApiKeySchema } from '../../data/api-key-schema.ts';
import { actorOf } from '../../data/store/store.ts';
import { API_KEY_PREFIX } from '../api-key.ts';
import type { AppContext } from '../context.ts';
import { Problem } from '../problem.ts';
import { sendNothing, sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';

const KEY_BYTES = 32;

export function apiKeyRoutes({ store, secret, headers, city }: AppContext): Route[] {
  async function answer(key: ApiKey) {
    const names = await store.desk.accounts.displayNames([key.createdBy]);
    return { ...key, createdBy: names.get(key.createdBy) ?? key.createdBy };
  }

  return [
    route({
      method: 'get',
      path: '/api/keys',
      access: { roles: ['admin'] },
      operation: {
        id: 'listApiKeys',
        tag: '账号',
        summary: '给程序用的钥匙',
        answers: { 200: { description: '新的在前，含已收回的', content: { 'application/json': 'ApiKeyList' } } },
      },
      async handle(_request, response) {
        const keys = await store.desk.apiKeys.list();
        sendOwn(response, headers, { items: await Promise.all(keys.map(answer)) });
      },
    }),
    route({
      method: 'post',
      path: '/api/keys',
      access: { roles: ['admin'], isDangerous: true },
      body: newApiKeySchema,
      operation: {
        id: 'createApiKey',
        tag: '账号',
        summary: '新建一把钥匙',
        description: '钥匙只在答复里出现一次。用的时候写在请求头：Authorization: Bearer <钥匙>。',
        answers: { 201: { description: '钥匙', content: { 'application/json': 'MadeApiKey' } } },
      },
      async handle(_request, response, _query, { name, scopes, areaCode = null }, { account }) {
        if (areaCode !== null && !city.districts.some(({ code }) => areaCode.startsWith(code))) {
          throw new Problem('invalid-body', 'areaCode：本市没有这个区划', [
            { field: 'areaCode', code: 'unknown-value', message: '本市没有这个区划' },
          ]);
        }
        const key = API_KEY_PREFIX + randomBytes(KEY_BYTES).toString('base64url');
        const keyHash = secret.hash('api-key', key);
        const made = await store.desk.apiKeys.add({ name, scopes: [...new Set(scopes)], areaCode, keyHash }, account);
        sendOwn(response, headers, { key, apiKey: await answer(made) }, 201);
      },
    }),
    route({
      method: 'delete',
      path: '/api/keys/:id',
      access: { roles: ['admin'] },
      operation: {
        id: 'revokeApiKey',
        tag: '账号',
        summary: '收回一把钥匙',
        pathParameters: { id: '钥匙的编号' },
        answers: {
          204: { description: '从现在起什么都打不开' },
          404: { description: '没有这把钥匙，或已经收回' },
        },
      },
      async handle(request, response, _query, _body, { account }) {
        if (!(await store.desk.apiKeys.revoke(String(request.params.id), actorOf(account)))) {
          throw new Problem('not-found', '没有这把钥匙，或已经收回');
        }
        sendNothing(response, headers);
      },
    }),
  ];
}
