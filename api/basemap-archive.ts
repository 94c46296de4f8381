// The city's own vector tiles in one PMTiles file: what can be wrong with it, and its bytes while it is served.
// Source of the header's layout: github.com/protomaps/PMTiles › spec/v3/spec.md.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { contentHash } from './reply.ts';

export const ARCHIVE_NAME = 'basemap.pmtiles';

const HEADER_BYTES = 127;
/** The header and the first directory lie within these, says the format. */
const HEAD_BYTES = 16_384;
const VECTOR_TILES = 1;
/** Plain and gzip: what the reader on the phone unpacks. */
const READABLE_COMPRESSIONS = [1, 2];

/** Says why a file cannot be the basemap, for the operator; undefined when it can. */
export function faultOfArchive(file: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return isMissing ? `没有这个文件：${file}` : `读不了这个文件：${file}`;
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return `这不是文件：${file}`;
    const header = Buffer.alloc(HEADER_BYTES);
    readSync(descriptor, header, 0, HEADER_BYTES, 0);
    return faultOfHeader(header, stats.size);
  } finally {
    closeSync(descriptor);
  }
}

function faultOfHeader(header: Buffer, size: number): string | undefined {
  if (header.toString('latin1', 0, 7) !== 'PMTiles') return `${ARCHIVE_NAME} 不是 PMTiles 文件`;
  const version = header.readUInt8(7);
  if (version !== 3) return `${ARCHIVE_NAME} 是 PMTiles 第 ${version} 版，要第 3 版`;
  if (header.readUInt8(99) !== VECTOR_TILES) return `${ARCHIVE_NAME} 里不是矢量瓦片（MVT），画不出来`;
  const compressions = [header.readUInt8(97), header.readUInt8(98)];
  if (!compressions.every((each) => READABLE_COMPRESSIONS.includes(each)))
    return `${ARCHIVE_NAME} 的压缩方式手机读不了，要用 gzip`;
  // Offset and length of: root directory, metadata, leaf directories, tiles.
  const ends = [8, 24, 40, 56].map((at) => header.readBigUInt64LE(at) + header.readBigUInt64LE(at + 8));
  if (ends.some((end) => end > BigInt(size))) return `${ARCHIVE_NAME} 不完整，可能没有传完`;
  return undefined;
}

export interface OpenArchive {
  handle: FileHandle;
  /** Bytes. */
  size: number;
  /** Strong, and the same on every machine that holds the same file: the first directory tells editions apart. */
  etag: string;
}

/**
 * The handle stays on one edition of the file, even when another takes its place meanwhile. The caller closes it.
 * @returns undefined when the file is gone
 */
export async function openArchive(file: string): Promise<OpenArchive | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return { handle, size, etag: `"${contentHash(buffer.subarray(0, bytesRead))}-${size.toString(36)}"` };
  } catch (error) {
    await handle.close();
    throw error;
  }
}
