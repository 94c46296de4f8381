// POST /api/places/:id/confirmations: yes or no, from whoever stands there.

import { serviceOfField, type VoiceField } from '../../data/confirmation.ts';
import { confirmationSchema } from '../../data/confirmation-schema.ts';
import type { Place } from '../../data/place.ts';
import { SERVICE_LABELS } from '../../data/service.ts';
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
import { problemOf } from '../problem.ts';
import { type Route, route } from '../route.ts';

export function confirmationRoutes(context: AppContext): Route[] {
  const { store, headers } = context;
  return [
    route({
      method: 'post',
      path: '/api/places/:id/confirmations',
      access: 'anyone',
      body: confirmationSchema,
      operation: {
        id: 'createConfirmation',
        tag: '骑手的话',
        summary: '核实：还开着吗，设施能用吗',
        description:
          '说“是”立即更新核实时间。说“否”先记下：48 小时内两台不同的设备都说否，中间没有人说是，才标为存疑或故障；领令牌不满 24 小时的设备不算数。骑手标的存疑，要两台设备说是才恢复；故障的设施一台就恢复。一台设备对一项只算最近一次。',
        pathParameters: PLACE_PARAMETER,
        headers: { ...DEVICE_HEADER, ...IDEMPOTENCY_HEADER },
        answers: {
          201: { description: '记下了，以及它起了什么作用', content: { 'application/json': 'ConfirmationAnswer' } },
          ...CREATION_PROBLEMS,
        },
      },
      async handle(request, response, _query, body) {
        const { place, device, once } = await readCreation(context, request, body);
        checkField(place, body.field);
        const answer = await store.confirmations.create({ ...body, placeId: place.id, device }, once);
        if (!answer) throw placeGone();
        created(response, headers, answer);
      },
    }),
  ];
}

/** @throws Problem 400 for a service that the place does not have */
function checkField(place: Place, field: VoiceField): void {
  const code = serviceOfField(field);
  if (code === undefined || place.services.some((service) => service.code === code)) return;
  const fields = ['open', ...place.services.map((service) => `services.${service.code}`)];
  const message = `这个点位没有登记${SERVICE_LABELS[code]}，可以写 ${fields.join('、')}`;
  throw problemOf([{ field: 'field', code: 'unknown-value', message }]);
}
