import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SceneGate } from '../../data/details.ts';
import { gateVerdict, rideStretches } from '../../data/gate-verdict.ts';
import { type HoursExpansion, stretchAt } from '../../data/hours.ts';
import { verdictWords } from '../../web/pages/verdict-card.ts';

/** A wall clock that reads UTC: midnight is minute 0. */
const moment = (minute: number) => ({ nowMs: minute * 60_000, timezone: 'UTC' });
const hours = (...open: number[]): HoursExpansion => ({ from: 0, until: 2880, open, unknown: [], allDay: false });
type Rule = SceneGate['rules'][number];
const ebike = (open: HoursExpansion | null, changes: Partial<Rule> = {}): Rule => ({
  vehicle: 'ebike',
  hours: open,
  credential: 'none',
  severeWeather: false,
  speedLimitKmh: null,
  ...changes,
});
const gate = (name: string, ...rules: Rule[]): SceneGate => ({ name, point: null, rules });
const said = (gates: SceneGate[], minute: number, isSevere = false) => {
  const { title, lines } = verdictWords(gateVerdict(gates, minute * 60_000, isSevere), moment(minute));
  return [title, ...lines].join(' / ');
};

describe('the verdict at the gate', () => {
  const east = gate('东门', ebike(hours(360, 660, 840, 1020), { speedLimitKmh: 15 }));
  const bikes = ebike(null, { vehicle: 'swap-bike' });
  const feet = ebike(null, { vehicle: 'walk' });

  test('names the gate and how long there is left', () => {
    expect(said([east], 995)).toBe('现在能骑进去 / 走东门，还剩 25 分钟');
    expect(gateVerdict([east], 995 * 60_000).speedLimitKmh).toBe(15);
  });

  test('chooses the gate that stays open longest, and of those the one that asks for least', () => {
    const south = gate('南门', ebike(hours(360, 1320), { credential: 'register' }));
    const west = gate('西门', ebike(hours(360, 1320), { credential: 'code' }));
    expect(said([east, south, west], 900)).toBe('现在能骑进去 / 走西门，扫码进，还剩 7 小时');
    expect(said([east, south, gate('北门', ebike(null))], 900)).toBe('现在能骑进去 / 走北门，全天可进');
  });

  test('says from when, by which gate, and what gets in meanwhile', () => {
    const north = gate('北门', ebike(hours(1200, 1300)), bikes, feet);
    expect(said([north, east], 700)).toBe('现在不能骑进去 / 14:00 后可进，走东门 / 现在可换单车或步行进');
    expect(said([north, east], 1030)).toBe('现在不能骑进去 / 20:00 后可进，走北门 / 现在可换单车或步行进');
    expect(said([gate('东门', ebike(hours(1500, 1600)))], 1000)).toMatch(/明天 1:00 后可进，走东门 \/ 到门口先问/);
  });

  test('knows a compound that lets no e-bike in, and one of which nobody knows the rules', () => {
    expect(said([gate('东门', feet)], 600)).toBe('电动车不能骑进去 / 现在可步行进');
    expect(gateVerdict([], 0).state).toBe('unlisted');
    expect(gateVerdict([gate('东门')], 0).state).toBe('unlisted');
  });

  test('is not sure beyond what the rules were read for, nor where one gate cannot be read', () => {
    expect(said([east], 5000)).toMatch(/不清楚/);
    const unreadable: HoursExpansion = { from: 0, until: 0, open: [], unknown: [], allDay: false };
    expect(said([gate('西门', ebike(unreadable)), east], 700)).toMatch(/不清楚/);
    expect(said([gate('西门', ebike(unreadable)), east], 900)).toBe('现在能骑进去 / 走东门，还剩 2 小时');
    expect(rideStretches([gate('西门', ebike(unreadable))], 0, 1440)).toBeNull();
  });

  test('lifts a rule in severe weather only when told that there is', () => {
    const lifted = [gate('东门', ebike(hours(360, 660), { severeWeather: true }))];
    expect(said(lifted, 700)).toMatch(/^现在不能骑进去/);
    expect(said(lifted, 700, true)).toBe('现在能骑进去 / 走东门，全天可进');
    expect(rideStretches(lifted, 0, 1440, true)).toEqual([0, 1440]);
  });

  test('lets one rule take over from another at the same gate', () => {
    expect(gateVerdict([gate('东门', ebike(hours(0, 600)), ebike(hours(600, 700)))], 0).until).toBe(700);
  });
});

test('the day’s stretches are those of a rider who tries at every minute', () => {
  const anyHours = fc
    .uniqueArray(fc.integer({ min: 0, max: 2000 }), { maxLength: 6 })
    .map((bounds) => hours(...bounds.toSorted((a, b) => a - b).slice(0, bounds.length & ~1)));
  const anyGates = fc.array(fc.array(anyHours, { maxLength: 2 }), { maxLength: 3 });
  fc.assert(
    fc.property(anyGates, (all) => {
      const gates = all.map((each, i) => gate(`${i}`, ...each.map((expansion) => ebike(expansion))));
      const stretches = rideStretches(gates, 0, 1440) ?? [];
      for (let minute = 0; minute < 1440; minute += 13) {
        const isIn = all.flat().some((expansion) => stretchAt(expansion, [], minute).known === 'open');
        const next = stretches.findIndex((bound) => bound > minute);
        const verdict = gateVerdict(gates, minute * 60_000);
        if ((next % 2 === 1) !== isIn || (verdict.state === 'ride') !== isIn) return false;
        if (isIn && Math.min(verdict.until ?? 1440, 1440) > (stretches[next] as number)) return false;
      }
      return true;
    }),
    { numRuns: 60 },
  );
});
