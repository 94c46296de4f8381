// POST /api/places/:id/reports: something is wrong there. The note is for the city alone: sealed at rest, in no log.

import { reportSchema } from '../../data/report-schema.ts';
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
import { newReceiptKey } from '../receipt-key.ts';
import { type Route, route } from '../route.ts';

export function reportRoutes(context: AppContext): Route[] {
  const { store, secret, city, headers } = context;
  return [
    route({
      method: 'post',
      path: '/api/places/:id/reports',
      access: 'anyone',
      body: reportSchema,
      operation: {
        id: 'createReport',
        tag: '骑手的话',
        summary: '反映问题',
        description:
          '得到回执的编号和钥匙。说明和照片不公开。closed 同时算一次“没开”；no-hot-water 算一次“热水不能用”；charging-broken 在只有一种充电的点位算一次“充电不能用”，两种都有时分不清是哪种，只记下。',
        pathParameters: PLACE_PARAMETER,
        headers: { ...DEVICE_HEADER, ...IDEMPOTENCY_HEADER },
        answers: {
          201: { description: '已收到', content: { 'application/json': 'ReportAnswer' } },
          ...CREATION_PROBLEMS,
        },
      },
      async handle(request, response, _query, body) {
        const { place, device, once } = await readCreation(context, request, body);
        const { problem, note = '', photoIds = [] } = body;
        const { key, keyHash } = newReceiptKey(secret);
        const sealNote =
          note.trim() === '' ? null : (number: string) => secret.seal('report-note', note.trim(), number);
        const report = { placeId: place.id, problem, sealNote, photoIds, key, keyHash, device };
        const answer = await store.reports.create(report, city.prefix, once);
        if (!answer) throw placeGone();
        created(response, headers, answer);
      },
    }),
  ];
}
