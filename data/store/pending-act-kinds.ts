// The acts that one administrator alone may not do. A new one is a line here: its name, how people call it, and what it
// does once a second person has agreed.

import type { Post } from '../account.ts';
import { changeRole } from './accounts.ts';
import type { Actor } from './audit.ts';
import { releaseInvitation, withdrawInvitation } from './invitations.ts';
import { type Retirement, retirePlaces } from './place-bulk.ts';
import type { Writing } from './writer.ts';

export interface PendingActKind<Payload> {
  label: string;
  /** Done in the name of whoever proposed it. What it was about may be gone by then: that is no error. */
  run(writing: Writing, payload: Payload, proposer: Actor): Promise<unknown>;
  /** What has to go when it is called off. */
  cancel?(writing: Writing, payload: Payload, actor: Actor): Promise<unknown>;
}

/** What each act needs to know; plain JSON, nothing personal. */
export interface PendingPayloads {
  'invite-admin': { invitationId: string };
  'reset-admin': { invitationId: string };
  'change-role': Post & { accountId: string };
  'retire-places': Retirement;
}
export type PendingActName = keyof PendingPayloads;

export const PENDING_ACT_KINDS: { [Name in PendingActName]: PendingActKind<PendingPayloads[Name]> } = {
  'invite-admin': {
    label: '邀请一位市级管理员',
    run: (writing, { invitationId }) => releaseInvitation(writing, invitationId),
    cancel: (writing, { invitationId }, actor) => withdrawInvitation(writing, invitationId, actor),
  },
  'reset-admin': {
    label: '给一位市级管理员重设密码和动态码',
    run: (writing, { invitationId }) => releaseInvitation(writing, invitationId),
    cancel: (writing, { invitationId }, actor) => withdrawInvitation(writing, invitationId, actor),
  },
  'change-role': {
    label: '更改账号的角色',
    run: (writing, { accountId, ...post }, proposer) => changeRole(writing, accountId, post, proposer),
  },
  'retire-places': {
    label: '一次撤销多个点位',
    run: retirePlaces,
  },
};
