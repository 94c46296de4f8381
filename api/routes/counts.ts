// POST /api/places/:id/counts: how many bikes stand there now.

import { bikeCountSchema } from '../../data/check-in-schema.ts';
import type { AppContext } from '../context.ts';
import {
  CREATION_PROBLEMS,
  created,
  DEVICE_HEADER,
  IDEMPOTENCY_HEADER,
  PLACE_PARAMETER,
  placeGone,
  readCreation,
} from '../creation.ts';
import { Problem, problemOf } from '../problem.ts';
import { type Route, route } from '../route.ts';

export function countRoutes(context: AppContext): Route[] {
  const { store, headers } = context;
  return [
    route({
      method: 'post',
      path: '/api/places/:id/counts',
      access: 'anyone',
      body: bikeCountSchema,
      operation: {
        id: 'createBikeCount',
        tag: '骑手的话',
        summary: '数一数换乘单车',
        pathParameters: PLACE_PARAMETER,
        headers: { ...DEVICE_HEADER, ...IDEMPOTENCY_HEADER },
        answers: {
          201: { description: '记下了，点位上的数也改了', content: { 'application/json': 'BikeCountAnswer' } },
          409: { description: '不是换乘单车点' },
          ...CREATION_PROBLEMS,
        },
      },
      async handle(request, response, _query, body) {
        const { place, device, once } = await readCreation(context, request, body);
        if (place.kind !== 'bike-swap') throw new Problem('not-a-swap-point', '这里不是换乘单车点，没有车可数');
        if (body.available + body.outOfService > place.bikesTotal) {
          const message = `这里一共 ${place.bikesTotal} 辆，能骑的和坏的加起来不能更多`;
          throw problemOf([{ field: 'available', code: 'out-of-range', message }]);
        }
        const answer = await store.bikeCounts.create({ ...body, placeId: place.id, device }, once);
        if (!answer) throw placeGone();
        created(response, headers, answer);
      },
    }),
  ];
}
