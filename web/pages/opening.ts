// The page that the phone keeps: what stands there until the app has read its own data.

import type { Html, Tags } from './html.ts';

export function openingPage({ html }: Tags): Html {
  return html`<div class="app" data-view="near"><div class="page"><main id="main"><div class="body">
    <div role="status" class="notices"></div>
    <p class="state muted">正在打开…</p>
  </div></main></div><section class="map-pane" aria-label="地图"></section></div>`;
}
