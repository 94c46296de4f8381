// What a rider can say of a place, and what came of it.

import type { VoiceEffect, VoiceField } from '../../data/confirmation.ts';
import type { Point } from '../../data/place.ts';
import type { ReportProblem } from '../../data/report.ts';
import type { SuggestedChanges } from '../../data/suggestion.ts';

/**
 * `queued`: kept on the phone, and sent when there is a network. `failed`: the server could not take it now. `refused`: for
 * good. Both with the reason for people.
 */
export type Outcome<Answer> =
  | { state: 'sent'; answer: Answer }
  | { state: 'queued' }
  | { state: 'failed'; reason: string }
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
  /** The same for the same words, however often they are tried: they arrive once. */
  key: string;
}

export interface SuggestionDraft {
  /** Null for a new place. */
  placeId: string | null;
  /** The place's, or the suggested one. */
  name: string;
  changes: SuggestedChanges;
  /** Picked by hand; never where the phone is. */
  point: Point | null;
  /** Empty when nothing was added. */
  note: string;
  photos: readonly Blob[];
  /** The same for the same words, however often they are tried: they arrive once. */
  key: string;
}

/** What the store says of a receipt. `unknown`: not with this phone's key. */
export interface ReceiptNews {
  state: 'received' | 'unreachable' | 'unknown';
  /** The store's word; null when it said none. */
  status: string | null;
  /** Null until the desk has decided. */
  outcome: { reason: string | null; atMs: number } | null;
}

export interface Voices {
  confirm(placeId: string, field: VoiceField, value: boolean): Promise<Outcome<ConfirmationAnswer>>;
  report(placeId: string, draft: ReportDraft): Promise<Outcome<{ number: string; key: string }>>;
  suggest(draft: SuggestionDraft): Promise<Outcome<{ number: string; key: string }>>;
  checkIn(placeId: string): Promise<Outcome<unknown>>;
  count(placeId: string, bikes: { available: number; outOfService: number }): Promise<Outcome<unknown>>;
  /** Asks the store about a receipt whose key this phone has. */
  readReceipt(number: string): Promise<ReceiptNews>;
}
