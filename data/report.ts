// A rider's report 反映问题: what can be wrong, and what a report counts as. Words that phone and server share. Pure.

import type { VoiceField } from './confirmation.ts';
import type { Place } from './place.ts';

export const REPORT_PROBLEMS = ['no-hot-water', 'charging-broken', 'closed', 'refused', 'dirty', 'other'] as const;
export type ReportProblem = (typeof REPORT_PROBLEMS)[number];

export const REPORT_NOTE_CHARACTERS = 500;
export const REPORT_PHOTOS = 3;

/** The one promise of a receipt: it arrived. */
export const REPORT_STATUSES = ['received'] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

const CHARGING = ['ebike-charging', 'phone-charging'] as const;

/**
 * The field of the place that a report also says no to. Broken charging says so only where it is clear which is meant,
 * the place having one of the two kinds. Being refused is none: the place is open, only not to everybody.
 */
export function fieldOfProblem(problem: ReportProblem, place: Pick<Place, 'services'>): VoiceField | undefined {
  const has = (code: string) => place.services.some((service) => service.code === code);
  if (problem === 'closed') return 'open';
  if (problem === 'no-hot-water') return has('hot-water') ? 'services.hot-water' : undefined;
  if (problem !== 'charging-broken') return undefined;
  const [only, other] = CHARGING.filter(has);
  return only !== undefined && other === undefined ? `services.${only}` : undefined;
}
