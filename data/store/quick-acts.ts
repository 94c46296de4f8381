// Quick acts of those who look after a place: what they say is live with the commit, and counts as a confirmation.

import type { Kysely } from 'kysely';
import type { VoiceEffect, VoiceField } from '../confirmation.ts';
import type { Confirmer } from '../place.ts';
import type { Place } from '../place-schema.ts';
import { closedEarly, isClosedEarly, PAUSE_ACT, refusalOf, withoutEarlyClosing } from '../quick-act.ts';
import type { QuickActAnswer, QuickActRequest } from '../quick-act-schema.ts';
import { type Actor, appendAudit } from './audit.ts';
import { addStaffConfirmation } from './confirmations.ts';
import { RefusedActError } from './errors.ts';
import { lastStatusAct } from './place-versions.ts';
import { type PlaceChanges, placeById, updatePlace } from './places.ts';
import type { Tables } from './tables.ts';
import type { Writing } from './writer.ts';

export interface NewQuickAct {
  placeId: string;
  request: QuickActRequest;
  actor: Actor;
  by: Confirmer;
  /** The city's date, 2026-11-20, and the instant at which it ends, RFC 3339. */
  day: string;
  dayEnds: string;
}

/** Undefined when there is no such place. Throws RefusedActError when the place, as it is, does not allow the act. */
export async function addQuickAct(writing: Writing, act: NewQuickAct): Promise<QuickActAnswer | undefined> {
  const place = await placeById(writing.db, act.placeId);
  if (!place) return undefined;
  const isDeskPause =
    place.status === 'paused' && act.by !== 'curator' && (await lastStatusAct(writing.db, place.id))?.act !== PAUSE_ACT;
  const refused = refusalOf(place, act.request, Date.parse(writing.at), isDeskPause);
  if (refused) throw new RefusedActError(refused.code, refused.field, refused.message);
  const effect = await perform(writing, place, act);
  const after = (await placeById(writing.db, place.id)) ?? place;
  const { id, version, status, statusUntil, statusReason, hoursExceptions, services, confirmedAt } = after;
  return {
    recorded: true,
    effect,
    place: { id, version, status, statusUntil, statusReason, hoursExceptions, services, confirmedAt },
    visitorsToday: await visitorsOn(writing.db, place.id, act.day),
  };
}

async function perform(writing: Writing, place: Place, act: NewQuickAct): Promise<VoiceEffect | null> {
  const { request, by } = act;
  const fresh = { confirmedAt: writing.at, confirmedBy: by };
  switch (request.act) {
    case 'close-early': {
      // Neither yes nor no to "open as announced": it changes what is announced. Who says so was there.
      const hoursExceptions = closedEarly(place.hoursExceptions, writing.at, request.until ?? act.dayEnds);
      await change(writing, place, act, 'place.close-early', { hoursExceptions, ...fresh });
      return null;
    }
    case 'reopen':
      return confirm(writing, act, 'open', true, 'place.reopen', {
        hoursExceptions: withoutEarlyClosing(place.hoursExceptions),
      });
    case 'service-broken':
      return confirm(writing, act, `services.${request.service}`, false, 'place.service-broken');
    case 'service-ok':
      return confirm(writing, act, `services.${request.service}`, true, 'place.service-ok');
    case 'pause': {
      const { until: statusUntil, reason: statusReason } = request;
      await change(writing, place, act, PAUSE_ACT, { status: 'paused', statusUntil, statusReason });
      return null;
    }
    case 'resume':
      await change(writing, place, act, 'place.resume', {
        status: 'active',
        statusUntil: null,
        statusReason: null,
        ...fresh,
      });
      return confirm(writing, act, 'open', true, 'place.resume');
    case 'visitors':
      await countVisitors(writing, act, request.count);
      if (place.status !== 'active' || isClosedEarly(place, Date.parse(writing.at))) return null;
      return confirm(writing, act, 'open', true, 'place.count-visitors');
  }
}

async function change(
  writing: Writing,
  place: Place,
  { actor }: NewQuickAct,
  act: string,
  changes: PlaceChanges,
): Promise<void> {
  await updatePlace(writing, place.id, changes, { version: place.version, actor, act });
}

async function confirm(
  writing: Writing,
  { placeId, by, actor }: NewQuickAct,
  field: VoiceField,
  value: boolean,
  act: string,
  also: PlaceChanges = {},
): Promise<VoiceEffect | null> {
  const result = await addStaffConfirmation(writing, { placeId, field, value, by, actor, act, also });
  return result?.effect ?? null;
}

async function countVisitors(writing: Writing, { placeId, day, by, actor }: NewQuickAct, count: number): Promise<void> {
  const row = { count, counted_by: by, account_id: actor.name, at: writing.at };
  await writing.db
    .insertInto('visitor_counts')
    .values({ place_id: placeId, day, ...row })
    .onConflict((conflict) => conflict.columns(['place_id', 'day']).doUpdateSet(row))
    .execute();
  await appendAudit(writing, { actor, act: 'place.count-visitors', subject: placeId, details: { day, count } });
}

/** How many visitors the staff counted on a day; null when they did not. */
export async function visitorsOn(db: Kysely<Tables>, placeId: string, day: string): Promise<number | null> {
  const row = await db
    .selectFrom('visitor_counts')
    .select('count')
    .where('place_id', '=', placeId)
    .where('day', '=', day)
    .executeTakeFirst();
  return row?.count ?? null;
}
