// What all creations of riders share: who sends, about which place, and how they are answered.

import type { Request, Response } from 'express';
import type { Device } from '../data/device.ts';
import { isPublicStatus, type Place } from '../data/place.ts';
import type { Once, Store } from '../data/store/store.ts';
import type { AppContext } from './context.ts';
import { deviceOf } from './device-token.ts';
import type { HeaderSets } from './headers.ts';
import { onceFor } from './idempotency.ts';
import { Problem } from './problem.ts';
import { JSON_TYPE, send } from './reply.ts';

export const DEVICE_HEADER = { 'Device-Token': { description: 'POST /api/devices 发的令牌', required: true } };
export const IDEMPOTENCY_HEADER = {
  'Idempotency-Key': {
    description: '自选的钥匙，例如一个 UUID：带同样的钥匙和内容再发，得到第一次的答复，只算一次；31 天内有效',
    required: false,
  },
};
export const PLACE_PARAMETER = { id: '编号，或 5 位短码（不分大小写）' };
/** What can go wrong with each creation about a place. */
export const CREATION_PROBLEMS = {
  401: { description: '没有 Device-Token，或不是本站发的' },
  403: { description: '来自别的网站的网页' },
  404: { description: '没有这个点位' },
  413: { description: '内容太大' },
  415: { description: '内容的类型不对' },
  422: { description: 'Idempotency-Key 用在了内容不同的请求上' },
  429: { description: '发得太多；Retry-After 说过多少秒再试' },
};

export interface Creation {
  place: Place;
  device: Device;
  once: Once | undefined;
}

/**
 * Who speaks about which place, within the limits.
 * @throws Problem 401, 404, 429
 */
export async function readCreation(
  { store, secret, limits }: Pick<AppContext, 'store' | 'secret' | 'limits'>,
  request: Request,
  body: unknown,
): Promise<Creation> {
  const device = deviceOf(secret, request);
  const place = await publicPlace(store, String(request.params.id));
  await limits.write({ address: addressOf(request), device: device.hash, placeId: place.id });
  return { device, place, once: onceFor(secret, request, { sender: device.hash, content: JSON.stringify(body) }) };
}

/** @throws Problem 404 for a place that is not there, or that the desk alone sees */
async function publicPlace(store: Pick<Store, 'places'>, idOrCode: string): Promise<Place> {
  const place = (await store.places.get(idOrCode)) ?? (await store.places.byShortCode(idOrCode));
  if (place && isPublicStatus(place.status)) return place;
  throw placeGone();
}

export function placeGone(): Problem {
  return new Problem('not-found', '没有这个点位，可能已经撤销，或编号写错了');
}

/** As far as the configured number of proxies is believed; never logged, nor kept but in memory. */
export function addressOf(request: Request): string {
  return request.ip ?? '';
}

export function created(response: Response, headers: HeaderSets, body: object, status: 200 | 201 = 201): void {
  send(response, { status, headers: headers.own, type: JSON_TYPE, cache: 'no-store' }, JSON.stringify(body));
}
