// Where the phone is. It asks the browser and nobody else; what it learns stays in this page and in local storage.

import type { Point } from '../../data/place.ts';

export interface Fix {
  point: Point;
  accuracyMetres: number;
  atMs: number;
}

export type LocationState = 'unasked' | 'asking' | 'located' | 'denied' | 'failed' | 'impossible';

const KEPT_AS = 'yz-fix';
const TIMEOUT_MS = 10_000;
/** Past this age the last position is no help. */
const KEPT_FOR_MS = 12 * 3_600_000;

/** The last position that this phone had, if it is not too old. */
export function keptFix(nowMs: number): Fix | null {
  try {
    const fix = JSON.parse(localStorage.getItem(KEPT_AS) ?? 'null') as Fix | null;
    const isRecent = fix !== null && nowMs - fix.atMs < KEPT_FOR_MS && fix.atMs <= nowMs + 60_000;
    return isRecent && Array.isArray(fix.point) ? fix : null;
  } catch {
    // Storage may be switched off, or hold what somebody else wrote.
    return null;
  }
}

export function keepFix(fix: Fix | null): void {
  try {
    if (fix) localStorage.setItem(KEPT_AS, JSON.stringify(fix));
    else localStorage.removeItem(KEPT_AS);
  } catch {
    // Without storage the position is simply not kept.
  }
}

/** Whether the person has already said yes: only then is the position asked for without a tap. */
export async function mayLocateNow(): Promise<boolean> {
  try {
    const permission = await navigator.permissions.query({ name: 'geolocation' });
    return permission.state === 'granted';
  } catch {
    return false;
  }
}

export function canLocate(): boolean {
  return 'geolocation' in navigator && window.isSecureContext;
}

/**
 * One position, or the reason why there is none. Always ends: some web-views never call back.
 * @param nowMs milliseconds by the server's clock, for the fix's age
 */
export function locate(nowMs: () => number): Promise<Fix | 'denied' | 'failed'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('failed'), TIMEOUT_MS + 1000);
    const settle = (outcome: Fix | 'denied' | 'failed') => {
      clearTimeout(timer);
      resolve(outcome);
    };
    navigator.geolocation.getCurrentPosition(
      (position) => settle(fixOf(position, nowMs())),
      (error) => settle(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed'),
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: 30_000 },
    );
  });
}

/** Follows the phone as it moves; returns how to stop. */
export function follow(moved: (fix: Fix) => void, nowMs: () => number): () => void {
  const watch = navigator.geolocation.watchPosition(
    (position) => moved(fixOf(position, nowMs())),
    () => {
      // The last good position stays; the next tap on 定位 says what is wrong.
    },
    { enableHighAccuracy: true, maximumAge: 15_000 },
  );
  return () => navigator.geolocation.clearWatch(watch);
}

function fixOf({ coords }: GeolocationPosition, nowMs: number): Fix {
  return { point: [coords.longitude, coords.latitude], accuracyMetres: Math.round(coords.accuracy), atMs: nowMs };
}
