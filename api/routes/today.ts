// GET /api/desk/today: what waits for whoever just signed in, their own places only.

import { type Account, hasCharge, PLACE_ROLES, ROLES } from '../../data/account.ts';
import { STALE_DAYS } from '../../data/answer.ts';
import { areaById, type City } from '../../data/city.ts';
import { type DeskRow, daysUnverified, walkingOrder } from '../../data/desk-list.ts';
import { metresBetween, type Point } from '../../data/place.ts';
import type { TodayAnswer } from '../../data/place-desk-schema.ts';
import type { AppContext } from '../context.ts';
import type { DeskPlaces } from '../desk-places.ts';
import { coordinate, oneOf } from '../parameters.ts';
import { sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { optional, pickedPoint, rowAnswer } from './desk-places.ts';

/** As many as somebody sees at once; the table has the rest. */
const MOST_SHOWN = 10;

export function todayRoutes(context: AppContext, deskPlaces: () => Promise<DeskPlaces>): Route[] {
  const { store, headers, city, now } = context;
  const areas = [...city.landmarks.map((each) => each.id), ...city.districts.map((each) => each.code)];
  return [
    route({
      method: 'get',
      path: '/api/desk/today',
      access: { roles: ROLES },
      query: {
        from: oneOf(areas, '从哪里走起：地标或区县'),
        lng: optional(coordinate('从地图上点的位置走起：经度')),
        lat: optional(coordinate('纬度')),
      },
      operation: {
        id: 'readToday',
        tag: '点位管理',
        summary: '今日：等着办的',
        description: '只算自己负责的。位置是选的，不是测的。',
        answers: { 200: { description: '今日', content: { 'application/json': 'Today' } } },
      },
      async handle(_request, response, query, _body, { account }) {
        const [places, open] = await Promise.all([deskPlaces(), store.placeDesk.openReports()]);
        const mine = [...places.rows()].filter((row) => hasCharge(account, row) && isInUse(row));
        const from = startOf(query.from, pickedPoint(query, city), account, mine, city);
        const overdue = mine.filter((row) => row.status === 'active' && daysUnverified(row, now()) > STALE_DAYS);
        const disputed = mine.filter((row) => row.status === 'disputed');
        const reported = mine.filter((row) => open.has(row.id));
        const shown = (rows: readonly DeskRow[]) =>
          rows.slice(0, MOST_SHOWN).map((row) => rowAnswer(row, account, open, from.point));
        const isCurating = account.role === 'admin' || account.role === 'curator';
        const waiting = isCurating ? Object.values(await store.reviews.counts(account.areaCode)) : [];
        const answer: TodayAnswer = {
          counts: {
            reviews: waiting.reduce((sum, each) => sum + each, 0),
            reported: reported.length,
            disputed: disputed.length,
            unverified: overdue.length,
          },
          unverifiedDays: STALE_DAYS,
          reported: shown(reported.toSorted((a, b) => (open.get(b.id) ?? 0) - (open.get(a.id) ?? 0))),
          disputed: shown(disputed.toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1))),
          unverified: shown(overdue.toSorted(longestFirst)),
          nearby: shown(walkingOrder(nearest([...overdue, ...disputed], from.point), from.point)),
          from,
        };
        sendOwn(response, headers, answer);
      },
    }),
  ];
}

function isInUse({ status }: DeskRow): boolean {
  return status === 'active' || status === 'paused' || status === 'disputed';
}

function longestFirst(a: DeskRow, b: DeskRow): number {
  const at = (row: DeskRow) => (row.confirmedAt === null ? 0 : Date.parse(row.confirmedAt));
  return at(a) - at(b) || (a.id < b.id ? -1 : 1);
}

function nearest(rows: readonly DeskRow[], from: Point): DeskRow[] {
  return rows
    .map((row) => ({ row, metres: metresBetween(from, row.point) }))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, MOST_SHOWN)
    .map(({ row }) => row);
}

/** The point or the area that was chosen; else the middle of one's own area, one's own place, or of the city. */
function startOf(
  chosen: string | undefined,
  point: Point | undefined,
  account: Account,
  mine: readonly DeskRow[],
  city: City,
): TodayAnswer['from'] {
  if (point) return { name: '选的位置', point };
  const [own] = mine;
  if (chosen === undefined && PLACE_ROLES.includes(account.role) && own) return { name: own.name, point: own.point };
  const area =
    areaById(city, chosen ?? account.areaCode?.slice(0, 6) ?? city.defaultArea) ?? areaById(city, city.defaultArea);
  return { name: area?.name ?? city.name, point: area?.point ?? middleOf(city.core) };
}

function middleOf([west, south, east, north]: City['core']): Point {
  return [(west + east) / 2, (south + north) / 2];
}
