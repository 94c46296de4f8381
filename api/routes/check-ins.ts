// POST /api/places/:id/check-ins: 我到了. Counted by place and day; nobody can tell who was where.

import { emptySchema } from '../../data/check-in-schema.ts';
import { isoDateOf, wallClock } from '../../data/wall-clock.ts';
import type { AppContext } from '../context.ts';
import {
  CREATION_PROBLEMS,
  created,
  DEVICE_HEADER,
  IDEMPOTENCY_HEADER,
  PLACE_PARAMETER,
  readCreation,
} from '../creation.ts';
import { type Route, route } from '../route.ts';

export function checkInRoutes(context: AppContext): Route[] {
  const { store, secret, city, headers, now } = context;
  const clock = wallClock(city.timezone);
  return [
    route({
      method: 'post',
      path: '/api/places/:id/check-ins',
      access: 'anyone',
      body: emptySchema,
      operation: {
        id: 'createCheckIn',
        tag: '骑手的话',
        summary: '我到了',
        description: '只记每个点位每天多少人次。一台设备一天在一个点位算一次（按城市的日期）。',
        pathParameters: PLACE_PARAMETER,
        headers: { ...DEVICE_HEADER, ...IDEMPOTENCY_HEADER },
        answers: {
          200: { description: '今天已经记过，没有再加', content: { 'application/json': 'CheckInAnswer' } },
          201: { description: '记下了', content: { 'application/json': 'CheckInAnswer' } },
          ...CREATION_PROBLEMS,
        },
      },
      async handle(request, response, _query, body) {
        const { place, device, once } = await readCreation(context, request, body);
        const day = isoDateOf(clock.dayOf(Math.floor(now() / 60_000)));
        const visitor = secret.hash('check-in', JSON.stringify([device.hash, place.id, day]));
        const answer = await store.checkIns.create({ placeId: place.id, day, visitor }, once);
        created(response, headers, answer, answer.counted ? 201 : 200);
      },
    }),
  ];
}
