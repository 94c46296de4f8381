// Idempotency-Key: a creation that is sent again, because its answer was lost on the way, arrives once.

import type { Request } from 'express';
import type { Once } from '../data/store/store.ts';
import { Problem } from './problem.ts';
import type { Secret } from './secret.ts';

const KEY = /^[\x21-\x7e]{1,128}$/;

/**
 * What the store needs to know a request again; undefined when it brings no key. A key is its sender's own, on one route.
 * The answer is kept sealed, since it may hold a token or a receipt's key.
 * @param sender the device's hash, or the address of one that has no device yet
 * @param content what was sent, in a form that is the same when it is sent again
 * @throws Problem 400 for a key that is none
 */
export function onceFor(
  secret: Secret,
  request: Request,
  { sender, content }: { sender: string; content: string | Buffer },
): Once | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new Problem('bad-idempotency-key', 'Idempotency-Key 要写 1 到 128 个半角字符，例如一个 UUID');
  }
  const id = secret.hash('idempotency', JSON.stringify([request.method, request.path, sender, key]));
  return {
    id,
    fingerprint: secret.hash('idempotency', content),
    seal: (text) => secret.seal('idempotency-answer', text, id),
    open: (sealed) => secret.open('idempotency-answer', sealed, id),
  };
}
