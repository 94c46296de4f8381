// GET /api/receipts/:number: what became of a report or a suggestion, for whoever holds its key.

import { readReceiptNumber } from '../../data/short-code.ts';
import type { AppContext } from '../context.ts';
import { addressOf } from '../creation.ts';
import { Problem } from '../problem.ts';
import { JSON_TYPE, send } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { isSameHash } from '../secret.ts';

export function receiptRoutes({ store, secret, limits, headers }: AppContext): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/receipts/:number',
      access: 'anyone',
      operation: {
        id: 'readReceipt',
        tag: '骑手的话',
        summary: '查回执',
        pathParameters: { number: '回执编号，城市前缀加六位' },
        headers: { 'Receipt-Key': { description: '和编号一起给的钥匙', required: true } },
        answers: {
          200: { description: '回执', content: { 'application/json': 'Receipt' } },
          404: { description: '没有这个编号，或钥匙不对：两者答复一样' },
          429: { description: '查得太多' },
        },
      },
      async handle(request, response) {
        await limits.receipt(addressOf(request));
        const key = request.headers['receipt-key'];
        const keyHash = secret.hash('receipt-key', typeof key === 'string' ? key : '');
        const number = readReceiptNumber(String(request.params.number)) ?? '';
        const receipt = await store.receipts.get(number, (kept) => isSameHash(kept, keyHash));
        if (!receipt) throw new Problem('not-found', '没有这个回执，或请求头 Receipt-Key 里的钥匙不对');
        send(response, { headers: headers.own, type: JSON_TYPE, cache: 'no-store' }, JSON.stringify(receipt));
      },
    }),
  ];
}
