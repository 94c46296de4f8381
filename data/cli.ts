// The city's own hands on its data: npm run -s data -- <command> [--json]. Exit 0 done, 1 failed, 2 wrong use.
import './utc.ts';

import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { backUp, DATABASE_FILE, restore, tryBackup } from './backup.ts';
import { createAdmin } from './create-admin.ts';
import { loadCity } from './load-city.ts';
import { createSecret, KEY_FILE, readKeyFile } from './secret.ts';
import { seedDemo, seedRealPlaces } from './seed.ts';
import { type Actor, type AuditHead, openStore, type Store, StoreError } from './store/store.ts';

/** Told as sentences, or with `--json` as one object. */
interface Outcome {
  lines: string[];
  facts: Record<string, unknown>;
  failed?: boolean;
}

interface Given {
  dataFolder: string;
  databaseFile: string;
  /** A profile's id, or a path to its folder. */
  cityName: string;
  actor: Actor;
  folder: string;
  demo: boolean;
  seed: number;
  head: AuditHead | undefined;
  username: string;
  /** The configured secret; undefined: the key file's. */
  secretKey: string | undefined;
}

type Option = 'demo' | 'seed' | 'head' | 'username' | 'password-stdin';

interface Command {
  usage: string;
  says: string;
  options?: readonly Option[];
  takesFolder?: boolean;
  run(given: Given): Promise<Outcome>;
}

const COMMANDS: Record<string, Command> = {
  migrate: {
    usage: 'migrate',
    says: '把数据库升级到这个版本的结构，没有就新建；升级前先备份到 backups/',
    run: runMigrate,
  },
  seed: {
    usage: 'seed [--demo [--seed 1]]',
    says: '写入城市档案里的真实点位；加 --demo 再生成整座城市的演示点位',
    options: ['demo', 'seed'],
    run: runSeed,
  },
  'clear-demo': { usage: 'clear-demo', says: '删除全部演示点位，真实点位不动', run: runClearDemo },
  backup: { usage: 'backup DIR', says: '在线备份到一个空文件夹，不必停机', takesFolder: true, run: runBackup },
  restore: { usage: 'restore DIR', says: '核对备份并恢复到空的数据文件夹', takesFolder: true, run: runRestore },
  'verify-audit': {
    usage: 'verify-audit [--head 序号:哈希]',
    says: '核对审计记录有没有被改、被删；--head 写备份清单里的链头',
    options: ['head'],
    run: runVerifyAudit,
  },
  'create-admin': {
    usage: 'create-admin --username U --password-stdin',
    says: '新建市级管理员，密码从标准输入读；打印用户名和动态码密钥',
    options: ['username', 'password-stdin'],
    run: runCreateAdmin,
  },
};

const HELP = [
  '用法：npm run -s data -- <命令> [--json]',
  '',
  ...Object.values(COMMANDS).map(({ usage, says }) => `  ${usage.padEnd(32)}${says}`),
  '',
  '数据文件夹由 YIZHAN_DATA_DIR 指定（默认 data/var），城市由 YIZHAN_CITY 指定（默认 harbin）。',
  '退出码：0 完成，1 失败，2 用法不对。',
].join('\n');

class WrongUse extends Error {}

/** The only look at the surroundings; the same names and defaults as the server's. */
function readEnvironment(): Pick<Given, 'dataFolder' | 'cityName' | 'secretKey'> {
  const ownFolder = fileURLToPath(new URL('./var', import.meta.url));
  return {
    dataFolder: resolve(process.env.YIZHAN_DATA_DIR?.trim() || ownFolder),
    cityName: process.env.YIZHAN_CITY?.trim() || 'harbin',
    secretKey: process.env.YIZHAN_SECRET_KEY?.trim() || undefined,
  };
}

async function runMigrate({ databaseFile }: Given): Promise<Outcome> {
  return withStore({ file: databaseFile }, async ({ migrated }) => ({
    lines: [migrated.length === 0 ? '数据库已经是最新的结构' : `数据库已升级：${migrated.join('、')}`],
    facts: { migrated },
  }));
}

async function runSeed({ databaseFile, cityName, demo, seed, actor }: Given): Promise<Outcome> {
  const city = await loadCity(cityName);
  return withStore({ file: databaseFile, idPrefix: city.city.prefix }, async (store) => {
    const realPlaces = await seedRealPlaces(store, city, actor);
    const demoPlaces = demo ? await seedDemo(store, city, { seed, actor }) : 0;
    const lines = [`写入真实点位 ${realPlaces} 个`];
    if (demo) lines.push(`写入演示点位 ${demoPlaces} 个：每一处都标明是演示数据，不能指给骑手去`);
    return { lines, facts: { realPlaces, demoPlaces } };
  });
}

async function runClearDemo({ databaseFile, actor }: Given): Promise<Outcome> {
  return withStore({ file: existing(databaseFile) }, async (store) => {
    const removed = await store.places.removeDemo(actor);
    return { lines: [`已删除演示点位 ${removed} 个`], facts: { removed } };
  });
}

async function runBackup({ databaseFile, folder }: Given): Promise<Outcome> {
  const manifest = await backUp(databaseFile, folder, new Date());
  await tryBackup(folder);
  const { sequence, hash } = manifest.auditHead;
  return {
    lines: [
      `已备份到 ${folder}，读回来核对过：每张表、审计链和 ${manifest.photos.files} 个照片文件都在`,
      `审计链头 ${sequence}:${hash}`,
      `注意：备份里没有密钥文件 ${KEY_FILE}。没有它，加密的内容就打不开；请另存一份，不要和备份放在一起。`,
    ],
    facts: { folder, ...manifest },
  };
}

async function runRestore({ dataFolder, folder }: Given): Promise<Outcome> {
  const manifest = await restore(folder, dataFolder);
  const lines = [`已恢复 ${manifest.createdAt} 的备份到 ${dataFolder}，内容与清单一致`];
  if (!existsSync(join(dataFolder, KEY_FILE))) {
    lines.push(`注意：备份里没有密钥文件 ${KEY_FILE}，请把另存的那一份放回 ${dataFolder}`);
  }
  return { lines, facts: { dataFolder, ...manifest } };
}

async function runVerifyAudit({ databaseFile, head }: Given): Promise<Outcome> {
  return withStore({ file: existing(databaseFile), migrate: false }, async (store) => {
    const verdict = await store.audit.verify(head);
    if (!verdict.ok) return { lines: [verdict.message], facts: { ...verdict }, failed: true };
    const { sequence, hash } = verdict.head;
    return { lines: [`审计记录 ${sequence} 条，完好`, `审计链头 ${sequence}:${hash}`], facts: { ...verdict } };
  });
}

/** Always one line of JSON, so that a script can hand the secret on. */
async function runCreateAdmin({ databaseFile, dataFolder, username, secretKey, actor }: Given): Promise<Outcome> {
  const password = (await readStandardInput()).replace(/\r?\n$/, '');
  return withStore({ file: databaseFile }, async (store) => {
    const secret = createSecret(secretKey ?? readKeyFile(dataFolder));
    const facts = await createAdmin(store, secret, { username, password, actor });
    return { lines: [JSON.stringify(facts)], facts };
  });
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function withStore(
  options: Parameters<typeof openStore>[0],
  run: (store: Store) => Promise<Outcome>,
): Promise<Outcome> {
  const store = await openStore(options);
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

function existing(databaseFile: string): string {
  if (!existsSync(databaseFile)) throw new StoreError('no-database', `还没有数据库：${databaseFile}`);
  return databaseFile;
}

function readArguments(words: readonly string[]): { command: Command; given: Given; asJson: boolean } {
  const [name, ...rest] = words;
  const command = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name];
  if (!command) throw new WrongUse(name === undefined ? '要写一个命令' : `没有 ${name} 这个命令`);
  const { values, positionals } = parseWords(rest);
  for (const option of ['demo', 'seed', 'head', 'username', 'password-stdin'] as const) {
    if (values[option] !== undefined && !command.options?.includes(option)) {
      throw new WrongUse(`${name} 没有 --${option} 这个选项`);
    }
  }
  if (values.seed !== undefined && !values.demo) throw new WrongUse('--seed 要和 --demo 一起用');
  const wantsAccount = command.options?.includes('username');
  if (wantsAccount && !(values.username && values['password-stdin'])) throw new WrongUse(`用法是 ${command.usage}`);
  if (positionals.length !== (command.takesFolder ? 1 : 0)) throw new WrongUse(`用法是 ${command.usage}`);
  const surroundings = readEnvironment();
  const given = {
    ...surroundings,
    databaseFile: join(surroundings.dataFolder, DATABASE_FILE),
    actor: { kind: 'cli', name: operatorName() } as const,
    folder: resolve(positionals[0] ?? '.'),
    demo: values.demo ?? false,
    seed: readSeed(values.seed ?? '1'),
    username: values.username ?? '',
    head: values.head === undefined ? undefined : readHead(values.head),
  };
  return { command, given, asJson: values.json ?? false };
}

function parseWords(words: string[]) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        demo: { type: 'boolean' },
        seed: { type: 'string' },
        head: { type: 'string' },
        username: { type: 'string' },
        'password-stdin': { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new WrongUse('选项写得不对', { cause: error });
  }
}

function readSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new WrongUse(`--seed 要 0 到 999999999 的整数，不是 ${text}`);
  return Number(text);
}

function readHead(text: string): AuditHead {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (!match?.[1] || !match[2]) throw new WrongUse('--head 要写成 序号:64 位哈希');
  return { sequence: Number(match[1]), hash: match[2] };
}

/** Whoever runs the command, as the machine knows them; an account without a name is possible in containers. */
function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}

async function main(words: readonly string[]): Promise<number> {
  if (words[0] === 'help' || words.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  const wantsJson = words.includes('--json');
  try {
    const { command, given, asJson } = readArguments(words);
    const { lines, facts, failed = false } = await command.run(given);
    const text = asJson ? JSON.stringify(facts) : lines.join('\n');
    (failed && !asJson ? console.error : console.log)(text);
    return failed ? 1 : 0;
  } catch (error) {
    const isWrongUse = error instanceof WrongUse;
    const code = isWrongUse ? 'wrong-use' : error instanceof StoreError ? error.code : 'failed';
    if (wantsJson) console.log(JSON.stringify({ error: { code, message: wordsOf(error) } }));
    else console.error(isWrongUse ? `${wordsOf(error)}\n\n${HELP}` : wordsOf(error));
    return isWrongUse ? 2 : 1;
  }
}

/** A plain Error was worded for people; any other kind is a fault of ours and shows where it happened. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isWorded = error instanceof StoreError || error instanceof WrongUse || error.constructor === Error;
  return isWorded ? error.message : (error.stack ?? error.message);
}

process.exitCode = await main(process.argv.slice(2));
