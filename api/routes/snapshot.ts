// GET /api/snapshot: what the phone keeps. The manifest changes with the data, its files never do.

import { z } from 'zod';
import type { AppContext } from '../context.ts';
import { Problem } from '../problem.ts';
import { IMMUTABLE, isUnchanged, JSON_TYPE, REVALIDATE, send, sendStored } from '../reply.ts';
import { type Route, route } from '../route.ts';

export const manifestSchema = z.strictObject({
  version: z.string().describe('这两个文件里数据的 dataVersion；数据变得太勤时，可能比别处的旧一分钟'),
  coreUrl: z.string().describe('排序、筛选、搜索要用的'),
  detailsUrl: z.string().describe('点位页面要用的，可以晚点取'),
});

export function snapshotRoutes({ snapshots, headers }: AppContext): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/snapshot',
      access: 'anyone',
      operation: {
        id: 'readSnapshotManifest',
        tag: '快照',
        summary: '全市快照的清单',
        answers: {
          200: { description: '清单', content: { 'application/json': 'SnapshotManifest' } },
          304: { description: '没有变化' },
        },
      },
      async handle(request, response) {
        const manifest = await snapshots.current();
        const body = JSON.stringify(manifest);
        const answer = { headers: headers.api, type: JSON_TYPE, cache: REVALIDATE, etag: `"${manifest.version}"` };
        if (!isUnchanged(request, response, answer)) send(response, answer, body);
      },
    }),
    route({
      method: 'get',
      path: '/api/snapshot/:file',
      access: 'anyone',
      operation: {
        id: 'readSnapshotFile',
        tag: '快照',
        summary: '快照的一个文件',
        description: '网址随内容变，可以永久缓存。旧版本过一阵会没有：重读清单。',
        pathParameters: { file: '清单里给的文件名' },
        answers: {
          200: { description: '按列存放的点位', content: { 'application/json': { type: 'object' } } },
          304: { description: '没有变化' },
          404: { description: '没有这个文件，或版本太旧' },
        },
      },
      handle(request, response) {
        const file = snapshots.file(String(request.params.file));
        if (!file) throw new Problem('not-found', '没有这个快照文件，版本可能旧了，请重新读 /api/snapshot');
        sendStored(request, response, { headers: headers.api, type: JSON_TYPE, cache: IMMUTABLE }, file);
      },
    }),
  ];
}
