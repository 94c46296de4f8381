// How long what is personal is kept once its matter is over. The acts that forget stand with their nouns.

import type { Actor } from './audit.ts';

/** Who the audit names when something is forgotten because its time is over. */
export const HOUSEKEEPING: Actor = { kind: 'system', name: 'housekeeping' };

const KEPT_MS = 30 * 24 * 3_600_000;

/** What was over before this instant is forgotten at `at`; both RFC 3339 in UTC. */
export function forgottenBefore(at: string): string {
  return new Date(Date.parse(at) - KEPT_MS).toISOString();
}
