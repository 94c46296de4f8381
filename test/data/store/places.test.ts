import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PlaceDraft } from '../../../data/place-schema.ts';
import { InvalidPlaceError, openStore, type Store, StoreConstraintError } from '../../../data/store/store.ts';
import { station, temporaryFile, tester } from './support.ts';

let store: Store;
let clock = new Date('2026-11-20T01:00:00Z');
beforeEach(async () => {
  clock = new Date('2026-11-20T01:00:00Z');
  store = await openStore({ file: temporaryFile(), idPrefix: 'HRB', now: () => clock });
});
afterEach(() => store.close());

describe('creating', () => {
  test('gives an id from the city prefix and the short code, dates, and version 1', async () => {
    const place = await store.places.create(station(), tester);
    expect(place.id).toBe(`hrb-${place.shortCode.toLowerCase()}`);
    expect(place).toMatchObject({ version: 1, createdAt: clock.toISOString(), updatedAt: clock.toISOString() });
  });

  test('calls a made-up place demo, whatever the city', async () => {
    expect((await store.places.create(station({ demo: true }), tester)).id).toMatch(/^demo-/);
  });

  test('keeps an id that is given, and refuses it a second time', async () => {
    const draft = station({ id: 'harbin-zhuozhan-b' });
    expect((await store.places.create(draft, tester)).id).toBe('harbin-zhuozhan-b');
    const again = store.places.create(draft, tester);
    await expect(again).rejects.toThrow(StoreConstraintError);
    await expect(again).rejects.toMatchObject({ code: 'already-exists' });
    expect(await store.places.count()).toBe(1);
    expect((await store.audit.head()).sequence).toBe(2);
  });

  test('names every wrong field in Chinese, with a code', async () => {
    const wrong = { ...station({ name: '' }), district: '道里', wings: 2, access: 'closed' } as unknown as PlaceDraft;
    const error = await store.places.create(wrong, tester).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InvalidPlaceError);
    const { errors, message } = error as InvalidPlaceError;
    expect(errors).toEqual(
      expect.arrayContaining([
        { field: 'name', code: 'too-small', message: '不能为空' },
        { field: 'district', code: 'invalid-format', message: '区县代码是 6 位数字' },
        { field: 'access', code: 'invalid-value', message: '只能是 open、staffed、code、id、face' },
        { field: 'wings', code: 'unrecognized-keys', message: '没有这一项' },
      ]),
    );
    expect(message).toContain('区县代码是 6 位数字');
    expect(await store.places.count()).toBe(0);
  });

  test('many at once is all or none, and names the index of the wrong one', async () => {
    const wrong = station({ point: [126, 145] });
    const error = await store.places.createMany([station(), wrong], tester, 'test').catch((caught: unknown) => caught);
    expect((error as InvalidPlaceError).errors.map((each) => each.field)).toEqual(['1.point.1']);
    const twice = [station({ id: 'same-id' }), station({ id: 'same-id' })];
    await expect(store.places.createMany(twice, tester, 'test')).rejects.toThrow(StoreConstraintError);
    expect(await store.places.count()).toBe(0);
  });
});

describe('asking', () => {
  test('finds a place by its short code as a person writes it', async () => {
    const place = await store.places.create(station(), tester);
    expect(await store.places.byShortCode(place.shortCode.toLowerCase())).toEqual(place);
    expect(await store.places.byShortCode('ZZZZZ')).toBeUndefined();
    expect(await store.places.byShortCode("' or 1=1")).toBeUndefined();
  });

  test('answers undefined for an id that nothing has', async () => {
    expect(await store.places.get('nothing-here')).toBeUndefined();
  });

  test('reads everything in batches, in the order of creation', async () => {
    const names = Array.from({ length: 2100 }, (_, i) => `第${i}站`);
    await store.places.createMany(
      names.map((name) => station({ name })),
      tester,
      'test',
    );
    const sizes = [];
    const read = [];
    for await (const batch of store.places.all()) {
      sizes.push(batch.length);
      read.push(...batch.map((place) => place.name));
    }
    expect(read).toEqual(names);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
  });
});

describe('updating', () => {
  test('changes the named fields and counts the version', async () => {
    const { id, ...created } = await store.places.create(station({ seats: 4 }), tester);
    clock = new Date('2026-11-21T01:00:00Z');
    const result = await store.places.update(id, { name: '新名字', seats: null }, { version: 1, actor: tester });
    const expected = { ...created, id, name: '新名字', seats: null, version: 2, updatedAt: clock.toISOString() };
    expect(result).toEqual({ place: expected });
    expect(await store.places.get(id)).toEqual(expected);
  });

  test('does not make a place fresh', async () => {
    const { id } = await store.places.create(station(), tester);
    const result = await store.places.update(id, { name: '新名字' }, { version: 1, actor: tester });
    expect(result).toMatchObject({ place: { confirmedAt: null, confirmedBy: null } });
  });

  test('brings the present place when somebody else was first', async () => {
    const { id } = await store.places.create(station(), tester);
    const [first, second] = await Promise.all([
      store.places.update(id, { name: '甲' }, { version: 1, actor: tester }),
      store.places.update(id, { name: '乙' }, { version: 1, actor: tester }),
    ]);
    expect(first).toMatchObject({ place: { name: '甲', version: 2 } });
    expect(second).toMatchObject({ conflict: { name: '甲', version: 2 } });
  });

  test('answers undefined for a place that is not there', async () => {
    expect(await store.places.update('nothing-here', { name: '甲' }, { version: 1, actor: tester })).toBeUndefined();
  });

  test('that changes nothing makes no version, no revision and no audit row', async () => {
    const place = await store.places.create(station(), tester);
    const [head, revision] = [await store.audit.head(), store.revision()];
    const result = await store.places.update(place.id, { name: place.name }, { version: 1, actor: tester });
    expect(result).toEqual({ place });
    expect(await store.audit.head()).toEqual(head);
    expect(store.revision()).toBe(revision);
  });

  test('refuses what the schema refuses, and what only the store sets', async () => {
    const { id } = await store.places.create(station(), tester);
    const wrong = store.places.update(id, { district: '1' }, { version: 1, actor: tester });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid-place', errors: [{ field: 'district' }] });
    const fixed = { kind: 'toilet', version: 9 } as object;
    const forbidden = store.places.update(id, fixed, { version: 1, actor: tester });
    await expect(forbidden).rejects.toMatchObject({ errors: [{ field: 'kind' }, { field: 'version' }] });
    expect(await store.places.get(id)).toMatchObject({ version: 1, kind: 'station' });
  });
});

describe('removing the demonstration', () => {
  test('leaves the real places, and says how many went', async () => {
    const real = await store.places.create(station(), tester);
    await store.places.createMany([station({ demo: true }), station({ demo: true })], tester, 'test');
    expect(await store.places.count({ demo: true })).toBe(2);
    expect(await store.places.removeDemo(tester)).toBe(2);
    expect(await store.places.count()).toBe(1);
    expect(await store.places.get(real.id)).toEqual(real);
    expect(await store.places.removeDemo(tester)).toBe(0);
  });

  test('never gives a short code a second time', async () => {
    const first = await store.places.createMany([station({ demo: true }), station({ demo: true })], tester, 'test');
    await store.places.removeDemo(tester);
    const second = await store.places.createMany([station({ demo: true }), station({ demo: true })], tester, 'test');
    expect(new Set([...first, ...second].map((place) => place.shortCode)).size).toBe(4);
  });
});
