// Whether an e-bike gets into a friendly compound now, and by which gate. Pure; phone and server share it.

import type { SceneGate } from './details.ts';
import { type HoursSubject, hoursStateAt, stretchAt } from './hours.ts';
import type { GateCredential, GateVehicle } from './place.ts';

type Stretch = ReturnType<typeof stretchAt>;
type GateRule = SceneGate['rules'][number];

/**
 * `ride`: in now, by `gate`. `no-ride`: not now. `never`: the gates that we know let no e-bike in. `unknown`: the rules'
 * hours cannot be told. `unlisted`: nobody has written down a single rule.
 */
export interface GateVerdict {
  state: 'ride' | 'no-ride' | 'never' | 'unknown' | 'unlisted';
  /** The gate to take: now for `ride`, at `opensAt` for `no-ride`. */
  gate: string | null;
  credential: GateCredential | null;
  speedLimitKmh: number | null;
  /** Minute at which it ends; null: it does not, or not before the rules' horizon. */
  until: number | null;
  /** Whether the gate lets in at every hour of every day. */
  allDay: boolean;
  /** Minute from which one may ride in again; null when not known. */
  opensAt: number | null;
  /** What else gets in now. */
  otherwise: readonly Exclude<GateVehicle, 'ebike'>[];
}

/** The rule itself is never paused. */
const IN_FORCE: HoursSubject = { status: 'active', statusUntil: null, exceptions: [] };
/** Later than any minute; two of them still make a difference of 0. */
const NEVER = Number.MAX_SAFE_INTEGER;
const CREDENTIAL_RANKS: Record<GateCredential, number> = { none: 0, code: 1, register: 2, 'owner-call': 3 };

/**
 * The verdict for an e-bike at `nowMs`. The gate that stays open longest wins, then the one that asks for least.
 * @param isSevereWeather a severe-weather event runs, in which rules with that exception let in at any hour
 */
export function gateVerdict(gates: readonly SceneGate[], nowMs: number, isSevereWeather = false): GateVerdict {
  const none = { gate: null, credential: null, speedLimitKmh: null, until: null, allDay: false, opensAt: null };
  const otherwise = (['swap-bike', 'walk'] as const).filter((vehicle) =>
    gates.some((gate) => rulesFor(gate, vehicle).some((rule) => letsIn(rule, nowMs, isSevereWeather))),
  );
  if (gates.every((gate) => gate.rules.length === 0)) return { state: 'unlisted', ...none, otherwise };
  const ways = gates.flatMap((gate) => rulesFor(gate, 'ebike').map((rule) => ({ gate, rule })));
  if (ways.length === 0) return { state: 'never', ...none, otherwise };

  const openNow = ways
    .filter(({ rule }) => letsIn(rule, nowMs, isSevereWeather))
    .map((way) => ({ ...way, until: untilOf(rulesFor(way.gate, 'ebike'), nowMs, isSevereWeather) }))
    .sort(
      (a, b) =>
        (b.until ?? NEVER) - (a.until ?? NEVER) ||
        CREDENTIAL_RANKS[a.rule.credential] - CREDENTIAL_RANKS[b.rule.credential],
    );
  const best = openNow[0];
  if (best) {
    const allDay = isAlways(best.rule, isSevereWeather);
    return { ...none, state: 'ride', ...factsOf(best), until: best.until, allDay, otherwise };
  }
  const states = ways.map((way) => ({ ...way, hours: hoursStateAt(way.rule.hours, IN_FORCE, nowMs) }));
  const next = states
    .flatMap(({ gate, rule, hours }) => (hours.opensAt === null ? [] : [{ gate, rule, opensAt: hours.opensAt }]))
    .sort((a, b) => a.opensAt - b.opensAt)[0];
  if (states.some(({ hours }) => hours.state === 'unknown')) return { state: 'unknown', ...none, otherwise };
  if (!next) return { state: 'no-ride', ...none, otherwise };
  return { ...none, state: 'no-ride', ...factsOf(next), opensAt: next.opensAt, otherwise };
}

/**
 * The stretches of a day in which an e-bike gets in by some gate, as flat pairs of minutes, ascending, not touching.
 * Null when part of it cannot be told.
 */
export function rideStretches(
  gates: readonly SceneGate[],
  from: number,
  until: number,
  isSevereWeather = false,
): number[] | null {
  const rules = gates.flatMap((gate) => rulesFor(gate, 'ebike'));
  const pairs: number[] = [];
  for (let at = from; at < until; ) {
    let end = until;
    let isOpen = false;
    let isUnknown = false;
    for (const rule of rules) {
      const stretch = stretchOf(rule, at, isSevereWeather);
      end = Math.min(end, stretch.end);
      isOpen ||= stretch.known === 'open';
      isUnknown ||= stretch.known === 'unknown';
    }
    if (isUnknown && !isOpen) return null;
    if (isOpen && pairs.at(-1) === at) pairs[pairs.length - 1] = end;
    else if (isOpen) pairs.push(at, end);
    at = end;
  }
  return pairs;
}

function rulesFor(gate: SceneGate, vehicle: GateVehicle): GateRule[] {
  return gate.rules.filter((rule) => rule.vehicle === vehicle);
}

function isAlways(rule: GateRule, isSevereWeather: boolean): boolean {
  return rule.hours === null || rule.hours.allDay || (isSevereWeather && rule.severeWeather);
}

function letsIn(rule: GateRule, nowMs: number, isSevereWeather: boolean): boolean {
  return stretchOf(rule, Math.floor(nowMs / 60_000), isSevereWeather).known === 'open';
}

function stretchOf(rule: GateRule, minute: number, isSevereWeather: boolean): Stretch {
  if (isAlways(rule, isSevereWeather)) return { known: 'open', end: Number.POSITIVE_INFINITY };
  return stretchAt(rule.hours, [], minute);
}

/** The minute at which a gate that lets in now stops; its rules may take over from each other. */
function untilOf(rules: readonly GateRule[], nowMs: number, isSevereWeather: boolean): number | null {
  for (let at = Math.floor(nowMs / 60_000); ; ) {
    const stretches = rules.map((rule) => stretchOf(rule, at, isSevereWeather));
    const end = Math.max(...stretches.map((stretch) => (stretch.known === 'open' ? stretch.end : at)));
    if (end === Number.POSITIVE_INFINITY) return null;
    // Where the hours are no longer known, the end is not known either.
    if (end === at) return stretches.some((stretch) => stretch.known === 'unknown') ? null : at;
    at = end;
  }
}

function factsOf({
  gate,
  rule,
}: {
  gate: SceneGate;
  rule: GateRule;
}): Pick<GateVerdict, 'gate' | 'credential' | 'speedLimitKmh'> {
  return { gate: gate.name, credential: rule.credential, speedLimitKmh: rule.speedLimitKmh };
}
