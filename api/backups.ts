// A backup a day, made and read back in a thread of its own, in `backups/` of the data folder. Old ones go: the last week
// is kept whole, then one of each week for a month more. A city copies the folder elsewhere; see the README.

import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { AuditHead } from '../data/store/store.ts';

const DAY_MS = 24 * 3_600_000;
const KEPT_DAYS = 7;
const KEPT_WEEKS = 5;
/** Asked again so often whether it is time: a server that was off, or whose disk was full, does not wait a day. */
const LOOK_MS = 15 * 60_000;
/** After the start, so that the first riders are served first. */
const FIRST_LOOK_MS = 60_000;
/** `daily-20261122T040812Z`: its time in UTC. */
const NAME = /^daily-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const UNFINISHED = /^\.daily-/;

export interface Backups {
  /** When the newest was made, milliseconds since 1970; null when there is none. */
  newestAtMs(): number | null;
  /** Makes one when the newest is a day old. What goes wrong is logged, and tried again at the next look. */
  look(): Promise<void>;
  /** Looks from now on by itself. Returns the way to stop, which gives up one that is being made. */
  start(): () => Promise<void>;
}

/** What the thread needs, and what it says when it is done. */
export interface BackupOrder {
  databaseFile: string;
  folder: string;
  nowMs: number;
}
export interface BackupDone {
  auditHead: AuditHead;
}

export function createBackups(options: {
  dataFolder: string;
  databaseFile: string;
  now: () => number;
  log: Logger;
}): Backups {
  const { dataFolder, databaseFile, now, log } = options;
  const folder = path.join(dataFolder, 'backups');
  let atWork: Worker | undefined;

  function names(): string[] {
    try {
      return readdirSync(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  function newestAtMs(): number | null {
    const times = names()
      .map(timeOf)
      .filter((time) => time !== undefined);
    return times.length === 0 ? null : Math.max(...times);
  }

  async function look(): Promise<void> {
    const nowMs = now();
    const newest = newestAtMs();
    if (atWork || (newest !== null && nowMs - newest < DAY_MS)) return;
    const name = nameOf(nowMs);
    const unfinished = path.join(folder, `.${name}`);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const each of names()) if (UNFINISHED.test(each)) rmSync(path.join(folder, each), { recursive: true });
      const done = await make({ databaseFile, folder: unfinished, nowMs });
      renameSync(unfinished, path.join(folder, name));
      log.info({ backup: name, auditHead: done.auditHead }, 'backup made and read back');
      for (const old of outdated(names(), nowMs)) rmSync(path.join(folder, old), { recursive: true });
    } catch (error) {
      log.error({ err: error }, 'could not make a backup');
    }
  }

  function make(order: BackupOrder): Promise<BackupDone> {
    const worker = new Worker(new URL('./backup-worker.ts', import.meta.url), { workerData: order });
    atWork = worker;
    return new Promise<BackupDone>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the backup's thread ended with ${code}`)));
    }).finally(() => {
      atWork = undefined;
    });
  }

  function start(): () => Promise<void> {
    const first = setTimeout(() => void look(), FIRST_LOOK_MS);
    const timer = setInterval(() => void look(), LOOK_MS);
    return async () => {
      clearTimeout(first);
      clearInterval(timer);
      await atWork?.terminate();
    };
  }

  return { newestAtMs, look, start };
}

function nameOf(atMs: number): string {
  return `daily-${new Date(atMs).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '')}`;
}

function timeOf(name: string): number | undefined {
  const match = NAME.exec(name);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Those of a week ago and older, but for the last of each calendar week up to five weeks. */
export function outdated(names: readonly string[], nowMs: number): string[] {
  const weeks = new Set<number>();
  return names
    .flatMap((name) => {
      const time = timeOf(name);
      return time === undefined ? [] : [{ name, time }];
    })
    .sort((a, b) => b.time - a.time)
    .filter(({ time }) => {
      const age = nowMs - time;
      if (age < KEPT_DAYS * DAY_MS) return false;
      // By the calendar, not by age: what is the last of its week stays so.
      const week = Math.floor(time / (7 * DAY_MS));
      if (age >= KEPT_WEEKS * 7 * DAY_MS || weeks.has(week)) return true;
      weeks.add(week);
      return false;
    })
    .map(({ name }) => name);
}
