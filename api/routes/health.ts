// For those who watch over the server: is it alive, and may people be sent to it?

import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import type { AppContext } from '../context.ts';
import { JSON_TYPE, send } from '../reply.ts';
import { type Route, route } from '../route.ts';

export const readinessSchema = z.strictObject({
  ready: z.boolean(),
  places: z.int().describe('索引里公开的点位数'),
  dataVersion: z.string(),
  backupAgeHours: z.number().min(0).nullable().describe('最近一次备份过了几小时；没有备份是 null'),
  reasons: z.array(z.enum(['stopping', 'database', 'storage'])).describe('没有就绪的原因'),
});

export function healthRoutes({ index, store, readiness, headers, backups, config, now }: AppContext): Route[] {
  const answer = { headers: headers.api, type: JSON_TYPE, cache: 'no-store' };
  return [
    route({
      method: 'get',
      path: '/healthz',
      access: 'anyone',
      operation: {
        id: 'readHealth',
        tag: '运行',
        summary: '进程活着',
        answers: { 200: { description: '活着', content: { 'application/json': 'Health' } } },
      },
      handle: (_request, response) => send(response, answer, '{"alive":true}'),
    }),
    route({
      method: 'get',
      path: '/readyz',
      access: 'anyone',
      operation: {
        id: 'readReadiness',
        tag: '运行',
        summary: '可以接待',
        answers: {
          200: { description: '可以', content: { 'application/json': 'Readiness' } },
          503: { description: '正在停止、数据库读不到，或磁盘满了', content: { 'application/json': 'Readiness' } },
        },
      },
      async handle(_request, response) {
        const reasons: z.infer<typeof readinessSchema>['reasons'] = [];
        if (readiness.isStopping) reasons.push('stopping');
        else if (!(await canRead(store))) reasons.push('database');
        if ((await freeBytes(config.dataFolder)) < LEAST_FREE_BYTES) reasons.push('storage');
        const ready = reasons.length === 0;
        const backupAtMs = backups.newestAtMs();
        const backupAgeHours = backupAtMs === null ? null : Math.round((now() - backupAtMs) / 360_000) / 10;
        const body = { ready, places: index.size, dataVersion: index.dataVersion, backupAgeHours, reasons };
        send(response, { ...answer, status: ready ? 200 : 503 }, JSON.stringify(body));
      },
    }),
  ];
}

/** As much as some hundred writes take with their log. */
const LEAST_FREE_BYTES = 1024 * 1024;

/** For those who are not root. */
async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

export const healthSchema = z.strictObject({ alive: z.literal(true) });

/** One look-up by key. That nothing has that key does not matter. */
async function canRead(store: AppContext['store']): Promise<boolean> {
  return store.places.get('-').then(
    () => true,
    () => false,
  );
}
