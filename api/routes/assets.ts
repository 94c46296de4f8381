// Built scripts, styles and pictures under /assets/, as `web/dist` has them. A name with a content hash is for ever.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AppContext } from '../context.ts';
import { Problem } from '../problem.ts';
import { contentHash, IMMUTABLE, REVALIDATE, type StoredBody, sendStored } from '../reply.ts';
import { type Route, route } from '../route.ts';

export const DIST_FOLDER = path.join(import.meta.dirname, '../../web/dist');

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
};
/** No folders, nothing hidden: `app-4F3K2MQZ.js`. */
const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,119}$/;
/** As esbuild writes it: eight characters before the ending. */
const HASHED = /-[A-Z0-9]{8}\.[a-z0-9]+(\.map)?$/;

export interface Assets {
  /** @returns undefined when there is no such file; hashed ones are read once */
  read(name: string): Promise<AssetFile | undefined>;
}

export interface AssetFile {
  type: string;
  isImmutable: boolean;
  body: StoredBody;
}

/** @param folder flat; `name.br` and `name.gz` beside a file are its compressed forms */
export function createAssets(folder = DIST_FOLDER): Assets {
  const known = new Map<string, AssetFile>();
  return {
    async read(name) {
      const type = TYPES[path.extname(name)];
      if (type === undefined || !FILE_NAME.test(name)) return undefined;
      const kept = known.get(name);
      if (kept) return kept;
      const [identity, gzip, brotli] = await Promise.all(
        ['', '.gz', '.br'].map((form) => readIfThere(folder, name + form)),
      );
      if (!identity) return undefined;
      const body: StoredBody = {
        identity,
        etag: `W/"${contentHash(identity)}"`,
        ...(gzip && { gzip }),
        ...(brotli && { brotli }),
      };
      const file = { type, isImmutable: HASHED.test(name), body };
      if (file.isImmutable) known.set(name, file);
      return file;
    },
  };
}

async function readIfThere(folder: string, name: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path.join(folder, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

export function assetRoutes({ headers }: AppContext, assets: Assets = createAssets()): Route[] {
  return [
    route({
      method: 'get',
      path: '/assets/:file',
      access: 'anyone',
      operation: {
        id: 'readAsset',
        tag: '网页',
        summary: '网页的脚本、样式和图片',
        pathParameters: { file: '文件名' },
        answers: {
          200: { description: '文件', content: { 'application/octet-stream': { type: 'string', format: 'binary' } } },
          304: { description: '没有变化' },
          404: { description: '没有这个文件' },
        },
      },
      async handle(request, response) {
        const file = await assets.read(String(request.params.file));
        if (!file) throw new Problem('not-found', '没有这个文件');
        const cache = file.isImmutable ? IMMUTABLE : REVALIDATE;
        sendStored(request, response, { headers: headers.page, type: file.type, cache }, file.body);
      },
    }),
  ];
}
