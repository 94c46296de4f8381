// The city's announcements. They travel in the snapshot, so that a new or ended one is a change of the data.

import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AnnouncementKind, RunningAnnouncement } from '../announcement.ts';
import { type Actor, appendAudit } from './audit.ts';
import type { AnnouncementRow, Tables } from './tables.ts';
import type { Writing } from './writer.ts';

export interface StoredAnnouncement {
  id: string;
  kind: AnnouncementKind;
  text: string;
  /** RFC 3339 in UTC. */
  from: string;
  until: string;
  areaCode: string | null;
  createdBy: { id: string; name: string };
  createdAt: string;
  endedAt: string | null;
}

export type NewAnnouncement = Pick<StoredAnnouncement, 'kind' | 'text' | 'from' | 'until' | 'areaCode'>;

const ID_BYTES = 6;
const MOST_LISTED = 200;

export async function addAnnouncement(
  writing: Writing,
  announcement: NewAnnouncement,
  actor: Actor,
): Promise<{ id: string }> {
  const id = randomBytes(ID_BYTES).toString('hex');
  const { kind, text, areaCode } = announcement;
  const [from, until] = [utc(announcement.from), utc(announcement.until)];
  await writing.db
    .insertInto('announcements')
    .values({
      id,
      kind,
      text,
      from_at: from,
      until_at: until,
      area_code: areaCode,
      created_by: actor.name,
      created_at: writing.at,
      ended_at: null,
    })
    .execute();
  const details = { kind, text, from, until, areaCode };
  await appendAudit(writing, { actor, act: 'announcement.create', subject: id, details });
  await writing.revision();
  return { id };
}

/** Ends one before its time. False when it is over already, undefined when there is none. */
export async function endAnnouncement(writing: Writing, id: string, actor: Actor): Promise<boolean | undefined> {
  const row = await announcementRow(writing.db, id);
  if (!row) return undefined;
  if (row.ended_at !== null || row.until_at <= writing.at) return false;
  await writing.db.updateTable('announcements').set({ ended_at: writing.at }).where('id', '=', id).execute();
  await appendAudit(writing, { actor, act: 'announcement.end', subject: id, details: {} });
  await writing.revision();
  return true;
}

export async function announcementById(db: Kysely<Tables>, id: string): Promise<StoredAnnouncement | undefined> {
  const row = await announcementRow(db, id);
  return row && announcementOf(row, row.created_by);
}

function announcementRow(db: Kysely<Tables>, id: string): Promise<AnnouncementRow | undefined> {
  return db.selectFrom('announcements').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Those that run at an instant or will, by their beginning. */
export async function comingAnnouncements(db: Kysely<Tables>, at: string): Promise<StoredAnnouncement[]> {
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .where('until_at', '>', at)
    .where('ended_at', 'is', null)
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => announcementOf(row, row.created_by));
}

/** For the desk: the newest first, with who wrote them. */
export async function allAnnouncements(db: Kysely<Tables>): Promise<StoredAnnouncement[]> {
  const rows = await db
    .selectFrom('announcements')
    .leftJoin('accounts', 'accounts.id', 'announcements.created_by')
    .selectAll('announcements')
    .select('accounts.display_name as name')
    .orderBy('announcements.created_at', 'desc')
    .orderBy('announcements.id')
    .limit(MOST_LISTED)
    .execute();
  return rows.map((row) => announcementOf(row, row.name ?? row.created_by));
}

/** As they travel to phones. */
export async function announcementsForPhones(db: Kysely<Tables>, atMs: number): Promise<RunningAnnouncement[]> {
  const coming = await comingAnnouncements(db, new Date(atMs).toISOString());
  return coming.map(({ id, kind, text, from, until, areaCode }) => ({
    id,
    kind,
    text,
    from: Math.floor(Date.parse(from) / 60_000),
    until: Math.floor(Date.parse(until) / 60_000),
    ...(areaCode !== null && { area: areaCode }),
  }));
}

function announcementOf(row: AnnouncementRow, name: string): StoredAnnouncement {
  return {
    id: row.id,
    kind: row.kind as AnnouncementKind,
    text: row.text,
    from: row.from_at,
    until: row.until_at,
    areaCode: row.area_code,
    createdBy: { id: row.created_by, name },
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

/** One form, so that texts compare as instants do. */
function utc(instant: string): string {
  return new Date(instant).toISOString();
}
