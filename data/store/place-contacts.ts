// Whom the desk calls about a place: a person's name and phone, sealed before they come here, apart from the place so that
// no public answer and no history can hold them.

import type { Kysely } from 'kysely';
import { type Actor, appendAudit } from './audit.ts';
import { forgottenBefore, HOUSEKEEPING } from './retention.ts';
import type { Tables } from './tables.ts';
import type { Writing } from './writer.ts';

/** Both sealed, for the place's id. */
export interface SealedContact {
  name: string;
  phone: string;
}

export async function contactOf(db: Kysely<Tables>, placeId: string): Promise<SealedContact | undefined> {
  return db.selectFrom('place_contacts').select(['name', 'phone']).where('place_id', '=', placeId).executeTakeFirst();
}

/** Null takes it away for good. The audit says that it changed, never what it was. */
export async function setContact(
  writing: Writing,
  placeId: string,
  contact: SealedContact | null,
  actor: Actor,
): Promise<void> {
  const { db, at } = writing;
  if (contact) {
    const row = { ...contact, at };
    await db
      .insertInto('place_contacts')
      .values({ place_id: placeId, ...row })
      .onConflict((conflict) => conflict.column('place_id').doUpdateSet(row))
      .execute();
  } else {
    const { numDeletedRows } = await db.deleteFrom('place_contacts').where('place_id', '=', placeId).executeTakeFirst();
    if (numDeletedRows === 0n) return;
  }
  const act = contact ? 'place.set-contact' : 'place.remove-contact';
  await appendAudit(writing, { actor, act, subject: placeId, details: {} });
}

/** Somebody looks at the phone; undefined when there is none. The audit knows it before they do. */
export async function revealContact(
  writing: Writing,
  placeId: string,
  actor: Actor,
): Promise<SealedContact | undefined> {
  const contact = await contactOf(writing.db, placeId);
  if (contact) await appendAudit(writing, { actor, act: 'place.reveal-phone', subject: placeId, details: {} });
  return contact;
}

/** Forgets whom to call about places that were withdrawn thirty days ago. */
export async function forgetOldContacts(writing: Writing): Promise<void> {
  const { db, at } = writing;
  const rows = await db
    .deleteFrom('place_contacts')
    .where('place_id', 'in', (select) =>
      select
        .selectFrom('places')
        .select('id')
        .where('status', 'in', ['retired', 'rejected'])
        .where('updated_at', '<', forgottenBefore(at)),
    )
    .returning('place_id')
    .execute();
  for (const { place_id } of rows) {
    await appendAudit(writing, { actor: HOUSEKEEPING, act: 'place.remove-contact', subject: place_id, details: {} });
  }
}
