// 我的: what the phone keeps, numbers to call, what the data is.

import type { Result } from '../../data/answer.ts';
import type { PhoneCity } from '../../data/city.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { filingsLine } from './info-page.ts';
import { type Modes, modeControls } from './mode-controls.ts';
import type { Moment } from './place-parts.ts';
import { placeRow } from './place-row.ts';
import { type Wishes, wishesHref } from './wishes.ts';

export interface MeView {
  city: PhoneCity;
  wishes: Wishes;
  /** 今天 8:40; null on the server. */
  dataAge: string | null;
  /** Whether a last position is kept on this phone; null where that is not known. */
  hasKeptPosition: boolean | null;
  placeCount: number;
  hasDemo: boolean;
  /** Null on the server, which knows nothing of it. */
  own: OwnThings | null;
}

/** What only this phone knows. */
export interface OwnThings {
  modes: Modes;
  favourites: readonly FavouriteView[];
  /** Where the minutes are counted from. */
  originName: string;
  moment: Moment;
  reports: readonly ReportView[];
}

export interface FavouriteView {
  id: string;
  name: string;
  /** Null when the city has no such place any more. */
  result: Result | null;
}

/** A receipt as the phone keeps it. */
export interface ReportView {
  number: string;
  placeName: string;
  /** 没热水 */
  problem: string;
  /** 今天 8:40 */
  when: string;
  href: string;
}

export function mePage(tags: Tags, view: MeView): Html {
  const { html } = tags;
  const { city, own } = view;
  return html`<div class="top"><header class="head">
      <a class="icon-button" href="${wishesHref(view.wishes, { view: 'near' })}" data-act="back" aria-label="返回">${icon(tags, 'back')}</a>
      <h1>我的</h1>
    </header></div>
    <main class="body" id="main">
      ${own ? favouritesPart(tags, own) : ''} ${own ? reportsPart(tags, own) : ''}
      <a class="button wide" href="/?part=suggest" data-view="suggest">${icon(tags, 'plus')}推荐一个点位</a>
      <div class="section-head"><h2>需要帮助时</h2></div>
      <div class="list">${city.help.map(
        (line) =>
          html`<a class="item" href="tel:${line.number}">${icon(tags, 'call')}<span>${line.name}</span><span class="strong">${line.number}</span></a>`,
      )}</div>
      ${own ? modeControls(tags, own.modes) : ''}
      <div class="section-head"><h2>我的位置</h2></div>
      <div class="card">
        <p>位置只在本机算距离，不上传，也不会出现在网址里。</p>
        ${
          view.hasKeptPosition === null
            ? ''
            : view.hasKeptPosition
              ? html`<button class="button wide" type="button" data-act="forget-position">忘掉上次的位置</button>`
              : html`<p class="small muted">本机现在没有保存位置。</p>`
        }
      </div>
      <div class="section-head"><h2>数据</h2></div>
      <div class="card">
        <p>${city.name}现有 ${view.placeCount} 个点位。${view.dataAge === null ? '' : `数据是${view.dataAge} 的。`}</p>
        ${view.hasDemo ? html`<p>带「演示」的不是真实点位，只用来看看样子，请不要前往。</p>` : ''}
        <p class="small muted">骑行和步行时间是按距离估算的：骑行每小时 ${city.speeds.rideKmh} 公里，步行 ${city.speeds.walkKmh} 公里；过江按能骑的桥算。</p>
        <p class="small muted">${city.basemap.notice}</p>
      </div>
      <div class="section-head"><h2>关于</h2></div>
      <div class="list">
        <a class="item" href="/help">${icon(tags, 'question')}<span>怎么用 · 无障碍</span>${icon(tags, 'right')}</a>
        <a class="item" href="/privacy">${icon(tags, 'shield')}<span>隐私 · 存了什么、存多久</span>${icon(tags, 'right')}</a>
      </div>
      ${filingsLine(tags, city.filings)}
    </main>`;
}

function favouritesPart(tags: Tags, { favourites, originName, moment }: OwnThings): Html {
  const { html } = tags;
  const head = html`<div class="section-head"><h2>收藏</h2>${favourites.length === 0 ? '' : html`<span>从${originName}算</span>`}</div>`;
  if (favourites.length === 0) {
    return html`${head}<p class="card muted">还没有收藏。在点位页点右上角的星，常去的就留在这里，没有网络也看得到。</p>`;
  }
  return html`${head}<div class="rows">${favourites.map(({ id, name, result }) =>
    result
      ? placeRow(tags, { result, number: null, wanted: [], moment, isSelected: false })
      : html`<div class="item gone">${icon(tags, 'star')}<span><span class="name">${name}</span><br /><span class="small muted">现在的数据里没有它了，可能已经撤销</span></span><button class="button" type="button" data-act="favourite" data-id="${id}" data-name="${name}" aria-label="移除${name}">移除</button></div>`,
  )}</div>`;
}

function reportsPart(tags: Tags, { reports }: OwnThings): Html {
  const { html } = tags;
  if (reports.length === 0) return '';
  return html`<div class="section-head"><h2>我的上报</h2><span>只有这台手机能看</span></div>
    <div class="list">${reports.map(
      (report) =>
        html`<a class="item" href="${report.href}" data-view="me">${icon(tags, 'check')}<span>${report.placeName} · ${report.problem}<br /><span class="small muted">编号 ${report.number} · ${report.when}</span></span>${icon(tags, 'right')}</a>`,
    )}</div>`;
}
