import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { VoiceEffect } from '../../data/confirmation.ts';
import { isMature } from '../../data/device.ts';
import type { Place } from '../../data/place.ts';
import { placeSchema } from '../../data/place-schema.ts';
import { fieldOfProblem, REPORT_PROBLEMS } from '../../data/report.ts';
import { changesOfVoice, DISPUTED_BY_RIDERS, effectOfVoice, standingOf, type Voice } from '../../data/voices.ts';
import { station } from './store/support.ts';

const HOUR_MS = 3_600_000;
const AT = '2026-11-20T04:00:00.000Z';

/** `A+` a yes of device A, `A-` a no; `?` after it: too young to weigh. `@50` so many hours after the first. */
function voices(text: string): Voice[] {
  return text.split(' ').map((each) => {
    const [, device = '', sign, young, hours] = /^([A-Z])([+-])(\?)?(?:@(\d+))?$/.exec(each) ?? [];
    return { device, value: sign === '+', weighs: young === undefined, atMs: Number(hours ?? 0) * HOUR_MS };
  });
}

/** Hears them one after the other, as the store does, and says what each did. */
function effects(about: 'place' | 'service', all: readonly Voice[]): VoiceEffect[] {
  let standing: 'good' | 'bad' = 'good';
  return all.map((voice, i) => {
    const effect = effectOfVoice(about, standing, all.slice(0, i), voice);
    if (effect === 'disputed' || effect === 'broken') standing = 'bad';
    if (effect === 'restored') standing = 'good';
    return effect;
  });
}

test.each([
  ['a yes is fresh at once', 'A+', 'confirmed'],
  ['also from a young device', 'A+?', 'confirmed'],
  ['a no alone is noted', 'A-', 'noted'],
  ['twice from one device too', 'A- A-@1 A-@30', 'noted'],
  ['two noes are enough', 'A- B-', 'disputed'],
  ['within two days', 'A- B-@48', 'disputed'],
  ['not after them', 'A- B-@49', 'noted'],
  ['a yes between parts them', 'A- C+@1 B-@2', 'noted'],
  ['until a second no after it', 'A- C+@1 B-@2 D-@3', 'disputed'],
  ['who changed his mind counts as what he says last', 'A- A+@1 B-@2', 'noted'],
  ['and who changed it to no counts as no', 'A+ A-@1 B-@2', 'disputed'],
  ['a young no is no second voice', 'A- B-?', 'noted'],
  ['nor a first', 'A-? B-', 'noted'],
  ['a young yes parts nothing', 'A- C+?@1 B-@2', 'disputed'],
  ['a yes alone does not lift a doubt', 'A- B- C+', 'noted'],
  ['two do', 'A- B- C+ D+', 'restored'],
  ['young ones do not', 'A- B- C+? D+?', 'noted'],
  ['those who raised it may lift it', 'A- B- A+@1 B+@2', 'restored'],
  ['a no between two yeses parts them', 'A- B- C+@1 A-@2 D+@3', 'noted'],
  ['a third no changes nothing more', 'A- B- C-', 'noted'],
])('%s', (_name, said, last) => {
  expect(effects('place', voices(said)).at(-1)).toBe(last);
});

test.each([
  ['two noes break a service', 'A- B-', 'broken'],
  ['a yes mends it', 'A- B- C+', 'restored'],
  ['a young one does not', 'A- B- C+?', 'noted'],
])('%s', (_name, said, last) => {
  expect(effects('service', voices(said)).at(-1)).toBe(last);
});

const anyVoice = fc.record({
  device: fc.constantFrom('A', 'B', 'C', 'D'),
  value: fc.boolean(),
  weighs: fc.boolean(),
  pauseHours: fc.nat(30),
});
const anyVoices = fc.array(anyVoice, { maxLength: 12 }).map((all) => {
  let atMs = 0;
  return all.map(({ pauseHours, ...voice }) => {
    atMs += pauseHours * HOUR_MS;
    return { ...voice, atMs };
  });
});
const taken = (effect: VoiceEffect | undefined) => effect === 'disputed' || effect === 'broken';

describe('whatever is said', () => {
  test('one device, however often, and young ones, however many, take nothing down', () => {
    fc.assert(
      fc.property(fc.constantFrom('place', 'service'), anyVoices, (about, all) => {
        expect(
          effects(
            about,
            all.map((voice) => ({ ...voice, device: 'A' })),
          ).some(taken),
        ).toBe(false);
        expect(
          effects(
            about,
            all.map((voice) => ({ ...voice, weighs: false })),
          ).some(taken),
        ).toBe(false);
      }),
    );
  });

  test('what is taken down was denied last by two grown devices within two days, which a slow look back finds', () => {
    fc.assert(
      fc.property(anyVoices, (all) => {
        effects('place', all).forEach((effect, i) => {
          const heard = all.slice(0, i + 1).filter((voice) => voice.weighs);
          const now = all[i]?.atMs ?? 0;
          const last = [...new Set(heard.map((voice) => voice.device))].map((device) =>
            heard.findLastIndex((voice) => voice.device === device),
          );
          const recent = last.filter((at) => now - (heard[at]?.atMs ?? 0) <= 48 * HOUR_MS);
          const lastYes = Math.max(-1, ...recent.filter((at) => heard[at]?.value));
          const noes = recent.filter((at) => !heard[at]?.value && at > lastYes).length;
          if (taken(effect)) expect(noes).toBeGreaterThanOrEqual(2);
          if (effect === 'noted' && all[i]?.value === false && all[i]?.weighs && noes >= 2) {
            // Only because it was down already.
            const before = effects('place', all.slice(0, i));
            expect(before.findLast((each) => taken(each) || each === 'restored')).toBe('disputed');
          }
        });
      }),
      { numRuns: 500 },
    );
  });

  test('a desk decision is not moved', () => {
    fc.assert(
      fc.property(anyVoices, (all) => {
        all.forEach((voice, i) => {
          expect(effectOfVoice('place', 'fixed', all.slice(0, i), voice)).toBe('noted');
        });
      }),
    );
  });
});

describe('staff', () => {
  const said = (value: boolean): Voice => ({ device: 'account:1', value, atMs: 0, weighs: true, isStaff: true });

  test('take down and lift up alone, whatever was said before', () => {
    fc.assert(
      fc.property(anyVoices, fc.constantFrom('place' as const, 'service' as const), (earlier, about) => {
        expect(effectOfVoice(about, 'good', earlier, said(false))).toBe(about === 'place' ? 'disputed' : 'broken');
        expect(effectOfVoice(about, 'bad', earlier, said(true))).toBe('restored');
        expect(effectOfVoice(about, 'good', earlier, said(true))).toBe('confirmed');
        expect(effectOfVoice(about, 'bad', earlier, said(false))).toBe('noted');
        expect(effectOfVoice(about, 'fixed', earlier, said(true))).toBe('noted');
      }),
    );
  });

  test('who find a place closed put it in doubt until the desk decides: riders do not take that back', () => {
    const changes = changesOfVoice(place(), 'open', 'disputed', AT, 'grid-worker');
    expect(changes).toMatchObject({ status: 'disputed' });
    expect(standingOf(place({ ...changes } as Partial<Place>), 'open')).toBe('fixed');
  });
});

const whole = { id: 'any-place', shortCode: '00000', photos: [], createdAt: AT, updatedAt: AT, version: 1 };
const place = (overrides: Partial<Place> = {}): Place =>
  placeSchema.parse({
    ...station({
      services: [
        { code: 'hot-water', state: 'ok', confirmedAt: null, confirmedBy: null },
        { code: 'phone-charging', state: 'broken', confirmedAt: null, confirmedBy: null },
      ],
    }),
    ...whole,
    ...overrides,
  });

test('where a place stands, field by field', () => {
  expect(standingOf(place(), 'open')).toBe('good');
  expect(standingOf(place({ status: 'paused' }), 'open')).toBe('fixed');
  expect(standingOf(place({ status: 'disputed', statusReason: '正在核对' }), 'open')).toBe('fixed');
  expect(standingOf(place({ status: 'disputed', statusReason: DISPUTED_BY_RIDERS }), 'open')).toBe('bad');
  expect(standingOf(place(), 'services.hot-water')).toBe('good');
  expect(standingOf(place(), 'services.phone-charging')).toBe('bad');
  expect(standingOf(place(), 'services.shower')).toBeUndefined();
});

test('a kettle seen working does not make a place in doubt fresh', () => {
  const doubted = place({ status: 'disputed', statusReason: DISPUTED_BY_RIDERS });
  const changes = changesOfVoice(doubted, 'services.hot-water', 'confirmed', AT, 'rider');
  expect(Object.keys(changes)).toEqual(['services']);
  expect(changesOfVoice(place(), 'services.hot-water', 'confirmed', AT, 'rider')).toMatchObject({ confirmedAt: AT });
});

test('what the changes make of a place is one that its schema takes', () => {
  for (const field of ['open', 'services.hot-water'] as const) {
    for (const effect of ['confirmed', 'noted', 'disputed', 'broken', 'restored'] as const) {
      const changed = { ...place(), ...changesOfVoice(place(), field, effect, AT, 'rider') };
      expect(placeSchema.safeParse(changed).success).toBe(true);
    }
  }
});

test('a report is also a voice where it is clear about what', () => {
  const fields = (...codes: ('hot-water' | 'phone-charging' | 'ebike-charging')[]) => {
    const services = codes.map((code) => ({ code, state: 'ok' as const, confirmedAt: null, confirmedBy: null }));
    return REPORT_PROBLEMS.map((problem) => fieldOfProblem(problem, { services }));
  };
  const none = [undefined, undefined, undefined];
  expect(fields()).toEqual([undefined, undefined, 'open', ...none]);
  expect(fields('hot-water', 'ebike-charging')).toEqual([
    'services.hot-water',
    'services.ebike-charging',
    'open',
    ...none,
  ]);
  expect(fields('phone-charging', 'ebike-charging')).toEqual([undefined, undefined, 'open', ...none]);
});

test('a device grows up at 24 hours, and one from the future never has', () => {
  const device = { hash: '', issuedAtMs: 0 };
  expect([-HOUR_MS, 23 * HOUR_MS, 24 * HOUR_MS].map((now) => isMature(device, now))).toEqual([false, false, true]);
});
