import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeInThread, writeInWorker } from '../../api/snapshot-writer.ts';
import { BURST, createSnapshots, REST_MS, type SnapshotManifest, type Snapshots } from '../../api/snapshots.ts';
import { type CoreDocument, readCore } from '../../data/core.ts';
import { demoDrafts } from '../data/pocket.ts';
import { station, tester } from '../data/store/support.ts';
import { type Api, NOON, startApi } from './support.ts';

let api: Api;
let snapshots: Snapshots;
let writings: number;
let said: string[];

beforeEach(async () => {
  api = await startApi([station({ id: 'corner' })]);
  const writer = writeInThread({ store: api.store, index: api.index, city: api.loaded.city });
  writings = 0;
  said = [];
  snapshots = createSnapshots({
    writer: {
      ...writer,
      write(at) {
        writings++;
        return writer.write(at);
      },
    },
    index: api.index,
    now: () => api.clock.now,
    restMs: REST_MS,
    log: { error: (_about: unknown, message?: string) => void said.push(message ?? '') },
  });
});
afterEach(() => snapshots.close());

let written = 0;
const write = () => api.store.places.create(station({ id: `place-${written++}` }), tester);

function coreOf({ coreUrl }: SnapshotManifest) {
  const file = snapshots.file(coreUrl.slice(coreUrl.lastIndexOf('/') + 1));
  return file && readCore(JSON.parse(file.identity.toString()) as CoreDocument);
}

describe('a city that never rests', () => {
  test('is written a few times at once and then once a minute, however often somebody asks', async () => {
    for (let i = 0; i < 30; i++) {
      await write();
      await snapshots.current();
      await snapshots.newest();
      snapshots.freshen();
      api.clock.now += 1000;
    }
    expect(writings).toBe(BURST);
    for (let i = 0; i < 300; i++) {
      await write();
      await snapshots.current();
      api.clock.now += 1000;
    }
    // 330 seconds: a burst at once, and one for each whole minute.
    expect(writings).toBe(BURST + 5);
  });

  test('has the last change in the snapshot a minute later, under the version that lists have', async () => {
    for (let i = 0; i < BURST + 3; i++) {
      await write();
      await snapshots.current();
    }
    const last = await write();
    const old = await snapshots.current();
    expect(old.version).not.toBe(api.index.dataVersion);
    expect(coreOf(old)?.version).toBe(old.version);
    expect(coreOf(old)?.indexOf(last.id)).toBeUndefined();
    api.clock.now += REST_MS;
    const fresh = await snapshots.current();
    expect(fresh.version).toBe(api.index.dataVersion);
    expect(coreOf(fresh)?.indexOf(last.id)).toBeDefined();
    expect(coreOf(old)?.version).toBe(old.version);
  });

  test('keeps four snapshots for phones that read a manifest a while ago', async () => {
    const manifests: SnapshotManifest[] = [];
    for (let i = 0; i < 6; i++) {
      await write();
      api.clock.now += REST_MS;
      manifests.push(await snapshots.current());
    }
    expect(manifests.map((manifest) => coreOf(manifest)?.version)).toEqual([
      undefined,
      undefined,
      ...manifests.slice(2).map(({ version }) => version),
    ]);
  });
});

describe('a city at rest', () => {
  test('shows a single change at once, and is not written again without one', async () => {
    await snapshots.current();
    const place = await write();
    expect(coreOf(await snapshots.current())?.indexOf(place.id)).toBeDefined();
    api.clock.now += 10 * REST_MS;
    await snapshots.current();
    snapshots.freshen();
    expect(writings).toBe(2);
  });

  test('is written without anybody asking; who must not wait gets what is there', async () => {
    snapshots.freshen();
    const first = await snapshots.newest();
    await write();
    expect(await snapshots.newest()).toEqual(first);
    // The asking began the writing that this one waits for.
    const second = await snapshots.current();
    expect(second.version).toBe(api.index.dataVersion);
    expect(await snapshots.newest()).toEqual(second);
    expect(writings).toBe(2);
  });

  test('is written anew on the next day, whose hours are others', async () => {
    const today = await snapshots.current();
    api.clock.now += 86_400_000;
    expect((await snapshots.current()).version).not.toBe(today.version);
  });
});

describe('the worker thread', () => {
  const inWorker = (databaseFile: string) => writeInWorker({ databaseFile, index: api.index, city: api.loaded.city });

  test('writes byte by byte what the server’s own thread writes, of the revision that it read', async () => {
    await api.store.places.createMany(await demoDrafts(60), tester, 'demo');
    const writer = inWorker(api.file);
    const [there, here] = [
      await writer.write(NOON),
      await writeInThread({ ...api, city: api.loaded.city }).write(NOON),
    ];
    expect(there.version).toBe(api.index.dataVersion);
    expect(Buffer.from(there.core).equals(here.core)).toBe(true);
    expect(Buffer.from(there.details).equals(here.details)).toBe(true);
  });

  test('that fails leaves the old snapshot standing, and says so; without one the asker hears of it', async () => {
    const broken = inWorker(`${api.file}-nowhere`);
    const own = writeInThread({ store: api.store, index: api.index, city: api.loaded.city });
    let isBroken = true;
    const failing = createSnapshots({
      writer: { ...own, write: (at) => (isBroken ? broken : own).write(at) },
      index: api.index,
      now: () => api.clock.now,
      restMs: 0,
      log: { error: (_about: unknown, message?: string) => void said.push(message ?? '') },
    });
    await expect(failing.current()).rejects.toThrow();
    isBroken = false;
    const good = await failing.current();
    isBroken = true;
    await write();
    said.length = 0;
    expect(await failing.current()).toEqual(good);
    expect(said).toEqual(['could not write the snapshot']);
  });

  test('ends when the server does, without a complaint', async () => {
    const ending = createSnapshots({
      writer: inWorker(api.file),
      index: api.index,
      now: () => api.clock.now,
      restMs: REST_MS,
      log: { error: (_about: unknown, message?: string) => void said.push(message ?? '') },
    });
    ending.freshen();
    await ending.close();
    expect(said).toEqual([]);
  });
});
