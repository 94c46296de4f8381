// How much waits in each room, as the way about shows it.

import { PLACE_ROLES, TOTP_ROLES } from '../../data/account.ts';
import type { TodayAnswer } from '../../data/place-desk-schema.ts';
import type { DeskRoomName } from '../pages/desk-rooms.ts';
import type { Desk } from './desk.ts';

export type RoomCounts = Partial<Record<DeskRoomName, number>>;

/** Empty where they cannot be had: the rooms work without. */
export async function readCounts(desk: Desk): Promise<RoomCounts> {
  if (PLACE_ROLES.includes(desk.account.role)) return {};
  try {
    const { counts } = await desk.get<TodayAnswer>('/api/desk/today');
    // Reports and disputed places wait among the reviews of those who review.
    const isReviewing = TOTP_ROLES.includes(desk.account.role);
    return isReviewing ? { reviews: counts.reviews } : { today: counts.reported + counts.disputed };
  } catch {
    return {};
  }
}
