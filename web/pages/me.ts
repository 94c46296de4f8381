// 我的: what the phone keeps, numbers to call, what the data is.

import type { PhoneCity } from '../../data/city.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
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
}

export function mePage(tags: Tags, view: MeView): Html {
  const { html } = tags;
  const { city } = view;
  return html`<div class="top"><header class="head">
      <a class="icon-button" href="${wishesHref(view.wishes, { view: 'near' })}" data-act="back" aria-label="返回">${icon(tags, 'back')}</a>
      <h1>我的</h1>
    </header></div>
    <main class="body" id="main">
      <div class="section-head"><h2>需要帮助时</h2></div>
      <div class="list">${city.help.map(
        (line) =>
          html`<a class="item" href="tel:${line.number}">${icon(tags, 'call')}<span>${line.name}</span><span class="strong">${line.number}</span></a>`,
      )}</div>
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
    </main>`;
}
