// The basemap that the operator configured: 天地图 as a style, or the city's own vector tiles as one file.
// The service worker must keep neither the archive nor anybody's tiles: they are large, and change without the app.

import { pipeline } from 'node:stream/promises';
import { ARCHIVE_NAME, openArchive } from '../basemap-archive.ts';
import { isRangeCurrent, readByteRange } from '../byte-range.ts';
import type { Config } from '../config.ts';
import type { AppContext } from '../context.ts';
import { Problem } from '../problem.ts';
import { isUnchanged, JSON_TYPE, REVALIDATE, sendStored, storeBody } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { tiandituStyle } from '../tianditu.ts';

const ARCHIVE_PATH = `/${ARCHIVE_NAME}`;
const TIANDITU_STYLE_PATH = '/api/basemap-style.json';
const ARCHIVE_TYPE = 'application/vnd.pmtiles';
/** An hour: the reader notices another edition by its ETag. Offsets count in the plain bytes: nobody may compress them. */
const ARCHIVE_CACHE = 'public, max-age=3600, no-transform';

export interface DrawnBasemap {
  /** `schematic` is the city's own drawing, `style` what the operator chose, `pmtiles` the city's own vector tiles. */
  kind: 'schematic' | 'style' | 'pmtiles';
  styleUrl: string | null;
  archiveUrl: string | null;
}

/** What the map draws, and where it is found. */
export function drawnBasemap({ basemap }: Pick<Config, 'basemap'>): DrawnBasemap {
  switch (basemap.kind) {
    case 'style':
      return { kind: 'style', styleUrl: basemap.styleUrl, archiveUrl: null };
    case 'tianditu':
      return { kind: 'style', styleUrl: TIANDITU_STYLE_PATH, archiveUrl: null };
    case 'pmtiles':
      return { kind: 'pmtiles', styleUrl: null, archiveUrl: ARCHIVE_PATH };
    case 'schematic':
      return { kind: 'schematic', styleUrl: null, archiveUrl: null };
  }
}

export function basemapRoutes(context: AppContext): Route[] {
  const { basemap } = context.config;
  if (basemap.kind === 'tianditu') return [tiandituRoute(context, basemap.key)];
  return basemap.kind === 'pmtiles' ? [archiveRoute(context, basemap.file)] : [];
}

function tiandituRoute({ headers }: AppContext, key: string): Route {
  const style = storeBody(Buffer.from(JSON.stringify(tiandituStyle(key))));
  return route({
    method: 'get',
    path: TIANDITU_STYLE_PATH,
    access: 'anyone',
    operation: {
      id: 'readBasemapStyle',
      tag: '城市',
      summary: '天地图的 MapLibre 样式',
      answers: {
        200: { description: '样式', content: { 'application/json': { type: 'object' } } },
        304: { description: '没有变化' },
      },
    },
    async handle(request, response) {
      sendStored(request, response, { headers: headers.api, type: JSON_TYPE, cache: REVALIDATE }, await style);
    },
  });
}

function archiveRoute({ headers }: AppContext, file: string): Route {
  const binary = { [ARCHIVE_TYPE]: { type: 'string', format: 'binary' } };
  return route({
    method: 'get',
    path: ARCHIVE_PATH,
    access: 'anyone',
    operation: {
      id: 'readBasemapArchive',
      tag: '城市',
      summary: '城市底图的矢量瓦片，一个 PMTiles 文件；用 Range 只读需要的部分',
      answers: {
        200: { description: '整个文件', content: binary },
        206: { description: '要的那一段', content: binary },
        304: { description: '没有变化' },
        404: { description: '文件不在了' },
        416: { description: '文件没有那么长；Content-Range 说明有多长' },
      },
    },
    async handle(request, response) {
      const archive = await openArchive(file);
      if (!archive) throw new Problem('not-found', '底图文件现在不在，放回去就能用');
      const { handle, size, etag } = archive;
      try {
        const answer = { headers: headers.page, type: ARCHIVE_TYPE, cache: ARCHIVE_CACHE, etag };
        if (isUnchanged(request, response, answer)) return;
        const isHead = request.method === 'HEAD';
        // Range means something in GET only (RFC 9110 §14.2).
        const isWhole = isHead || !isRangeCurrent(request.headers['if-range'] as string | undefined, etag);
        const range = isWhole ? undefined : readByteRange(request.headers.range, size);
        if (range === 'unsatisfiable') {
          const detail = `文件只有 ${size} 字节，要的那一段在后面`;
          throw new Problem('range-not-satisfiable', detail, [], { 'Content-Range': `bytes */${size}` });
        }
        const { first, last } = range ?? { first: 0, last: size - 1 };
        response.writeHead(range ? 206 : 200, {
          ...headers.page,
          'Content-Type': ARCHIVE_TYPE,
          'Cache-Control': ARCHIVE_CACHE,
          ETag: etag,
          'Accept-Ranges': 'bytes',
          'Content-Length': last - first + 1,
          ...(range && { 'Content-Range': `bytes ${first}-${last}/${size}` }),
        });
        if (isHead) response.end();
        else await pipeline(handle.createReadStream({ start: first, end: last, autoClose: false }), response);
      } catch (error) {
        // A map that is moved on drops the tiles that it no longer needs.
        if (!hasHungUp(error)) throw error;
      } finally {
        await handle.close();
      }
    },
  });
}

function hasHungUp(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
}
