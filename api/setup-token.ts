// What lets the first administrator in: made anew at each start while there is none, printed once, kept nowhere.

import { randomBytes } from 'node:crypto';

const TOKEN_BYTES = 24;

export function newSetupToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}
