// The rider's pages: `/`, `/p/:id`, and those that are only read.

import type { Request } from 'express';
import type { AppContext } from '../context.ts';
import { createPages, type Pages } from '../pages.ts';
import { Problem } from '../problem.ts';
import { REVALIDATE, sendCompressed, sendStored } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { type Assets, createAssets, DIST_FOLDER } from './assets.ts';
import { offlineRoutes } from './offline.ts';

const HTML_TYPE = 'text/html; charset=utf-8';

export function pageRoutes(context: AppContext, assets: Assets = createAssets()): Route[] {
  const { headers } = context;
  let made: Pages | undefined;
  // Made at the first request: the build need not be there for those who only want the API.
  const pages = () => {
    made ??= createPages(context, DIST_FOLDER);
    return made;
  };
  const page = { headers: headers.page, type: HTML_TYPE, cache: REVALIDATE };
  const html = { description: '网页', content: { 'text/html': { type: 'string' } } };
  return [
    ...offlineRoutes(context, pages, assets),
    route({
      method: 'get',
      path: '/',
      access: 'anyone',
      operation: { id: 'openRiderApp', tag: '网页', summary: '附近能用的点位', answers: { 200: html } },
      async handle(request, response) {
        const body = await pages().home(parametersOf(request), userAgentOf(request));
        await sendCompressed(request, response, page, Buffer.from(body));
      },
    }),
    route({
      method: 'get',
      path: '/p/:id',
      access: 'anyone',
      operation: {
        id: 'openPlacePage',
        tag: '网页',
        summary: '一个点位的网页',
        pathParameters: { id: '编号，或 5 位短码' },
        answers: { 200: html, 404: { ...html, description: '没有这个点位' } },
      },
      async handle(request, response) {
        const body = await pages().place(String(request.params.id), userAgentOf(request));
        const status = body === undefined ? 404 : 200;
        await sendCompressed(request, response, { ...page, status }, Buffer.from(body ?? (await pages().missing())));
      },
    }),
    route({
      method: 'get',
      path: '/help',
      access: 'anyone',
      operation: { id: 'openHelpPage', tag: '网页', summary: '怎么用、求助电话、无障碍说明', answers: { 200: html } },
      async handle(request, response) {
        await sendCompressed(request, response, page, Buffer.from(await pages().help()));
      },
    }),
    route({
      method: 'get',
      path: '/privacy',
      access: 'anyone',
      operation: { id: 'openPrivacyPage', tag: '网页', summary: '存了什么、存在哪、存多久', answers: { 200: html } },
      async handle(request, response) {
        await sendCompressed(request, response, page, Buffer.from(await pages().privacy()));
      },
    }),
    route({
      method: 'get',
      path: '/manifest.webmanifest',
      access: 'anyone',
      operation: {
        id: 'readWebManifest',
        tag: '网页',
        summary: '装到桌面用的清单',
        answers: {
          200: { description: '清单', content: { 'application/manifest+json': { type: 'object' } } },
          404: { description: '网页还没有构建' },
        },
      },
      async handle(request, response) {
        const file = await assets.read('manifest.webmanifest');
        if (!file) throw new Problem('not-found', '没有这个文件');
        sendStored(request, response, { ...page, type: file.type }, file.body);
      },
    }),
  ];
}

function parametersOf(request: Request): URLSearchParams {
  const at = request.url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1));
}

function userAgentOf(request: Request): string {
  return request.headers['user-agent'] ?? '';
}
