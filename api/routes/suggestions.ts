// POST /api/suggestions: a place that is missing, or what is wrong about one. What a rider picked on the map goes in here
// and nowhere else; where the phone is, nobody asks.

import type { Request } from 'express';
import { districtOf } from '../../data/city.ts';
import { isPublicStatus } from '../../data/place.ts';
import { suggestionSchema } from '../../data/suggestion-schema.ts';
import { checkPosition } from '../area.ts';
import type { AppContext } from '../context.ts';
import { addressOf, CREATION_PROBLEMS, created, DEVICE_HEADER, IDEMPOTENCY_HEADER, placeGone } from '../creation.ts';
import { deviceOf } from '../device-token.ts';
import { onceFor } from '../idempotency.ts';
import { newReceiptKey } from '../receipt-key.ts';
import { type Route, route } from '../route.ts';

/** What the limits take new places for: as if they were all one. */
const NEW_PLACE = 'new';

export function suggestionRoutes({ store, secret, limits, city, headers }: AppContext): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/suggestions',
      access: 'anyone',
      body: suggestionSchema,
      operation: {
        id: 'createSuggestion',
        tag: '骑手的话',
        summary: '推荐点位，或更正一个点位',
        description:
          '写 placeId 是更正，不写是推荐新点位，要有 point、changes.kind 和 changes.name。管理员审核以后才生效；用回执看结果。照片审核通过后公开，说明不公开。',
        headers: { ...DEVICE_HEADER, ...IDEMPOTENCY_HEADER },
        answers: {
          201: { description: '已收到', content: { 'application/json': 'SuggestionAnswer' } },
          ...CREATION_PROBLEMS,
        },
      },
      async handle(request: Request, response, _query, body) {
        const device = deviceOf(secret, request);
        const { placeId, point, changes, note = '', photoIds = [] } = body;
        if (point) checkPosition(city, point);
        const place = placeId === undefined ? null : await publicPlace(placeId);
        await limits.write({ address: addressOf(request), device: device.hash, placeId: place?.id ?? NEW_PLACE });
        const { key, keyHash } = newReceiptKey(secret);
        const text = note.trim();
        const suggestion = {
          placeId: place?.id ?? null,
          changes,
          point: point ?? null,
          district: place || !point ? null : districtOf(city, point),
          sealNote: text === '' ? null : (number: string) => secret.seal('suggestion-note', text, number),
          photoIds,
          key,
          keyHash,
          device,
        };
        const once = onceFor(secret, request, { sender: device.hash, content: JSON.stringify(body) });
        const answer = await store.suggestions.create(suggestion, city.prefix, once);
        if (!answer) throw placeGone();
        created(response, headers, answer);
      },
    }),
  ];

  async function publicPlace(idOrCode: string) {
    const place = (await store.places.get(idOrCode)) ?? (await store.places.byShortCode(idOrCode));
    if (place && isPublicStatus(place.status)) return place;
    throw placeGone();
  }
}
