// What the rider's app knows, and what follows from it. Pure.

import type { Result } from '../../data/answer.ts';
import { isInside, type PhoneCity } from '../../data/city.ts';
import type { DetailsDocument } from '../../data/details.ts';
import { agoWords, clockWords, durationWords, momentWords } from '../../data/hours-words.ts';
import type { ServiceCode } from '../../data/service.ts';
import { announcedNotices, LOCATE_LINES, type Notice } from '../pages/notices.ts';
import { chosenOrigin, defaultOrigin, type Origin } from '../pages/origin.ts';
import type { Moment } from '../pages/place-parts.ts';
import type { StartState } from '../pages/start-state.ts';
import type { Schematic } from '../pages/surroundings.ts';
import { type Wishes, wishesHref } from '../pages/wishes.ts';
import type { Finder } from './finder.ts';
import type { Kept } from './keeping.ts';
import type { Letter } from './letters.ts';
import type { Fix, LocationState } from './location.ts';
import { nameOfPoint } from './place-names.ts';
import type { PlacePart } from './place-part.ts';
import type { SuggestState } from './suggest-ui.ts';
import type { VoicesState } from './voices-ui.ts';

export interface RiderState {
  start: StartState;
  wishes: Wishes;
  /** The place whose page is shown. */
  placeId: string | null;
  /** Of its pages. */
  part: PlacePart;
  /** What is said of it; null until the later screens have come. */
  voices: VoicesState | null;
  /** What is being suggested, once that was opened. */
  suggestion?: SuggestState | null;
  needsFirst: readonly (ServiceCode | 'allDay')[];
  finder: Finder | null;
  /** The screens beyond the answer, once fetched. */
  later: typeof import('./later-screens.ts') | null;
  /** What this phone keeps for its rider; null until the later screens have come. */
  kept: Kept | null;
  /** Undefined when they cannot be had. */
  details: DetailsDocument | null | undefined;
  schematic: Schematic;
  fix: Fix | null;
  location: LocationState;
  canLocate: boolean;
  isOnline: boolean;
  /** The kept data are shown while the server has not answered yet. */
  isSlow: boolean;
  /** When the server last said that these data are how things are; milliseconds by its clock. */
  checkedAtMs: number;
  /** False when this phone's clock cannot be right: then no schedule says anything. */
  isClockKnown: boolean;
  /** What waits to be sent, and what was refused later on. */
  letters: readonly Letter[];
  /** The person has read why one was refused. */
  dismissLetter: (id: number) => void;
  /** Another build of the app is there, and waits to be wanted. */
  hasNewBuild: boolean;
  hasLoadError: boolean;
  /** Highlighted in list and map. */
  selected: string | null;
  /** What an act came to, said until the next screen. */
  said: string | null;
  isWide: boolean;
  /** Why there is no map: this phone cannot draw it, or it could not be fetched. */
  mapFailure: 'no-webgl' | 'not-fetched' | null;
  isWeChat: boolean;
  /** Milliseconds by the server's clock. */
  nowMs: number;
}

/** Data of this age say so. */
const OLD_MS = 12 * 3_600_000;
/** A fix from further back than this says how old it is. */
const RECENT_MS = 5 * 60_000;
/** From here on distances are for orientation only. */
export const WEAK_METRES = 300;

/** A chosen area, else the position, else the city's default. */
export function originOf(state: RiderState, city: PhoneCity): Origin {
  const chosen = chosenOrigin(city, state.wishes.area);
  if (chosen) return chosen;
  const { fix } = state;
  if (!fix || !isInside(city.area, fix.point)) return defaultOrigin(city);
  const age = state.nowMs - fix.atMs;
  const when = age < RECENT_MS ? '刚才的位置' : `${durationWords(age / 60_000)}前的位置`;
  return {
    point: fix.point,
    name: nameOfPoint(city, fix.point),
    note: `${when} · 误差约 ${fix.accuracyMetres} 米`,
    isMeasured: true,
    accuracyMetres: fix.accuracyMetres,
  };
}

export function momentOf(state: RiderState, city: PhoneCity): Moment {
  return {
    nowMs: state.nowMs,
    timezone: city.timezone,
    isWeChat: state.isWeChat,
    appName: state.start.appName,
    isOffline: !state.isOnline || state.isSlow || state.hasLoadError,
  };
}

/** What to say above the answer, the most pressing first. */
export function noticesOf(state: RiderState, finder: Finder): Notice[] {
  const { core } = finder;
  const { city } = core;
  const said: Notice[] = [];
  const origin = originOf(state, city);
  said.push(...announcedNotices(core, origin.point, state.nowMs));
  if (state.hasNewBuild) said.push({ kind: 'updated' });
  const age = agoWords(state.checkedAtMs, state.nowMs, city.timezone);
  const savedAt =
    age === '昨天'
      ? `昨天 ${clockWords(state.checkedAtMs, city.timezone)}`
      : momentWords(state.checkedAtMs, state.nowMs, city.timezone).replace(/^今天 /, '');
  if (!state.isOnline) said.push({ kind: 'offline', savedAt });
  else if (state.isSlow) said.push({ kind: 'slow', savedAt });
  if (!state.isClockKnown) {
    said.push({ kind: 'old', text: '手机的时间被往回调过，说不准现在几点，开门时间先算未知。联网后会好' });
  } else if (state.nowMs - state.checkedAtMs > OLD_MS) {
    said.push({ kind: 'old', text: `数据是${age.replace(/^\d/, ' $&')}的，出发前最好打个电话` });
  }
  const waiting = state.letters.filter(({ refused }) => refused === null).length;
  if (waiting > 0) said.push({ kind: 'unsent', count: waiting });
  for (const { id, placeName, refused } of state.letters) {
    if (refused !== null) said.push({ kind: 'refused', id, text: `给“${placeName}”的话没有发出去：${refused}` });
  }
  if (finder.hasNewOrder) said.push({ kind: 'moved', what: finder.hasNewData ? '数据' : '定位' });
  if (!chosenOrigin(city, state.wishes.area)) {
    if (state.location === 'asking' && !state.fix) said.push({ kind: 'locating' });
    else if (state.location === 'denied') {
      said.push({ kind: 'denied', areasHref: wishesHref(state.wishes, { view: 'areas' }) });
    } else if (state.location === 'failed' && !origin.isMeasured) {
      said.push({ kind: 'locate', lines: ['这会儿定不了位', '到窗边或门口再试'], button: '再试' });
    } else if (state.fix && !origin.isMeasured) said.push({ kind: 'outside', city: city.name });
    else if (!origin.isMeasured && state.canLocate) {
      said.push({ kind: 'locate', lines: LOCATE_LINES, button: '定位' });
    }
    if (origin.isMeasured && (origin.accuracyMetres ?? 0) >= WEAK_METRES) {
      said.push({ kind: 'weak', metres: Math.round((origin.accuracyMetres ?? 0) / 100) * 100 });
    }
  }
  if (state.mapFailure !== null && state.wishes.view === 'map') said.push({ kind: 'no-map', reason: state.mapFailure });
  if (state.isWeChat && state.kept?.hasReadHint === false) said.push({ kind: 'wechat' });
  if (finder.shown?.straightLines) said.push({ kind: 'straight-lines' });
  if (state.hasLoadError) said.push({ kind: 'error', text: `新数据没取到，先看 ${savedAt} 保存的` });
  return said;
}

/** The place that the map's card and route are about: the selected one if it is listed, else the first. */
export function focusOf(state: RiderState): Result | undefined {
  const listed = state.finder?.shown?.listed ?? [];
  return listed.find((result) => result.id === state.selected) ?? listed[0];
}
