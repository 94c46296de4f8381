// The set-up of a fresh machine. The registry is not for tests: here a script that npm's place is given to notes how it was
// called and leaves what an install leaves. The real install is what runs before these tests in a clean clone.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..');
const lockOf = (version: string) =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/one': { version }, 'node_modules/other-platform': { version, optional: true } },
  });
const NPM = `
const { appendFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } = require('node:fs');
appendFileSync('npm-was-asked', process.argv.slice(2).join(' ') + '\\n');
console.log('chatter of npm');
mkdirSync('node_modules/node/bin', { recursive: true });
try { symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/node/bin/node'); } catch {}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
delete lock.packages['node_modules/other-platform'];
writeFileSync('node_modules/.package-lock.json', JSON.stringify(lock));
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-setup-test-'));
  mkdirSync(join(folder, 'npm'));
  copyFileSync(join(root, 'setup.mjs'), join(folder, 'setup.mjs'));
  writeFileSync(join(folder, 'package-lock.json'), lockOf('1.0.0'));
  writeFileSync(join(folder, 'npm/npm-cli.js'), NPM);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function setUp(task: string[] = [], environment: Record<string, string> = {}) {
  return spawnSync(process.execPath, ['setup.mjs', ...task], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, npm_execpath: join(folder, 'npm/npm-cli.js'), ...environment },
  });
}

const installs = () => {
  const note = join(folder, 'npm-was-asked');
  return existsSync(note) ? readFileSync(note, 'utf8').trim().split('\n') : [];
};

test('packages are installed once, with those that only tests need, and never onto stdout', () => {
  const first = setUp([], { NODE_ENV: 'production' });
  expect(first).toMatchObject({ status: 0, stdout: '' });
  expect(first.stderr).toContain('chatter of npm');
  expect(installs()).toEqual(['ci --include=dev --no-audit --no-fund']);

  expect(setUp()).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(installs()).toHaveLength(1);
});

test('another lock file means another install', () => {
  setUp();
  writeFileSync(join(folder, 'package-lock.json'), lockOf('1.0.1'));
  setUp();
  expect(installs()).toHaveLength(2);
});

test('an install that fails says what to do, and the next run tries again', () => {
  writeFileSync(join(folder, 'npm/npm-cli.js'), 'process.exit(1)');
  const failed = setUp();
  expect(failed.status).toBe(1);
  expect(failed.stderr).toContain('Check the network and the npm registry');

  writeFileSync(join(folder, 'npm/npm-cli.js'), NPM);
  expect(setUp().status).toBe(0);
});

test('Node 24 that did not arrive is noticed', () => {
  writeFileSync(join(folder, 'npm/npm-cli.js'), NPM.replace('symlinkSync(', '('));
  const halfway = setUp();
  expect(halfway.status).toBe(1);
  expect(halfway.stderr).toContain('allow install scripts');
});

test('start builds the web, with the Node that was installed', () => {
  const build = "import { writeFileSync } from 'node:fs'; writeFileSync('built', process.versions.node);";
  writeFileSync(join(folder, 'esbuild.config.mjs'), build);
  expect(setUp()).toMatchObject({ status: 0 });
  expect(existsSync(join(folder, 'built'))).toBe(false);
  expect(setUp(['start'])).toMatchObject({ status: 0 });
  expect(readFileSync(join(folder, 'built'), 'utf8')).toBe(process.versions.node);
});

test('a browser that was named but does not run is refused by its name', () => {
  const refused = setUp(['test'], { CHROMIUM_PATH: join(folder, 'no-browser') });
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain(`CHROMIUM_PATH is ${join(folder, 'no-browser')}`);
});

test('a turn that a dead setup never gave back is taken', () => {
  const died = spawnSync(process.execPath, ['-e', '']);
  // The first run shows where turns are kept; what it left there is what a killed one leaves.
  writeFileSync(
    join(folder, 'npm/npm-cli.js'),
    `${NPM}
    const fs = require('node:fs');
    const turns = fs.readdirSync(require('node:os').tmpdir()).filter((name) => name.startsWith('yizhan-setup-'));
    writeFileSync('turns', turns.join('\\n'));`,
  );
  mkdirSync(join(folder, 'turns-kept-here'));
  const environment = { TMPDIR: join(folder, 'turns-kept-here') };
  setUp([], environment);
  const turn = join(folder, 'turns-kept-here', readFileSync(join(folder, 'turns'), 'utf8'));
  expect(existsSync(turn)).toBe(false);
  mkdirSync(turn);
  writeFileSync(join(turn, 'pid'), String(died.pid));
  expect(setUp([], environment)).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(turn)).toBe(false);
});

test('an unknown task is refused', () => {
  expect(setUp(['lunch'])).toMatchObject({ status: 1, stdout: '' });
});
