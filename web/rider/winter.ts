// 冬季: heated places first. 供暖 is a chip that is set, and can be taken off; it goes with the stations only. Pure.

import { KIND_GROUPS } from '../../data/kind-group.ts';
import type { Wishes } from '../pages/wishes.ts';

/** `on`: the chip is set by itself. `taken-off`: not any more, until the app is opened again. */
export type Winter = 'off' | 'on' | 'taken-off';

const isOfStations = (wishes: Wishes) => wishes.kinds.join() === KIND_GROUPS[0].kinds.join();
const isHeated = (wishes: Wishes) => wishes.services.includes('heating');

/**
 * The wishes of the address with what the season adds.
 * @param before what was wished for until now; null when the app has just been opened
 */
export function wishesInWinter(winter: Winter, wishes: Wishes, before: Wishes | null): Wishes {
  if (winter !== 'on') return wishes;
  const leavesStations = before !== null && isOfStations(before) && !isOfStations(wishes);
  // Whoever looks for a toilet does not mean a heated one.
  if (leavesStations) return withoutHeating(wishes);
  if (!isOfStations(wishes) || isHeated(wishes)) return wishes;
  return { ...wishes, services: ['heating', ...wishes.services] };
}

export function withoutHeating(wishes: Wishes): Wishes {
  return isHeated(wishes) ? { ...wishes, services: wishes.services.filter((code) => code !== 'heating') } : wishes;
}

/** Whether the way from these wishes to those is a tap on the chip that was set. */
export function takesHeatingOff(before: Wishes, after: Wishes): boolean {
  return isHeated(before) && !isHeated(after) && isOfStations(before) && isOfStations(after) && after.view === 'near';
}
