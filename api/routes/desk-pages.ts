// The desk's pages. Anybody may fetch the frame: it holds nothing but the city's profile; what fills it needs a session.

import type { Request, Response } from 'express';
import { deskPathOf } from '../../web/pages/desk-rooms.ts';
import type { AppContext } from '../context.ts';
import { createDeskPage } from '../desk-page.ts';
import type { HeaderSet } from '../headers.ts';
import { sendCompressed } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { DIST_FOLDER } from './assets.ts';

export function deskPageRoutes(context: AppContext): Route[] {
  let made: (() => string) | undefined;
  // Made at the first request: the build need not be there for those who only want the API.
  const write = () => {
    made ??= createDeskPage(context, DIST_FOLDER);
    return made();
  };
  const headers: HeaderSet = {
    ...context.headers.page,
    'Permissions-Policy': 'geolocation=(), camera=(), microphone=(), payment=()',
    'X-Robots-Tag': 'noindex, nofollow',
  };

  async function handle(request: Request, response: Response): Promise<void> {
    const status = deskPathOf(request.path) === null ? 404 : 200;
    const answer = { status, headers, type: 'text/html; charset=utf-8', cache: 'no-store' };
    await sendCompressed(request, response, answer, Buffer.from(write()));
  }

  const html = { description: '网页', content: { 'text/html': { type: 'string' } } };
  const missing = { ...html, description: '管理台没有这一页' };
  return [
    route({
      method: 'get',
      path: '/desk',
      access: 'anyone',
      operation: { id: 'openDesk', tag: '网页', summary: '管理台', answers: { 200: html } },
      handle,
    }),
    route({
      method: 'get',
      path: '/desk/:room',
      access: 'anyone',
      operation: {
        id: 'openDeskRoom',
        tag: '网页',
        summary: '管理台的一间：sign-in、places、reviews、settings、audit 等',
        pathParameters: { room: '哪一间' },
        answers: { 200: html, 404: missing },
      },
      handle,
    }),
    route({
      method: 'get',
      path: '/desk/:room/:item',
      access: 'anyone',
      operation: {
        id: 'openDeskItem',
        tag: '网页',
        summary: '管理台里的一件：一个点位、一件待审',
        pathParameters: { room: '哪一间', item: '编号' },
        answers: { 200: html, 404: missing },
      },
      handle,
    }),
  ];
}
