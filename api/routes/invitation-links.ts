// What somebody does who holds an invitation's link: look what it is for, and take it up.

import { PLACE_ROLES, TOTP_ROLES } from '../../data/account.ts';
import { acceptInvitationSchema, invitationTokenSchema } from '../../data/account-schema.ts';
import { makeCredentials, type NewCredentials, totpUri } from '../../data/credentials.ts';
import { newAccountId } from '../../data/store/accounts.ts';
import type { Invitation } from '../../data/store/store.ts';
import type { AppContext } from '../context.ts';
import { checkPassword } from '../new-password.ts';
import { refusal, sealedPhone } from '../posts.ts';
import { Problem } from '../problem.ts';
import { sendOwn } from '../reply.ts';
import { type Route, route } from '../route.ts';
import { openIfPossible } from '../secret.ts';

const LINK_PROBLEMS = {
  403: { description: '还要等另一位管理员同意' },
  410: { description: '链接用过了、收回了、过期了，或写错了' },
};

interface Wish {
  username?: string | undefined;
  displayName?: string | undefined;
  password?: string | undefined;
}

export function invitationLinkRoutes(context: AppContext): Route[] {
  const { store, secret, headers, city } = context;

  /** @throws Problem 410, or 403 while it is held */
  async function openInvitation(token: string): Promise<Invitation> {
    const tokenHash = secret.hash('invitation', token);
    const found = await store.desk.invitations.byToken(tokenHash);
    if (found?.isHeld) await store.desk.pendingActs.list();
    const invitation = found?.isHeld ? await store.desk.invitations.byToken(tokenHash) : found;
    if (!invitation) throw gone();
    if (!invitation.isHeld) return invitation;
    throw new Problem('invitation-held', '这个链接要等另一位管理员同意才能用，请过后再打开');
  }

  async function join(invitation: Invitation, wish: Wish): Promise<{ username: string | null; made?: NewCredentials }> {
    const { role, phone } = invitation;
    const { displayName } = wish;
    if (displayName === undefined) throw refusal('displayName', '要写同事看到的名字');
    const own = phone !== null && wish.username === undefined ? { username: null } : usernameAndPassword(wish);
    const plainPhone = phone ? openIfPossible(secret, 'phone', phone.sealed, invitation.id) : undefined;
    if (phone !== null && plainPhone === undefined) throw gone();
    const id = newAccountId();
    const made = 'password' in own ? await makeCredentials(secret, { accountId: id, role, ...own }) : undefined;
    const account = await store.desk.invitations.accept(invitation, {
      id,
      username: own.username,
      displayName,
      role,
      areaCode: invitation.areaCode,
      placeIds: invitation.placeIds,
      passwordHash: made?.passwordHash ?? null,
      sealedTotpSecret: made?.sealedTotpSecret ?? null,
      phone: phone && sealedPhone(context, role, plainPhone, id),
      invitedBy: invitation.createdBy,
    });
    if (account === undefined) throw gone();
    if (account === 'phone-taken') throw new Problem('phone-taken', '邀请里的手机号已经有账号了，请直接登录');
    if (account === 'username-taken') {
      const message = '这个用户名有人用了，请换一个';
      throw new Problem('username-taken', message, [{ field: 'username', code: 'username-taken', message }]);
    }
    return { username: own.username, ...(made && { made }) };
  }

  async function renew(invitation: Invitation & { accountId: string }, { password, ...others }: Wish) {
    const surplus = Object.keys(others).find((field) => others[field as keyof typeof others] !== undefined);
    if (surplus !== undefined) throw refusal(surplus, '重设的链接只写新的密码');
    const known = await store.desk.accounts.known('id', invitation.accountId);
    if (!known) throw gone();
    const { id, role, username } = known.account;
    if (password === undefined) throw refusal('password', '要写新的密码');
    checkPassword(password, username);
    const made = await makeCredentials(secret, { accountId: id, role, password });
    if (!(await store.desk.invitations.acceptReset(invitation, made))) throw gone();
    return { username, made };
  }

  return [
    route({
      method: 'post',
      path: '/api/invitations/look',
      access: 'anyone',
      body: invitationTokenSchema,
      operation: {
        id: 'lookAtInvitation',
        tag: '账号',
        summary: '看邀请是给谁的',
        answers: {
          200: { description: '角色和范围', content: { 'application/json': 'LookedAtInvitation' } },
          ...LINK_PROBLEMS,
        },
      },
      async handle(_request, response, _query, { token }) {
        const { role, areaCode, placeIds, accountId, phone, expiresAt } = await openInvitation(token);
        const places = await store.desk.accounts.whereabouts(placeIds);
        const account = accountId === null ? undefined : await store.desk.accounts.get(accountId);
        sendOwn(response, headers, {
          role,
          areaCode,
          places: places.map(({ id, name }) => ({ id, name })),
          isReset: accountId !== null,
          username: account?.username ?? null,
          wantsUsername: accountId === null && !(PLACE_ROLES.includes(role) && phone !== null),
          needsTotp: TOTP_ROLES.includes(role),
          expiresAt,
        });
      },
    }),
    route({
      method: 'post',
      path: '/api/invitations/accept',
      access: 'anyone',
      body: acceptInvitationSchema,
      operation: {
        id: 'acceptInvitation',
        tag: '账号',
        summary: '接受邀请',
        description: '建好账号，或换好密码和动态码；之后照常登录。',
        answers: {
          201: { description: '好了；密钥只给这一次', content: { 'application/json': 'AcceptedInvitation' } },
          409: { description: '用户名或手机号有人用了' },
          ...LINK_PROBLEMS,
        },
      },
      async handle(_request, response, _query, { token, ...wish }) {
        const invitation = await openInvitation(token);
        const { accountId } = invitation;
        const result = await (accountId === null ? join(invitation, wish) : renew({ ...invitation, accountId }, wish));
        const { username } = result;
        const totpSecret = result.made?.totpSecret ?? null;
        const about = { issuer: city.title, username: username ?? '' };
        const otpauthUri = totpSecret === null ? null : totpUri(totpSecret, about);
        sendOwn(response, headers, { username, totpSecret, otpauthUri }, 201);
      },
    }),
  ];
}

/** @throws Problem 400 naming what is missing or too easy to guess */
function usernameAndPassword({ username, password }: Wish): { username: string; password: string } {
  if (username === undefined) throw refusal('username', '要写用户名');
  if (password === undefined) throw refusal('password', '要写密码');
  checkPassword(password, username);
  return { username, password };
}

function gone(): Problem {
  return new Problem('invitation-gone', '这个链接用过了、收回了或过期了；请让管理员重新发一个');
}
