// What the app knows when it starts: from the server's document, from the address, and from what the phone keeps.

import type { StartState } from '../pages/start-state.ts';
import { readWishes } from '../pages/wishes.ts';
import type { ServerClock } from './clock.ts';
import { canLocate, keptFix } from './location.ts';
import { readPlacePart } from './place-part.ts';
import type { RiderState } from './rider-state.ts';

export function firstState(clock: ServerClock, isWide: boolean): RiderState {
  const start = readStart();
  if (start.nowMs !== null && isFresh()) clock.hear(start.nowMs);
  else clock.recallKept();
  const wishes = readWishes(new URLSearchParams(location.search));
  const nowMs = clock.now();
  return {
    start,
    wishes,
    placeId: placeIdIn(location.pathname),
    part: readPlacePart(location.search),
    voices: null,
    needsFirst: [...wishes.services, ...(wishes.allDay ? (['allDay'] as const) : [])],
    finder: null,
    later: null,
    kept: null,
    details: null,
    schematic: [],
    fix: keptFix(nowMs),
    location: canLocate() ? 'unasked' : 'impossible',
    canLocate: canLocate(),
    isOnline: navigator.onLine,
    isSlow: false,
    checkedAtMs: 0,
    isClockKnown: true,
    hasNewBuild: false,
    letters: [],
    dismissLetter: () => undefined,
    hasLoadError: false,
    selected: null,
    said: null,
    isWide,
    mapFailure: null,
    isWeChat: /MicroMessenger/i.test(navigator.userAgent),
    nowMs,
  };
}

/** A tab that the phone had put aside comes back with the page of then. */
function isFresh(): boolean {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return visit?.type !== 'back_forward';
}

function readStart(): StartState {
  return JSON.parse(document.getElementById('state')?.textContent ?? '') as StartState;
}

const PLACE_PATH = /^\/p\/([A-Za-z0-9-]{3,40})$/;

/** Of the address of a place's page. */
export function placeIdIn(pathname: string): string | null {
  return PLACE_PATH.exec(pathname)?.[1] ?? null;
}
