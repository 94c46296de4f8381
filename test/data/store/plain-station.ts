// A station with nothing special about it.

import type { PlaceDraft } from '../../../data/place-schema.ts';

export type Station = Extract<PlaceDraft, { kind: 'station' }>;

export const commonFields = {
  name: '尔滨新驿',
  aliases: [],
  point: [126.5975, 45.7583] as [number, number],
  positionQuality: 'approx' as const,
  positionErrorMetres: 100,
  sourceCrs: 'gcj02' as const,
  entrance: null,
  address: '上海街99号',
  district: '230102',
  street: null,
  community: null,
  host: null,
  phone: null,
  services: [],
  access: 'open' as const,
  audience: ['riders' as const],
  hoursOsm: null,
  hoursExceptions: [],
  status: 'active' as const,
  statusUntil: null,
  statusReason: null,
  source: { name: '测试', url: null, date: null },
  demo: false,
  confirmedAt: null,
  confirmedBy: null,
};

export const PLAIN_STATION: Station = { kind: 'station', ...commonFields, seats: null };
