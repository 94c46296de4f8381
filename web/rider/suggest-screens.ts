// The screens of a suggestion from what the app knows: the form, the receipt. Pure.

import type { CorePlace } from '../../data/core.ts';
import { momentWords } from '../../data/hours-words.ts';
import type { Point } from '../../data/place.ts';
import { REPORT_STATUS_LABELS } from '../../data/report.ts';
import { SUGGESTION_STATUS_LABELS } from '../../data/suggestion.ts';
import type { Html, Tags } from '../pages/html.ts';
import { defaultOrigin } from '../pages/origin.ts';
import { spanOf } from '../pages/position-picker.ts';
import { pictureNotice } from '../pages/start-state.ts';
import { suggestBackHref, suggestPage } from '../pages/suggest.ts';
import { type OutcomeWords, suggestionReceiptPage } from '../pages/suggestion-receipt.ts';
import type { Finder } from './finder.ts';
import { keptReceipts } from './receipts.ts';
import type { RiderState } from './rider-state.ts';
import { blankSuggestion, suggestionLetter } from './suggest-ui.ts';
import type { ReceiptNews } from './voices.ts';

/** Pins on the picture, at most. */
const MOST_AROUND = 40;

export function suggestScreen(tags: Tags, state: RiderState, finder: Finder, place: CorePlace | null): Html {
  const { part } = state;
  if (part.kind === 'suggestion-receipt') return receiptScreen(tags, state, finder, place, part.number);
  const { city } = finder.core;
  const start = place?.point ?? defaultOrigin(city).point;
  const kept = state.suggestion?.placeId === (place?.id ?? null) ? state.suggestion : null;
  const { form } = kept ?? blankSuggestion(place, [...start] as Point);
  return suggestPage(tags, {
    place,
    form,
    services: city.services,
    picker: {
      schematic: state.schematic,
      around: around(finder, form.spot.point, spanOf(form.spot)),
      before: place?.point ?? null,
      city,
      notice: pictureNotice(state.start, city.basemap.notice),
    },
    backHref: suggestBackHref(place),
  });
}

function around({ core }: Finder, [lng, lat]: Readonly<Point>, metres: number) {
  const reach = metres / 2 / 78_000;
  const found = [];
  for (let i = 0; i < core.count && found.length < MOST_AROUND; i++) {
    if (Math.abs((core.lng[i] as number) - lng) > reach || Math.abs((core.lat[i] as number) - lat) > reach) continue;
    const { kind, point } = core.place(i);
    found.push({ kind, point });
  }
  return found;
}

function receiptScreen(
  tags: Tags,
  state: RiderState,
  { core }: Finder,
  place: CorePlace | null,
  number: string | null,
): Html {
  const kept = keptReceipts().find((receipt) => receipt.number === number);
  const letter = number === null ? suggestionLetter(state.letters, place?.id ?? '') : undefined;
  const asked = state.suggestion?.receipt?.number === number ? state.suggestion?.receipt?.news : null;
  const atMs = kept?.at ?? letter?.addedAtMs ?? null;
  const { timezone } = core.city;
  return suggestionReceiptPage(tags, {
    number,
    state:
      number === null ? (letter?.refused ? 'refused' : 'waiting') : kept ? (asked?.state ?? 'checking') : 'unknown',
    reason: letter?.refused ?? null,
    name: place?.name ?? kept?.name ?? letter?.placeName ?? '',
    backHref: suggestBackHref(place),
    hasPlace: place !== null,
    when: atMs === null ? '' : momentWords(atMs, state.nowMs, timezone),
    outcome: asked ? outcomeWords(asked, state.nowMs, timezone) : null,
    said: state.said,
  });
}

const WORDS: Readonly<Record<string, string>> = { ...SUGGESTION_STATUS_LABELS, ...REPORT_STATUS_LABELS };
const GOOD = ['approved', 'amended', 'resolved'];

/** What the desk decided, in words; null while it has not. */
export function outcomeWords({ status, outcome }: ReceiptNews, nowMs: number, timezone: string): OutcomeWords | null {
  if (status === null || outcome === null) return null;
  return {
    label: WORDS[status] ?? '已处理',
    isGood: GOOD.includes(status),
    reason: outcome.reason,
    when: momentWords(outcome.atMs, nowMs, timezone),
  };
}
