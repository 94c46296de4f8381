// What a program asked of its files, in order, and what it had acknowledged by then: recorded with strace, and played back
// up to any moment as the disk might be found after the power failed there.

import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export type FileEvent =
  | { kind: 'write'; file: string; at: number; bytes: Buffer }
  | { kind: 'truncate'; file: string; length: number }
  | { kind: 'sync'; file: string }
  | { kind: 'remove'; file: string }
  | { kind: 'acknowledge'; id: string };

const CALLS = 'pwrite64,write,ftruncate,fsync,fdatasync,unlink';
const LONGEST_TEXT = 1_000_000;

/**
 * Runs `node` with a script that says each id on stdout once it is acknowledged, and kills it after so many.
 * @throws Error when there is no strace
 */
export async function record(script: readonly string[], acknowledgements: number, traceFile: string): Promise<void> {
  const trace = ['-f', '-y', '-xx', '-s', String(LONGEST_TEXT), '-e', `trace=${CALLS}`, '-o', traceFile];
  const child = spawn('strace', [...trace, process.execPath, ...script], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = 0;
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString().split('\n').length - 1;
    // Killing strace alone would let its child go on.
    if (said >= acknowledgements) child.stdout.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new Error('This drill needs strace: apt-get install strace') : error),
    );
    child.once('close', () => resolve());
  });
}

const CALL = /^\d+ +(\w+)\((\d+)<([^>]*)>(?:, (.*))?\) += (\d+)$/;
const REMOVAL = /^\d+ +unlink\("([^"]*)"\) += 0$/;
const WRITTEN = /^"([^"]*)", \d+(?:, (\d+))?$/;

/** Only calls that succeeded; `folder` is what is looked at, and the script's stdout. */
export async function* eventsIn(traceFile: string, folder: string): AsyncGenerator<FileEvent> {
  for await (const line of createInterface({
    input: createReadStream(traceFile),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const removed = unescaped(REMOVAL.exec(line)?.[1] ?? '').toString();
    if (removed.startsWith(`${folder}/`)) yield { kind: 'remove', file: removed };
    const match = CALL.exec(line);
    if (!match) continue;
    const [, call, descriptor, name = '', rest = ''] = match;
    const file = unescaped(name).toString();
    if (call === 'write' && descriptor === '1') {
      const text = unescaped(WRITTEN.exec(rest)?.[1] ?? '').toString();
      for (const id of text.split('\n').filter(Boolean)) yield { kind: 'acknowledge', id };
    }
    if (!file.startsWith(`${folder}/`)) continue;
    if (call === 'fsync' || call === 'fdatasync') yield { kind: 'sync', file };
    if (call === 'ftruncate') yield { kind: 'truncate', file, length: Number(rest) };
    if (call === 'pwrite64') {
      const [, text = '', at = '0'] = WRITTEN.exec(rest) ?? [];
      yield { kind: 'write', file, at: Number(at), bytes: unescaped(text) };
    }
  }
}

/** `\x41\x42` as bytes. */
function unescaped(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}

/** The files of a disk that may lose everything since each file's last sync. */
export class FailingDisk {
  readonly #safe = new Map<string, Buffer<ArrayBufferLike>>();
  readonly #unsafe = new Map<string, FileEvent[]>();

  apply(event: FileEvent): void {
    if (event.kind === 'acknowledge') return;
    if (event.kind === 'remove') {
      this.#safe.delete(event.file);
      this.#unsafe.delete(event.file);
      return;
    }
    const waiting = this.#unsafe.get(event.file) ?? [];
    if (event.kind === 'sync') {
      this.#safe.set(event.file, played(this.#safe.get(event.file) ?? Buffer.alloc(0), waiting));
      this.#unsafe.delete(event.file);
      return;
    }
    waiting.push(event);
    this.#unsafe.set(event.file, waiting);
  }

  /** The files as found after a power failure now: of what was not synced, each act got through or not. */
  image(random: () => number): Map<string, Buffer<ArrayBufferLike>> {
    const files = new Map(this.#safe);
    for (const [file, waiting] of this.#unsafe) {
      const through = waiting.filter(() => random() < 0.5);
      files.set(file, played(files.get(file) ?? Buffer.alloc(0), through));
    }
    return files;
  }
}

function played(before: Buffer, events: readonly FileEvent[]): Buffer {
  let bytes: Buffer<ArrayBufferLike> = Buffer.from(before);
  for (const event of events) {
    if (event.kind === 'truncate') bytes = sized(bytes, event.length);
    if (event.kind !== 'write') continue;
    if (bytes.length < event.at + event.bytes.length) bytes = sized(bytes, event.at + event.bytes.length);
    event.bytes.copy(bytes, event.at);
  }
  return bytes;
}

function sized(bytes: Buffer, length: number): Buffer {
  const other = Buffer.alloc(length);
  bytes.copy(other, 0, 0, Math.min(length, bytes.length));
  return other;
}
