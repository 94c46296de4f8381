// An administrator from the command line: for the first one, and for the day when nobody can get in any more. Whoever may
// run it has the database and its key anyway.

import { readUsername } from './account.ts';
import { makeCredentials } from './credentials.ts';
import { faultOfPassword } from './password.ts';
import type { Secret } from './secret.ts';
import { newAccountId } from './store/accounts.ts';
import { type Actor, type Store, StoreError } from './store/store.ts';

/**
 * @returns the username as it is kept, and the secret for the authenticator app in base32, which is told this once
 * @throws StoreError bad-username, weak-password, username-taken
 */
export async function createAdmin(
  store: Pick<Store, 'desk'>,
  secret: Secret,
  { username, password, actor }: { username: string; password: string; actor: Actor },
): Promise<{ username: string; totpSecret: string | null }> {
  const name = readUsername(username);
  if (name === undefined) {
    throw new StoreError('bad-username', '用户名写 2 到 40 个字母、汉字、数字或 . _ @ -，以字母、汉字或数字开头');
  }
  const fault = faultOfPassword(password, name);
  if (fault !== undefined) throw new StoreError('weak-password', fault);
  const id = newAccountId();
  const made = await makeCredentials(secret, { accountId: id, role: 'admin', password });
  const { passwordHash, sealedTotpSecret, totpSecret } = made;
  const post = { role: 'admin', areaCode: null, placeIds: [] } as const;
  const account = await store.desk.accounts.create(
    { id, username: name, displayName: name, ...post, passwordHash, sealedTotpSecret, phone: null, invitedBy: null },
    actor,
  );
  if (typeof account === 'string') throw new StoreError('username-taken', `已经有用户名是 ${name} 的账号`);
  return { username: name, totpSecret };
}
