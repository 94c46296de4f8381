// Accounts, sessions, invitations and waiting acts as the desk's routes answer them: phones masked, nothing that opens
// anything.

import { INVITABLE, TOTP_ROLES } from '../data/account.ts';
import type {
  AccountAnswer,
  InvitationAnswer,
  PendingActAnswer,
  SessionAnswer,
  SignedInAnswer,
} from '../data/account-schema.ts';
import { maskMobile } from '../data/phone.ts';
import { CONFIRMED_MS, endsAtMs, IDLE_MS, isConfirmed } from '../data/session.ts';
import type { Invitation, PendingAct, StoredAccount, StoredSession } from '../data/store/store.ts';
import { openIfPossible, type Secret } from './secret.ts';

const instant = (ms: number) => new Date(ms).toISOString();

export function accountAnswer(secret: Secret, account: StoredAccount): AccountAnswer {
  const { id, username, displayName, role, areaCode, placeIds, status, sealedPhone, hasPassword, createdAt } = account;
  const phone = maskedPhone(secret, sealedPhone, id);
  return { id, username, displayName, role, areaCode, placeIds: [...placeIds], status, phone, hasPassword, createdAt };
}

function maskedPhone(secret: Secret, sealed: string | null, about: string): string | null {
  const phone = sealed === null ? undefined : openIfPossible(secret, 'phone', sealed, about);
  return phone === undefined ? null : maskMobile(phone);
}

export function sessionAnswer(session: StoredSession, currentId: string): SessionAnswer {
  return {
    id: session.id,
    label: session.label,
    createdAt: instant(session.createdAtMs),
    lastSeenAt: instant(session.lastSeenAtMs),
    endsAt: instant(endsAtMs(session)),
    isEnrolled: session.deviceHash !== null,
    isCurrent: session.id === currentId,
  };
}

export function signedInAnswer(
  secret: Secret,
  { account, session }: { account: StoredAccount; session: StoredSession },
  nowMs: number,
): SignedInAnswer {
  const isDeskStaff = TOTP_ROLES.includes(account.role);
  return {
    account: accountAnswer(secret, account),
    session: sessionAnswer(session, session.id),
    confirmedUntil: isConfirmed(session, nowMs) ? instant(session.confirmedAtMs + CONFIRMED_MS) : null,
    needsTotp: isDeskStaff,
    mayInvite: [...INVITABLE[account.role]],
    idleMinutes: isDeskStaff ? IDLE_MS / 60_000 : null,
  };
}

/** @param names display names by account id */
export function invitationAnswer(
  secret: Secret,
  invitation: Invitation,
  names: ReadonlyMap<string, string>,
): InvitationAnswer {
  const { id, role, areaCode, placeIds, phone, accountId, createdBy, createdAt, expiresAt, isHeld } = invitation;
  return {
    id,
    role,
    areaCode,
    placeIds: [...placeIds],
    phone: maskedPhone(secret, phone?.sealed ?? null, id),
    accountId,
    createdBy: { id: createdBy, displayName: names.get(createdBy) ?? '' },
    createdAt,
    expiresAt,
    isHeld,
  };
}

/** @param names display names by account id */
export function pendingActAnswer(
  { id, act, label, payload, proposedBy, at, readyAt }: PendingAct,
  names: ReadonlyMap<string, string>,
  viewer: { id: string },
): PendingActAnswer {
  return {
    id,
    act,
    label,
    payload: { ...payload },
    proposedBy: { id: proposedBy, displayName: names.get(proposedBy) ?? '' },
    at,
    readyAt,
    isOwn: proposedBy === viewer.id,
  };
}
