// A place's screens from what the app knows: its page, the report, the receipt. Pure.

import { isAnnounced } from '../../data/announcement.ts';
import { answer, placeNow, type Result } from '../../data/answer.ts';
import { compoundSwap } from '../../data/compound-swap.ts';
import type { CorePlace } from '../../data/core.ts';
import { readDetails } from '../../data/details.ts';
import type { ServiceCode } from '../../data/service.ts';
import type { Html, Tags } from '../pages/html.ts';
import type { Notice } from '../pages/notices.ts';
import { chosenOrigin } from '../pages/origin.ts';
import { placePage } from '../pages/place.ts';
import { isProblem, needAfter } from '../pages/problems.ts';
import { type ReceiptState, receiptPage } from '../pages/receipt.ts';
import { reportPage } from '../pages/report.ts';
import { wishesHref } from '../pages/wishes.ts';
import type { Finder } from './finder.ts';
import { keptReceipts } from './receipts.ts';
import { momentOf, noticesOf, originOf, type RiderState } from './rider-state.ts';
import { outcomeWords, suggestScreen } from './suggest-screens.ts';
import { blankVoices, reportOf, type VoicesState } from './voices-ui.ts';

/** What a place's page says above its facts: how old they may be. */
const AGE_NOTICES: readonly Notice['kind'][] = ['offline', 'slow', 'old', 'error'];

export function placeScreen(tags: Tags, state: RiderState, finder: Finder, id: string): Html {
  const i = finder.core.indexOf(id);
  if (i === undefined) return '';
  const place = finder.core.place(i);
  const voices = state.voices?.placeId === place.id ? state.voices : blankVoices(place);
  switch (state.part.kind) {
    case 'report':
      return reportPage(tags, place, voices.form);
    case 'suggest':
    case 'suggestion-receipt':
      return suggestScreen(tags, state, finder, place);
    case 'receipt':
      return receiptScreen(tags, state, finder, place, voices, state.part.number);
    default:
      return ownPage(tags, state, finder, i, voices);
  }
}

function ownPage(tags: Tags, state: RiderState, { core, ways }: Finder, i: number, voices: VoicesState): Html {
  const origin = originOf(state, core.city);
  const place = core.place(i);
  return placePage(tags, {
    result: withOwnCount(placeNow(core, ways, i, origin.point, state.nowMs), voices.counted),
    details: state.details ? readDetails(state.details, i) : state.details,
    hasOrigin: origin.isMeasured || chosenOrigin(core.city, state.wishes.area) !== undefined,
    origin: origin.point,
    swap: place.kind === 'scene' && state.details ? compoundSwap(core, state.details, i) : null,
    asked: voices.asked,
    backHref: wishesHref(state.wishes, { view: 'near' }),
    notices: state.finder ? noticesOf(state, state.finder).filter(({ kind }) => AGE_NOTICES.includes(kind)) : [],
    said: state.said,
    canShare: true,
    isFavourite: state.kept?.favourites.some((each) => each.id === place.id) ?? null,
    moment: {
      ...momentOf(state, core.city),
      isSevereWeather: isAnnounced(core.announcements, 'severe-weather', state.nowMs, place.district),
    },
  });
}

function withOwnCount(result: Result, counted: VoicesState['counted']): Result {
  const { bikes } = result.place;
  if (!bikes || !counted || (bikes.reportedAt ?? 0) > counted.reportedAt) return result;
  return { ...result, place: { ...result.place, bikes: { ...bikes, ...counted } } };
}

function receiptScreen(
  tags: Tags,
  state: RiderState,
  finder: Finder,
  place: CorePlace,
  voices: VoicesState,
  number: string | null,
): Html {
  const kept = keptReceipts().find((receipt) => receipt.number === number);
  const letter = number === null ? reportOf(state.letters, place.id) : undefined;
  const news = voices.receipt?.number === number ? voices.receipt.news : null;
  const asked: ReceiptState = news?.state ?? 'checking';
  const written = letter?.body.problem;
  const problem = kept?.problem ?? (isProblem(written) ? written : null);
  const need = problem === null ? [] : needAfter(problem, place);
  return receiptPage(tags, {
    place,
    number,
    problem,
    atMs: kept?.at ?? letter?.addedAtMs ?? null,
    state: number === null ? (letter?.refused ? 'refused' : 'waiting') : kept ? asked : 'unknown',
    reason: letter?.refused ?? null,
    outcome: news && outcomeWords(news, state.nowMs, finder.core.city.timezone),
    need,
    alternative: otherPlace(finder, place, need, state.nowMs),
    said: state.said,
    moment: momentOf(state, finder.core.city),
  });
}

/** The best other place of the kind, or station, for somebody who stands before `place`. */
function otherPlace({ core, ways }: Finder, place: CorePlace, need: ServiceCode[], nowMs: number): Result | null {
  const kinds = need.length === 0 ? [place.kind] : [...new Set([place.kind, 'station' as const])];
  const question = { origin: place.point, kinds, services: need, open: true, allDay: false, nowMs, count: 2 };
  return answer(core, ways, question).listed.find((result) => result.id !== place.id) ?? null;
}
