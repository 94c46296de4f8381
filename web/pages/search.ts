// Searching by name, address, pinyin or landmark. On the server it answers a plain form.

import type { PhoneCity } from '../../data/city.ts';
import type { SearchFound } from '../../data/core-search.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { pin } from './pin.ts';
import { demoTag, placeHref, placeName } from './place-parts.ts';
import { type Wishes, wishesHref } from './wishes.ts';
import { distanceWords } from './words.ts';

export interface SearchView {
  city: PhoneCity;
  wishes: Wishes;
  /** What was searched for lately on this phone, the newest first. */
  recent: readonly string[];
  found: SearchFound | null;
}

export function searchPage(tags: Tags, view: SearchView): Html {
  const { html } = tags;
  const { wishes } = view;
  return html`<div class="top"><header class="head">
      <a class="icon-button" href="${wishesHref(wishes, { view: 'near' })}" data-act="back" aria-label="返回">${icon(tags, 'back')}</a>
      <form class="search-field" action="/" role="search" data-form="search">
        <input type="hidden" name="view" value="search" />
        ${wishes.area === null ? '' : html`<input type="hidden" name="area" value="${wishes.area}" />`}
        ${icon(tags, 'search')}
        <input type="search" name="q" value="${wishes.q}" aria-label="搜驿站、地址或地标" placeholder="驿站、地标或拼音" autocomplete="off" enterkeyhint="search" maxlength="40" />
      </form>
    </header></div>
    <main class="body" id="main"><h1 class="visually-hidden">搜索</h1>${resultsPart(tags, view)}</main>`;
}

function resultsPart(tags: Tags, { city, wishes, recent, found }: SearchView): Html {
  const { html } = tags;
  if (!found) {
    const hint =
      wishes.q.trim() === '' ? '输入两个字就能搜，也可以输拼音首字母。' : '再输一个字就能搜，拼音首字母也要两个。';
    return html`<section class="state"><p class="muted" role="status">${hint}</p></section>
      ${recentPart(tags, wishes, recent)}
      <div class="section-head"><h2>常用地标</h2></div>
      <div class="list">${city.landmarks
        .slice(0, 6)
        .map(
          (landmark) =>
            html`<a class="item" href="${wishesHref(wishes, { view: 'near', area: landmark.id, q: '' })}">${icon(tags, landmark.icon)}<span>${landmark.name}</span>${icon(tags, 'right')}</a>`,
        )}</div>`;
  }
  if (found.areas.length + found.places.length === 0) {
    return html`<section class="state"><h2>没有找到“${wishes.q}”</h2><p>换个说法，少写几个字，或者<a href="${wishesHref(wishes, { view: 'areas' })}" data-view="areas">从区域和地标里选</a>。</p></section>`;
  }
  return html`${
    found.areas.length === 0
      ? ''
      : html`<div class="section-head"><h2>从这里找</h2></div>
        <div class="list">${found.areas.map(
          (area) =>
            html`<a class="item" href="${wishesHref(wishes, { view: 'near', area: area.id, q: '' })}">${icon(tags, 'flag')}<span>${area.name} <span class="small muted">${area.note}</span></span>${icon(tags, 'right')}</a>`,
        )}</div>`
  }
  ${
    found.places.length === 0
      ? ''
      : html`<div class="section-head"><h2>点位</h2><span>${found.total > found.places.length ? `共 ${found.total} 个，近的在前` : '近的在前'}</span></div>
        <div class="rows">${found.places.map(
          ({ place, metres }) =>
            html`<a class="row" href="${placeHref(place)}" data-place="${place.id}">${pin(tags, { kind: place.kind })}<span>${placeName(tags, place)}<br />${demoTag(tags, place)} <span class="small muted">${place.address}</span></span><span class="row-time small muted">直线<br />${distanceWords(metres)}</span></a>`,
        )}</div>`
  }`;
}

function recentPart(tags: Tags, wishes: Wishes, recent: readonly string[]): Html {
  const { html } = tags;
  if (recent.length === 0) return '';
  return html`<div class="section-head"><h2>最近搜过</h2><button class="button" type="button" data-act="forget-searches">清空</button></div>
    <div class="list">${recent.map(
      (query) =>
        html`<a class="item" href="${wishesHref(wishes, { view: 'search', q: query })}">${icon(tags, 'clock')}<span>${query}</span>${icon(tags, 'right')}</a>`,
    )}</div>`;
}
