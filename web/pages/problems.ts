// The six things that a rider can report, and what helps instead.

import type { CorePlace } from '../../data/core.ts';
import { REPORT_PROBLEMS, type ReportProblem } from '../../data/report.ts';
import type { ServiceCode } from '../../data/service.ts';
import type { IconName } from './icons.ts';

export { REPORT_PROBLEM_LABELS as PROBLEM_LABELS } from '../../data/report.ts';

export const PROBLEM_ICONS: Record<ReportProblem, IconName> = {
  'no-hot-water': 'hot-water',
  'charging-broken': 'ebike-charging',
  closed: 'door',
  refused: 'lock',
  dirty: 'broom',
  other: 'dots',
};

export function isProblem(text: unknown): text is ReportProblem {
  return (REPORT_PROBLEMS as readonly unknown[]).includes(text);
}

/** What the rider still needs after such a problem; empty when every place of the kind will do. */
export function needAfter(problem: ReportProblem, place: CorePlace): ServiceCode[] {
  if (problem === 'no-hot-water') return ['hot-water'];
  if (problem !== 'charging-broken') return [];
  const charging = (['ebike-charging', 'phone-charging'] as const).filter((code) =>
    place.services.some((service) => service.code === code),
  );
  return [charging[0] ?? 'phone-charging'];
}
