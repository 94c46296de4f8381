// A backup is a folder: one whole database file, the photos, and a manifest that says what must be in it. The key file is
// never in it: whoever finds a backup must not be able to read the encrypted columns.

import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { z } from 'zod';
import { copyPhotos, PHOTOS_FOLDER, type PhotosPart, photosIn, photosPartSchema } from './backup-photos.ts';
import { KEY_FILE } from './secret.ts';
import { auditHead, verifyAudit } from './store/audit.ts';
import { digestOfTable } from './store/digest.ts';
import { StoreError } from './store/errors.ts';
import { copyDatabase, openForReading, sqliteDialect, syncToDisk } from './store/sqlite.ts';
import type { Tables } from './store/tables.ts';

export const DATABASE_FILE = 'yizhan.sqlite';
const MANIFEST_FILE = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const contentSchema = z.strictObject({
  /** Migrations that made the schema. */
  migrations: z.array(z.string()),
  tables: z.record(z.string(), z.strictObject({ rows: z.int().min(0), sha256 })),
  auditHead: z.strictObject({ sequence: z.int().min(0), hash: sha256 }),
});
const manifestSchema = z.strictObject({
  format: z.literal('yizhan-backup-1'),
  createdAt: z.iso.datetime(),
  fileSha256: sha256,
  ...contentSchema.shape,
  photos: photosPartSchema,
  keyIncluded: z.literal(false),
});
export type BackupManifest = z.infer<typeof manifestSchema>;
type BackupContent = z.infer<typeof contentSchema>;

/**
 * Copies the live database, and the photos beside it, into an absent or empty folder, while others may write. The manifest comes last: a folder
 * without one is a backup that was broken off. Throws StoreError no-database or not-empty.
 */
export async function backUp(databaseFile: string, folder: string, now: Date): Promise<BackupManifest> {
  if (!existsSync(databaseFile)) throw new StoreError('no-database', `没有数据库可以备份：${databaseFile}`);
  makeEmptyFolder(folder, []);
  const copy = join(folder, DATABASE_FILE);
  await copyDatabase(databaseFile, copy);
  const manifest: BackupManifest = {
    format: 'yizhan-backup-1',
    createdAt: now.toISOString(),
    fileSha256: fileSha256(copy),
    ...(await contentOf(copy)),
    photos: copyPhotos(dirname(databaseFile), folder),
    keyIncluded: false,
  };
  writeFileSync(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  syncToDisk(join(folder, MANIFEST_FILE));
  syncToDisk(folder);
  return manifest;
}

/**
 * Puts a backup into a data folder that holds nothing yet (the key file excepted: it is brought back by hand), once
 * the file, each table's rows, the audit chain and the photos are what the manifest says.
 * Throws StoreError no-backup, not-empty or backup-damaged; the data folder then has no database.
 */
export async function restore(folder: string, dataFolder: string): Promise<BackupManifest> {
  const manifest = readManifest(folder);
  const source = join(folder, DATABASE_FILE);
  if (!existsSync(source)) throw new StoreError('no-backup', `备份里没有 ${DATABASE_FILE}：${folder}`);
  makeEmptyFolder(dataFolder, [KEY_FILE]);
  const arriving = join(dataFolder, `${DATABASE_FILE}.restoring`);
  try {
    copyFileSync(source, arriving, constants.COPYFILE_EXCL);
    await expectContent(arriving, copyPhotos(folder, dataFolder), manifest);
    syncToDisk(arriving);
    renameSync(arriving, join(dataFolder, DATABASE_FILE));
    syncToDisk(dataFolder);
  } catch (error) {
    rmSync(join(dataFolder, PHOTOS_FOLDER), { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(arriving, { force: true });
  }
  return manifest;
}

/**
 * Reads a backup as `restore` would, and leaves it where it is: a backup that nobody tried is a hope.
 * Throws StoreError no-backup or backup-damaged.
 */
export async function tryBackup(folder: string): Promise<BackupManifest> {
  const manifest = readManifest(folder);
  const source = join(folder, DATABASE_FILE);
  if (!existsSync(source)) throw new StoreError('no-backup', `备份里没有 ${DATABASE_FILE}：${folder}`);
  await expectContent(source, photosIn(folder), manifest);
  return manifest;
}

async function expectContent(file: string, photos: PhotosPart, manifest: BackupManifest): Promise<void> {
  if (fileSha256(file) !== manifest.fileSha256) throw damaged('数据库文件与清单的校验值不一致');
  if (photos.sha256 !== manifest.photos.sha256) throw damaged('照片与清单不一致');
  const content = await contentOf(file);
  for (const name of new Set([...Object.keys(manifest.tables), ...Object.keys(content.tables)])) {
    if (content.tables[name]?.sha256 !== manifest.tables[name]?.sha256) throw damaged(`表 ${name} 的内容与清单不一致`);
  }
  const verdict = await reading(file, (db) => verifyAudit(db, manifest.auditHead));
  if (!verdict.ok) throw damaged(verdict.message);
}

function readManifest(folder: string): BackupManifest {
  const file = join(folder, MANIFEST_FILE);
  if (!existsSync(file)) throw new StoreError('no-backup', `这里没有完整的备份（缺 ${MANIFEST_FILE}）：${folder}`);
  const parsed = manifestSchema.safeParse(jsonOrUndefined(readFileSync(file, 'utf8')));
  if (!parsed.success) throw damaged(`读不懂 ${MANIFEST_FILE}`);
  return parsed.data;
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function makeEmptyFolder(folder: string, allowed: readonly string[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = readdirSync(folder).filter((name) => !allowed.includes(name));
  if (found.length > 0) {
    throw new StoreError('not-empty', `文件夹要是空的，里面已有 ${found.slice(0, 3).join('、')}：${folder}`);
  }
}

/** What a database at rest holds, table by table. */
function contentOf(file: string): Promise<BackupContent> {
  return reading(file, async (db) => {
    const { rows: checks } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
    if (checks[0]?.integrity_check !== 'ok') throw damaged('数据库文件没有通过完整性检查');
    const tables: BackupContent['tables'] = {};
    for (const { name } of await db.introspection.getTables({ withInternalKyselyTables: true })) {
      const { rows } = await sql<object>`select * from ${sql.table(name)}`.execute(db);
      tables[name] = { rows: rows.length, sha256: digestOfTable(rows) };
    }
    const { rows: migrations } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
      db,
    );
    return { migrations: migrations.map((row) => row.name), tables, auditHead: await auditHead(db) };
  });
}

async function reading<Result>(file: string, ask: (db: Kysely<Tables>) => Promise<Result>): Promise<Result> {
  const database = openForReading(file);
  try {
    return await ask(new Kysely<Tables>({ dialect: sqliteDialect(database, () => {}) }));
  } finally {
    database.close();
  }
}

function fileSha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function damaged(what: string): StoreError {
  return new StoreError('backup-damaged', `备份不可用：${what}`);
}
