// /api/announcements: what the city says to all its riders, from when until when. Whoever keeps an area speaks to it.

import { type Announcement, announcementInputSchema, type DeskAnnouncement } from '../../data/announcement-schema.ts';
import type { StoredAnnouncement } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { IDEMPOTENCY_HEADER } from '../creation.ts';
import { onceFor } from '../idempotency.ts';
import { Problem, problemOf } from '../problem.ts';
import { contentHash, isUnchanged, JSON_TYPE, REVALIDATE, send, sendNothing, sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';

const ANNOUNCERS = { roles: ['admin', 'curator'] } as const;

export function announcementRoutes({ store, secret, headers, now, city }: AppContext): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/announcements',
      access: 'anyone',
      operation: {
        id: 'listRunningAnnouncements',
        tag: '公告',
        summary: '现在有效的公告',
        description: '快照的 core 里也有，连同还没开始的，这样没有网络也知道。',
        answers: {
          200: { description: '公告', content: { 'application/json': 'RunningAnnouncements' } },
          304: { description: '没有变化' },
        },
      },
      async handle(request, response) {
        const at = new Date(now()).toISOString();
        const running = (await store.announcements.coming()).filter((each) => each.from <= at);
        const body = JSON.stringify({ items: running.map(publicAnswer) });
        const answer = { headers: headers.api, type: JSON_TYPE, cache: REVALIDATE, etag: `"${contentHash(body)}"` };
        if (!isUnchanged(request, response, answer)) send(response, answer, body);
      },
    }),
    route({
      method: 'get',
      path: '/api/desk/announcements',
      access: ANNOUNCERS,
      operation: {
        id: 'listAnnouncements',
        tag: '公告',
        summary: '所有公告，新的在前',
        answers: { 200: { description: '公告', content: { 'application/json': 'DeskAnnouncementList' } } },
      },
      async handle(_request, response) {
        const nowMs = now();
        const items = (await store.announcements.all()).map((each) => deskAnswer(each, nowMs));
        sendOwn(response, headers, { items, next: null });
      },
    }),
    route({
      method: 'post',
      path: '/api/announcements',
      access: ANNOUNCERS,
      body: announcementInputSchema,
      operation: {
        id: 'createAnnouncement',
        tag: '公告',
        summary: '发公告',
        description:
          '到时自己开始，自己结束。winter 让手机优先排有供暖的驿站；severe-weather 让写明恶劣天气例外的门随时放行。区街管理员只给自己的地区发。',
        headers: IDEMPOTENCY_HEADER,
        answers: {
          201: { description: '发好了', content: { 'application/json': 'DeskAnnouncement' } },
          403: { description: '不在你负责的范围' },
          422: { description: 'Idempotency-Key 用在了内容不同的请求上' },
        },
      },
      async handle(request, response, _query, body, { account }) {
        const { kind, text, from, until } = body;
        const areaCode = body.areaCode ?? null;
        checkCharge(account.areaCode, areaCode);
        if (areaCode !== null && !city.districts.some(({ code }) => areaCode.startsWith(code))) {
          throw problemOf([{ field: 'areaCode', code: 'unknown-value', message: '本市没有这个地区' }]);
        }
        if (Date.parse(until) <= now()) {
          throw problemOf([{ field: 'until', code: 'out-of-range', message: '已经过去了，要写以后的时间' }]);
        }
        const once = onceFor(secret, request, { sender: account.id, content: JSON.stringify(body) });
        const actor = { kind: 'account', name: account.id } as const;
        const { id } = await store.announcements.create({ kind, text, from, until, areaCode }, actor, once);
        const made = await store.announcements.get(id);
        if (!made) throw new Problem('not-found', '没有这条公告');
        const named = { ...made, createdBy: { id: account.id, name: account.displayName } };
        sendOwn(response, headers, deskAnswer(named, now()), 201);
      },
    }),
    route({
      method: 'delete',
      path: '/api/announcements/:id',
      access: ANNOUNCERS,
      operation: {
        id: 'endAnnouncement',
        tag: '公告',
        summary: '提前结束',
        pathParameters: { id: '公告的编号' },
        answers: {
          204: { description: '结束了' },
          403: { description: '不在你负责的范围' },
          404: { description: '没有这条公告' },
          409: { description: '已经结束了' },
        },
      },
      async handle(request, response, _query, _body, { account }) {
        const id = String(request.params.id);
        const announcement = await store.announcements.get(id);
        if (!announcement) throw new Problem('not-found', '没有这条公告');
        checkCharge(account.areaCode, announcement.areaCode);
        const isEnded = await store.announcements.end(id, { kind: 'account', name: account.id });
        if (!isEnded) throw new Problem('too-late', '这条公告已经结束了');
        sendNothing(response, headers);
      },
    }),
  ];
}

/** @throws Problem 403 for an area that is not the account's, the whole city included */
function checkCharge(own: string | null, wanted: string | null): void {
  if (own === null || wanted?.startsWith(own)) return;
  throw new Problem('not-allowed', `不在你负责的范围：只能给 ${own} 发，areaCode 要从它开始`);
}

function publicAnswer({ id, kind, text, from, until, areaCode }: StoredAnnouncement): Announcement {
  return { id, kind, text, from, until, areaCode };
}

function deskAnswer(announcement: StoredAnnouncement, nowMs: number): DeskAnnouncement {
  const { from, until, createdBy, createdAt, endedAt } = announcement;
  const isOver = endedAt !== null || Date.parse(until) <= nowMs;
  const state = isOver ? 'over' : Date.parse(from) > nowMs ? 'waiting' : 'running';
  return { ...publicAnswer(announcement), state, createdBy, createdAt, endedAt };
}
