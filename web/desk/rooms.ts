// Which element is which room, and where it comes from.

import type { DeskEntrance, DeskRoomName } from '../pages/desk-rooms.ts';

interface Part {
  tag: string;
  load: () => Promise<unknown>;
}

export const ROOM_PARTS: Record<DeskRoomName, Part> = {
  today: { tag: 'yz-desk-today', load: () => import('./today/today.ts') },
  mine: { tag: 'yz-desk-mine', load: () => import('./mine/mine.ts') },
  reviews: { tag: 'yz-desk-reviews', load: () => import('./reviews/reviews.ts') },
  places: { tag: 'yz-desk-places', load: () => import('./places/places.ts') },
  audit: { tag: 'yz-desk-audit', load: () => import('./audit/audit.ts') },
  settings: { tag: 'yz-desk-settings', load: () => import('./settings/settings.ts') },
};

export const ENTRANCE_PARTS: Record<DeskEntrance, Part> = {
  'sign-in': { tag: 'yz-desk-sign-in', load: () => import('./entrance/sign-in.ts') },
  setup: { tag: 'yz-desk-setup', load: () => import('./entrance/setup.ts') },
  invitation: { tag: 'yz-desk-invitation', load: () => import('./entrance/invitation.ts') },
};
