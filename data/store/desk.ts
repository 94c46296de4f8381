// The desk's part of the store: who works here, how they sign in, and what waits for a second person.

import type { Kysely } from 'kysely';
import type { Post } from '../account.ts';
import {
  type AccountChanges,
  type AccountQuery,
  accountById,
  countOtherAdmins,
  createAccount,
  displayNames,
  forgetOldPhones,
  knownBy,
  listAccounts,
  type NewAccount,
  type StoredAccount,
  setCredentials,
  updateAccount,
  whereabouts,
} from './accounts.ts';
import { actOnce, type Once } from './answers.ts';
import { addApiKey, apiKeyByHash, apiKeys, type NewApiKey, revokeApiKey, useApiKey } from './api-keys.ts';
import { type Actor, appendAudit } from './audit.ts';
import {
  acceptInvitation,
  acceptReset,
  createInvitation,
  type Invitation,
  type InvitationQuery,
  invitationBy,
  listInvitations,
  type NewInvitation,
  pruneInvitations,
  withdrawInvitation,
} from './invitations.ts';
import { approve, callOff, type PendingAct, pendingActs, propose, runReadyActs } from './pending-acts.ts';
import type { Retirement } from './place-bulk.ts';
import { forgetOldContacts } from './place-contacts.ts';
import {
  actorOf,
  closeSession,
  confirmSession,
  type NewSession,
  openSession,
  pruneSessions,
  type StoredSession,
  sessionByToken,
  sessionsOf,
  touchSession,
  wantsTouch,
} from './sessions.ts';
import { addSignInCode, type NewSignInCode, pruneSignInCodes, takeSignInCode } from './sign-in-codes.ts';
import type { Tables } from './tables.ts';
import type { Writer, Writing } from './writer.ts';

export type Desk = ReturnType<typeof createDesk>;

export function createDesk(db: Kysely<Tables>, write: Writer['write'], now: () => Date) {
  const nowIso = () => now().toISOString();
  return {
    accounts: {
      get: (id: string) => accountById(db, id),
      known: (column: 'id' | 'username' | 'phone_lookup', value: string) => knownBy(db, column, value),
      list: (query: AccountQuery) => listAccounts(db, query),
      /** By id, as colleagues see them. */
      displayNames: (ids: readonly string[]) => displayNames(db, ids),
      hasAdmin: async () => (await countOtherAdmins(db)) > 0,
      whereabouts: (placeIds: readonly string[]) => whereabouts(db, placeIds),
      /** Undefined when there is an administrator already. */
      createFirstAdmin: (account: NewAccount, actor: Actor) =>
        write(async (writing) =>
          (await countOtherAdmins(writing.db)) > 0 ? undefined : createAccount(writing, account, actor),
        ),
      create: (account: NewAccount, actor: Actor) => write((writing) => createAccount(writing, account, actor)),
      update: (id: string, changes: AccountChanges, actor: Actor) =>
        write((writing) => updateAccount(writing, id, changes, actor)),
      /** Ends every session but this one. */
      changePassword: (id: string, passwordHash: string, keptSession: string) =>
        write((writing) =>
          setCredentials(
            writing,
            id,
            { passwordHash },
            { actor: actorOf({ id }), act: 'account.change-password', keptSession },
          ),
        ),
      /** That somebody looked at what is personal; nothing else changes. */
      auditReveal: (id: string, actor: Actor) =>
        write((writing) => appendAudit(writing, { actor, act: 'account.reveal-phone', subject: id, details: {} })),
    },
    apiKeys: {
      list: () => apiKeys(db),
      byHash: (keyHash: string) => apiKeyByHash(db, keyHash),
      add: (key: NewApiKey, creator: { id: string }) => write((writing) => addApiKey(writing, key, creator)),
      use: (id: string) => write((writing) => useApiKey(writing, id)),
      revoke: (id: string, actor: Actor) => write((writing) => revokeApiKey(writing, id, actor)),
    },
    sessions: {
      byToken: (tokenHash: string) => sessionByToken(db, tokenHash),
      of: (account: StoredAccount) => sessionsOf(db, account),
      open: (session: NewSession) => write((writing) => openSession(writing, session)),
      /** Writes once a minute at most. */
      touch: async (session: StoredSession, nowMs: number) => {
        if (wantsTouch(session, nowMs)) await write((writing) => touchSession(writing, session.id));
      },
      confirm: (session: { id: string; accountId: string }, totpStep: number | undefined) =>
        write((writing) => confirmSession(writing, session, totpStep)),
      close: (id: string, actor: Actor, owner?: string) => write((writing) => closeSession(writing, id, actor, owner)),
    },
    invitations: {
      list: (query: InvitationQuery) => listInvitations(db, query, nowIso()),
      byToken: (tokenHash: string) => invitationBy(db, 'token_hash', tokenHash, nowIso()),
      get: (id: string) => invitationBy(db, 'id', id, nowIso()),
      /** One to an administrator's account is held until a second person agrees. `url` is what the answer repeats. */
      create: (invitation: NewInvitation, creator: { id: string }, url: string, once?: Once) =>
        write((writing) =>
          actOnce(writing, once, async () => {
            const made = await createInvitation(writing, invitation, creator);
            const act = invitation.accountId === null ? 'invite-admin' : 'reset-admin';
            const payload = { invitationId: made.id };
            const pendingAct = invitation.isHeld ? await propose(writing, act, payload, creator) : null;
            return { url, invitation: made, pendingAct };
          }),
        ),
      /** With what it waits for. Returns whether there was one. */
      withdraw: (id: string, actor: Actor) =>
        write(async (writing) => {
          const acts = await pendingActs(writing.db);
          const waiting = acts.find(({ payload }) => 'invitationId' in payload && payload.invitationId === id);
          return waiting ? callOff(writing, waiting.id, actor) : withdrawInvitation(writing, id, actor);
        }),
      accept: (invitation: Invitation, account: NewAccount) =>
        write((writing) => acceptInvitation(writing, invitation, account)),
      acceptReset: (
        invitation: Invitation & { accountId: string },
        credentials: { passwordHash: string; sealedTotpSecret: string | null },
      ) => write((writing) => acceptReset(writing, invitation, credentials)),
    },
    signInCodes: {
      add: (code: NewSignInCode, actor: Actor) => write((writing) => addSignInCode(writing, code, actor)),
      take: (accountId: string, isCode: (codeHash: string) => boolean) =>
        write((writing) => takeSignInCode(writing, accountId, isCode)),
    },
    pendingActs: {
      /** Those that are ready run first. */
      async list(): Promise<PendingAct[]> {
        const acts = await pendingActs(db);
        if (!acts.some(({ readyAt }) => readyAt !== null && readyAt <= nowIso())) return acts;
        await write(runReadyActs);
        return pendingActs(db);
      },
      proposeRole: (accountId: string, post: Post, proposer: { id: string }) =>
        write((writing) => propose(writing, 'change-role', { accountId, ...post }, proposer)),
      proposeRetirement: (retirement: Retirement, proposer: { id: string }) =>
        write((writing) => propose(writing, 'retire-places', retirement, proposer)),
      approve: (id: string, approver: { id: string }) => write((writing) => approve(writing, id, approver)),
      callOff: (id: string, actor: Actor) => write((writing) => callOff(writing, id, actor)),
      runReady: () => write(runReadyActs),
    },
  };
}

/** Forgets what is over: sessions, codes and links. */
export async function pruneDesk(writing: Writing): Promise<void> {
  await pruneSessions(writing);
  await pruneSignInCodes(writing);
  await pruneInvitations(writing);
  await forgetOldPhones(writing);
  await forgetOldContacts(writing);
}
