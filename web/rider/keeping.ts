// What this phone keeps for its rider: modes, favourites, searches, the hint that was read. Taps on them change the state
// and the storage together; nothing of it is ever sent. Comes with the later screens, so that the first script is small.

import { isAnnounced } from '../../data/announcement.ts';
import { districtOf } from '../../data/city.ts';
import type { Modes, Switch } from '../pages/mode-controls.ts';
import { SWITCHES, THEMES } from '../pages/mode-controls.ts';
import { readWishes, type Wishes, wishesHref } from '../pages/wishes.ts';
import type { Favourite } from './favourites.ts';
import { keepFavourites, keptFavourites, withStarTurned } from './favourites.ts';
import { applyModes, keepModes, keptModes } from './modes.ts';
import { keepSearches, keptSearches, withSearch } from './recent-searches.ts';
import { originOf, type RiderState } from './rider-state.ts';
import { keep, readKept } from './storage.ts';
import { takesHeatingOff, type Winter, wishesInWinter, withoutHeating } from './winter.ts';

export interface Kept {
  modes: Modes;
  winter: Winter;
  favourites: readonly Favourite[];
  searches: readonly string[];
  hasReadHint: boolean;
}

const HINT_READ_AS = 'yz-hint-read';

/** Once, when the screens that need it have come. Another page of ours on this phone may change what is kept. */
export function startKeeping(state: RiderState, requestUpdate: () => void): void {
  const winter = keptModes().winter ? 'on' : 'off';
  state.kept = readAll(winter);
  arrive(state, null);
  addEventListener('storage', () => {
    state.kept = readAll(state.kept?.winter ?? winter);
    applyModes(state.kept.modes);
    requestUpdate();
  });
}

function readAll(winter: Winter): Kept {
  return {
    modes: keptModes(),
    winter,
    favourites: keptFavourites(),
    searches: keptSearches(),
    hasReadHint: readKept(HINT_READ_AS) === true,
  };
}

/** After the state has taken up an address: what the season adds to it, and which search led somewhere. */
export function arrive(state: RiderState, before: Wishes | null): void {
  takeSeason(state);
  const { kept } = state;
  if (!kept) return;
  const hasLeftSearch = state.placeId !== null || state.wishes.area !== before?.area;
  if (before?.view === 'search' && hasLeftSearch) remember(state, kept, before.q);
  const wishes = wishesInWinter(kept.winter, state.wishes, before);
  if (before === null && wishes !== state.wishes) state.needsFirst = ['heating', ...state.needsFirst];
  takeWishes(state, wishes);
}

/** The city's winter, as long as it lasts, sets the chip like the switch does; whoever took it off keeps it off. */
export function takeSeason(state: RiderState): void {
  const { kept, finder } = state;
  if (!kept || !finder || kept.modes.winter) return;
  const { city, announcements } = finder.core;
  const district = districtOf(city, originOf(state, city).point);
  const isWinter = isAnnounced(announcements, 'winter', state.nowMs, district);
  if (isWinter && kept.winter === 'off') {
    state.kept = { ...kept, winter: 'on' };
    state.needsFirst = ['heating', ...state.needsFirst.filter(isNotHeating)];
    takeWishes(state, wishesInWinter('on', state.wishes, null));
  } else if (!isWinter && kept.winter !== 'off') {
    state.kept = { ...kept, winter: 'off' };
    takeWishes(state, withoutHeating(state.wishes));
  }
}

/** Before a link is followed: a tap on the chip that the season set takes it off until the app is opened again. */
export function follow(state: RiderState, link: HTMLAnchorElement): void {
  const { kept } = state;
  if (kept?.winter !== 'on' || link.pathname !== '/') return;
  const wishes = readWishes(new URLSearchParams(link.search));
  if (takesHeatingOff(state.wishes, wishes)) state.kept = { ...kept, winter: 'taken-off' };
}

/** @returns whether the act was one of these */
export function act(name: string, target: HTMLElement, state: RiderState): boolean {
  const { kept } = state;
  if (!kept) return false;
  const { dataset } = target;
  switch (name) {
    case 'theme':
      takeModes(state, kept, { ...kept.modes, theme: THEMES.find((each) => each === dataset.theme) ?? 'system' });
      return true;
    case 'mode': {
      const mode = SWITCHES.find((each) => each.mode === dataset.mode)?.mode;
      if (mode) takeModes(state, kept, turned(kept.modes, mode));
      return true;
    }
    case 'favourite': {
      const favourites = withStarTurned(kept.favourites, { id: dataset.id ?? '', name: dataset.name ?? '' });
      state.kept = { ...kept, favourites };
      keepFavourites(favourites);
      return true;
    }
    case 'remember-search':
      remember(state, kept, state.wishes.q);
      return true;
    case 'forget-searches':
      state.kept = { ...kept, searches: [] };
      keepSearches([]);
      return true;
    case 'hint-read':
      state.kept = { ...kept, hasReadHint: true };
      keep(HINT_READ_AS, true);
      return true;
    default:
      return false;
  }
}

function turned(modes: Modes, mode: Switch): Modes {
  return { ...modes, [mode]: !modes[mode] };
}

function takeModes(state: RiderState, kept: Kept, modes: Modes): void {
  keepModes(modes);
  applyModes(modes);
  if (modes.winter === kept.modes.winter) {
    state.kept = { ...kept, modes };
    return;
  }
  state.kept = { ...kept, modes, winter: modes.winter ? 'on' : 'off' };
  state.needsFirst = [...(modes.winter ? (['heating'] as const) : []), ...state.needsFirst.filter(isNotHeating)];
  takeWishes(state, modes.winter ? wishesInWinter('on', state.wishes, null) : withoutHeating(state.wishes));
}

const isNotHeating = (need: RiderState['needsFirst'][number]) => need !== 'heating';

function takeWishes(state: RiderState, wishes: Wishes): void {
  if (wishes === state.wishes) return;
  state.wishes = wishes;
  const isList = state.placeId === null && state.wishes.view !== 'suggest';
  if (isList) history.replaceState(history.state, '', wishesHref(wishes));
}

function remember(state: RiderState, kept: Kept, query: string): void {
  const searches = withSearch(kept.searches, query);
  state.kept = { ...kept, searches };
  keepSearches(searches);
}
