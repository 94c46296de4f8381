// The API described: for programs at /openapi.json, for people at /docs.

import type { AppContext } from '../context.ts';
import { DOCS_STYLE, docsPage } from '../docs-page.ts';
import { openApiDocument } from '../openapi.ts';
import { JSON_TYPE, REVALIDATE, sendStored, storeBody } from '../reply.ts';
import { type Route, route } from '../route.ts';

/** @param others all the other routes: what there is to describe besides these */
export function docsRoutes(context: AppContext, others: readonly Route[]): Route[] {
  const { headers } = context;
  const unchanged = { 304: { description: '没有变化' } };
  const page = { headers: headers.page, cache: REVALIDATE };
  const routes = [
    route({
      method: 'get',
      path: '/openapi.json',
      access: 'anyone',
      operation: {
        id: 'readOpenApi',
        tag: '说明',
        summary: '这份说明，OpenAPI 3.1',
        answers: { 200: { description: '说明', content: { 'application/json': { type: 'object' } } }, ...unchanged },
      },
      async handle(request, response) {
        sendStored(
          request,
          response,
          { headers: headers.api, type: JSON_TYPE, cache: REVALIDATE },
          (await bodies).json,
        );
      },
    }),
    route({
      method: 'get',
      path: '/docs',
      access: 'anyone',
      operation: {
        id: 'readDocs',
        tag: '说明',
        summary: '这份说明，给人看的',
        answers: { 200: { description: '网页', content: { 'text/html': { type: 'string' } } }, ...unchanged },
      },
      async handle(request, response) {
        sendStored(request, response, { ...page, type: 'text/html; charset=utf-8' }, (await bodies).html);
      },
    }),
    route({
      method: 'get',
      path: '/docs.css',
      access: 'anyone',
      operation: {
        id: 'readDocsStyle',
        tag: '说明',
        summary: '说明网页的样式',
        answers: { 200: { description: '样式', content: { 'text/css': { type: 'string' } } }, ...unchanged },
      },
      async handle(request, response) {
        sendStored(request, response, { ...page, type: 'text/css; charset=utf-8' }, (await bodies).style);
      },
    }),
  ];
  const all = [...others, ...routes];
  const bodies = storeBodies(JSON.stringify(openApiDocument(context, all)), docsPage(context.city.title, all));
  return routes;
}

async function storeBodies(document: string, page: string) {
  return {
    json: await storeBody(Buffer.from(document)),
    html: await storeBody(Buffer.from(page)),
    style: await storeBody(Buffer.from(DOCS_STYLE)),
  };
}
