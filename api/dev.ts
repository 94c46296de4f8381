// `npm run dev`: the web is built at every change of its files, the server starts again at every change of its own or of
// what the build wrote. Ctrl-C ends all of it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, watch } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'web/dist');

let stopping = false;
let restarting = false;
const build = start(['esbuild.config.mjs', '--watch']);
let server = start(['--watch', '--watch-preserve-output', 'api/server.ts']);

// `node --watch` sees what the server imports, not what it reads: a new manifest names new files.
let manifest = readManifest();
watch(dist, async (_event, file) => {
  if (file !== 'manifest.json' || restarting || stopping) return;
  const written = readManifest();
  if (written === undefined || written === manifest) return;
  restarting = true;
  await end(server);
  manifest = readManifest() ?? written;
  if (!stopping) server = start(['--watch', '--watch-preserve-output', 'api/server.ts']);
  restarting = false;
});

process.once('SIGINT', () => stop(0));
process.once('SIGTERM', () => stop(0));

function start(parameters: string[]): ChildProcess {
  const child = spawn(process.execPath, parameters, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  child.once('exit', (code) => {
    // A part that ends unasked takes the rest with it, rather than leaving half a system that looks whole.
    if (!stopping && !(restarting && child === server)) stop(code ?? 1);
  });
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function stop(code: number): Promise<void> {
  stopping = true;
  await Promise.all([end(build), end(server)]);
  process.exit(code);
}

/** `undefined` while a build is writing it. */
function readManifest(): string | undefined {
  try {
    const text = readFileSync(join(dist, 'manifest.json'), 'utf8');
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}
