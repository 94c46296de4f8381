// Random places of the first city: on both banks, at shared points, in every state that a filter can tell apart.

import fc from 'fast-check';
import type { PlaceDraft, Point } from '../../data/place.ts';
import { SERVICE_CODES } from '../../data/service.ts';
import { station } from '../data/store/support.ts';

/** A coarse lattice over the core city, so that points are shared and distances tie. */
export const corePoint: fc.Arbitrary<Point> = fc
  .tuple(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 18 }))
  .map(([x, y]) => [126.5 + x * 0.008, 45.7 + y * 0.008]);

export const anyCorePoint: fc.Arbitrary<Point> = fc.oneof(
  corePoint,
  fc.tuple(fc.double({ min: 126.45, max: 126.75, noNaN: true }), fc.double({ min: 45.65, max: 45.9, noNaN: true })),
);

const SERVICES = SERVICE_CODES.slice(0, 4);
export const someServices = fc.subarray([...SERVICES], { maxLength: 2 });
export const someKinds = fc.subarray(['station', 'toilet', 'event-point'] as const, { maxLength: 2 });

const anyServices = fc.subarray([...SERVICES]).chain((codes) =>
  fc.tuple(
    ...codes.map((code) =>
      fc.record({
        code: fc.constant(code),
        state: fc.constantFrom('ok' as const, 'broken' as const, 'unknown' as const),
        confirmedAt: fc.constantFrom(null, '2026-11-01T09:00:00+08:00'),
        confirmedBy: fc.constant(null),
      }),
    ),
  ),
);

const common = fc.record({
  point: corePoint,
  services: anyServices,
  hoursOsm: fc.constantFrom(null, '24/7', 'Mo-Fr 08:30-17:00; PH off', 'Mo-Su 18:00-02:00', 'Mo-Su 07:00-12:20'),
  hoursExceptions: fc.constantFrom(
    [],
    [],
    [],
    [{ from: '2026-11-20T10:00:00+08:00', until: '2026-11-20T14:00:00+08:00', open: false, reason: '停电' }],
  ),
  status: fc.constantFrom('active', 'active', 'active', 'disputed', 'paused', 'retired', 'pending'),
  statusUntil: fc.constantFrom(null, '2026-11-20T15:00:00+08:00'),
});

export const corePlace: fc.Arbitrary<PlaceDraft> = fc
  .tuple(common, fc.constantFrom('station' as const, 'toilet' as const, 'event-point' as const))
  .map(([fields, kind]) => {
    const { kind: _, seats: __, ...rest } = { ...station(), ...fields };
    const own = { station: { seats: null }, toilet: { barrierFree: null }, 'event-point': EVENT }[kind];
    // Which own fields go with which kind is beyond the compiler here; the store checks each draft.
    return { kind, ...rest, ...own } as unknown as PlaceDraft;
  });

const EVENT = { eventName: '高考护航', eventFrom: null, eventUntil: null };
