// What the tests of riders' voices share: devices of any age, places to speak of, and requests that carry a token.

import type { PlaceDraft } from '../../data/place.ts';
import { commonFields } from '../data/store/plain-station.ts';
import type { Api } from './support.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const service = (code: 'hot-water' | 'phone-charging' | 'ebike-charging' | 'rest') => ({
  code,
  state: 'ok' as const,
  confirmedAt: null,
  confirmedBy: null,
});

export const CORNER: PlaceDraft = {
  kind: 'station',
  ...commonFields,
  id: 'corner',
  seats: 4,
  services: [service('hot-water'), service('phone-charging'), service('rest')],
};
export const GATE: PlaceDraft = {
  kind: 'bike-swap',
  ...commonFields,
  id: 'gate',
  services: [service('phone-charging'), service('ebike-charging')],
  bikesTotal: 10,
  bikesAvailable: null,
  bikesOutOfService: null,
  lastReportedAt: null,
  rules: null,
  compound: null,
};

/** A token issued so long before the test's now; the clock stands where it stood afterwards. */
export async function deviceAged({ request, clock }: Api, ageMs: number): Promise<string> {
  clock.now -= ageMs;
  const { body } = await request.post('/api/devices').send({}).expect(201);
  clock.now += ageMs;
  return body.token;
}

/** Posts as a device does; a header given as undefined is left out. */
export function post(
  api: Api,
  path: string,
  token: string | undefined,
  body: object,
  headers: Record<string, string> = {},
) {
  const request = api.request.post(path).set(headers);
  if (token !== undefined) request.set('Device-Token', token);
  return request.send(body);
}

export function confirm(api: Api, token: string, field: string, value: boolean, place = 'corner') {
  return post(api, `/api/places/${place}/confirmations`, token, { field, value, method: 'gps' });
}
