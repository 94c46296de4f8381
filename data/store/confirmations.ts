// Voices of riders and staff: kept one by one, never changed, and what they do to the place in the same transaction.

import type { VoiceEffect, VoiceField } from '../confirmation.ts';
import { serviceOfField } from '../confirmation.ts';
import { type Device, isMature } from '../device.ts';
import type { Confirmer } from '../place.ts';
import type { Place } from '../place-schema.ts';
import { changesOfVoice, effectOfVoice, standingOf, VOICE_WINDOW_MS, type Voice } from '../voices.ts';
import type { Actor } from './audit.ts';
import { type PlaceChanges, placeById, updatePlace } from './places.ts';
import { advanceCounter, type Writing } from './writer.ts';

/** Who the audit names when voices change a place: riders have no account. */
export const RIDERS: Actor = { kind: 'system', name: 'riders' };

export interface NewConfirmation {
  placeId: string;
  field: VoiceField;
  value: boolean;
  /** One of CONFIRMATION_METHODS, or `report` when a report says it too. */
  method: string;
  device: Device;
}

/** `confirmedAt` is the field's own, after this voice; RFC 3339. */
export interface ConfirmationResult {
  recorded: true;
  effect: VoiceEffect;
  confirmedAt: string | null;
}

/** Undefined when there is no such place, or it does not have the service. */
export async function addConfirmation(
  writing: Writing,
  { placeId, field, value, method, device }: NewConfirmation,
): Promise<ConfirmationResult | undefined> {
  const atMs = Date.parse(writing.at);
  const voice: Voice = { device: device.hash, value, atMs, weighs: isMature(device, atMs) };
  return addVoice(writing, { placeId, field, method, voice, by: 'rider', actor: RIDERS });
}

/** What somebody with an account saw, or answers for. */
export interface StaffConfirmation {
  placeId: string;
  field: VoiceField;
  value: boolean;
  by: Confirmer;
  actor: Actor;
  /** The audit's word; `place.confirm` unless it says more. */
  act?: string;
  /** What else the same act changes of the place. */
  also?: PlaceChanges;
}

/** The same for staff, whose word needs nobody else's. */
export async function addStaffConfirmation(
  writing: Writing,
  { placeId, field, value, by, actor, act = 'place.confirm', also }: StaffConfirmation,
): Promise<ConfirmationResult | undefined> {
  const device = `account:${actor.name}`;
  const voice: Voice = { device, value, atMs: Date.parse(writing.at), weighs: true, isStaff: true };
  return addVoice(writing, { placeId, field, method: 'desk', voice, by, actor, act, ...(also && { also }) });
}

interface NewVoice {
  placeId: string;
  field: VoiceField;
  method: string;
  voice: Voice;
  by: Confirmer;
  actor: Actor;
  act?: string;
  also?: PlaceChanges;
}

async function addVoice(
  writing: Writing,
  { placeId, field, method, voice, by, actor, act, also }: NewVoice,
): Promise<ConfirmationResult | undefined> {
  const place = await placeById(writing.db, placeId);
  const standing = place && standingOf(place, field);
  if (!place || !standing) return undefined;
  const about = field === 'open' ? 'place' : 'service';
  const effect = effectOfVoice(about, standing, await earlierVoices(writing, placeId, field), voice);
  await writing.db
    .insertInto('confirmations')
    .values({
      seq: await advanceCounter(writing.db, 'voice_seq', 1),
      place_id: placeId,
      field,
      value: Number(voice.value),
      confirmed_by: by,
      method,
      device: voice.device,
      mature: Number(voice.weighs),
      at: writing.at,
    })
    .execute();
  const changes = { ...changesOfVoice(place, field, effect, writing.at, by), ...also };
  if (Object.keys(changes).length === 0) return { recorded: true, effect, confirmedAt: confirmedAt(place, field) };
  const expected = { version: place.version, actor, ...(act !== undefined && { act }) };
  const result = await updatePlace(writing, placeId, changes, expected);
  if (!result || 'conflict' in result) throw new Error('A place changed within its own transaction');
  return { recorded: true, effect, confirmedAt: confirmedAt(result.place, field) };
}

async function earlierVoices({ db, at }: Writing, placeId: string, field: VoiceField): Promise<Voice[]> {
  const rows = await db
    .selectFrom('confirmations')
    .select(['device', 'value', 'at', 'mature'])
    .where('place_id', '=', placeId)
    .where('field', '=', field)
    .where('at', '>=', new Date(Date.parse(at) - VOICE_WINDOW_MS).toISOString())
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({
    device: row.device,
    value: row.value === 1,
    atMs: Date.parse(row.at),
    weighs: row.mature === 1,
  }));
}

function confirmedAt(place: Place, field: VoiceField): string | null {
  const code = serviceOfField(field);
  if (code === undefined) return place.confirmedAt;
  return place.services.find((service) => service.code === code)?.confirmedAt ?? null;
}
