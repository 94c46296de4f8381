// A confirmation 核实: what somebody saw at a place, yes or no. Words that phone and server share. Pure.

import { SERVICE_CODES, type ServiceCode } from './service.ts';

/** `open`: is it open as announced; `services.<code>`: does it work. */
export type VoiceField = 'open' | `services.${ServiceCode}`;
export const VOICE_FIELDS: readonly VoiceField[] = [
  'open',
  ...SERVICE_CODES.map((code) => `services.${code}` as const),
];

export const CONFIRMATION_METHODS = ['qr-scan', 'gps', 'photo', 'phone'] as const;
export type ConfirmationMethod = (typeof CONFIRMATION_METHODS)[number];

/**
 * What a voice did. confirmed: the fact is fresh. noted: kept, and changes nothing alone. disputed: the place is 存疑
 * now. broken: the service is 故障 now. restored: the place is back in use, or the service works again.
 */
export const VOICE_EFFECTS = ['confirmed', 'noted', 'disputed', 'broken', 'restored'] as const;
export type VoiceEffect = (typeof VOICE_EFFECTS)[number];

/** The service that a field speaks of; undefined for `open`. */
export function serviceOfField(field: VoiceField): ServiceCode | undefined {
  return SERVICE_CODES.find((code) => field === `services.${code}`);
}
