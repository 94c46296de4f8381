// What the desk asks about places and does to them, beyond what anybody may: histories, edits with their rules, bulks,
// quick acts, contacts. A part of the store: see `store.ts`.

import type { Kysely } from 'kysely';
import type { Confirmer } from '../place.ts';
import type { Place, PlaceDraft } from '../place-schema.ts';
import type { QuickActAnswer } from '../quick-act-schema.ts';
import { actOnce, type Once } from './answers.ts';
import type { Actor } from './audit.ts';
import { addStaffConfirmation } from './confirmations.ts';
import { type BulkEdit, type BulkResult, changePlaces, placesById } from './place-bulk.ts';
import { contactOf, revealContact, type SealedContact, setContact } from './place-contacts.ts';
import { type EarlierState, type PlaceVersion, placeAtVersion, placeVersions } from './place-versions.ts';
import {
  checkedDrafts,
  createPlace,
  type Expected,
  type PlaceChanges,
  placeById,
  type UpdateResult,
  updatePlace,
} from './places.ts';
import { addQuickAct, type NewQuickAct, visitorsOn } from './quick-acts.ts';
import type { Tables } from './tables.ts';
import type { Writer, Writing } from './writer.ts';

export interface PlaceDesk {
  /** Throws InvalidPlaceError, and StoreConstraintError `already-exists` for an id that is taken. */
  create(draft: PlaceDraft, actor: Actor, once?: Once): Promise<Place>;
  /** As `places.update`; who takes a place out of doubt says as a confirmer that it is open. */
  edit(id: string, changes: PlaceChanges, expected: Expected & { by: Confirmer }): Promise<UpdateResult | undefined>;
  many(ids: readonly string[]): Promise<Place[]>;
  /** All or none. */
  editMany(edits: readonly BulkEdit[], about: { actor: Actor; act: string; what: string }): Promise<BulkResult>;
  versions(id: string, page: { before?: number | undefined; limit: number }): Promise<PlaceVersion[]>;
  /** Undefined when the history does not reach back to that version. */
  atVersion(place: Place, version: number): Promise<EarlierState | undefined>;
  /** Undefined when there is no such place. Throws RefusedActError. */
  quickAct(act: NewQuickAct, once?: Once): Promise<QuickActAnswer | undefined>;
  counts(id: string, day: string): Promise<PlaceCounts>;
  contact(id: string): Promise<SealedContact | undefined>;
  setContact(id: string, contact: SealedContact | null, actor: Actor): Promise<void>;
  /** The sealed contact, once the audit has it that somebody looks. */
  revealContact(id: string, actor: Actor): Promise<SealedContact | undefined>;
  /** How many reports of each place nobody has answered yet. */
  openReports(): Promise<Map<string, number>>;
}

/** What came to a place today. */
export interface PlaceCounts {
  /** Counted by its staff; null when they did not. */
  visitors: number | null;
  /** Riders who said 我到了. */
  checkIns: number;
}

export function createPlaceDesk(db: Kysely<Tables>, write: Writer['write'], idPrefix: string): PlaceDesk {
  return {
    async create(draft, actor, once) {
      const [checked] = checkedDrafts([draft]);
      if (!checked) throw new Error('One draft is checked as one');
      return write((writing) => actOnce(writing, once, () => createPlace(writing, checked, actor, idPrefix)));
    },
    edit: (id, changes, expected) => write((writing) => editPlace(writing, id, changes, expected)),
    many: (ids) => placesById(db, ids),
    editMany: (edits, about) => write((writing) => changePlaces(writing, edits, about)),
    versions: (id, page) => placeVersions(db, id, page),
    atVersion: (place, version) => placeAtVersion(db, place, version),
    quickAct: (act, once) => write((writing) => actOnce(writing, once, () => addQuickAct(writing, act))),
    async counts(id, day) {
      const checkIns = await db
        .selectFrom('check_in_days')
        .select('count')
        .where('place_id', '=', id)
        .where('day', '=', day)
        .executeTakeFirst();
      return { visitors: await visitorsOn(db, id, day), checkIns: checkIns?.count ?? 0 };
    },
    contact: (id) => contactOf(db, id),
    setContact: (id, contact, actor) => write((writing) => setContact(writing, id, contact, actor)),
    revealContact: (id, actor) => write((writing) => revealContact(writing, id, actor)),
    async openReports() {
      const rows = await db
        .selectFrom('reports')
        .select(({ fn }) => ['place_id', fn.countAll<number>().as('count')])
        .where('status', '=', 'received')
        .groupBy('place_id')
        .execute();
      return new Map(rows.map((row) => [row.place_id, Number(row.count)]));
    },
  };
}

async function editPlace(
  writing: Writing,
  id: string,
  changes: PlaceChanges,
  { by, ...expected }: Expected & { by: Confirmer },
): Promise<UpdateResult | undefined> {
  const before = await placeById(writing.db, id);
  const result = await updatePlace(writing, id, changes, expected);
  if (before?.status !== 'disputed' || !result || !('place' in result) || result.place.status !== 'active') {
    return result;
  }
  // Else the voices that took it down would still stand, and the next one would take it down alone.
  await addStaffConfirmation(writing, { placeId: id, field: 'open', value: true, by, actor: expected.actor });
  const place = (await placeById(writing.db, id)) ?? result.place;
  return { place };
}
