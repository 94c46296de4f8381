// Choosing a place to measure from: districts one tap each, then landmarks. It works without any position.

import type { PhoneCity } from '../../data/city.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { type Wishes, wishesHref } from './wishes.ts';

export interface AreasView {
  city: PhoneCity;
  wishes: Wishes;
  /** Whether the phone said no, or has no position to give. */
  isDenied: boolean;
  /** Whether asking for the position makes sense here (never without JavaScript). */
  canLocate: boolean;
}

export function areasPage(tags: Tags, view: AreasView): Html {
  const { html } = tags;
  const { city, wishes } = view;
  const href = (area: string) => wishesHref(wishes, { view: 'near', area, count: 5 });
  return html`<div class="top"><header class="head">
      <a class="icon-button" href="${wishesHref(wishes, { view: 'near' })}" data-act="back" aria-label="返回">${icon(tags, 'back')}</a>
      <h1>选个地方</h1>
      <a class="icon-button boxed" href="${wishesHref(wishes, { view: 'search' })}" data-view="search" aria-label="搜地标">${icon(tags, 'search')}</a>
    </header></div>
    <main class="body" id="main">
      <section class="state">
        <h2>${view.isDenied ? '没有定位也能找' : '从哪里算远近？'}</h2>
        <p>选个区域或附近地标，一样能排远近。</p>
      </section>
      ${view.canLocate ? html`<button class="button wide choice" type="button" data-act="locate">${icon(tags, 'locate')}用我的位置</button>` : ''}
      <div class="picks">${city.districts.map(
        (district) => html`<a class="button" href="${href(district.code)}">${district.shortName}</a>`,
      )}</div>
      <div class="section-head"><h2>或从地标开始</h2></div>
      <div class="list">${city.landmarks.map(
        (landmark) =>
          html`<a class="item" href="${href(landmark.id)}">${icon(tags, landmark.icon)}<span>${landmark.name} <span class="small muted">${city.districts.find((district) => district.code === landmark.district)?.shortName}</span></span>${icon(tags, 'right')}</a>`,
      )}</div>
    </main>`;
}
