// Bringing a database to this build's schema: forward only, all pending migrations in one transaction, a copy first.

import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import { appendAudit } from './audit.ts';
import { StoreError } from './errors.ts';
import type { Tables } from './tables.ts';

/** The house's own migrations. */
export const MIGRATIONS_FOLDER = new URL('../migrations/', import.meta.url);
const MIGRATION_FILE = /^(\d{4}-[a-z0-9-]+)\.ts$/;

/** Reads a folder of `0001-what-it-does.ts` files, each exporting `up`. */
export function migrationsIn(folder: URL): MigrationProvider {
  return {
    async getMigrations() {
      const migrations: Record<string, Migration> = {};
      for (const file of await readdir(folder)) {
        const name = MIGRATION_FILE.exec(file)?.[1];
        if (name) migrations[name] = await import(new URL(file, folder).href);
      }
      return migrations;
    },
  };
}

export interface MigrationState {
  /** Names in the order in which they were applied; empty for a new database. */
  applied: string[];
  pending: string[];
}

/** Throws StoreError `database-newer` when the database knows a migration that this build does not. */
export async function migrationState(db: Kysely<Tables>, provider: MigrationProvider): Promise<MigrationState> {
  const known = Object.keys(await provider.getMigrations()).sort();
  const applied = await appliedMigrations(db);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new StoreError(
      'database-newer',
      `数据库由更新的版本写过（${unknown.join('、')}），这个版本不能打开它；请升级程序，或恢复升级前的备份`,
    );
  }
  return { applied, pending: known.filter((name) => !applied.includes(name)) };
}

/** Throws StoreError `database-foreign` for a file that holds tables of something else. */
async function appliedMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = (await db.introspection.getTables({ withInternalKyselyTables: true })).map((table) => table.name);
  if (!tables.includes('kysely_migration')) {
    if (tables.length === 0) return [];
    throw new StoreError('database-foreign', `这个数据库不是驿站的：里面有 ${tables.slice(0, 3).join('、')} 等表`);
  }
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

/**
 * Applies what is pending and returns the names. Killed at any statement, the database has the old schema or the new.
 * `copyTo` makes a copy of the database before an existing one is changed; nobody can write between copy and change.
 */
export async function migrateToLatest(
  db: Kysely<Tables>,
  options: {
    provider: MigrationProvider;
    backupFolder: string;
    now: () => Date;
    copyTo: (file: string) => Promise<void>;
  },
): Promise<string[]> {
  return db.transaction().execute(async (transaction) => {
    // Asked again under the lock: another process may have been first.
    const { applied, pending } = await migrationState(transaction, options.provider);
    const first = pending[0];
    if (first === undefined) return [];
    if (applied.length > 0) {
      mkdirSync(options.backupFolder, { recursive: true, mode: 0o700 });
      const stamp = options.now().toISOString().replace(/[:.]/g, '-');
      await options.copyTo(join(options.backupFolder, `before-${first}-${stamp}.sqlite`));
    }
    const { error } = await new Migrator({ db: transaction, provider: options.provider }).migrateToLatest();
    if (error !== undefined) throw error;
    await appendAudit(
      { db: transaction, at: options.now().toISOString() },
      {
        actor: { kind: 'migration', name: pending.at(-1) ?? first },
        act: 'schema.migrate',
        subject: null,
        details: { applied: pending },
      },
    );
    return pending;
  });
}
