// /api/reviews: what comes from outside and waits for the desk. Everybody sees what lies in their own area.

import type { Request } from 'express';
import type { Account } from '../../data/account.ts';
import { hoursReading } from '../../data/hours-reading.ts';
import { REVIEW_KINDS, REVIEW_STATES, type ReviewState } from '../../data/review.ts';
import { REVIEW_REASONS } from '../../data/review-reasons.ts';
import { decisionSchema, noteRevealSchema } from '../../data/review-schema.ts';
import { isReviewIn, type ReviewEvidence, type ReviewPosition } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { listOf, oneOf, wholeBetween, words } from '../parameters.ts';
import { openPhotoFolder } from '../photos.ts';
import { Problem, problemOf } from '../problem.ts';
import { sendOwn } from '../reply.ts';
import { openNote, reviewDetail, reviewItem } from '../review-answers.ts';
import { type DecisionContext, decidedBefore, readDecision } from '../review-decision.ts';
import { type Route, route } from '../route.ts';

const REVIEWERS = { roles: ['admin', 'curator'] } as const;
const ID = { id: '列表里的编号' };
const MISSING = { description: '没有这一条' };
const ELSEWHERE = { description: '不在你负责的范围' };
const CURSOR = /^([01])\.(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)\.(\d{1,12})$/;

export function reviewRoutes(context: AppContext): Route[] {
  const { store, secret, headers, now, city, config } = context;
  const folder = openPhotoFolder(config.dataFolder);
  const deciding: DecisionContext = { city, folder, now };
  return [
    route({
      method: 'get',
      path: '/api/reviews',
      access: REVIEWERS,
      query: {
        state: oneOf(REVIEW_STATES, '还没审的（open，不写就是它），或审过的'),
        kind: listOf(REVIEW_KINDS, '只要这些种类'),
        place: words(40, '只要关于这个点位的'),
        cursor: words(60, '上一页给的 next'),
        limit: wholeBetween(1, 100, 30, '一页几条'),
      },
      operation: {
        id: 'listReviews',
        tag: '审核',
        summary: '待审',
        description:
          '自己范围里的：市级管理员看全市，区街管理员看本区。没审的急的在前，其余先来先审；审过的新的在前。counts 是没审的条数。',
        answers: { 200: { description: '待审', content: { 'application/json': 'ReviewList' } } },
      },
      async handle(_request, response, query, _body, { account }) {
        const { state = 'open', kind, place, cursor, limit } = query;
        const areaCode = account.areaCode;
        const after = cursor === undefined ? null : positionOf(cursor);
        const rows = await store.reviews.list({
          state,
          kinds: kind,
          areaCode,
          placeId: place,
          after,
          limit: limit + 1,
        });
        const page = rows.slice(0, limit);
        const last = rows.length > limit ? page.at(-1) : undefined;
        sendOwn(response, headers, {
          items: page.map((row) => reviewItem(row, account, now())),
          next: last ? cursorOf(last, state) : null,
          counts: await store.reviews.counts(areaCode),
        });
      },
    }),
    route({
      method: 'get',
      path: '/api/reviews/:id',
      access: REVIEWERS,
      operation: {
        id: 'readReview',
        tag: '审核',
        summary: '一条待审，连同依据',
        description: '说明里的电话盖住中间几位。',
        pathParameters: ID,
        answers: {
          200: { description: '前后、依据、附近相似的', content: { 'application/json': 'ReviewDetail' } },
          403: ELSEWHERE,
          404: MISSING,
        },
      },
      async handle(request, response, _query, _body, { account }) {
        sendOwn(response, headers, detailOf(await evidenceFor(request, account), account));
      },
    }),
    route({
      method: 'post',
      path: '/api/reviews/:id/decision',
      access: REVIEWERS,
      body: decisionSchema,
      operation: {
        id: 'decideReview',
        tag: '审核',
        summary: '审一条',
        description:
          '要写看到的版本（If-Match 或 version）。通过、改后通过马上改好点位；退回、暂停、撤销要写理由，提交的人看得到。10 秒内可以撤回。',
        pathParameters: ID,
        headers: { 'If-Match': { description: '看到的版本，例如 "3"', required: false } },
        answers: {
          200: { description: '审好了', content: { 'application/json': 'ReviewDetail' } },
          403: ELSEWHERE,
          404: MISSING,
          409: { description: '点位已经没有了，或照片满了' },
          412: { description: '别人先审了（detail 说是谁、什么时候），或又有人反映；conflict 里是现在的样子' },
          428: { description: '没写看到的版本' },
        },
      },
      async handle(request, response, _query, body, { account }) {
        const evidence = await evidenceFor(request, account);
        if (evidence.review.state !== 'open') throw decidedBefore(city, evidence.review, now());
        const decided = await readDecision(deciding, request, evidence, body, account);
        const result = await store.reviews.decide(decided);
        if (!result) throw new Problem('not-found', '没有这一条');
        if ('refused' in result) {
          throw result.refused === 'gone'
            ? new Problem('place-gone', '这个点位已经没有了，退回就好')
            : new Problem('photos-full', '这个点位的照片满了，先去掉一张');
        }
        const after = await store.reviews.get(evidence.review.id);
        if (!after) throw new Problem('not-found', '没有这一条');
        if ('conflict' in result) throw decidedBefore(city, after.review, now());
        sendOwn(response, headers, detailOf(after, account));
      },
    }),
    route({
      method: 'post',
      path: '/api/reviews/:id/undo',
      access: REVIEWERS,
      operation: {
        id: 'undoReview',
        tag: '审核',
        summary: '撤回刚才的决定',
        description: '自己的，10 秒内，而且点位后来没有变。',
        pathParameters: ID,
        answers: {
          200: { description: '撤回了，又是待审', content: { 'application/json': 'ReviewDetail' } },
          403: { description: '不是自己审的，或不在你负责的范围' },
          404: MISSING,
          409: { description: '过了时间，或没有可撤回的' },
          412: { description: '点位后来又变了' },
        },
      },
      async handle(request, response, _query, _body, { account }) {
        const { review } = await evidenceFor(request, account);
        const result = await store.reviews.undo(review.id, account);
        if (!result) throw new Problem('not-found', '没有这一条');
        if ('refused' in result) throw undoRefused(result.refused);
        const after = await store.reviews.get(review.id);
        if (!after) throw new Problem('not-found', '没有这一条');
        sendOwn(response, headers, detailOf(after, account));
      },
    }),
    route({
      method: 'post',
      path: '/api/reviews/:id/note-reveals',
      access: REVIEWERS,
      body: noteRevealSchema,
      operation: {
        id: 'revealNote',
        tag: '审核',
        summary: '看说明的全文',
        description: '谁看了记入审计。',
        pathParameters: ID,
        answers: {
          200: { description: '全文', content: { 'application/json': 'NoteReveal' } },
          403: ELSEWHERE,
          404: MISSING,
        },
      },
      async handle(request, response, _query, body, { account }) {
        const { notes, review } = await evidenceFor(request, account);
        const note = notes.find((each) => each.number === body.number);
        if (!note) throw new Problem('not-found', '这一条里没有这份说明，可能已到期删除');
        await store.reviews.tellReveal(note.number, review.place_id, { kind: 'account', name: account.id });
        sendOwn(response, headers, { number: note.number, text: openNote(secret, note) });
      },
    }),
    route({
      method: 'get',
      path: '/api/review-reasons',
      access: REVIEWERS,
      operation: {
        id: 'listReviewReasons',
        tag: '审核',
        summary: '常用的理由',
        answers: { 200: { description: '按种类和决定', content: { 'application/json': 'ReviewReasons' } } },
      },
      handle(_request, response) {
        sendOwn(response, headers, { items: REVIEW_REASONS });
      },
    }),
  ];

  function detailOf(evidence: ReviewEvidence, account: Account) {
    const nowMs = now();
    return reviewDetail(secret, evidence, account, { nowMs, hoursWords: hoursReading });
  }

  /** @throws Problem 404, 403 outside the account's area */
  async function evidenceFor(request: Request, { areaCode }: Account): Promise<ReviewEvidence> {
    const id = String(request.params.id);
    const evidence = /^\d{1,12}$/.test(id) ? await store.reviews.get(Number(id)) : undefined;
    if (!evidence) throw new Problem('not-found', '没有这一条');
    if (areaCode !== null && !isReviewIn(areaCode, evidence.review)) {
      throw new Problem('not-allowed', '不在你负责的范围，这一条归别的区街');
    }
    return evidence;
  }
}

function undoRefused(refused: 'not-yours' | 'too-late' | 'open' | 'place-changed'): Problem {
  switch (refused) {
    case 'not-yours':
      return new Problem('not-allowed', '只有审的人自己能撤回');
    case 'too-late':
      return new Problem('too-late', '过了 10 秒，撤不回了；要改就到点位里改');
    case 'open':
      return new Problem('too-late', '没有可撤回的决定');
    case 'place-changed':
      return new Problem('version-conflict', '点位后来又变了，撤不回了；要改就到点位里改');
  }
}

function cursorOf(
  row: { urgent: number; opened_at: string; decided_at: string | null; id: number },
  state: ReviewState,
): string {
  return `${row.urgent}.${state === 'closed' ? row.decided_at : row.opened_at}.${row.id}`;
}

function positionOf(cursor: string): ReviewPosition {
  const [, urgent, at, id] = CURSOR.exec(cursor) ?? [];
  if (urgent === undefined || at === undefined || id === undefined) {
    throw problemOf([{ field: 'cursor', code: 'bad-cursor', message: '要原样写上一页的 next' }]);
  }
  return { urgent: Number(urgent), at, id: Number(id) };
}
