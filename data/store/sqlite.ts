// The embedded engine: one SQLite file through better-sqlite3, seen by Kysely. All that is peculiar to SQLite is here:
// pragmas, `begin immediate`, prepared statements, error codes. Times, JSON and flags stay in portable columns.

import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { type ConstraintCode, StoreBusyError, StoreConstraintError, StoreError, StoreFullError } from './errors.ts';

/** Earlier versions may corrupt a database when a write-ahead log is reset while another connection reads. */
export const OLDEST_SAFE_SQLITE = '3.51.3';
/** While opening, nobody is served yet: wait this long, in milliseconds, for another process's lock. */
const OPENING_TIMEOUT_MS = 5000;
/** Bulk inserts make one statement per length of chunk; the rest of the house has some dozens. */
const CACHED_STATEMENTS = 200;

export type SqliteFile = Sqlite.Database;

/** Throws StoreError when this SQLite is one that may corrupt what it keeps. */
export function checkSqliteVersion(version: string): void {
  const [have, need] = [version, OLDEST_SAFE_SQLITE].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (have?.[i] ?? 0) - (need?.[i] ?? 0);
    if (difference > 0) return;
    if (difference < 0) {
      throw new StoreError(
        'engine-too-old',
        `SQLite ${version} 有损坏数据的缺陷，需要 ${OLDEST_SAFE_SQLITE} 或更新的版本`,
      );
    }
  }
}

/**
 * Opens a database file for writing, made with mode 0600 in a folder of mode 0700 when absent, and checks that every
 * setting on which the promises rest took effect. Statements never wait for a lock: waiting would stop the thread.
 */
export function openForWriting(file: string): SqliteFile {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  return configured(new Sqlite(file, { timeout: OPENING_TIMEOUT_MS }), (database) => {
    expectPragma(database, 'journal_mode', 'WAL', 'wal');
    // The package compiles in NORMAL for WAL, which loses acknowledged writes when the power fails.
    expectPragma(database, 'synchronous', 'FULL', 2);
    expectPragma(database, 'foreign_keys', 'ON', 1);
  });
}

/** A second connection that cannot write: its reads neither wait for a transaction of the first nor see its middle. */
export function openForReading(file: string): SqliteFile {
  return configured(new Sqlite(file, { timeout: OPENING_TIMEOUT_MS, fileMustExist: true }), (database) => {
    expectPragma(database, 'query_only', 'ON', 1);
  });
}

function configured(database: SqliteFile, configure: (database: SqliteFile) => void): SqliteFile {
  try {
    checkSqliteVersion(database.prepare('select sqlite_version()').pluck().get() as string);
    configure(database);
    expectPragma(database, 'busy_timeout', '0', 0);
    return database;
  } catch (error) {
    database.close();
    throw engineError(error);
  }
}

function expectPragma(database: SqliteFile, pragma: string, value: string, expected: string | number): void {
  database.pragma(`${pragma} = ${value}`);
  const actual = database.pragma(pragma, { simple: true });
  if (actual !== expected) {
    throw new StoreError('engine-setting', `数据库设置 ${pragma} 没有生效：要 ${expected}，得到 ${String(actual)}`);
  }
}

/**
 * Copies a live database into one whole file, synced to disk, mode 0600. In one step, so that writers going on at the
 * same time never make it start again. Throws when the target exists.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  closeSync(openSync(to, 'wx', 0o600));
  const source = new Sqlite(from, { readonly: true, fileMustExist: true, timeout: OPENING_TIMEOUT_MS });
  try {
    await source.backup(to, { progress: () => 0x7fffffff });
  } finally {
    source.close();
  }
  const copy = new Sqlite(to, { fileMustExist: true });
  try {
    // The copy is not in use: without a write-ahead log it is one file, whoever reads it.
    expectPragma(copy, 'journal_mode', 'DELETE', 'delete');
  } finally {
    copy.close();
  }
  syncToDisk(to);
}

/** A file's or folder's content survives a power failure from here on. */
export function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const CONSTRAINTS: Record<string, ConstraintCode> = {
  SQLITE_CONSTRAINT_PRIMARYKEY: 'already-exists',
  SQLITE_CONSTRAINT_UNIQUE: 'already-exists',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'missing-reference',
  SQLITE_CONSTRAINT_NOTNULL: 'required',
};

/** The engine's error codes in the store's words; what is none of ours stays as it is. */
export function engineError(error: unknown): unknown {
  const code = engineCode(error);
  const options = { cause: error };
  if (code.startsWith('SQLITE_BUSY')) return new StoreBusyError(options);
  if (code === 'SQLITE_FULL') return new StoreFullError(options);
  if (code === 'SQLITE_NOTADB') return new StoreError('not-a-database', '这个文件不是 SQLite 数据库', options);
  if (code.startsWith('SQLITE_CONSTRAINT'))
    return new StoreConstraintError(CONSTRAINTS[code] ?? 'not-allowed', options);
  return error;
}

/** By its code, not its class: the addon throws the class of whoever loaded it first in the process. */
function engineCode(error: unknown): string {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
  return isCoded ? String(error.code) : '';
}

/** Kysely's view of one open file. `onStatement` hears every statement before it runs. */
export function sqliteDialect(database: SqliteFile, onStatement: (sql: string) => void): Dialect {
  return {
    createDriver: () => new SqliteDriver(database, onStatement),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TransactionalDdlAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** SQLite does roll back schema changes; Kysely's own adapter only leaves that unused. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class SqliteDriver implements Driver {
  readonly #database: SqliteFile;
  readonly #connection: SqliteConnection;

  constructor(database: SqliteFile, onStatement: (sql: string) => void) {
    this.#database = database;
    this.#connection = new SqliteConnection(database, onStatement);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  /** A deferred `begin` that reads and then writes fails when another process wrote between. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** A full disk makes SQLite roll back by itself; a second rollback would hide the reason. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#database.close();
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: SqliteFile;
  readonly #onStatement: (sql: string) => void;
  readonly #statements = new Map<string, Sqlite.Statement<unknown[], unknown>>();

  constructor(database: SqliteFile, onStatement: (sql: string) => void) {
    this.#database = database;
    this.#onStatement = onStatement;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    this.#onStatement(query.sql);
    try {
      const statement = this.#prepare(query.sql);
      if (statement.reader) return { rows: statement.all(...query.parameters) as Row[] };
      const { changes } = statement.run(...query.parameters);
      return { rows: [], numAffectedRows: BigInt(changes) };
    } catch (error) {
      throw engineError(error);
    }
  }

  // biome-ignore lint/correctness/useYield: Kysely's interface asks for a stream that this engine refuses.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('A statement left open would block the one connection: read in batches');
  }

  /** Preparing costs three times as much as running; the least recently used statement makes room. */
  #prepare(sql: string): Sqlite.Statement<unknown[], unknown> {
    const known = this.#statements.get(sql);
    if (known) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const statement = this.#database.prepare<unknown[], unknown>(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > CACHED_STATEMENTS) {
      const oldest = this.#statements.keys().next();
      if (!oldest.done) this.#statements.delete(oldest.value);
    }
    return statement;
  }
}
