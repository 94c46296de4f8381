// GET /api/places and /api/places/:id: lists for maps and tables, and one place.

import type { Request } from 'express';
import type { City } from '../../data/city.ts';
import { checkBox } from '../area.ts';
import type { AppContext } from '../context.ts';
import type { ListPosition } from '../index/query.ts';
import { box, instant, oneOf, type Parameter, wholeBetween, words } from '../parameters.ts';
import { Problem } from '../problem.ts';
import { contentHash, GEOJSON_TYPE, isUnchanged, REVALIDATE, send, sendCompressed } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { collectionParts, instantOrNow } from './collection.ts';
import { FILTERS } from './nearest.ts';

const MINUTE_MS = 60_000;

export function placesRoutes({ index, city, headers, now, config }: AppContext): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/places',
      access: 'anyone',
      query: listQuery(city),
      operation: {
        id: 'listPlaces',
        tag: '点位',
        summary: '按范围、区县、文字列出点位',
        description:
          '按编号排；有 q 时按匹配程度排。next 是下一页的完整网址，带着同样的条件。没有给位置，所以不带路程。',
        answers: {
          200: { description: '一页点位', content: { 'application/geo+json': 'PlaceCollection' } },
          304: { description: '没有变化' },
        },
      },
      async handle(request, response, query) {
        if (query.bbox) checkBox(city, query.bbox);
        // Without `at` the answer holds for the running minute, so that it can be told whether it changed.
        const atMs = instantOrNow(query.at, Math.floor(now() / MINUTE_MS) * MINUTE_MS);
        const search = searchOf(request);
        const etag = `W/"${contentHash(`${index.dataVersion} ${atMs} ${search}`)}"`;
        const answer = { headers: headers.api, type: GEOJSON_TYPE, cache: REVALIDATE, etag };
        if (isUnchanged(request, response, answer)) return;
        const { features, numberMatched, next } = index.list({ ...query, atMs, after: query.cursor });
        const link = next && nextPage(search, next);
        const { head, tail } = collectionParts(index, config, atMs, numberMatched, link);
        await sendCompressed(
          request,
          response,
          answer,
          Buffer.concat([Buffer.from(head), features, Buffer.from(tail)]),
        );
      },
    }),
    route({
      method: 'get',
      path: '/api/places/:id',
      access: 'anyone',
      query: { at: instant('按这个时刻算开门与否，默认现在') },
      operation: {
        id: 'readPlace',
        tag: '点位',
        summary: '一个点位',
        description: 'ETag 以点位的 version 开头。',
        pathParameters: { id: '编号，或 5 位短码（不分大小写）' },
        answers: {
          200: { description: '点位', content: { 'application/geo+json': 'Feature' } },
          304: { description: '没有变化' },
          404: { description: '没有这个点位' },
        },
      },
      handle(request, response, query) {
        const found = index.byId(String(request.params.id), instantOrNow(query.at, now()));
        if (!found) throw new Problem('not-found', '没有这个点位，可能已经撤销，或编号写错了');
        // Hours change by themselves: the tag names the version, and all that is said besides.
        const etag = `"${found.version}-${contentHash(found.feature)}"`;
        const answer = { headers: headers.api, type: GEOJSON_TYPE, cache: REVALIDATE, etag };
        if (!isUnchanged(request, response, answer)) send(response, answer, found.feature);
      },
    }),
  ];
}

function listQuery(city: City) {
  const codes = city.districts.map((district) => district.code);
  return {
    bbox: box('范围：西,南,东,北，度'),
    ...FILTERS,
    q: words(40, '名称、别名、地址、短码，汉字两个起，或拼音全拼、首字母'),
    district: oneOf(codes, '区县代码'),
    limit: wholeBetween(1, 1000, 100, '每页几个'),
    cursor: cursor(),
  };
}

function searchOf(request: Request): string {
  const at = request.url.indexOf('?');
  return at < 0 ? '' : request.url.slice(at + 1);
}

/** The same question, from where this page ended. */
function nextPage(search: string, { rank, id }: ListPosition): string {
  const query = new URLSearchParams(search);
  query.set('cursor', Buffer.from(`${rank}.${id}`).toString('base64url'));
  return `/api/places?${query}`;
}

function cursor(): Parameter<ListPosition | undefined> {
  return {
    description: '翻页标记，从上一页的 next 得来',
    schema: { type: 'string' },
    absent: undefined,
    parse(text) {
      const plain = /^[A-Za-z0-9_-]{1,80}$/.test(text) ? Buffer.from(text, 'base64url').toString() : '';
      const match = /^(\d)\.([a-z0-9][a-z0-9-]{2,39})$/.exec(plain);
      if (match) return { value: { rank: Number(match[1]), id: match[2] as string } };
      return { fault: { code: 'bad-cursor', message: '要原样用上一页 next 里的值' } };
    },
  };
}
