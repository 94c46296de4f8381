// The city itself: its profile's public part, its drawing, and how many places it has.

import { z } from 'zod';
import { citySchema } from '../../data/city-schema.ts';
import { PLACE_KINDS } from '../../data/place.ts';
import { phoneCity } from '../../data/snapshot.ts';
import type { AppContext } from '../context.ts';
import { instant } from '../parameters.ts';
import { Problem } from '../problem.ts';
import {
  GEOJSON_TYPE,
  JSON_TYPE,
  REVALIDATE,
  type StoredBody,
  sendCompressed,
  sendStored,
  storeBody,
} from '../reply.ts';
import { type Route, route } from '../route.ts';
import { drawnBasemap } from './basemap.ts';
import { instantOrNow } from './collection.ts';

export const publicCitySchema = citySchema
  .omit({ prefix: true, calendar: true, holidays: true, departments: true, notes: true, basemap: true })
  .extend({
    basemap: z.strictObject({
      /** What is drawn: see `DrawnBasemap`. */
      kind: z.enum(['schematic', 'style', 'pmtiles']),
      crs: z.literal('wgs84').describe('底图的坐标系；别的不用'),
      schematicUrl: z.string().nullable(),
      styleUrl: z.string().nullable(),
      archiveUrl: z.string().nullable().describe('矢量瓦片，一个 PMTiles 文件'),
      notice: z.string().nullable().describe('示意图的说明；不是示意图时为 null'),
      approval: z.string().nullable().describe('审图号'),
    }),
  });
export type PublicCity = z.infer<typeof publicCitySchema>;

export const statsSchema = z.strictObject({
  dataVersion: z.string(),
  at: z.string().meta({ format: 'date-time' }),
  total: z.int(),
  demo: z.int().describe('其中演示数据'),
  kinds: z.array(
    z.strictObject({
      kind: z.enum(PLACE_KINDS),
      total: z.int(),
      open: z.int().describe('此刻开门的，不含存疑'),
      disputed: z.int().describe('存疑的'),
      confirmed: z.int().describe('至少一项设施有人核实过的'),
      demo: z.int().describe('其中演示数据'),
    }),
  ),
});

/** What anybody may know of the profile, and which basemap is drawn. */
export function publicCity({ city, config, schematic }: Pick<AppContext, 'city' | 'config' | 'schematic'>): PublicCity {
  const drawn = drawnBasemap(config);
  return {
    ...phoneCity(city),
    contactEmail: city.contactEmail,
    sources: city.sources,
    filings: city.filings,
    basemap: {
      ...drawn,
      crs: 'wgs84',
      schematicUrl: schematic === null ? null : '/api/basemap.geojson',
      notice: drawn.kind === 'schematic' ? city.basemap.notice : null,
      approval: config.mapApproval,
    },
  };
}

export function cityRoutes(context: AppContext): Route[] {
  const { headers, index, now, schematic } = context;
  const json = { headers: headers.api, type: JSON_TYPE, cache: REVALIDATE };
  const cityBody = storeBody(Buffer.from(JSON.stringify(publicCity(context))));
  const drawing: Promise<StoredBody> | undefined =
    schematic === null ? undefined : storeBody(Buffer.from(JSON.stringify(schematic)));
  return [
    route({
      method: 'get',
      path: '/api/city',
      access: 'anyone',
      operation: {
        id: 'readCity',
        tag: '城市',
        summary: '城市档案的公开部分',
        answers: {
          200: { description: '范围、区县、地标、桥、电话、底图', content: { 'application/json': 'City' } },
          304: { description: '没有变化' },
        },
      },
      async handle(request, response) {
        sendStored(request, response, json, await cityBody);
      },
    }),
    route({
      method: 'get',
      path: '/api/basemap.geojson',
      access: 'anyone',
      operation: {
        id: 'readSchematicBasemap',
        tag: '城市',
        summary: '城市自己的示意图',
        answers: {
          200: { description: '示意图，不能用来量距离', content: { 'application/geo+json': { type: 'object' } } },
          304: { description: '没有变化' },
          404: { description: '这个城市没有示意图' },
        },
      },
      async handle(request, response) {
        const body = await drawing;
        if (!body) throw new Problem('not-found', '这个城市没有示意图');
        sendStored(request, response, { ...json, type: GEOJSON_TYPE }, body);
      },
    }),
    route({
      method: 'get',
      path: '/api/stats',
      access: 'anyone',
      query: { at: instant('按这个时刻算开门与否，默认现在') },
      operation: {
        id: 'readStats',
        tag: '城市',
        summary: '各类点位有多少',
        answers: { 200: { description: '按类型计数', content: { 'application/json': 'Stats' } } },
      },
      async handle(request, response, query) {
        const atMs = instantOrNow(query.at, now());
        const kinds = index.stats(atMs);
        const demo = kinds.reduce((sum, row) => sum + row.demo, 0);
        const stats = { dataVersion: index.dataVersion, at: index.clock.format(atMs), total: index.size, demo, kinds };
        await sendCompressed(request, response, json, Buffer.from(JSON.stringify(stats)));
      },
    }),
  ];
}
