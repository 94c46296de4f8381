// What the API answers the desk with, as types; the schemas themselves stay on the server.

import type { z } from 'zod';
import type { acceptedInvitationSchema, lookedAtInvitationSchema } from '../../data/account-schema.ts';

export type {
  AccountAnswer,
  InvitationAnswer,
  PendingActAnswer,
  SessionAnswer,
  SignedInAnswer,
} from '../../data/account-schema.ts';
export type InvitationLook = z.infer<typeof lookedAtInvitationSchema>;
export type AcceptedInvitation = z.infer<typeof acceptedInvitationSchema>;

export interface Listed<Item> {
  items: Item[];
  /** The cursor of the next page. */
  next: string | null;
}
