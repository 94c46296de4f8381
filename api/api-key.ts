// A program that shows a key instead of a session: what it may, and in whose name it stands in the audit.

import type { IncomingMessage } from 'node:http';
import type { Account } from '../data/account.ts';
import { API_SCOPE_LABELS, type ApiKey, type ApiScope } from '../data/api-key.ts';
import { StoreBusyError, StoreFullError } from '../data/store/store.ts';
import type { AppContext } from './context.ts';
import { Problem } from './problem.ts';

export const API_KEY_PREFIX = 'yz_';
const BEARER = /^Bearer (yz_[\w-]{43})$/;

/** Whether a request shows a key at all, right or wrong. */
export function showsKey({ headers }: IncomingMessage): boolean {
  return headers.authorization !== undefined;
}

/**
 * The account as which a program acts: a curator of the key's area, or an administrator.
 * @throws Problem 401 for what is no key of ours or was revoked, 403 where the key does not open
 */
export async function admitKey(
  { store, secret, now }: Pick<AppContext, 'store' | 'secret' | 'now'>,
  { headers }: IncomingMessage,
  scope: ApiScope | undefined,
): Promise<Account> {
  const key = BEARER.exec(headers.authorization ?? '')?.[1];
  const found = key === undefined ? undefined : await store.desk.apiKeys.byHash(secret.hash('api-key', key));
  if (!found) {
    const challenge = { 'WWW-Authenticate': 'Bearer' };
    throw new Problem('api-key-invalid', '这把钥匙不对或已经收回；要写 Authorization: Bearer yz_…', [], challenge);
  }
  if (scope === undefined) throw new Problem('not-allowed', '钥匙不能做这件事，要有人登录');
  if (!found.scopes.includes(scope)) {
    throw new Problem('not-allowed', `这把钥匙不能做这件事，要有“${API_SCOPE_LABELS[scope]}”`);
  }
  await remember(store, found, now());
  const { id, name, areaCode } = found;
  return { id, role: areaCode === null ? 'admin' : 'curator', areaCode, placeIds: [], displayName: `程序：${name}` };
}

/** Once a day at most; that nothing can be written just now is no reason to refuse. */
async function remember(store: AppContext['store'], { id, lastUsedOn }: ApiKey, nowMs: number): Promise<void> {
  if (lastUsedOn === new Date(nowMs).toISOString().slice(0, 10)) return;
  try {
    await store.desk.apiKeys.use(id);
  } catch (error) {
    if (!(error instanceof StoreBusyError || error instanceof StoreFullError)) throw error;
  }
}
