// Reading the audit: a page of it, the newest first, for those who may see all of it or a part.

import type { Kysely } from 'kysely';
import type { AuditRow, Tables } from './tables.ts';

export interface AuditQuery {
  /** An account's id, or the name of another actor: `riders`. */
  actor?: string | undefined;
  /** An act's word, or what begins it: `place.` */
  act?: string | undefined;
  subject?: string | undefined;
  /** RFC 3339 in UTC; `until` is not included. */
  from?: string | undefined;
  until?: string | undefined;
  /** Only rows before this one. */
  before?: number | undefined;
  limit: number;
  /** Only this account's own acts, and those on places of its area. */
  only?: { accountId: string; areaCode: string } | undefined;
}

export type ListedAct = Omit<AuditRow, 'previous_hash'>;

export async function listAudit(db: Kysely<Tables>, query: AuditQuery): Promise<ListedAct[]> {
  const { actor, act, subject, from, until, before, limit, only } = query;
  let rows = db
    .selectFrom('audit')
    .select(['sequence', 'at', 'actor_kind', 'actor_name', 'act', 'subject', 'details', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(limit);
  if (actor !== undefined) rows = rows.where('actor_name', '=', actor);
  if (act !== undefined) rows = act.endsWith('.') ? rows.where('act', 'like', `${act}%`) : rows.where('act', '=', act);
  if (subject !== undefined) rows = rows.where('subject', '=', subject);
  if (from !== undefined) rows = rows.where('at', '>=', from);
  if (until !== undefined) rows = rows.where('at', '<', until);
  if (before !== undefined) rows = rows.where('sequence', '<', before);
  if (only) {
    const inside = `${only.areaCode}%`;
    rows = rows.where(({ or, and, eb, selectFrom }) =>
      or([
        and([eb('actor_kind', '=', 'account'), eb('actor_name', '=', only.accountId)]),
        eb(
          'subject',
          'in',
          selectFrom('places')
            .select('places.id')
            .where((place) =>
              place.or([
                place('places.district', 'like', inside),
                place('places.street', 'like', inside),
                place('places.community', 'like', inside),
              ]),
            ),
        ),
      ]),
    );
  }
  return rows.execute();
}
