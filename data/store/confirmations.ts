// Riders' voices: kept one by one, never changed, and what they do to the place in the same transaction.

import type { VoiceEffect, VoiceField } from '../confirmation.ts';
import { serviceOfField } from '../confirmation.ts';
import { type Device, isMature } from '../device.ts';
import type { Place } from '../place-schema.ts';
import { changesOfVoice, effectOfVoice, standingOf, VOICE_WINDOW_MS, type Voice } from '../voices.ts';
import type { Actor } from './audit.ts';
import { placeById, updatePlace } from './places.ts';
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
  const place = await placeById(writing.db, placeId);
  const standing = place && standingOf(place, field);
  if (!place || !standing) return undefined;
  const atMs = Date.parse(writing.at);
  const voice: Voice = { device: device.hash, value, atMs, weighs: isMature(device, atMs) };
  const effect = effectOfVoice(
    field === 'open' ? 'place' : 'service',
    standing,
    await earlierVoices(writing, placeId, field),
    voice,
  );
  await writing.db
    .insertInto('confirmations')
    .values({
      seq: await advanceCounter(writing.db, 'voice_seq', 1),
      place_id: placeId,
      field,
      value: Number(value),
      confirmed_by: 'rider',
      method,
      device: device.hash,
      mature: Number(voice.weighs),
      at: writing.at,
    })
    .execute();
  const changes = changesOfVoice(place, field, effect, writing.at, 'rider');
  if (Object.keys(changes).length === 0) return { recorded: true, effect, confirmedAt: confirmedAt(place, field) };
  const result = await updatePlace(writing, placeId, changes, { version: place.version, actor: RIDERS });
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
