// One screen from what the app knows. Pure: the same state gives the same page.

import { type Answer, placeNow } from '../../data/answer.ts';
import { groupOf } from '../../data/kind-group.ts';
import { SERVICE_LABELS } from '../../data/service.ts';
import { type HomeView, homeBody, homeHead } from '../pages/home.ts';
import type { Html, Tags } from '../pages/html.ts';
import { icon } from '../pages/icon.ts';
import { mapFailureWords } from '../pages/notices.ts';
import { placeCard } from '../pages/place-card.ts';
import { riderPage } from '../pages/rider-page.ts';
import { pictureNotice } from '../pages/start-state.ts';
import { type View, wishesHref } from '../pages/wishes.ts';
import type { Finder } from './finder.ts';
import { focusOf, momentOf, noticesOf, originOf, type RiderState } from './rider-state.ts';

/**
 * How much of the answer is drawn. Lit prepares each template when it first meets it: all of them at once would keep a
 * finger waiting on a cheap phone.
 */
export const SHARES = ['frame', 'picture', 'first', 'all'] as const;
export type Share = (typeof SHARES)[number];

export function screen(tags: Tags, state: RiderState, finder: Finder, map: Html, share: Share = 'all'): Html {
  const onMap = state.wishes.view === 'map' && state.placeId === null && !state.isWide && state.mapFailure === null;
  return riderPage(tags, {
    wishes: state.wishes,
    layout: onMap ? 'map' : 'read',
    hasDemo: finder.core.hasDemo,
    content: onMap ? peek(tags, state, finder) : content(tags, state, finder, share),
    hasTabBar: state.placeId === null && state.wishes.view !== 'suggest',
    map: tags.html`${onMap ? mapHead(tags, state) : ''}${state.mapFailure === null ? map : mapMissing(tags, state.mapFailure)}`,
  });
}

/** Screens beyond the answer, which have a chunk of their own. */
const LATER_VIEWS: readonly View[] = ['areas', 'search', 'me', 'suggest'];

function content(tags: Tags, state: RiderState, finder: Finder, share: Share): Html {
  if (state.placeId === null && !LATER_VIEWS.includes(state.wishes.view)) return home(tags, state, finder, share);
  return state.later ? state.later.laterScreen(tags, state, finder) : '';
}

function home(tags: Tags, state: RiderState, finder: Finder, share: Share): Html {
  const { city } = finder.core;
  const origin = originOf(state, city);
  const answer = finder.shown;
  const listed = answer?.listed ?? [];
  const first = listed[0];
  const isKindEmpty = !finder.hasKinds(state.wishes.kinds);
  const view: HomeView = {
    city,
    wishes: state.wishes,
    needsFirst: state.needsFirst,
    areaName: origin.name,
    areaNote: origin.note,
    answer: answer && shareOf(answer, share),
    isKindEmpty,
    notices: noticesOf(state, finder),
    picture:
      listed.length > 0 && !isKindEmpty && state.later && share !== 'frame'
        ? state.later.surroundings(tags, {
            schematic: state.schematic,
            origin: origin.point,
            isMeasured: origin.isMeasured,
            accuracyMetres: origin.accuracyMetres,
            results: listed,
            route: first ? (finder.ways.ride.from(origin.point).path(first.place.target) ?? []) : [],
            notice: pictureNotice(state.start, city.basemap.notice),
            href: wishesHref(state.wishes, { view: 'map' }),
          })
        : null,
    selected: state.selected,
    canLocate: state.canLocate,
    moment: momentOf(state, city),
  };
  return tags.html`${homeHead(tags, view)} ${homeBody(tags, view)}`;
}

function shareOf(answer: Answer, share: Share): Answer | null {
  if (share === 'all') return answer;
  if (share !== 'first') return null;
  return { ...answer, listed: answer.listed.slice(0, 1), more: false, backups: [], uncertain: [], closed: [] };
}

/** Where the map would be on a wide screen. */
function mapMissing({ html }: Tags, reason: NonNullable<RiderState['mapFailure']>): Html {
  return html`<p class="map-missing muted">${mapFailureWords(reason)}</p>`;
}

/** The line over the phone's map: what is shown, as one field. */
function mapHead(tags: Tags, { wishes }: RiderState): Html {
  const { html } = tags;
  const needs = [...wishes.services.map((code) => SERVICE_LABELS[code]), ...(wishes.allDay ? ['24 小时'] : [])];
  const kind = groupOf(wishes.kinds)?.label ?? '所有点位';
  return html`<div class="map-top"><a class="search-field" href="${wishesHref(wishes, { view: 'near' })}" data-view="near">${icon(tags, 'search')}<span>${kind} · ${needs.length === 0 ? '不限设施' : needs.join('、')}</span><span class="push">${icon(tags, 'down', 'small')}</span></a></div>`;
}

/** The card that peeks over the phone's map. */
function peek(tags: Tags, state: RiderState, finder: Finder): Html {
  const { html } = tags;
  const { city } = finder.core;
  const selected = state.selected === null ? undefined : finder.core.indexOf(state.selected);
  const focus =
    selected === undefined
      ? focusOf(state)
      : placeNow(finder.core, finder.ways, selected, originOf(state, city).point, state.nowMs);
  const title = html`<h1 class="visually-hidden">地图</h1>`;
  if (!focus) {
    return html`<main class="peek" id="main">${title}<p>这里没有能去的点位。</p><a class="button wide" href="${wishesHref(state.wishes, { view: 'near' })}" data-view="near">看列表</a></main>`;
  }
  const number = (finder.shown?.listed.findIndex((result) => result.id === focus.id) ?? -1) + 1;
  return html`<main class="peek" id="main">${title}${placeCard(tags, {
    result: focus,
    number: number > 0 ? number : null,
    wanted: state.wishes.services,
    moment: momentOf(state, city),
    mentionsRiver: false,
    mostServices: 2,
  })}</main>`;
}
