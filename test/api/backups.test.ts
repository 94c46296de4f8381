import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createBackups, outdated } from '../../api/backups.ts';
import { restore, tryBackup } from '../../data/backup.ts';
import { openStore, type Store } from '../../data/store/store.ts';
import { PLAIN_STATION } from '../data/store/plain-station.ts';
import { temporaryFile, temporaryFolder } from '../data/store/support.ts';

const DAY_MS = 24 * 3_600_000;
const ACTOR = { kind: 'system', name: 'tests' } as const;

async function city(): Promise<{
  store: Store;
  clock: { now: number };
  dataFolder: string;
  file: string;
  lines: string[];
}> {
  const file = temporaryFile();
  const store = await openStore({ file });
  await store.places.create(PLAIN_STATION, ACTOR);
  return { store, clock: { now: Date.parse('2026-11-20T04:00:00Z') }, dataFolder: path.dirname(file), file, lines: [] };
}

function backupsOf({ dataFolder, file, clock, lines }: Awaited<ReturnType<typeof city>>) {
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  return createBackups({ dataFolder, databaseFile: file, now: () => clock.now, log });
}

test('a backup is made when there is none, not again on the same day, and again a day later', async () => {
  const given = await city();
  const backups = backupsOf(given);
  expect(backups.newestAtMs()).toBeNull();
  await backups.look();
  expect(backups.newestAtMs()).toBe(given.clock.now);
  given.clock.now += DAY_MS - 1000;
  await backups.look();
  const folder = path.join(given.dataFolder, 'backups');
  expect(readdirSync(folder)).toEqual(['daily-20261120T040000Z']);
  given.clock.now += 2000;
  await backups.look();
  expect(readdirSync(folder)).toHaveLength(2);
  await given.store.close();
});

test('it is taken while somebody writes, and brings places, audit chain and photos back', async () => {
  const given = await city();
  const { store, dataFolder } = given;
  mkdirSync(path.join(dataFolder, 'photos'));
  writeFileSync(path.join(dataFolder, 'photos', `${'a'.repeat(32)}-480.jpg`), 'the bytes of a photo');
  let isWriting = true;
  const acknowledged: string[] = [];
  const writing = (async () => {
    while (isWriting) acknowledged.push((await store.places.create(PLAIN_STATION, ACTOR)).id);
  })();
  await backupsOf(given).look();
  isWriting = false;
  await writing;
  expect(acknowledged.length).toBeGreaterThan(0);
  const [name] = readdirSync(path.join(dataFolder, 'backups'));
  const target = temporaryFolder();
  await restore(path.join(dataFolder, 'backups', String(name)), target);
  expect(readFileSync(path.join(target, 'photos', `${'a'.repeat(32)}-480.jpg`), 'utf8')).toBe('the bytes of a photo');
  const restored = await openStore({ file: path.join(target, 'yizhan.sqlite') });
  expect(await restored.places.count()).toBeGreaterThan(0);
  expect((await restored.audit.verify()).ok).toBe(true);
  await restored.close();
  await store.close();
});

test('a photo that is not what it was makes a backup unfit', async () => {
  const given = await city();
  mkdirSync(path.join(given.dataFolder, 'photos'));
  writeFileSync(path.join(given.dataFolder, 'photos', `${'b'.repeat(32)}-480.jpg`), 'one');
  await backupsOf(given).look();
  const [name] = readdirSync(path.join(given.dataFolder, 'backups'));
  const backup = path.join(given.dataFolder, 'backups', String(name));
  await expect(tryBackup(backup)).resolves.toMatchObject({ photos: { files: 1 } });
  writeFileSync(path.join(backup, 'photos', `${'b'.repeat(32)}-480.jpg`), 'two');
  await expect(tryBackup(backup)).rejects.toMatchObject({ code: 'backup-damaged' });
  const target = temporaryFolder();
  await expect(restore(backup, target)).rejects.toMatchObject({ code: 'backup-damaged' });
  expect(readdirSync(target)).toEqual([]);
  await given.store.close();
});

test('what a broken-off backup left is cleared away, and a failure is logged rather than thrown', async () => {
  const given = await city();
  const backups = backupsOf(given);
  const folder = path.join(given.dataFolder, 'backups');
  mkdirSync(path.join(folder, '.daily-20261119T000000Z'), { recursive: true });
  await backups.look();
  expect(readdirSync(folder)).toEqual(['daily-20261120T040000Z']);
  given.clock.now += DAY_MS;
  await given.store.close();
  cpSync(given.file, `${given.file}.kept`);
  rmSync(given.file);
  await backups.look();
  expect(given.lines.at(-1)).toContain('could not make a backup');
  expect(backups.newestAtMs()).toBe(given.clock.now - DAY_MS);
});

test('a year of daily backups leaves the last week and the last of each of four weeks before', () => {
  const nameOf = (ms: number) => `daily-${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  let kept: string[] = [];
  const start = Date.parse('2026-01-01T03:00:00Z');
  for (let day = 0; day < 365; day++) {
    const now = start + day * DAY_MS;
    kept.push(nameOf(now));
    const old = new Set(outdated(kept, now));
    kept = kept.filter((name) => !old.has(name));
  }
  const last = start + 364 * DAY_MS;
  for (let day = 0; day < 7; day++) expect(kept).toContain(nameOf(last - day * DAY_MS));
  const older = kept.filter((name) => name <= nameOf(last - 7 * DAY_MS));
  expect(older.length).toBeGreaterThanOrEqual(4);
  expect(older.length).toBeLessThanOrEqual(5);
  expect(outdated(['before-0002-voices.sqlite', 'mine'], last)).toEqual([]);
});
