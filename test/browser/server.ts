// The real server in a process of its own, as `npm start` runs it, on a free port with an empty data folder.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RunningServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  url: string;
  port: number;
  dataDir: string;
  process: ChildProcess;
  /** What it has written so far. */
  stdout(): string;
  stderr(): string;
  /** SIGTERM, as a service manager stops it. Answers the exit code, null when a signal ended it. */
  stop(): Promise<number | null>;
}

export interface ServerOptions {
  /** Added to the environment; of ours, no variable of Yizhan gets through. */
  env?: Record<string, string>;
  /** A data folder to use and to leave; without it a temporary one, removed by `stop`. */
  dataDir?: string;
  /** A port that an earlier server had; without it a free one. */
  port?: number;
}

/**
 * Starts `node api/server.ts` and waits until it says that it listens.
 * @throws Error with the server's output when it ends before that.
 */
export async function startServer({ env = {}, dataDir, port: wantedPort }: ServerOptions = {}): Promise<RunningServer> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'yizhan-')));
  const port = wantedPort ?? (await freePort());
  const child = spawn(process.execPath, ['api/server.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...foreignVariables(), HOST: '127.0.0.1', PORT: String(port), YIZHAN_DATA_DIR: folder, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const closed: Promise<[number | null]> = once(child, 'close') as Promise<[number | null]>;

  async function stop(): Promise<number | null> {
    child.kill('SIGTERM');
    const [code] = await closed;
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
    return code;
  }

  const listening = new Promise<'listening'>((resolve) => {
    child.stdout.on('data', () => {
      if (stdout.includes('Yizhan listening on')) resolve('listening');
    });
  });
  if ((await Promise.race([listening, closed])) !== 'listening') {
    await stop();
    throw new Error(`The server ended before it listened.\n${stdout}${stderr}`);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir: folder,
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    stop,
  };
}

/** Without what whoever runs the tests has configured for a server of their own. */
function foreignVariables(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(YIZHAN_|HOST$|PORT$)/.test(name)));
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
