// Opening hours as the phone knows them: intervals that the server expanded, evaluated in a few lines. Pure.

import type { PlaceStatus } from './place.ts';

export const HOURS_STATES = ['open', 'closing-soon', 'closed', 'paused', 'unknown'] as const;
export type HoursStateName = (typeof HOURS_STATES)[number];

/** From here to closing, in minutes, an open place is closing-soon. */
export const CLOSING_SOON_MINUTES = 30;
export const HORIZON_DAYS = 14;

/**
 * One hours text, expanded. All times in whole minutes since 1970-01-01T00:00Z, half-open [start, end).
 * Outside [from, until) nothing is known.
 */
export interface HoursExpansion {
  from: number;
  until: number;
  /** Flat pairs start, end; ascending, not touching. */
  open: readonly number[];
  /** Flat pairs in which the text itself says that it is not sure. */
  unknown: readonly number[];
  /** 24/7 by its text: open at every minute, beyond the horizon as well. */
  allDay: boolean;
}

export interface HoursSubject {
  status: PlaceStatus;
  /** Minute at which a pause ends; null is until further notice. */
  statusUntil: number | null;
  /** Dated exceptions, flat triples start, end (minutes), open (0 or 1); the later in the list wins. */
  exceptions: readonly number[];
}

export interface HoursState {
  state: HoursStateName;
  /** Minute at which an open place closes; null when always open, unknown or beyond the horizon. */
  until: number | null;
  /** Minute at which a closed or paused place opens next; null when not known. */
  opensAt: number | null;
}
