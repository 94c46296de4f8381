// How long a session of the desk lives, and what it may do unasked. Pure.

import { type Role, TOTP_ROLES } from './account.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Desk staff sit at shared desks: unattended for so long, their session is over. */
export const IDLE_MS = 30 * MINUTE_MS;
/** The longest day at the desk, and of anybody whose device is not enrolled. */
export const WORKDAY_MS = DAY_MS / 2;
/** Of those who work outside, on a device that was enrolled when they signed in. */
export const ENROLLED_MS = 30 * DAY_MS;
/** For dangerous acts the password must have been asked for within this time. */
export const CONFIRMED_MS = 10 * MINUTE_MS;
/** How exactly the last use is known: not every request is worth a write. */
export const TOUCH_MS = MINUTE_MS;

/** Times in milliseconds since 1970. */
export interface SessionTimes {
  role: Role;
  createdAtMs: number;
  lastSeenAtMs: number;
  confirmedAtMs: number;
  /** Keyed hash of the device that was enrolled at sign-in; null for none. */
  deviceHash: string | null;
}

/** How long a session of this kind lives at most, in milliseconds. */
export function longestMs({ role, deviceHash }: Pick<SessionTimes, 'role' | 'deviceHash'>): number {
  return deviceHash === null || TOTP_ROLES.includes(role) ? WORKDAY_MS : ENROLLED_MS;
}

/** When it ends if nothing more is asked with it. */
export function endsAtMs(session: SessionTimes): number {
  const last = session.createdAtMs + longestMs(session);
  return TOTP_ROLES.includes(session.role) ? Math.min(last, session.lastSeenAtMs + IDLE_MS) : last;
}

/**
 * Whether it may act now, on a request that shows this device or none. A session that outlives the workday writes only
 * together with its device: a stolen cookie alone is not enough.
 */
export function isAlive(
  session: SessionTimes,
  asked: { nowMs: number; deviceHash: string | undefined; isWriting: boolean },
): boolean {
  if (asked.nowMs >= endsAtMs(session)) return false;
  if (session.deviceHash === null || session.deviceHash === asked.deviceHash) return true;
  const isLate = asked.nowMs >= session.createdAtMs + WORKDAY_MS;
  return asked.deviceHash === undefined && !(asked.isWriting && isLate);
}

/** Whether the password was asked for recently enough for a dangerous act. */
export function isConfirmed(session: Pick<SessionTimes, 'confirmedAtMs'>, nowMs: number): boolean {
  return nowMs < session.confirmedAtMs + CONFIRMED_MS;
}
