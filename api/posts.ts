// A post that somebody is to get: a role with its area or places, checked against the city and the one who gives it.

import {
  AREA_ROLES,
  faultOfPost,
  mayAppoint,
  PLACE_ROLES,
  type Post,
  ROLE_LABELS,
  type Role,
} from '../data/account.ts';
import type { SealedPhone } from '../data/store/accounts.ts';
import type { AppContext } from './context.ts';
import type { SignedIn } from './identity.ts';
import { Problem } from './problem.ts';

type Parts = Pick<AppContext, 'store' | 'city'>;

/**
 * The post, when it fits together, is in the city, and the one who gives it may.
 * @throws Problem 400 naming the field, 403
 */
export async function checkedPost(
  { store, city }: Parts,
  { account }: Pick<SignedIn, 'account'>,
  given: { role: Role; areaCode?: string | null | undefined; placeIds?: readonly string[] | undefined },
): Promise<Post> {
  const post: Post = { role: given.role, areaCode: given.areaCode ?? null, placeIds: [...new Set(given.placeIds)] };
  const fault = faultOfPost(post);
  if (fault) throw refusal(fault.field, fault.message);
  const { areaCode } = post;
  if (areaCode !== null && !city.districts.some(({ code }) => areaCode.startsWith(code))) {
    const codes = city.districts.map(({ code, name }) => `${code} ${name}`).join('、');
    throw refusal('areaCode', `不是本市的区划，前 6 位要是 ${codes} 之一`);
  }
  const places = await store.desk.accounts.whereabouts(post.placeIds);
  const missing = post.placeIds.find((id) => !places.some((place) => place.id === id));
  if (missing !== undefined) throw refusal('placeIds', `没有 ${missing} 这个点位`);
  if (mayAppoint(account, post, places)) return post;
  throw new Problem(
    'not-allowed',
    '不在你负责的范围：你可以邀请和管理的是本区划内的网格员，和点位都在本区划内的驻点负责人',
  );
}

/** The phone as it is kept of somebody. @throws Problem 400 for a role that does not sign in with one */
export function sealedPhone(
  { secret }: Pick<AppContext, 'secret'>,
  role: Role,
  phone: string | null | undefined,
  about: string,
): SealedPhone | null {
  if (phone === undefined || phone === null) return null;
  if (!PLACE_ROLES.includes(role)) throw refusal('phone', `${ROLE_LABELS[role]}用密码登录，不写手机号`);
  return { sealed: secret.seal('phone', phone, about), lookup: phoneLookup(secret, phone) };
}

/** By which an account is found again, without its phone lying anywhere. */
export function phoneLookup(secret: AppContext['secret'], phone: string): string {
  return secret.hash('phone-lookup', phone);
}

export function refusal(field: string, message: string): Problem {
  return new Problem('invalid-body', `${field}：${message}`, [{ field, code: 'custom', message }]);
}

/** Where lists of accounts end for a curator: its own area. Undefined for an administrator, who sees all. */
export function areaOf({ account }: Pick<SignedIn, 'account'>): string | undefined {
  return AREA_ROLES.includes(account.role) ? (account.areaCode ?? '') : undefined;
}
