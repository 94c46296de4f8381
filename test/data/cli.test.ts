import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { openStore, type Store } from '../../data/store/store.ts';
import { station, temporaryFolder, tester } from './store/support.ts';

const CLI = fileURLToPath(new URL('../../data/cli.ts', import.meta.url));

async function run(dataFolder: string, ...words: string[]) {
  const env = { ...process.env, YIZHAN_DATA_DIR: dataFolder };
  const child = spawn(process.execPath, [CLI, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, complained] = ['', ''];
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (complained += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, said, complained };
}

async function withStore<Result>(dataFolder: string, ask: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore({ file: join(dataFolder, 'yizhan.sqlite') });
  try {
    return await ask(store);
  } finally {
    await store.close();
  }
}

describe('wrong use ends with 2, a sentence and the help', () => {
  test.each([
    [[], '要写一个命令'],
    [['fly'], '没有 fly 这个命令'],
    [['toString'], '没有 toString 这个命令'],
    [['migrate', '--demo'], 'migrate 没有 --demo 这个选项'],
    [['seed', '--seed', '3'], '--seed 要和 --demo 一起用'],
    [['seed', '--demo', '--seed', 'x'], '--seed 要 0 到 999999999 的整数'],
    [['backup'], '用法是 backup DIR'],
    [['verify-audit', '--head', '12'], '--head 要写成'],
    [['migrate', '--wings'], '选项写得不对'],
  ])('%j', async (words, sentence) => {
    const folder = join(temporaryFolder(), 'var');
    const { code, said, complained } = await run(folder, ...words);
    expect({ code, said }).toEqual({ code: 2, said: '' });
    expect(complained).toContain(sentence);
    expect(complained).toContain('npm run -s data -- <命令>');
    expect(existsSync(folder)).toBe(false);
  });
});

test('the help names each command that there is', async () => {
  const { code, said } = await run(temporaryFolder(), '--help');
  expect(code).toBe(0);
  for (const name of ['migrate', 'seed', 'clear-demo', 'backup', 'restore', 'verify-audit']) {
    expect(said).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  }
});

test('a failure ends with 1, and with --json is one object with a code', async () => {
  const folder = temporaryFolder();
  const plain = await run(folder, 'clear-demo');
  expect(plain).toMatchObject({ code: 1, said: '', complained: expect.stringContaining('还没有数据库') });
  const json = await run(folder, 'verify-audit', '--json');
  expect(json).toMatchObject({ code: 1, complained: '' });
  expect(JSON.parse(json.said)).toMatchObject({ error: { code: 'no-database' } });
});

test('a city is filled with its real places and a demonstration, which goes again', async () => {
  const folder = temporaryFolder();
  const seeded = await run(folder, 'seed', '--demo', '--seed', '7', '--json');
  expect(seeded).toMatchObject({ code: 0, complained: '' });
  const { realPlaces, demoPlaces } = JSON.parse(seeded.said);
  expect(realPlaces).toBeGreaterThan(0);
  expect(demoPlaces).toBeGreaterThan(1000);
  await withStore(folder, async (store) => {
    expect(await store.places.count({ demo: false })).toBe(realPlaces);
    expect(await store.places.count({ demo: true })).toBe(demoPlaces);
    expect(await store.places.get('harbin-zhuozhan-b')).toMatchObject({ demo: false });
  });

  expect(await run(folder, 'seed', '--demo')).toMatchObject({
    code: 1,
    complained: expect.stringContaining('clear-demo'),
  });
  expect(JSON.parse((await run(folder, 'clear-demo', '--json')).said)).toEqual({ removed: demoPlaces });
  const verdict = JSON.parse((await run(folder, 'verify-audit', '--json')).said);
  expect(verdict).toMatchObject({ ok: true, head: { sequence: 4 } });
  await withStore(folder, async (store) => {
    expect(await store.places.count()).toBe(realPlaces);
    expect(await store.audit.verify(verdict.head)).toMatchObject({ ok: true });
  });
});

test('verify-audit ends with 1 when a row was edited', async () => {
  const folder = temporaryFolder();
  await withStore(folder, (store) => store.places.create(station(), tester));
  const database = new Sqlite(join(folder, 'yizhan.sqlite'));
  database.exec("drop trigger audit_refuses_update; update audit set actor_name = 'nobody' where sequence = 2");
  database.close();
  const { code, complained } = await run(folder, 'verify-audit');
  expect(code).toBe(1);
  expect(complained).toContain('第 2 条被改过');
});

describe('a backup', () => {
  async function filled(): Promise<{ folder: string; backup: string }> {
    const folder = temporaryFolder();
    await withStore(folder, (store) => store.places.createMany([station(), station()], tester, 'test'));
    writeFileSync(join(folder, 'secret.key'), 'the key');
    return { folder, backup: join(temporaryFolder(), 'today') };
  }

  test('taken while another writes is restored row by row, and says loudly that the key is not in it', async () => {
    const { folder, backup } = await filled();
    const target = join(temporaryFolder(), 'var');
    await withStore(folder, async (store) => {
      let going = true;
      const writing = (async () => {
        while (going) await store.places.create(station(), tester);
      })();
      const taken = await run(folder, 'backup', backup);
      going = false;
      await writing;
      expect(taken).toMatchObject({ code: 0, said: expect.stringContaining('没有密钥文件 secret.key') });
    });
    expect(readdirSync(backup).sort()).toEqual(['manifest.json', 'yizhan.sqlite']);
    const manifest = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'));

    const restored = await run(target, 'restore', backup);
    expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('secret.key') });
    await withStore(target, async (store) => {
      expect(await store.places.count()).toBe(manifest.tables.places.rows);
      expect(await store.audit.verify()).toEqual({ ok: true, head: manifest.auditHead });
    });
  });

  test('goes into an empty folder only, and comes back into an empty one only', async () => {
    const { folder, backup } = await filled();
    expect((await run(folder, 'backup', backup)).code).toBe(0);
    const again = await run(folder, 'backup', backup);
    expect(again).toMatchObject({ code: 1, complained: expect.stringContaining('文件夹要是空的') });
    const over = await run(folder, 'restore', backup);
    expect(over).toMatchObject({ code: 1, complained: expect.stringContaining('yizhan.sqlite') });
    const target = temporaryFolder();
    writeFileSync(join(target, 'secret.key'), 'the key');
    expect((await run(target, 'restore', backup)).code).toBe(0);
  });

  test('that was changed or broken off is refused, and leaves no database', async () => {
    const { folder, backup } = await filled();
    await run(folder, 'backup', backup);
    const file = join(backup, 'yizhan.sqlite');
    const manifestFile = join(backup, 'manifest.json');
    const [bytes, manifest] = [readFileSync(file), JSON.parse(readFileSync(manifestFile, 'utf8'))];
    const target = join(temporaryFolder(), 'var');

    async function expectRefusal(sentence: string): Promise<void> {
      const { code, complained } = await run(target, 'restore', backup);
      expect(code).toBe(1);
      expect(complained).toContain(sentence);
      expect(existsSync(target) ? readdirSync(target) : []).toEqual([]);
    }

    const flipped = Buffer.from(bytes);
    flipped[flipped.length - 100] = 255 - (flipped[flipped.length - 100] ?? 0);
    writeFileSync(file, flipped);
    await expectRefusal('校验值不一致');

    writeFileSync(file, bytes);
    manifest.tables.places.sha256 = '0'.repeat(64);
    writeFileSync(manifestFile, JSON.stringify(manifest));
    await expectRefusal('表 places 的内容与清单不一致');

    writeFileSync(manifestFile, '{');
    await expectRefusal('读不懂 manifest.json');
  });

  test('is asked for where there is none', async () => {
    const empty = join(temporaryFolder(), 'none');
    mkdirSync(empty);
    expect(await run(temporaryFolder(), 'restore', empty)).toMatchObject({ code: 1, said: '' });
    expect(await run(temporaryFolder(), 'backup', empty)).toMatchObject({ code: 1, said: '' });
  });
});
