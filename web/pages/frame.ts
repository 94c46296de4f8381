// What stands around every rider's page: the demo strip above, the bar below.

import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import type { IconName } from './icons.ts';
import { type View, type Wishes, wishesHref } from './wishes.ts';

const TABS: readonly { view: View; label: string; icon: IconName }[] = [
  { view: 'near', label: '附近', icon: 'near' },
  { view: 'map', label: '地图', icon: 'map' },
  { view: 'me', label: '我的', icon: 'me' },
];

export function demoStrip({ html }: Tags, hasDemo: boolean): Html {
  return hasDemo
    ? html`<aside class="strip" aria-label="演示数据说明"><b>演示数据</b>带「演示」的不是真实点位</aside>`
    : '';
}

export function tabBar(tags: Tags, wishes: Wishes): Html {
  const { html } = tags;
  const current = TABS.some((tab) => tab.view === wishes.view) ? wishes.view : 'near';
  return html`<nav class="nav" aria-label="主导航">${TABS.map(
    (tab) =>
      html`<a href="${wishesHref(wishes, { view: tab.view })}" data-view="${tab.view}" aria-current="${tab.view === current ? 'page' : 'false'}">${icon(tags, tab.icon)}${tab.label}</a>`,
  )}</nav>`;
}
