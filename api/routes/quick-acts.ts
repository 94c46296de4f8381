// POST /api/places/:id/quick-acts: what those who look after a place say of it today. Live at once.

import { ROLES } from '../../data/account.ts';
import { confirmerOf } from '../../data/quick-act.ts';
import { quickActSchema } from '../../data/quick-act-schema.ts';
import { actorOf } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { IDEMPOTENCY_HEADER, PLACE_PARAMETER, placeGone } from '../creation.ts';
import { anyPlace, dayOf, requireCharge } from '../desk-place.ts';
import { onceFor } from '../idempotency.ts';
import { sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';

export function quickActRoutes({ store, secret, city, headers, now }: AppContext): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/places/:id/quick-acts',
      access: { roles: ROLES },
      body: quickActSchema,
      operation: {
        id: 'createQuickAct',
        tag: '点位管理',
        summary: '一键上报：提前关门、设施坏了、恢复、今日人数',
        description:
          '马上生效，算一次核实。close-early 关到今天半夜或 until；reopen 撤掉它，骑手标的存疑也恢复；pause 暂停到 until，resume 恢复，管理员暂停的要管理员恢复；visitors 报今天到现在的人数，后报的盖掉先报的。',
        pathParameters: PLACE_PARAMETER,
        headers: IDEMPOTENCY_HEADER,
        answers: {
          200: { description: '生效了', content: { 'application/json': 'QuickActAnswer' } },
          403: { description: '不在你负责的范围' },
          404: { description: '没有这个点位' },
          409: { description: '点位现在的状态不能这样做' },
        },
      },
      async handle(request, response, _query, body, { account }) {
        const place = await anyPlace({ store }, request);
        requireCharge(account, place);
        const once = onceFor(secret, request, { sender: account.id, content: JSON.stringify(body) });
        const answer = await store.placeDesk.quickAct(
          {
            placeId: place.id,
            request: body,
            actor: actorOf(account),
            by: confirmerOf(account.role),
            ...dayOf(city.timezone, now()),
          },
          once,
        );
        if (!answer) throw placeGone();
        sendOwn(response, headers, answer);
      },
    }),
  ];
}
