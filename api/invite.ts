// Making a link that is good for one account or one renewal.

import { randomBytes } from 'node:crypto';
import type { Post } from '../data/account.ts';
import { newInvitationId } from '../data/store/invitations.ts';
import type { Invitation, Once, PendingAct } from '../data/store/store.ts';
import type { AppContext } from './context.ts';
import { invitationAnswer, pendingActAnswer } from './desk-answers.ts';
import { sealedPhone } from './posts.ts';

const TOKEN_BYTES = 32;

export interface MadeInvitation {
  url: string;
  invitation: Invitation;
  pendingAct: PendingAct | null;
}

/** @throws Problem 400 for a phone that the role does not sign in with */
export function createInvitation(
  context: Pick<AppContext, 'store' | 'secret' | 'config'>,
  wish: { post: Post; phone: string | undefined; accountId: string | null; isHeld: boolean },
  creator: { id: string },
  once?: Once,
): Promise<MadeInvitation> {
  const { store, secret, config } = context;
  const { post, accountId, isHeld } = wish;
  const id = newInvitationId();
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const invitation = {
    ...post,
    id,
    tokenHash: secret.hash('invitation', token),
    accountId,
    phone: sealedPhone(context, post.role, wish.phone, id),
    isHeld,
  };
  const url = `${config.publicUrl}/desk/invitation#token=${token}`;
  return store.desk.invitations.create(invitation, creator, url, once);
}

export async function newInvitationAnswer(
  { store, secret }: Pick<AppContext, 'store' | 'secret'>,
  { url, invitation, pendingAct }: MadeInvitation,
  creator: { id: string },
): Promise<object> {
  const names = await store.desk.accounts.displayNames([invitation.createdBy]);
  return {
    url,
    invitation: invitationAnswer(secret, invitation, names),
    pendingAct: pendingAct && pendingActAnswer(pendingAct, names, creator),
  };
}
