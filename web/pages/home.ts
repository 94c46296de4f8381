// The first screen: an answer. Server and phone write the same markup.

import { type Answer, FOLDED_COUNT, type Result, type Wish } from '../../data/answer.ts';
import type { PhoneCity } from '../../data/city.ts';
import { momentWords } from '../../data/hours-words.ts';
import { groupOf, KIND_GROUPS, NEEDS } from '../../data/kind-group.ts';
import { PLACE_KIND_LABELS } from '../../data/place.ts';
import { SERVICE_LABELS, type ServiceCode } from '../../data/service.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { isOffer, type Notice, notices, offers } from './notices.ts';
import { pin } from './pin.ts';
import { placeCard } from './place-card.ts';
import { demoTag, facts, type Moment, placeHref, placeName } from './place-parts.ts';
import { placeRow } from './place-row.ts';
import { MORE_COUNT, MOST_COUNT, type Wishes, wishesHref } from './wishes.ts';
import { confirmedWords, distanceWords, serviceWords } from './words.ts';

export interface HomeView {
  city: PhoneCity;
  wishes: Wishes;
  /** Which needs come first in the line of chips; a tap never moves them. */
  needsFirst: readonly (ServiceCode | 'allDay')[];
  areaName: string;
  areaNote: string;
  /** Null while there is nothing to rank yet. */
  answer: Answer | null;
  /** Kinds that have no place at all in this city yet. */
  isKindEmpty: boolean;
  notices: readonly Notice[];
  /** The drawn surroundings; null when there is nothing to draw. */
  picture: Html | null;
  selected: string | null;
  /** Whether a button that asks for the position makes sense (never without JavaScript). */
  canLocate: boolean;
  moment: Moment;
}

export function homeHead(tags: Tags, view: HomeView): Html {
  const { html } = tags;
  const { wishes } = view;
  return html`<div class="top">
    <header class="head">
      <a class="head-area" href="${wishesHref(wishes, { view: 'areas' })}" data-view="areas">
        <b>${view.areaName}${icon(tags, 'down', 'small')}</b>
        <span class="small muted">${view.areaNote}</span>
      </a>
      <a class="icon-button boxed" href="${wishesHref(wishes, { view: 'search' })}" data-view="search" aria-label="搜索驿站或地标">${icon(tags, 'search')}</a>
      ${view.canLocate ? html`<button class="icon-button boxed" type="button" data-act="locate" aria-label="用我的位置">${icon(tags, 'locate')}</button>` : ''}
      <a class="icon-button boxed head-wide" href="${wishesHref(wishes, { view: 'me' })}" data-view="me" aria-label="我的">${icon(tags, 'me')}</a>
    </header>
    ${kindLine(tags, wishes)} ${needLine(tags, view)}
  </div>`;
}

function kindLine(tags: Tags, wishes: Wishes): Html {
  const { html } = tags;
  const chosen = groupOf(wishes.kinds);
  return html`<nav class="kinds" aria-label="找什么">
    ${KIND_GROUPS.map(
      (group) =>
        html`<a href="${wishesHref(wishes, { kinds: group.kinds, count: 5 })}" aria-current="${group === chosen}">${pin(tags, { kind: group.kinds[0] ?? 'station' })}${group.label}</a>`,
    )}
  </nav>`;
}

function needLine(tags: Tags, { wishes, needsFirst }: HomeView): Html {
  const { html } = tags;
  const all: (ServiceCode | 'allDay')[] = [...NEEDS, 'allDay'];
  // A wish that came by a link and has no chip of its own gets one, so that it can be taken off.
  const extra = wishes.services.filter((code) => !NEEDS.includes(code));
  const order = [...new Set([...needsFirst, ...extra, ...all])];
  return html`<nav class="needs" aria-label="需要什么">
    ${order.map((need) => {
      const isAllDay = need === 'allDay';
      const isChosen = isAllDay ? wishes.allDay : wishes.services.includes(need);
      const href = isAllDay
        ? wishesHref(wishes, { allDay: !wishes.allDay, count: 5 })
        : wishesHref(wishes, { services: toggled(wishes.services, need), count: 5 });
      const label = isAllDay ? '24 小时' : SERVICE_LABELS[need];
      return html`<a class="chip" href="${href}" aria-current="${isChosen}">${icon(tags, isChosen ? 'check' : isAllDay ? 'clock' : need, 'small')}${label}</a>`;
    })}
  </nav>`;
}

export function toggled<Item>(items: readonly Item[], item: Item): Item[] {
  return items.includes(item) ? items.filter((each) => each !== item) : [...items, item];
}

export function homeBody(tags: Tags, view: HomeView): Html {
  const { html } = tags;
  return html`<main id="main">
    <h1 class="visually-hidden">${view.areaName}能用的${nounOf(view.wishes)}</h1>
    ${view.picture ?? ''}
    <div class="body">
      ${notices(
        tags,
        view.notices.filter((notice) => !isOffer(notice)),
      )}
      ${answerPart(tags, view)}
    </div></main>`;
}

function answerPart(tags: Tags, view: HomeView): Html {
  const { html } = tags;
  const { answer } = view;
  if (view.isKindEmpty) return emptyKind(tags, view);
  if (!answer) return html`<p class="state muted">正在找…</p>`;
  if (answer.outcome === 'all-closed') return html`${allClosed(tags, view, answer)} ${offers(tags, view.notices)}`;
  if (answer.outcome === 'none') return html`${nothing(tags, view, answer)} ${offers(tags, view.notices)}`;
  const [first, ...rest] = answer.listed;
  if (!first) return '';
  return html`${card(tags, view, first, 1)} ${offers(tags, view.notices)}
    ${
      rest.length === 0
        ? ''
        : html`<div class="rows" role="group" aria-label="还可以去">${rest.map((result, i) => row(tags, view, result, i + 2))}</div>`
    }
    ${backupPart(tags, view, answer)}
    ${
      answer.more && view.wishes.count < MOST_COUNT
        ? html`<a class="button wide" href="${wishesHref(view.wishes, { count: view.wishes.count + MORE_COUNT })}">再看 ${MORE_COUNT} 个</a>`
        : ''
    }
    ${fold(tags, view, '开门时间不确定', answer.uncertain)} ${fold(tags, view, '已关闭', answer.closed)}`;
}

/** Said where the best is uncertain. */
function backupPart(tags: Tags, view: HomeView, { backups }: Answer): Html {
  const { html } = tags;
  if (backups.length === 0) return '';
  const note = backups.some((result) => result.place.hours?.allDay) ? '有 24 小时开的' : '';
  return html`<div class="section-head"><h2>万一去不成，还有</h2><span>${note}</span></div>
    <div class="rows">${backups.map((result) => row(tags, view, result, null))}</div>`;
}

function card(tags: Tags, view: HomeView, result: Result, number: number | null): Html {
  return placeCard(tags, {
    result,
    number,
    wanted: view.wishes.services,
    moment: view.moment,
    mentionsRiver: view.answer?.listed.some((each) => each.crossing !== null) ?? false,
  });
}

function row(tags: Tags, view: HomeView, result: Result, number: number | null): Html {
  return placeRow(tags, {
    result,
    number,
    wanted: view.wishes.services,
    moment: view.moment,
    isSelected: result.id === view.selected,
  });
}

/** Native, so that it opens without JavaScript. */
function fold(tags: Tags, view: HomeView, title: string, results: readonly Result[]): Html {
  const { html } = tags;
  if (results.length === 0) return '';
  return html`<div class="rows"><details class="fold">
    <summary>${icon(tags, 'door')}${title}（${results.length < FOLDED_COUNT ? results.length : `最近 ${FOLDED_COUNT} 个`}）<span class="turn">${icon(tags, 'down')}</span></summary>
    ${results.map((result) => row(tags, view, result, null))}
  </details></div>`;
}

function nounOf(wishes: Wishes): string {
  return groupOf(wishes.kinds)?.noun ?? wishes.kinds.map((kind) => PLACE_KIND_LABELS[kind]).join('、');
}

function emptyKind(tags: Tags, { wishes }: HomeView): Html {
  const { html } = tags;
  const noun = nounOf(wishes);
  return html`<section class="state">
      <h2>这里还没有${noun}</h2>
      <p>本市还没有登记过${noun}，有了就会出现在这里。</p>
    </section>
    <a class="button wide choice" href="${wishesHref(wishes, { kinds: KIND_GROUPS[0].kinds })}">先看附近的驿站</a>
    ${recommendLink(tags)}`;
}

/** Whoever knows one that is missing here can say so. */
function recommendLink({ html }: Tags): Html {
  return html`<a class="button wide" href="/?part=suggest" data-view="suggest">推荐一个点位</a>`;
}

function allClosed(tags: Tags, view: HomeView, answer: Answer): Html {
  const { html } = tags;
  const noun = nounOf(view.wishes);
  const near = answer.closed.filter((result) => result.rideMinutes <= 10).length;
  const { earliest } = answer;
  return html`<section class="state">
      <h2>现在都关了</h2>
      <p>${near > 0 ? `骑行 10 分钟内的 ${near} 个${noun}都已关门。` : `附近的${noun}都已关门。`}</p>
    </section>
    ${earliest ? earliestCard(tags, view, earliest) : ''}
    ${
      answer.aroundTheClock.length === 0
        ? ''
        : html`<div class="section-head"><h2>24 小时可进</h2><span>现在能进</span></div>
          <div class="rows">${answer.aroundTheClock.map((result) => row(tags, view, result, null))}</div>`
    }
    ${fold(tags, view, '已关闭', answer.closed)}`;
}

function earliestCard(tags: Tags, view: HomeView, result: Result): Html {
  const { html } = tags;
  const { moment } = view;
  const opensAt = result.hours.opensAt ?? 0;
  const opens = momentWords(opensAt * 60_000, moment.nowMs, moment.timezone).split(' ');
  const time = opens.pop() ?? '';
  const services = result.place.services.filter((service) => service.standing !== 'unknown').slice(0, 3);
  return html`<article class="card hero" data-place="${result.id}">
    <div class="hero-top">
      <p class="hero-minutes">最早${opens.join(' ')} <b>${time}</b> 开</p>
    </div>
    <h2 class="hero-name">${pin(tags, { kind: result.place.kind, closed: true })}<span>${placeName(tags, result.place)} ${demoTag(tags, result.place)}</span></h2>
    <p>${facts(tags, [
      `骑行 ${result.rideMinutes} 分钟`,
      distanceWords(result.metres),
      ...services.map(serviceWords),
      confirmedWords(result.daysUnconfirmed),
    ])}</p>
    <a class="button wide" href="${placeHref(result.place)}" data-place="${result.id}">详情</a>
  </article>`;
}

function nothing(tags: Tags, view: HomeView, answer: Answer): Html {
  const { html } = tags;
  const { wishes } = view;
  const noun = nounOf(wishes);
  const { relax } = answer;
  if (!relax) {
    // What is surely open is not all that there is.
    if (wishes.open) {
      return html`<section class="state">
        <h2>附近没有确定开着的${noun}</h2>
        <p>骑行 40 分钟内一个也没有。开门时间不确定的没有算进来。</p>
      </section>
      <a class="button wide choice" href="${wishesHref(wishes, { open: false })}">不限开门时间</a>`;
    }
    const all = KIND_GROUPS.flatMap((group) => group.kinds);
    const { beyond } = answer;
    return html`<section class="state">
        <h2>附近没有${noun}</h2>
        <p>骑行 40 分钟内一个也没有。${beyond ? `最近的在 ${distanceWords(beyond.metres)}。` : '换个地方看看，或者看看别的点位。'}</p>
      </section>
      <a class="button wide choice" href="${wishesHref(wishes, { kinds: all, services: [], allDay: false })}">看附近所有点位</a>
      <a class="button wide" href="${wishesHref(wishes, { view: 'areas' })}" data-view="areas">换个地方</a>
      ${recommendLink(tags)}
      ${beyond ? card(tags, view, beyond, null) : ''}`;
  }
  const label = (wish: Wish) => (wish === 'allDay' ? '24 小时' : SERVICE_LABELS[wish]);
  const all: Wish[] = [...wishes.services, ...(wishes.allDay ? (['allDay'] as const) : [])];
  const kept = all.filter((wish) => !relax.without.includes(wish)).map(label);
  const removed = relax.without.map(label).join('、');
  const href = wishesHref(wishes, {
    services: wishes.services.filter((code) => !relax.without.includes(code)),
    allDay: wishes.allDay && !relax.without.includes('allDay'),
  });
  return html`<section class="state">
      <h2>${noneWords(noun, all.length > 1 ? '同时满足' : wishes.allDay ? '24 小时开' : null, removed)}</h2>
      <p>${kept.length === 0 ? `最近的${noun}` : `最近有${kept.join('、')}的`}在 ${distanceWords(relax.nearest.metres)}。</p>
    </section>
    <a class="button wide choice" href="${href}">${icon(tags, 'close')}去掉“${removed}”，看 ${relax.count} 个结果</a>
    ${card(tags, view, relax.nearest, null)}`;
}

/** 附近没有同时满足的驿站; 附近的驿站都没有热水. */
function noneWords(noun: string, what: string | null, service: string): string {
  return what === null ? `附近的${noun}都没有${service}` : `附近没有${what}的${noun}`;
}
