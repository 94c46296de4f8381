// The rooms of the desk: which there are, and for whom. The server knows its pages by them, the desk its way about.

import type { Role } from '../../data/account.ts';
import type { DeskIconName } from './desk-icons.ts';

export interface DeskRoom {
  name: string;
  href: string;
  label: string;
  icon: DeskIconName;
  roles: readonly Role[];
}

const STAFF = ['admin', 'curator'] as const;
const FIELD = ['admin', 'curator', 'grid-worker'] as const;
const KEEPERS = ['keeper', 'merchant'] as const;

export const DESK_ROOMS = [
  { name: 'today', href: '/desk', label: '今日', icon: 'check', roles: FIELD },
  { name: 'mine', href: '/desk', label: '我的点位', icon: 'place', roles: KEEPERS },
  { name: 'reviews', href: '/desk/reviews', label: '待审', icon: 'inbox', roles: STAFF },
  { name: 'places', href: '/desk/places', label: '点位', icon: 'place', roles: FIELD },
  { name: 'settings', href: '/desk/settings', label: '设置', icon: 'settings', roles: [...FIELD, ...KEEPERS] },
  { name: 'audit', href: '/desk/audit', label: '审计', icon: 'history', roles: STAFF },
] as const satisfies readonly DeskRoom[];
export type DeskRoomName = (typeof DESK_ROOMS)[number]['name'];

/** Open to those who have no account yet, or are not signed in. */
export const DESK_ENTRANCES = ['sign-in', 'setup', 'invitation'] as const;
export type DeskEntrance = (typeof DESK_ENTRANCES)[number];

export function roomsFor(role: Role): readonly (DeskRoom & { name: DeskRoomName })[] {
  return DESK_ROOMS.filter((room) => (room.roles as readonly Role[]).includes(role));
}

/** Where a path of the desk leads; null to nowhere. `item` is what stands after the room: a place's or a review's id. */
export function deskPathOf(pathname: string): { room: string; item: string | null } | null {
  const parts = pathname.split('/').filter(Boolean);
  if (parts[0] !== 'desk' || parts.length > 3) return null;
  const [, room = 'home', item = null] = parts;
  const hasItem = room === 'places' || room === 'reviews' || room === 'settings';
  const isKnown =
    room === 'home' ||
    (DESK_ENTRANCES as readonly string[]).includes(room) ||
    DESK_ROOMS.some((each) => each.href === `/desk/${room}`);
  return isKnown && (item === null || hasItem) ? { room, item } : null;
}
