// What a rider can say of a place, and what came of it.

import type { VoiceEffect, VoiceField } from '../../data/confirmation.ts';
import type { ReportProblem } from '../../data/report.ts';

/** `queued`: kept on the phone, and sent when there is a network. `refused`: for good, with the reason for people. */
export type Outcome<Answer> =
  | { state: 'sent'; answer: Answer }
  | { state: 'queued' }
  | { state: 'refused'; reason: string };

/** What a confirmation did: one voice alone never hides a place nor marks a service broken. */
export interface ConfirmationAnswer {
  effect: VoiceEffect;
}

export interface ReportDraft {
  problem: ReportProblem;
  /** Empty when nothing was added. */
  note: string;
  photos: readonly Blob[];
}

export interface Voices {
  confirm(placeId: string, field: VoiceField, value: boolean): Promise<Outcome<ConfirmationAnswer>>;
  report(placeId: string, draft: ReportDraft): Promise<Outcome<{ number: string; key: string }>>;
  checkIn(placeId: string): Promise<Outcome<unknown>>;
  count(placeId: string, bikes: { available: number; outOfService: number }): Promise<Outcome<unknown>>;
  /** Asks the store about a receipt whose key this phone has. */
  readReceipt(number: string): Promise<'received' | 'unreachable' | 'unknown'>;
}
