// Accounts of the desk: who may act, and where. Pure: the server asks it, and the desk's screens show only what it allows.

import type { Place } from './place.ts';

export const ROLES = ['admin', 'curator', 'grid-worker', 'keeper', 'merchant'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  admin: '市级管理员',
  curator: '区街管理员',
  'grid-worker': '网格员',
  keeper: '驻点负责人',
  merchant: '爱心商户',
};

/** Signs in with a second factor. */
export const TOTP_ROLES: readonly Role[] = ['admin', 'curator'];
/** Has an area: a district's 6 digits, a street's 9, or a community's 12. */
export const AREA_ROLES: readonly Role[] = ['curator', 'grid-worker'];
/** Has places of its own. */
export const PLACE_ROLES: readonly Role[] = ['keeper', 'merchant'];

/** Who acts, as far as rules need to know. */
export interface Account {
  id: string;
  role: Role;
  /** What it may act on: the places whose codes begin with it. Null for roles without an area. */
  areaCode: string | null;
  /** For roles with places of their own; empty for others. */
  placeIds: readonly string[];
  /** How colleagues see it. */
  displayName: string;
}

export const ACCOUNT_STATUSES = ['active', 'disabled'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/** Letters of any script, digits and `._@-`, as `readUsername` gives it. */
const USERNAME = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,39}$/u;
/** A district's 6 digits, a street's 9, or a community's 12. */
export const AREA_CODE = /^(?:\d{6}|\d{9}|\d{12})$/;

/** A username as it is kept: composed, lower-case, without blanks around it; undefined when it is none. */
export function readUsername(text: string): string | undefined {
  const name = text.normalize('NFKC').trim().toLowerCase();
  return USERNAME.test(name) ? name : undefined;
}

/** Whom each role may ask to join it; where, `mayAppoint` says. */
export const INVITABLE: Readonly<Record<Role, readonly Role[]>> = {
  admin: ROLES,
  curator: ['grid-worker', 'keeper'],
  'grid-worker': [],
  keeper: [],
  merchant: [],
};

export type Located = Pick<Place, 'district' | 'street' | 'community'>;

/** Whether an area holds a place: the finest code that the place has decides, coarser ones must not disagree. */
export function isInArea(areaCode: string, { district, street, community }: Located): boolean {
  return [community, street, district].some((code) => code?.startsWith(areaCode) === true);
}

/** Whether a place is the account's to look after: all for an admin, its area, or its own. */
export function hasCharge(account: Account, place: Located & Pick<Place, 'id'>): boolean {
  if (account.role === 'admin') return true;
  if (AREA_ROLES.includes(account.role)) return account.areaCode !== null && isInArea(account.areaCode, place);
  return account.placeIds.includes(place.id);
}

/** Whether it may change any field of a place and decide what comes from outside about it. */
export function mayCurate(account: Account, place: Located & Pick<Place, 'id'>): boolean {
  return (account.role === 'admin' || account.role === 'curator') && hasCharge(account, place);
}

/** What somebody is, or is to become: a role and where it acts. */
export type Post = Pick<Account, 'role' | 'areaCode' | 'placeIds'>;

/**
 * What is missing in a post, or too much; undefined when it fits.
 * @returns the field and what would be right
 */
export function faultOfPost({ role, areaCode, placeIds }: Post): { field: string; message: string } | undefined {
  if (AREA_ROLES.includes(role) !== (areaCode !== null)) {
    const message = AREA_ROLES.includes(role) ? `${ROLE_LABELS[role]}要写负责的区划` : `${ROLE_LABELS[role]}不写区划`;
    return { field: 'areaCode', message };
  }
  if (PLACE_ROLES.includes(role) !== placeIds.length > 0) {
    const message = PLACE_ROLES.includes(role) ? `${ROLE_LABELS[role]}要写自己的点位` : `${ROLE_LABELS[role]}不写点位`;
    return { field: 'placeIds', message };
  }
  return undefined;
}

/**
 * Whether an account may invite to a post, look after whoever has it, and put them out of it. `places` are those of the
 * post; a curator's people have all of theirs inside its area.
 */
export function mayAppoint(account: Account, post: Post, places: readonly Located[]): boolean {
  if (account.role === 'admin') return true;
  const { areaCode } = account;
  if (account.role !== 'curator' || areaCode === null) return false;
  if (post.role === 'grid-worker') return post.areaCode?.startsWith(areaCode) === true;
  if (post.role !== 'keeper' || places.length < post.placeIds.length) return false;
  return places.length > 0 && places.every((place) => isInArea(areaCode, place));
}
