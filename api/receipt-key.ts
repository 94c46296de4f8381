// The key of a receipt: given to whoever sent something, once. Only its hash is kept.

import { randomBytes } from 'node:crypto';
import type { Secret } from './secret.ts';

/** 192 bits. */
const KEY_BYTES = 24;

export function newReceiptKey(secret: Secret): { key: string; keyHash: string } {
  const key = randomBytes(KEY_BYTES).toString('base64url');
  return { key, keyHash: secret.hash('receipt-key', key) };
}
