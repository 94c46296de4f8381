// POST /api/devices: a token for a phone that wants to say something. No account, no name.

import { z } from 'zod';
import { emptySchema } from '../../data/check-in-schema.ts';
import type { AppContext } from '../context.ts';
import { addressOf, created, IDEMPOTENCY_HEADER } from '../creation.ts';
import { issueToken } from '../device-token.ts';
import { onceFor } from '../idempotency.ts';
import { type Route, route } from '../route.ts';

export const deviceAnswerSchema = z.strictObject({ token: z.string().describe('以后放在请求头 Device-Token 里') });

export function deviceRoutes({ store, secret, limits, headers, now }: AppContext): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/devices',
      access: 'anyone',
      body: emptySchema,
      operation: {
        id: 'createDevice',
        tag: '骑手的话',
        summary: '领一个设备令牌',
        description:
          '不用登录，不含任何个人信息。领到后满 24 小时，才算得上印证别人的第二个声音。请保存好，一台设备领一次。',
        headers: IDEMPOTENCY_HEADER,
        answers: {
          201: { description: '令牌', content: { 'application/json': 'Device' } },
          429: { description: '这个网络地址领得太多' },
        },
      },
      async handle(request, response) {
        await limits.newDevice(addressOf(request));
        const once = onceFor(secret, request, { sender: addressOf(request), content: '{}' });
        const answer = await store.answers.keep({ token: issueToken(secret, now()) }, once);
        created(response, headers, answer);
      },
    }),
  ];
}
