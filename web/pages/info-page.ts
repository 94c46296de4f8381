// The frame of pages that are only read: /help and /privacy. The server writes them whole, and no script takes them over.

import type { City } from '../../data/city.ts';
import { demoStrip, tabBar } from './frame.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { readWishes, wishesHref } from './wishes.ts';

/** What the pages say of the city. */
export type InfoCity = Pick<
  City,
  'name' | 'title' | 'help' | 'speeds' | 'barriers' | 'crossings' | 'contactEmail' | 'filings'
> & { operator?: string | undefined };

export interface InfoView {
  city: InfoCity;
  hasDemo: boolean;
  /** The live map's tiles come from somebody else, whom the city chose. */
  hasForeignMap: boolean;
}

export function infoPage(tags: Tags, view: InfoView, title: string, content: Html): Html {
  const { html } = tags;
  const wishes = { ...readWishes(new URLSearchParams()), view: 'me' as const };
  return html`<div class="page info-page">
    ${demoStrip(tags, view.hasDemo)}
    <div class="top"><header class="head">
      <a class="icon-button" href="${wishesHref(wishes)}" aria-label="返回我的">${icon(tags, 'back')}</a>
      <h1>${title}</h1>
      <a class="button" href="/">看地图</a>
    </header></div>
    <main class="body prose" id="main">${content} ${contactPart(tags, view)} ${filingsLine(tags, view.city.filings)}</main>
    ${tabBar(tags, wishes)}
  </div>`;
}

function contactPart({ html }: Tags, { city }: InfoView): Html {
  return html`<h2>联系我们</h2>
    <p>${city.operator === undefined ? `${city.title}的运营单位还没有公布。` : `${city.title}由${city.operator}运营。`}说错的地方、用不了的地方、要看或要删和你有关的记录，都可以写信。</p>
    <p><a class="button" href="mailto:${city.contactEmail}">${city.contactEmail}</a></p>`;
}

/** The filing numbers that a city's site must show. */
export function filingsLine({ html }: Tags, filings: InfoCity['filings']): Html {
  return filings.length === 0
    ? ''
    : html`<p class="small filings">${filings.map(({ name, url }) => html`<a href="${url}" rel="noreferrer">${name}</a> `)}</p>`;
}
