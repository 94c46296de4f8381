// A rider's report 反映问题: what can be wrong, and what a report counts as. Words that phone and server share. Pure.

import type { VoiceField } from './confirmation.ts';
import type { Place } from './place.ts';

export const REPORT_PROBLEMS = ['no-hot-water', 'charging-broken', 'closed', 'refused', 'dirty', 'other'] as const;
export type ReportProblem = (typeof REPORT_PROBLEMS)[number];

export const REPORT_PROBLEM_LABELS: Readonly<Record<ReportProblem, string>> = {
  'no-hot-water': '没热水',
  'charging-broken': '充电坏了',
  closed: '关门了',
  refused: '不让进',
  dirty: '脏',
  other: '其他',
};

export const REPORT_NOTE_CHARACTERS = 500;
export const REPORT_PHOTOS = 3;

/** `unverifiable`: the desk looked, and could not find it so. */
export const REPORT_STATUSES = ['received', 'resolved', 'unverifiable'] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

export const REPORT_STATUS_LABELS: Readonly<Record<ReportStatus, string>> = {
  received: '已收到',
  resolved: '已核实处理',
  unverifiable: '无法核实',
};

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
