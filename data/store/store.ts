// The way into everything that is kept: what can be asked, and what can be changed. Open it once for each process.
// Questions run on a connection that cannot write; acts queue up for the one writer (`writer.ts`).

import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Kysely } from 'kysely';
import type { MigrationProvider } from 'kysely/migration';
import type { CheckInAnswer } from '../check-in-schema.ts';
import type { Place, PlaceDraft } from '../place-schema.ts';
import { actOnce, keptAnswer, type Once, pruneAnswers } from './answers.ts';
import {
  type Actor,
  type AuditEntry,
  type AuditHead,
  type AuditVerdict,
  appendAudit,
  auditHead,
  verifyAudit,
} from './audit.ts';
import { type AuditQuery, type ListedAct, listAudit } from './audit-list.ts';
import { type ChangeEvent, type ChangeListener, changedSince, createChangeFeed } from './changes.ts';
import {
  addBikeCount,
  addCheckIn,
  type BikeCountResult,
  type NewBikeCount,
  type NewCheckIn,
  pruneCheckIns,
} from './check-ins.ts';
import { addConfirmation, type ConfirmationResult, type NewConfirmation } from './confirmations.ts';
import { createDesk, type Desk, pruneDesk } from './desk.ts';
import { StoreError } from './errors.ts';
import { createInbox, type Inbox, pruneInbox } from './inbox.ts';
import { MIGRATIONS_FOLDER, migrateToLatest, migrationState, migrationsIn } from './migrate.ts';
import { createPlaceDesk, type PlaceDesk } from './place-desk.ts';
import {
  allPlaces,
  checkedDrafts,
  countPlaces,
  createPlace,
  createPlaces,
  type PlaceChanges,
  placeById,
  placeByShortCode,
  removeDemoPlaces,
  type UpdateResult,
  updatePlace,
} from './places.ts';
import { addReport, type NewReport } from './reports.ts';
import { copyDatabase, openForReading, openForWriting, type SqliteFile, sqliteDialect } from './sqlite.ts';
import type { Tables } from './tables.ts';
import { createWriter, retryWhileBusy, type Writing } from './writer.ts';

export type { KnownAccount, StoredAccount } from './accounts.ts';
export type { StoredAnnouncement } from './announcements.ts';
export type { Once } from './answers.ts';
export type { Actor, AuditEntry, AuditHead, AuditVerdict } from './audit.ts';
export type { AuditQuery, ListedAct } from './audit-list.ts';
export type { ChangeEvent, ChangeListener } from './changes.ts';
export {
  InvalidPlaceError,
  KeyReusedError,
  MissingPhotosError,
  RefusedActError,
  StoreBusyError,
  StoreConstraintError,
  StoreError,
  StoreFullError,
} from './errors.ts';
export type { Inbox } from './inbox.ts';
export type { Invitation } from './invitations.ts';
export type { PendingAct } from './pending-acts.ts';
export type { PlaceDesk } from './place-desk.ts';
export type { PlaceVersion } from './place-versions.ts';
export type { PlaceChanges, UpdateResult } from './places.ts';
export {
  type HeardVoice,
  isReviewIn,
  type ListedReview,
  type ReviewEvidence,
  type ReviewPosition,
  type SealedNote,
} from './review-list.ts';
export type { NewDecision } from './reviews.ts';
export { actorOf, type StoredSession } from './sessions.ts';
export type { Writing } from './writer.ts';

export interface StoreOptions {
  /** The database file; made, with its folder, when absent. Copies taken before migrations go to `backups/` beside it. */
  file: string;
  now?: () => Date;
  /** Bring the schema up to date (the default); false refuses a database that is behind. */
  migrate?: boolean;
  /** What generated ids start with: the city's prefix. Ids of made-up places start with `demo`. */
  idPrefix?: string;
  /** How long a write may wait for another process's lock before StoreBusyError. */
  writePatienceMs?: number;
  /** Hears every SQL statement before it runs. */
  onStatement?: (sql: string) => void;
  /** Folder of migrations, as a file URL ending in `/`. */
  migrations?: URL;
}

/** Suggestions, receipts, photos, reviews and announcements are in `inbox.ts`. */
export interface Store extends Inbox {
  places: {
    get(id: string): Promise<Place | undefined>;
    byShortCode(code: string): Promise<Place | undefined>;
    /** In batches, in the order of creation. */
    all(): AsyncIterable<Place[]>;
    count(only?: { demo?: boolean }): Promise<number>;
    changedSince(revision: number): Promise<ChangeEvent>;
    create(draft: PlaceDraft, actor: Actor): Promise<Place>;
    /** All or none; one audit row, in which `what` says what they are. */
    createMany(drafts: readonly PlaceDraft[], actor: Actor, what: string): Promise<Place[]>;
    update(
      id: string,
      changes: PlaceChanges,
      expected: { version: number; actor: Actor },
    ): Promise<UpdateResult | undefined>;
    /** Returns how many there were. */
    removeDemo(actor: Actor): Promise<number>;
  };
  /** Editing, history, bulks, quick acts: what the desk does to places. */
  placeDesk: PlaceDesk;
  /** With `once`, a repeated request gets its first answer again; KeyReusedError when the key belongs to another. */
  confirmations: {
    /** What the voice did; undefined when there is no such place, or it does not have the service. */
    create(confirmation: NewConfirmation, once?: Once): Promise<ConfirmationResult | undefined>;
  };
  reports: {
    /** `prefix` begins the number. Undefined when there is no such place. Throws MissingPhotosError. */
    create(report: NewReport, prefix: string, once?: Once): Promise<{ number: string; key: string } | undefined>;
  };
  checkIns: { create(checkIn: NewCheckIn, once?: Once): Promise<CheckInAnswer> };
  bikeCounts: {
    /** Undefined when there is no such place, or it exchanges no bikes, or has fewer of them. */
    create(count: NewBikeCount, once?: Once): Promise<BikeCountResult | undefined>;
  };
  answers: {
    /** What a request was answered before. */
    kept<Answer>(once: Once): Promise<Answer | undefined>;
    /** Keeps the answer to a request that changes nothing else. */
    keep<Answer extends object>(answer: Answer, once?: Once): Promise<Answer>;
  };
  /** Accounts, sessions, invitations, and what waits for a second person. */
  desk: Desk;
  /** Forgets what is kept for a time only: old answers, unclaimed photos, who checked in before a day, sessions that are over. */
  tidy(beforeDay: string): Promise<void>;
  audit: {
    append(writing: Writing, entry: AuditEntry): Promise<void>;
    head(): Promise<AuditHead>;
    /** The newest first. */
    list(query: AuditQuery): Promise<ListedAct[]>;
    verify(exported?: AuditHead): Promise<AuditVerdict>;
  };
  /** Runs an act in one transaction. Inside, use `writing.db` and the acts of `places.ts`, never the store. */
  write<Result>(act: (writing: Writing) => Promise<Result>): Promise<Result>;
  /** The last change that listeners were told; the data's version. */
  revision(): number;
  /** Told after each commit, this process's own at once. Returns the way to stop. */
  onChange(listener: ChangeListener): () => void;
  /** Asks whether another process wrote, and tells the listeners. Costs one pragma when none did. */
  pollChanges(): Promise<void>;
  /** SQL statements run so far by questions and acts; `pollChanges` counts only what it loads. */
  readonly statements: number;
  /** The names of the migrations that this opening applied. */
  readonly migrated: readonly string[];
  /** Waits for the acts under way. */
  close(): Promise<void>;
}

const WRITE_PATIENCE_MS = 5000;

/**
 * Opens the store. Throws StoreError with the codes engine-too-old, engine-setting, not-a-database, database-foreign,
 * database-newer, database-behind (only with `migrate: false`), or StoreBusyError.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const now = options.now ?? (() => new Date());
  const idPrefix = (options.idPrefix ?? 'place').toLowerCase();
  let statements = 0;
  const onStatement = (sql: string) => {
    statements += 1;
    options.onStatement?.(sql);
  };
  const { writerFile, readerFile, migrated } = await openMigrated(options, now, onStatement);
  const writerDb = new Kysely<Tables>({ dialect: sqliteDialect(writerFile, onStatement) });
  const db = new Kysely<Tables>({ dialect: sqliteDialect(readerFile, onStatement) });

  const feed = await createChangeFeed(db, () => writerFile.pragma('data_version', { simple: true }) as number);
  const { write, between } = createWriter(writerDb, {
    now,
    patienceMs: options.writePatienceMs ?? WRITE_PATIENCE_MS,
    onCommit: feed.tellCommitted,
  });

  return {
    places: {
      get: (id) => placeById(db, id),
      byShortCode: (code) => placeByShortCode(db, code),
      all: () => allPlaces(db),
      count: (only) => countPlaces(db, only),
      changedSince: (revision) => changedSince(db, revision),
      async create(draft, actor) {
        const [checked] = checkedDrafts([draft]);
        if (!checked) throw new Error('One draft is checked as one');
        return write((writing) => createPlace(writing, checked, actor, idPrefix));
      },
      async createMany(drafts, actor, what) {
        const checked = checkedDrafts(drafts);
        return write((writing) => createPlaces(writing, checked, actor, what, idPrefix));
      },
      update: (id, changes, expected) => write((writing) => updatePlace(writing, id, changes, expected)),
      removeDemo: (actor) => write((writing) => removeDemoPlaces(writing, actor)),
    },
    placeDesk: createPlaceDesk(db, write, idPrefix),
    confirmations: {
      create: (confirmation, once) =>
        write((writing) => actOnce(writing, once, () => addConfirmation(writing, confirmation))),
    },
    reports: {
      create: (report, prefix, once) =>
        write((writing) => actOnce(writing, once, () => addReport(writing, report, prefix))),
    },
    ...createInbox(db, write, now, idPrefix),
    checkIns: {
      create: (checkIn, once) => write((writing) => actOnce(writing, once, () => addCheckIn(writing, checkIn))),
    },
    bikeCounts: {
      create: (count, once) => write((writing) => actOnce(writing, once, () => addBikeCount(writing, count))),
    },
    answers: {
      kept: (once) => keptAnswer(db, once),
      keep: async (answer, once) => (once ? write((writing) => actOnce(writing, once, async () => answer)) : answer),
    },
    desk: createDesk(db, write, now),
    tidy: (beforeDay) =>
      write(async (writing) => {
        await pruneAnswers(writing);
        await pruneInbox(writing);
        await pruneCheckIns(writing, beforeDay);
        await pruneDesk(writing);
      }),
    audit: {
      append: appendAudit,
      head: () => auditHead(db),
      list: (query) => listAudit(db, query),
      verify: (exported) => verifyAudit(db, exported),
    },
    write,
    revision: feed.seen,
    onChange: feed.listen,
    pollChanges: () => between(feed.tellOthers),
    get statements() {
      return statements;
    },
    migrated,
    async close() {
      await between(async () => {});
      readerFile.close();
      writerFile.close();
    },
  };
}

/** Both connections to a database whose schema is this build's; neither is left open when it cannot be. */
async function openMigrated(
  options: StoreOptions,
  now: () => Date,
  onStatement: (sql: string) => void,
): Promise<{ writerFile: SqliteFile; readerFile: SqliteFile; migrated: string[] }> {
  const writerFile = openForWriting(options.file);
  try {
    const db = new Kysely<Tables>({ dialect: sqliteDialect(writerFile, onStatement) });
    const provider = migrationsIn(options.migrations ?? MIGRATIONS_FOLDER);
    const { pending } = await migrationState(db, provider);
    if (pending.length > 0 && options.migrate === false) {
      throw new StoreError(
        'database-behind',
        `数据库还要升级（${pending.join('、')}）：请先运行 npm run -s data -- migrate`,
      );
    }
    const migrated = pending.length === 0 ? [] : await migrateWhenFree(db, options.file, provider, now);
    return { writerFile, readerFile: openForReading(options.file), migrated };
  } catch (error) {
    writerFile.close();
    throw error;
  }
}

function migrateWhenFree(
  db: Kysely<Tables>,
  file: string,
  provider: MigrationProvider,
  now: () => Date,
): Promise<string[]> {
  const migrate = () =>
    migrateToLatest(db, {
      provider,
      backupFolder: join(dirname(file), 'backups'),
      now,
      copyTo: (copy) => copyDatabase(file, copy),
    });
  return retryWhileBusy(migrate, performance.now() + WRITE_PATIENCE_MS);
}
