// What a fresh machine still lacks, fetched once: packages, Node 24 among them; the web's files; for tests a browser and
// a Chinese font. Called by the `pre` scripts: `node setup.mjs [start|test]`. Plain JavaScript without dependencies, for
// any Node from 20 on. Everything is said on stderr, so that `npm run -s data -- … --json` keeps a clean stdout.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const modules = join(root, 'node_modules');
const windows = process.platform === 'win32';
/** The Node 24 that the npm package `node` brings. */
const node24 = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');
/** Goes with node_modules, so that a fresh install looks for the browser anew. Read by test/browser/chromium.ts. */
const browserFolder = join(modules, '.yizhan');
const browserRecord = join(browserFolder, 'browser.json');

class SetupError extends Error {}

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

/** Runs a command with its output on our stderr and nothing on its stdin; answers whether it succeeded. */
function run(command, parameters, options = {}) {
  const stdio = ['ignore', process.stderr, process.stderr];
  return spawnSync(command, parameters, { cwd: root, stdio, ...options }).status === 0;
}

/** What a command prints, or undefined when it is absent or fails. */
function read(command, parameters, environment = {}) {
  const options = { encoding: 'utf8', timeout: 180_000, env: { ...process.env, ...environment } };
  const result = spawnSync(command, parameters, options);
  return result.status === 0 ? result.stdout.trim() : undefined;
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function main(task) {
  if (!['', 'start', 'test'].includes(task))
    throw new SetupError(`Unknown task "${task}": say start, test or nothing.`);
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    throw new SetupError(
      `This is Node ${process.versions.node}. Install Node 20 or newer (https://nodejs.org), then try again.`,
    );
  }
  const release = takeTurn();
  try {
    if (!packagesMatchLock() || !node24Runs()) installPackages();
    if (task === 'test') {
      ensureChineseFont();
      ensureBrowser();
    }
    if (task !== '') buildWeb();
  } finally {
    release();
  }
}

/** Two `npm` commands started together must not install into one folder: the second waits for the first. */
function takeTurn() {
  const lock = join(tmpdir(), `yizhan-setup-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`);
  const ownerFile = join(lock, 'pid');
  for (let waited = 0; ; waited += 1) {
    try {
      mkdirSync(lock);
      writeFileSync(ownerFile, String(process.pid));
      return () => rmSync(lock, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (ownerIsGone(lock, ownerFile)) rmSync(lock, { recursive: true, force: true });
    else {
      if (waited === 0) say('another setup is at work here, waiting for it …');
      if (waited === 1200) throw new SetupError(`Waited ten minutes for another setup. If none runs, delete ${lock}.`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
}

function ownerIsGone(lock, ownerFile) {
  try {
    const owner = Number(readFileSync(ownerFile, 'utf8'));
    // Containers hand out the same process numbers again: our own cannot be another's.
    if (owner === process.pid) return true;
    if (owner > 0) {
      process.kill(owner, 0);
      return false;
    }
  } catch (error) {
    if (error.code === 'EPERM') return false;
    if (error.code === 'ESRCH') return true;
  }
  // The owner makes the folder first and then writes its number: give it a moment.
  try {
    return Date.now() - statSync(lock).mtimeMs > 5000;
  } catch {
    return false;
  }
}

/**
 * npm writes node_modules/.package-lock.json last, when an install has succeeded: what stands there was installed whole.
 * Every package of our lock must be there in its version; optional ones of other platforms may lack.
 */
function packagesMatchLock() {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  if (!wanted)
    throw new SetupError('package-lock.json is missing or broken. Restore it: git checkout package-lock.json');
  const installed = readJson(join(modules, '.package-lock.json'))?.packages;
  if (!installed) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    return installed[path] ? installed[path].version === version : Boolean(optional || devOptional);
  });
}

function node24Runs() {
  return read(node24, ['--version'])?.startsWith('v24.') ?? false;
}

function installPackages() {
  say('installing packages (npm ci), about half a minute …');
  // --include=dev: with NODE_ENV=production npm would leave out what tests and checks need.
  const parameters = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath ?? '';
  // Under `npm test` this script may run on the very Node 24 that `npm ci` is about to delete: use npm's own Node.
  const node = process.env.npm_node_execpath ?? process.execPath;
  const installed = npm.endsWith('npm-cli.js')
    ? run(node, [npm, ...parameters])
    : run('npm', parameters, { shell: windows });
  if (!installed) {
    throw new SetupError(
      'npm ci failed; the reason stands above. Check the network and the npm registry, then try again.',
    );
  }
  if (!node24Runs()) {
    throw new SetupError(
      `Node 24 did not arrive at ${node24}. It comes by the install script of the npm package "node": ` +
        'allow install scripts (npm config get ignore-scripts must say false), delete node_modules, then try again.',
    );
  }
}

function buildWeb() {
  if (!run(node24, ['esbuild.config.mjs']))
    throw new SetupError('The web could not be built; the reason stands above.');
}

/** Only Linux comes without one; pages would show boxes in place of Han characters. */
function ensureChineseFont() {
  if (process.platform !== 'linux' || read('fc-list', [':lang=zh', 'family'])) return;
  say('no Chinese font found');
  if (installByApt(['fontconfig', 'fonts-noto-cjk']) && read('fc-list', [':lang=zh', 'family'])) return;
  throw new SetupError(
    'The browser tests need a Chinese font. As root: apt-get install fontconfig fonts-noto-cjk (or your system’s package of Noto Sans CJK), then try again.',
  );
}

function ensureBrowser() {
  const known = readJson(browserRecord);
  const chosen = process.env.CHROMIUM_PATH;
  if (known && existsSync(known.executablePath) && (!chosen || chosen === known.executablePath)) return;
  if (chosen && !browserRuns(chosen)) throw new SetupError(`CHROMIUM_PATH is ${chosen}, but no browser runs there.`);
  const browser =
    (chosen ? { executablePath: chosen, environment: {} } : undefined) ??
    installedBrowser() ??
    (installByApt(['chromium']) ? installedBrowser() : undefined) ??
    packagedBrowser();
  if (!browser) {
    throw new SetupError(
      'The browser tests need Chromium or Chrome. Install one, or set CHROMIUM_PATH to its executable, then try again.',
    );
  }
  mkdirSync(browserFolder, { recursive: true });
  writeFileSync(browserRecord, `${JSON.stringify(browser, null, 2)}\n`);
  say(`browser tests use ${browser.executablePath}`);
}

function installedBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const programs = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '');
  const candidates = windows
    ? programs.filter(Boolean).map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'))
    : [
        ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
        '/opt/google/chrome/chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      ];
  const executablePath = candidates.find((path) => existsSync(path) && browserRuns(path));
  return executablePath && { executablePath, environment: {} };
}

/** A path is not enough: on some systems `chromium-browser` only says what to install. */
function browserRuns(executablePath, environment) {
  // Chrome on Windows opens a window instead of telling its version.
  if (windows) return existsSync(executablePath);
  return /Chrom/.test(read(executablePath, ['--version'], environment) ?? '');
}

function installByApt(packages) {
  if (process.getuid?.() !== 0 || read('apt-get', ['--version']) === undefined) return false;
  say(`installing ${packages.join(', ')} (apt-get) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const patient = ['-o', 'DPkg::Lock::Timeout=180', '-o', 'Acquire::Retries=3'];
  run('apt-get', ['update', ...patient], { env });
  return run('apt-get', ['install', '-y', '--no-install-recommends', ...patient, ...packages], { env });
}

/** The one inside the npm package @sparticuz/chromium, made for Linux servers on x64 without root. */
function packagedBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  say('unpacking the browser of @sparticuz/chromium …');
  mkdirSync(browserFolder, { recursive: true });
  const script = "import('@sparticuz/chromium').then(async (it) => console.log(await it.default.executablePath()))";
  // It unpacks into TMPDIR, and its shared libraries only where it takes this for a machine of AWS.
  const unpacking = { AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x', TMPDIR: browserFolder };
  const executablePath = read(node24, ['-e', script], unpacking);
  const environment = { LD_LIBRARY_PATH: join(browserFolder, 'al2023', 'lib') };
  return executablePath && browserRuns(executablePath, environment) ? { executablePath, environment } : undefined;
}

try {
  main(process.argv[2] ?? '');
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
