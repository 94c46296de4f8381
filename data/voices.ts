// What voices do to a place. One rider's voice makes a good thing fresh, and never makes it bad: that takes two
// independent ones within two days, so that nobody hides a place alone. Staff answer for what they say. Pure.

import type { VoiceEffect, VoiceField } from './confirmation.ts';
import { serviceOfField } from './confirmation.ts';
import type { Confirmer, Place } from './place.ts';

/** One confirmation of a field of a place. */
export interface Voice {
  device: string;
  value: boolean;
  /** Milliseconds since 1970. */
  atMs: number;
  /** Of a device at least a day old when it spoke, or of staff: only such voices weigh in a dispute. */
  weighs: boolean;
  /** Answers for the place with a name: needs nobody to say the same. */
  isStaff?: boolean;
}

/** good: as it should be, as far as is known. bad: taken down. fixed: the desk decided, and riders do not move it. */
export type Standing = 'good' | 'bad' | 'fixed';

export const VOICE_WINDOW_MS = 48 * 3_600_000;
/** Said of a place that riders took down, and by which it is known that riders may take it back. */
export const DISPUTED_BY_RIDERS = '两位以上骑手反映没有开门';
/** Said of a place that somebody of the desk found closed: the desk takes that back. */
export const DISPUTED_BY_STAFF = '工作人员到场没有开门';

const VOICES_TO_TAKE_DOWN = 2;
/** Riders find a locked door again sooner than a broken kettle: a place needs two to come back, a service one. */
const VOICES_TO_RESTORE = { place: 2, service: 1 };

/**
 * What a voice does; `earlier` are those about the same field of the same place, in their order. Of each device only its
 * latest voice counts, and of those only the row of like ones at the end: a contradiction between two voices parts them.
 */
export function effectOfVoice(
  about: 'place' | 'service',
  standing: Standing,
  earlier: readonly Voice[],
  voice: Voice,
): VoiceEffect {
  if (standing === 'fixed') return 'noted';
  if (voice.isStaff) return effectOfStaff(about, standing, voice.value);
  const agreeing = countAgreeing(earlier, voice);
  if (standing === 'good') {
    if (voice.value) return 'confirmed';
    if (agreeing < VOICES_TO_TAKE_DOWN || !voice.weighs) return 'noted';
    return about === 'place' ? 'disputed' : 'broken';
  }
  return voice.value && voice.weighs && agreeing >= VOICES_TO_RESTORE[about] ? 'restored' : 'noted';
}

function effectOfStaff(about: 'place' | 'service', standing: 'good' | 'bad', value: boolean): VoiceEffect {
  if (value) return standing === 'good' ? 'confirmed' : 'restored';
  if (standing === 'bad') return 'noted';
  return about === 'place' ? 'disputed' : 'broken';
}

/** How many independent devices say the same as this voice, itself included when it weighs, with no other word between. */
function countAgreeing(earlier: readonly Voice[], voice: Voice): number {
  const heard = new Set([voice.device]);
  let agreeing = Number(voice.weighs);
  for (const each of earlier.toReversed()) {
    if (!each.weighs || heard.has(each.device) || voice.atMs - each.atMs > VOICE_WINDOW_MS) continue;
    if (each.value !== voice.value) break;
    heard.add(each.device);
    agreeing += 1;
  }
  return agreeing;
}

export function standingOf(place: Place, field: VoiceField): Standing | undefined {
  const code = serviceOfField(field);
  if (code !== undefined) {
    const service = place.services.find((each) => each.code === code);
    if (!service) return undefined;
    return service.state === 'broken' ? 'bad' : 'good';
  }
  if (place.status === 'active') return 'good';
  return place.status === 'disputed' && place.statusReason === DISPUTED_BY_RIDERS ? 'bad' : 'fixed';
}

export interface VoiceChanges {
  status?: 'active' | 'disputed';
  statusReason?: string | null;
  statusUntil?: null;
  confirmedAt?: string;
  confirmedBy?: Confirmer;
  services?: Place['services'];
}

/**
 * The fields of a place that an effect changes; none for `noted`. Who confirms a service was inside: that makes the place
 * fresh too, unless it is in doubt or paused.
 * @param at RFC 3339
 */
export function changesOfVoice(
  place: Place,
  field: VoiceField,
  effect: VoiceEffect,
  at: string,
  by: Confirmer,
): VoiceChanges {
  if (effect === 'noted') return {};
  if (effect === 'disputed') {
    const statusReason = by === 'rider' ? DISPUTED_BY_RIDERS : DISPUTED_BY_STAFF;
    return { status: 'disputed', statusReason, statusUntil: null };
  }
  const code = serviceOfField(field);
  const fresh = { confirmedAt: at, confirmedBy: by };
  if (code === undefined) {
    return effect === 'restored' ? { ...fresh, status: 'active', statusReason: null, statusUntil: null } : fresh;
  }
  const state = effect === 'broken' ? ('broken' as const) : ('ok' as const);
  const services = place.services.map((each) =>
    each.code === code ? { ...each, state, confirmedAt: at, confirmedBy: by } : each,
  );
  return state === 'ok' && place.status === 'active' ? { ...fresh, services } : { services };
}
