// The power fails: images of the disk at 150 random moments of a recorded run, each without some of what had not been
// synced. The store may lose nothing that it acknowledged; a control with the package's own setting must lose some, or
// the images would prove nothing.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openStore } from '../../data/store/store.ts';
import { PLAIN_STATION } from '../data/store/plain-station.ts';
import type { Finding } from './drill.ts';
import { eventsIn, FailingDisk, record } from './power-recording.ts';

const IMAGES = 150;
const ACKNOWLEDGEMENTS = 300;
const WRITING_CHILD = join(import.meta.dirname, '../data/store/writing-child.ts');
const CONTROL_CHILD = join(import.meta.dirname, 'power-child.ts');

interface Loss {
  images: number;
  /** Images in which something acknowledged is missing. */
  lossy: number;
  /** Images that cannot be opened, or are not sound. */
  damaged: number;
}

export async function power(): Promise<Finding[]> {
  const full = await failing([WRITING_CHILD], [JSON.stringify(PLAIN_STATION)], storeHolds);
  const control = await failing([CONTROL_CHILD], [], controlHolds);
  return [
    {
      what: 'images in which an acknowledged write is missing',
      figure: `${full.lossy} of ${full.images}`,
      bar: '0',
      holds: full.lossy === 0 && full.images >= IMAGES / 2,
    },
    {
      what: 'images with a damaged database or audit chain',
      figure: `${full.damaged} of ${full.images}`,
      bar: '0',
      holds: full.damaged === 0,
    },
    {
      what: 'the control with synchronous=NORMAL: images with losses',
      figure: `${control.lossy} of ${control.images}`,
      bar: '> 0',
      holds: control.lossy > 0,
    },
  ];
}

/** Whether all acknowledged ids are there; throws when the database cannot be used. */
type Check = (file: string, acknowledged: readonly string[]) => Promise<boolean>;

async function failing(script: readonly string[], tail: readonly string[], check: Check): Promise<Loss> {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-power-'));
  const live = join(folder, 'live');
  mkdirSync(live);
  const traceFile = join(folder, 'trace');
  await record([...script, join(live, 'yizhan.sqlite'), ...tail], ACKNOWLEDGEMENTS, traceFile);
  let count = 0;
  for await (const _ of eventsIn(traceFile, live)) count++;
  const random = sequence(7);
  const chance = IMAGES / count;
  const disk = new FailingDisk();
  const acknowledged: string[] = [];
  const loss: Loss = { images: 0, lossy: 0, damaged: 0 };
  for await (const event of eventsIn(traceFile, live)) {
    disk.apply(event);
    if (event.kind === 'acknowledge') acknowledged.push(event.id);
    if (acknowledged.length === 0 || random() > chance) continue;
    loss.images++;
    const found = join(folder, 'found');
    mkdirSync(found);
    // The shared memory is gone with the power.
    for (const [file, bytes] of disk.image(random)) {
      if (!file.endsWith('-shm')) writeFileSync(join(found, basename(file)), bytes);
    }
    try {
      if (!(await check(join(found, 'yizhan.sqlite'), acknowledged))) loss.lossy++;
    } catch {
      loss.damaged++;
    }
    rmSync(found, { recursive: true });
  }
  rmSync(folder, { recursive: true });
  return loss;
}

async function storeHolds(file: string, acknowledged: readonly string[]): Promise<boolean> {
  const store = await openStore({ file });
  const kept = new Set<string>();
  for await (const batch of store.places.all()) for (const place of batch) kept.add(place.id);
  const verdict = await store.audit.verify();
  await store.close();
  expectSound(file);
  if (!verdict.ok) throw new Error(verdict.message);
  return acknowledged.every((id) => kept.has(id));
}

async function controlHolds(file: string, acknowledged: readonly string[]): Promise<boolean> {
  const database = new Sqlite(file);
  const kept = new Set(database.prepare<[], string>('select id from rows').pluck().all());
  database.close();
  return acknowledged.every((id) => kept.has(id));
}

function expectSound(file: string): void {
  const database = new Sqlite(file, { readonly: true });
  const verdict = database.pragma('integrity_check', { simple: true });
  database.close();
  if (verdict !== 'ok') throw new Error(String(verdict));
}

/** Numbers from 0 to 1, the same at each run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
