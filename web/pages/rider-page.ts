// The rider's page as a whole: what is read on one side, the map's room on the other.

import { demoStrip, tabBar } from './frame.ts';
import type { Html, Tags } from './html.ts';
import type { Wishes } from './wishes.ts';

export interface RiderPageView {
  wishes: Wishes;
  /** `map` gives the screen of a phone to the map. */
  layout: 'read' | 'map';
  hasDemo: boolean;
  content: Html;
  /** A place's page has its own bar below. */
  hasTabBar: boolean;
  /** The live map, when it is there. */
  map: Html;
}

export function riderPage(tags: Tags, view: RiderPageView): Html {
  const { html } = tags;
  return html`<div class="app" data-view="${view.layout === 'map' ? 'map' : 'near'}">
    <div class="page">
      ${view.layout === 'map' ? '' : demoStrip(tags, view.hasDemo)} ${view.content} ${view.hasTabBar ? tabBar(tags, view.wishes) : ''}
    </div>
    <section class="map-pane" aria-label="地图">${view.layout === 'map' ? demoStrip(tags, view.hasDemo) : ''}<div class="map-stage">${view.map}</div></section>
  </div>`;
}
