import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ChangeEvent, openStore, type Store } from '../../../data/store/store.ts';
import { station, temporaryFile, tester } from './support.ts';

let file: string;
let store: Store;
let heard: ChangeEvent[];
beforeEach(async () => {
  file = temporaryFile();
  store = await openStore({ file });
  heard = [];
  store.onChange((event) => heard.push(event));
});
afterEach(() => store.close());

test('a creation, an update and a removal are heard, each with its revision', async () => {
  const created = await store.places.create(station({ demo: true }), tester);
  const result = await store.places.update(created.id, { name: '新名字' }, { version: 1, actor: tester });
  await store.places.removeDemo(tester);
  expect(heard).toEqual([
    { revision: 1, changed: [created], removedIds: [] },
    { revision: 2, changed: [(result as { place: unknown }).place], removedIds: [] },
    { revision: 3, changed: [], removedIds: [created.id] },
  ]);
  expect(store.revision()).toBe(3);
});

test('a bulk is heard once, with all of it', async () => {
  const places = await store.places.createMany([station(), station(), station()], tester, 'test');
  expect(heard).toEqual([{ revision: 1, changed: places, removedIds: [] }]);
});

test('an act that fails is not heard, and leaves nothing', async () => {
  const act = store.write(async (writing) => {
    await store.audit.append(writing, { actor: tester, act: 'test', subject: null, details: {} });
    await writing.revision();
    throw new Error('changed my mind');
  });
  await expect(act).rejects.toThrow('changed my mind');
  expect(heard).toEqual([]);
  expect((await store.audit.head()).sequence).toBe(1);
  expect(store.revision()).toBe(0);
});

test('whoever stopped listening hears nothing more', async () => {
  const other: ChangeEvent[] = [];
  const stop = store.onChange((event) => other.push(event));
  await store.places.create(station(), tester);
  stop();
  await store.places.create(station(), tester);
  expect(other).toHaveLength(1);
  expect(heard).toHaveLength(2);
});

test('a listener may write when it hears of a change', async () => {
  const done = new Promise<string>((resolve, reject) => {
    const stop = store.onChange(() => {
      stop();
      store.places.create(station({ name: '回声' }), tester).then((place) => resolve(place.name), reject);
    });
  });
  await store.places.create(station(), tester);
  expect(await done).toBe('回声');
});

test('a write inside a write is refused instead of waiting for itself', async () => {
  const inner = () => store.places.create(station(), tester);
  await expect(store.write(inner)).rejects.toThrow('A write inside a write');
});

test('what another process did is heard at the next poll, and only once', async () => {
  const other = await openStore({ file });
  const created = await other.places.createMany([station({ demo: true }), station()], tester, 'test');
  expect(heard).toEqual([]);
  await store.pollChanges();
  await store.pollChanges();
  expect(heard).toEqual([{ revision: 1, changed: created, removedIds: [] }]);
  await other.places.removeDemo(tester);
  await store.pollChanges();
  expect(heard.at(-1)).toEqual({ revision: 2, changed: [], removedIds: [created[0]?.id] });
  await other.close();
});

test("another process's change is not lost when this process writes before it polls", async () => {
  const other = await openStore({ file });
  const theirs = await other.places.create(station({ name: '别人的' }), tester);
  const ours = await store.places.create(station({ name: '自己的' }), tester);
  expect(heard).toEqual([{ revision: 2, changed: [theirs, ours], removedIds: [] }]);
  await other.close();
});

test('asking whether something changed runs no statement when nothing did', async () => {
  await store.places.create(station(), tester);
  const before = store.statements;
  await store.pollChanges();
  expect(store.statements).toBe(before);
  await store.places.count();
  expect(store.statements).toBe(before + 1);
});

test('changes since a revision leave out what is older, and an id that came back is not removed', async () => {
  const draft = station({ id: 'comes-back', demo: true });
  await store.places.create(draft, tester);
  await store.places.create(station({ id: 'stays-away', demo: true }), tester);
  await store.places.removeDemo(tester);
  const again = await store.places.create(draft, tester);
  expect(await store.places.changedSince(0)).toEqual({ revision: 4, changed: [again], removedIds: ['stays-away'] });
  expect(await store.places.changedSince(3)).toEqual({ revision: 4, changed: [again], removedIds: [] });
  expect(await store.places.changedSince(4)).toEqual({ revision: 4, changed: [], removedIds: [] });
});
