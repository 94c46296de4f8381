// GET /api/nearest: the places to go to from here. The busiest route, for clients that do not rank by themselves.

import { PLACE_KINDS, type Point } from '../../data/place.ts';
import { SERVICE_CODES } from '../../data/service.ts';
import { checkPosition } from '../area.ts';
import type { AppContext } from '../context.ts';
import { coordinate, flag, instant, listOf, numberBetween, wholeBetween } from '../parameters.ts';
import { GEOJSON_TYPE, send } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { collectionParts, instantOrNow } from './collection.ts';

export const FILTERS = {
  kinds: listOf(PLACE_KINDS, '点位类型，任一即可'),
  services: listOf(SERVICE_CODES, '设施，要全有；标为故障的不算，未知的算'),
  open: flag('只要此刻开门的（含快关门的）；存疑和不知道时间的不算'),
  allDay: flag('只要全天开放的'),
  at: instant('按这个时刻算开门与否，默认现在；网址里的 + 写成 %2B'),
};

const QUERY = {
  lng: coordinate('经度，WGS-84，度'),
  lat: coordinate('纬度，WGS-84，度'),
  ...FILTERS,
  limit: wholeBetween(1, 50, 5, '最多几个'),
  maxDistanceMetres: numberBetween(1, 1_000_000, { description: '最远多少米，按骑行路程' }),
};

export function nearestRoutes({ index, city, headers, now, config }: AppContext): Route[] {
  const answer = { headers: headers.api, type: GEOJSON_TYPE, cache: 'no-store' };
  return [
    route({
      method: 'get',
      path: '/api/nearest',
      access: 'anyone',
      isFast: true,
      query: QUERY,
      operation: {
        id: 'findNearest',
        tag: '点位',
        summary: '离这里最近的点位',
        description:
          '按骑行路程由近到远（过江要绕桥），路程相同按编号。到不了的不列；如果从这里哪都到不了，按直线距离答。numberMatched 是这次给出的个数。位置只用来算距离，不记录。',
        answers: { 200: { description: '最近的点位', content: { 'application/geo+json': 'PlaceCollection' } } },
      },
      handle(_request, response, query) {
        const point: Point = [query.lng, query.lat];
        checkPosition(city, point);
        const atMs = instantOrNow(query.at, now());
        const max = query.maxDistanceMetres;
        const maxDistanceMetres = Number.isNaN(max) ? Number.POSITIVE_INFINITY : max;
        const { features } = index.nearest({ ...query, point, atMs, maxDistanceMetres }, (count) =>
          collectionParts(index, config, atMs, count, null),
        );
        send(response, answer, features);
      },
    }),
  ];
}
