// The drawn surroundings and the screens beyond the answer: fetched beside the core, so that the first script is small.

import { placeNow } from '../../data/answer.ts';
import { searchCore } from '../../data/core-search.ts';
import { momentWords } from '../../data/hours-words.ts';
import { areasPage } from '../pages/areas.ts';
import type { Html, Tags } from '../pages/html.ts';
import { mePage, type OwnThings } from '../pages/me.ts';
import { PROBLEM_LABELS } from '../pages/problems.ts';
import { receiptHref } from '../pages/receipt.ts';
import { searchPage } from '../pages/search.ts';
import { suggestionReceiptHref } from '../pages/suggestion-receipt.ts';
import type { Finder } from './finder.ts';
import type { Kept } from './keeping.ts';
import { placeScreen } from './place-screens.ts';
import { keptReceipts } from './receipts.ts';
import { momentOf, originOf, type RiderState } from './rider-state.ts';
import { suggestScreen } from './suggest-screens.ts';

export { surroundings } from '../pages/surroundings.ts';
export * as keeping from './keeping.ts';
export * from './kept-snapshot.ts';
export { openVoices } from './send-voices.ts';
export { linkWorker } from './worker-link.ts';

export function laterScreen(tags: Tags, state: RiderState, finder: Finder): Html {
  const { core } = finder;
  const { city } = core;
  const { wishes } = state;
  if (state.placeId !== null) return placeScreen(tags, state, finder, state.placeId);
  switch (wishes.view) {
    case 'areas':
      return areasPage(tags, { city, wishes, isDenied: state.location === 'denied', canLocate: state.canLocate });
    case 'suggest':
      return suggestScreen(tags, state, finder, null);
    case 'search':
      return searchPage(tags, {
        city,
        wishes,
        recent: state.kept?.searches ?? [],
        found: searchCore(core, wishes.q, originOf(state, city).point),
      });
    default:
      return mePage(tags, {
        city,
        wishes,
        dataAge: momentWords(state.checkedAtMs, state.nowMs, city.timezone),
        hasKeptPosition: state.fix !== null,
        placeCount: core.count,
        hasDemo: core.hasDemo,
        own: state.kept && ownThings(state, finder, state.kept),
      });
  }
}

/** What this phone keeps, as it stands now. */
function ownThings(state: RiderState, { core, ways }: Finder, kept: Kept): OwnThings {
  const origin = originOf(state, core.city);
  return {
    modes: kept.modes,
    favourites: kept.favourites.map(({ id, name }) => {
      const i = core.indexOf(id);
      return { id, name, result: i === undefined ? null : placeNow(core, ways, i, origin.point, state.nowMs) };
    }),
    originName: origin.name,
    moment: momentOf(state, core.city),
    reports: keptReceipts().map(({ number, placeId, name, problem, at }) => ({
      number,
      placeName: name,
      problem: problem === null ? '建议' : PROBLEM_LABELS[problem],
      when: momentWords(at, state.nowMs, core.city.timezone),
      href: problem === null ? suggestionReceiptHref(placeId, number) : receiptHref(placeId, number),
    })),
  };
}
