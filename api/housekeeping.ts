// What is kept for a time only goes when the time is over: at start, and once a day from then on.

import type { Store } from '../data/store/store.ts';
import { isoDateOf, wallClock } from '../data/wall-clock.ts';
import { removeStrayPhotos } from './photos.ts';

const DAY_MS = 24 * 3_600_000;
/** Somebody's day may have just ended: who was counted is remembered a day longer. */
const DAYS_OF_CHECK_INS = 2;

export async function keepHouse(
  store: Pick<Store, 'tidy' | 'photos' | 'desk'>,
  { dataFolder, timezone, nowMs }: { dataFolder: string; timezone: string; nowMs: number },
): Promise<void> {
  const today = wallClock(timezone).dayOf(Math.floor(nowMs / 60_000));
  await store.tidy(isoDateOf(today - DAYS_OF_CHECK_INS));
  await store.desk.pendingActs.runReady();
  await removeStrayPhotos(dataFolder, store, nowMs);
}

/** Every day until the process ends; what goes wrong is told, and tried again the next day. */
export function keepHouseDaily(keep: () => Promise<void>, onError: (error: unknown) => void): void {
  setInterval(() => void keep().catch(onError), DAY_MS).unref();
}
