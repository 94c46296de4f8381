// The drawn surroundings and the screens beyond the answer: fetched beside the core, so that the first script is small.

import { placeNow } from '../../data/answer.ts';
import { searchCore } from '../../data/core-search.ts';
import { readDetails } from '../../data/details.ts';
import { momentWords } from '../../data/hours-words.ts';
import { areasPage } from '../pages/areas.ts';
import type { Html, Tags } from '../pages/html.ts';
import { mePage } from '../pages/me.ts';
import { chosenOrigin } from '../pages/origin.ts';
import { placePage } from '../pages/place.ts';
import { searchPage } from '../pages/search.ts';
import { wishesHref } from '../pages/wishes.ts';
import type { Finder } from './finder.ts';
import { momentOf, noticesOf, originOf, type RiderState } from './rider-state.ts';

export { surroundings } from '../pages/surroundings.ts';

export function laterScreen(tags: Tags, state: RiderState, finder: Finder): Html {
  const { core } = finder;
  const { city } = core;
  const { wishes } = state;
  if (state.placeId !== null) return placeScreen(tags, state, finder, state.placeId);
  switch (wishes.view) {
    case 'areas':
      return areasPage(tags, { city, wishes, isDenied: state.location === 'denied', canLocate: state.canLocate });
    case 'search':
      return searchPage(tags, { city, wishes, found: searchCore(core, wishes.q, originOf(state, city).point) });
    default:
      return mePage(tags, {
        city,
        wishes,
        dataAge: momentWords(core.generatedAt, state.nowMs, city.timezone),
        hasKeptPosition: state.fix !== null,
        placeCount: core.count,
        hasDemo: core.hasDemo,
      });
  }
}

function placeScreen(tags: Tags, state: RiderState, finder: Finder, id: string): Html {
  const { core, ways } = finder;
  const i = core.indexOf(id);
  if (i === undefined) return '';
  const origin = originOf(state, core.city);
  return placePage(tags, {
    result: placeNow(core, ways, i, origin.point, state.nowMs),
    details: state.details ? readDetails(state.details, i) : state.details,
    hasOrigin: origin.isMeasured || chosenOrigin(core.city, state.wishes.area) !== undefined,
    backHref: wishesHref(state.wishes, { view: 'near' }),
    notices: noticesOf(state, finder).filter((notice) => notice.kind === 'offline'),
    said: state.said,
    canShare: true,
    moment: momentOf(state, core.city),
  });
}
