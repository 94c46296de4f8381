// What the tests of the store share: folders that go away, drafts of every kind, and children to be killed.

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';
import fc from 'fast-check';
import type { kindSchemas, PlaceDraft } from '../../../data/place-schema.ts';
import type { Actor } from '../../../data/store/store.ts';
import { commonFields, PLAIN_STATION, type Station } from './plain-station.ts';

export const tester: Actor = { kind: 'system', name: 'tests' };

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-'));
  folders.push(folder);
  return folder;
}

export function temporaryFile(): string {
  return join(temporaryFolder(), 'yizhan.sqlite');
}

export function station(overrides: Partial<Station> = {}): Station {
  return { ...PLAIN_STATION, ...overrides };
}

const text = fc.stringMatching(/^[一-龥a-zA-Z0-9'";%_\\]{1,20}$/);
const orNull = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
const instant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const count = fc.nat(1000);
const point = fc
  .tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }))
  .map(
    // JSON and SQLite both read -0 back as 0.
    ([lng, lat]): [number, number] => [lng + 0, lat + 0],
  );

const anyCommon = fc.record({
  ...Object.fromEntries(Object.entries(commonFields).map(([key, value]) => [key, fc.constant(value)])),
  name: text,
  aliases: fc.array(text, { maxLength: 3 }),
  point,
  entrance: orNull(fc.record({ point: orNull(point), text })),
  phone: orNull(fc.constant('0451-8888 0000')),
  services: fc
    .subarray(['hot-water', 'rest', 'wifi'])
    .map((codes) => codes.map((code) => ({ code, state: 'ok', confirmedAt: null, confirmedBy: null }))),
  hoursOsm: orNull(fc.constant('Mo-Fr 08:30-17:00; PH off')),
  hoursExceptions: fc.array(fc.record({ from: instant, until: instant, open: fc.boolean(), reason: text }), {
    maxLength: 2,
  }),
  statusUntil: orNull(instant),
  demo: fc.boolean(),
  confirmedAt: orNull(instant),
  confirmedBy: orNull(fc.constantFrom('rider', 'curator')),
});

const anyOwnFields: Record<keyof typeof kindSchemas, fc.Arbitrary<object>> = {
  station: fc.record({ seats: orNull(count) }),
  merchant: fc.record({ category: fc.constantFrom('meal', 'repair') }),
  parking: fc.record({
    bays: orNull(count),
    maxMinutes: orNull(count),
    vehicle: fc.constantFrom('ebike', 'any'),
    atToilet: fc.boolean(),
    marking: orNull(text),
  }),
  toilet: fc.record({ barrierFree: orNull(fc.boolean()) }),
  'bike-swap': fc.record({
    bikesTotal: count,
    bikesAvailable: orNull(count),
    bikesOutOfService: orNull(count),
    lastReportedAt: orNull(instant),
    rules: orNull(text),
    compound: orNull(text),
  }),
  'battery-swap': fc.record({ slots: orNull(count), operator: orNull(text) }),
  scene: fc.record({
    sceneType: fc.constantFrom('compound', 'hospital'),
    signatories: fc.array(text, { maxLength: 3 }),
    gates: fc.array(
      fc.record({
        name: text,
        point: orNull(point),
        rules: fc.array(
          fc.record({
            vehicle: fc.constantFrom('ebike', 'walk'),
            hoursOsm: fc.constant(null),
            credential: fc.constantFrom('none', 'code'),
            severeWeather: fc.boolean(),
            speedLimitKmh: orNull(fc.nat(40)),
          }),
          { maxLength: 2 },
        ),
      }),
      { maxLength: 2 },
    ),
    buildings: fc.array(fc.record({ name: text, units: fc.array(text, { maxLength: 3 }), point: orNull(point) }), {
      maxLength: 2,
    }),
  }),
  'event-point': fc.record({ eventName: text, eventFrom: orNull(instant), eventUntil: orNull(instant) }),
};

/** A valid draft of any kind, with awkward texts, flags, nulls and nested lists. */
export const anyDraft: fc.Arbitrary<PlaceDraft> = fc.oneof(
  ...Object.entries(anyOwnFields).map(([kind, own]) =>
    fc.tuple(anyCommon, own).map(([common, fields]) => ({ kind, ...common, ...fields }) as PlaceDraft),
  ),
);

/** Starts one of the scripts beside this file, in the Node that runs the tests. */
export function startChild(script: string, ...words: string[]): ChildProcessByStdio<null, Readable, Readable> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  return spawn(process.execPath, [file, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
}
