// A place's page: how to get in before what there is; each fact with its date.

import { type Result, STALE_DAYS } from '../../data/answer.ts';
import type { CorePlace } from '../../data/core.ts';
import type { PlaceDetails } from '../../data/details.ts';
import { momentWords } from '../../data/hours-words.ts';
import { type NavigationLink, otherLinks } from '../../data/navigation.ts';
import {
  ACCESS_LABELS,
  AUDIENCE_LABELS,
  type Audience,
  HOST_LABELS,
  PLACE_KIND_LABELS,
  type Point,
} from '../../data/place.ts';
import { type AskView, arrivedPart, askCard, countPart, noAnswers } from './ask.ts';
import { compassWords } from './compass.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { type Notice, notices } from './notices.ts';
import { hoursPart } from './place-hours.ts';
import { demoTag, facts, goHref, type Moment, placeName, stateWords } from './place-parts.ts';
import { placePhotos } from './place-photos.ts';
import { servicesPart } from './place-services.ts';
import { sceneParts, sceneVerdict } from './scene-parts.ts';
import { suggestLink } from './suggest.ts';
import { bikesWords, detourWords, distanceWords, kindWords, positionWords } from './words.ts';

/** Between facts; it stays at the end of a line. */
const DOT = '\u00a0· ';

export interface PlaceView {
  result: Result;
  /** Arrives after the core; null meanwhile, undefined when there is no way to get it now. */
  details: PlaceDetails | null | undefined;
  /** Whether minutes and metres are from a place that the visitor stands at or chose. */
  hasOrigin: boolean;
  /** That place. */
  origin: Readonly<Point>;
  /** Where the riders of a compound change to a bicycle. */
  swap: CorePlace | null;
  /** What this visitor said of the place; null where nobody can say anything, on the server. */
  asked: AskView | null;
  /** Where the way back leads when there is no history. */
  backHref: string;
  notices: readonly Notice[];
  canShare: boolean;
  /** Whether it has a star on this phone; null where nobody knows. */
  isFavourite: boolean | null;
  /** What an act came to. */
  said: string | null;
  moment: Moment;
}

export function placePage(tags: Tags, view: PlaceView): Html {
  const { html } = tags;
  const { result, details, moment } = view;
  const { place } = result;
  const state = stateWords(result, moment);
  const asked = view.asked ?? noAnswers(place);
  return html`<div class="top"><header class="head">
      <a class="icon-button" href="${view.backHref}" data-act="back" aria-label="返回">${icon(tags, 'back')}</a>
      <p class="head-kind strong">${PLACE_KIND_LABELS[place.kind]}</p>
      ${starButton(tags, view)}
      ${view.canShare ? html`<button class="icon-button" type="button" data-act="share" aria-label="分享">${icon(tags, 'share')}</button>` : ''}
    </header></div>
    <main id="main"><div class="body">
      ${placePhotos(tags, details?.photos ?? [])}
      <h1 class="place-title">${placeName(tags, place)} ${demoTag(tags, place)}</h1>
      <p class="line">
        ${state.text === '' ? '' : html`<span class="pill tone-${state.tone}">${state.text}</span>`}
        ${view.hasOrigin ? html`<span>骑行 ${result.rideMinutes} 分钟</span>` : ''}
      </p>
      ${state.detail ? html`<p class="small tone-${state.tone}">${state.detail}</p>` : ''}
      <p>${facts(tags, [place.address, positionWords(place), ...(view.hasOrigin ? [distanceWords(result.metres), detourWords(result)] : [])])}</p>
      ${view.hasOrigin ? html`<p class="compass small">${icon(tags, 'compass', 'small')}${compassWords(view.origin, place.target)}（直线）</p>` : ''}
      ${notices(tags, view.notices)} ${warnings(tags, view)} ${entrancePart(tags, view)}
      ${details ? sceneVerdict(tags, details, view.swap, moment) : ''} ${details ? sceneParts(tags, place.id, details, moment) : ''}
      ${servicesPart(tags, view)} ${askCard(tags, place, asked)} ${countPart(tags, place, asked)} ${arrivedPart(tags, place, asked)}
      ${kindFacts(tags, view)} ${hoursPart(tags, view)} ${navigationPart(tags, view)} ${suggestLink(tags, place)} ${sourcePart(tags, view)}
    </div>
    ${goBar(tags, view)}</main>`;
}

function starButton(tags: Tags, { isFavourite, result: { place } }: PlaceView): Html {
  return isFavourite === null
    ? ''
    : tags.html`<button class="icon-button" type="button" data-act="favourite" data-id="${place.id}" data-name="${place.name}" aria-pressed="${isFavourite}" aria-label="收藏">${icon(tags, 'star')}</button>`;
}

function warnings({ html }: Tags, { result, details }: PlaceView): Html {
  const { place, daysUnconfirmed } = result;
  const said: string[] = [];
  if (place.demo) said.push('这是演示数据，不是真实点位，请不要前往。');
  if (result.demotion === 'disputed')
    said.push(`有人反映和这里写的不一样${details?.statusReason ? `：${details.statusReason}` : '，正在核实'}。`);
  if (result.hours.state === 'paused' && details?.statusReason) said.push(`暂停原因：${details.statusReason}`);
  if (Number.isFinite(daysUnconfirmed) && daysUnconfirmed >= STALE_DAYS)
    said.push(`${daysUnconfirmed} 天没核实，可能有变。`);
  return said.length === 0
    ? ''
    : html`<div class="note off"><div>${said.map((text) => html`<p>${text}</p>`)}</div></div>`;
}

function entrancePart(tags: Tags, { result, details }: PlaceView): Html {
  const { html } = tags;
  const { place } = result;
  const audience = (details?.audience ?? []).filter((each) => each !== 'everyone') as Audience[];
  const sentence = [details?.entrance?.floor, details?.entrance?.text].filter((text) => text).join('，');
  const access = place.kind === 'scene' || place.access === null ? '' : `进门方式：${ACCESS_LABELS[place.access]}`;
  const forWhom = audience.length > 0 ? `面向${audience.map((each) => AUDIENCE_LABELS[each]).join('、')}` : '';
  if (sentence === '' && access === '' && forWhom === '') return '';
  return html`<div class="note info">${icon(tags, 'entrance')}<div>
    <h2>怎么进</h2>
    ${[sentence, [access, forWhom].filter((text) => text !== '').join(DOT)].filter((text) => text !== '').map((text) => html`<p>${text}</p>`)}
  </div></div>`;
}

/** What the kind adds. */
function kindFacts(tags: Tags, { result, details, moment }: PlaceView): Html {
  const { html } = tags;
  const { place } = result;
  const rows: [label: string, value: string][] = [];
  if (place.bikes) {
    const { bikes } = place;
    rows.push(['单车', bikesWords(place)]);
    if (bikes.outOfService) rows.push(['在修', `${bikes.outOfService} 辆`]);
    rows.push([
      '上报',
      bikes.reportedAt === null
        ? '还没人报过数'
        : momentWords(bikes.reportedAt * 60_000, moment.nowMs, moment.timezone),
    ]);
  }
  if (details?.swap?.compound) rows.push(['所在小区', details.swap.compound]);
  if (details?.swap?.rules) rows.push(['规则', details.swap.rules]);
  if (details?.parking) {
    const { bays, maxMinutes, marking, atToilet } = details.parking;
    if (bays !== null) rows.push(['泊位', `${bays} 个`]);
    if (maxMinutes !== null) rows.push(['限停', `${maxMinutes} 分钟`]);
    if (atToilet) rows.push(['厕所', '旁边就有']);
    if (marking) rows.push(['标线', marking]);
  }
  if (typeof details?.seats === 'number') rows.push(['座位', `${details.seats} 个`]);
  if (typeof details?.slots === 'number') rows.push(['电池仓', `${details.slots} 个`]);
  if (details?.operator) rows.push(['运营', details.operator]);
  if (typeof details?.barrierFree === 'boolean') rows.push(['无障碍', details.barrierFree ? '有' : '没有']);
  if (place.event) rows.push(['活动', place.event.name]);
  if (details?.host) rows.push(['主办', HOST_LABELS[details.host]]);
  return rows.length === 0
    ? ''
    : html`<dl class="list">${rows.map(([label, value]) => html`<div class="pair-row"><dt class="muted">${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function navigationPart(tags: Tags, view: PlaceView): Html {
  const { html } = tags;
  const { place } = view.result;
  const links: readonly NavigationLink[] =
    goHref(place, 'ride', view.moment) === undefined ? [] : otherLinks(place, view.moment.appName);
  return html`<div class="pair">
      <button class="button" type="button" data-act="copy" data-text="${place.name} ${place.address}">${icon(tags, 'copy')}复制地址</button>
      ${view.details?.phone ? html`<a class="button" href="tel:${view.details.phone}">${icon(tags, 'call')}打电话</a>` : ''}
    </div>
    ${
      links.length === 0
        ? ''
        : html`<div class="rows"><details class="fold"><summary>${icon(tags, 'map')}换个地图<span class="turn">${icon(tags, 'down')}</span></summary>
          ${links.map((link) => html`<a class="fold-row" href="${link.href}" rel="noreferrer">${link.label}</a>`)}</details></div>`
    }`;
}

function sourcePart({ html }: Tags, { result, details }: PlaceView): Html {
  if (!details)
    return details === null
      ? html`<p class="small muted">正在取更多信息…</p>`
      : html`<p class="small muted">没有网络，更多信息取不到。</p>`;
  const { name, url, date } = details.source;
  return html`<p class="small muted">编号 ${result.place.shortCode} · 来源：${url === null ? name : html`<a href="${url}" rel="noreferrer">${name}</a>`}${date === null ? '' : `（${date.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1 年 $2 月 $3 日')}）`}</p>`;
}

function goBar(tags: Tags, { result, moment, said }: PlaceView): Html {
  const { html } = tags;
  const { place } = result;
  const ride = goHref(place, 'ride', moment);
  const walk = goHref(place, 'walk', moment);
  if (ride === undefined || walk === undefined) {
    return html`<div class="sticky"><p class="only small muted">只知道这个${kindWords(place)}在哪个区，不能导航。问清地址再去。</p></div>`;
  }
  return html`<div class="sticky">
    <p class="only small tone-ok" role="status">${said ?? ''}</p>
    <a class="button main" href="${ride}" rel="noreferrer">${icon(tags, 'ride')}骑车去</a>
    <a class="button tall" href="${walk}" rel="noreferrer">${icon(tags, 'walk')}步行去</a>
  </div>`;
}
