// The page that the phone keeps: what stands there until the app has read its own data. Once something is said over it, it
// waits no more and shows the ways out.

import type { Html, Tags } from './html.ts';

export function openingPage({ html }: Tags): Html {
  return html`<div class="app" data-view="near"><div class="page"><main id="main"><div class="body">
    <div role="status" class="notices"></div>
    <h1 class="visually-hidden">驿站</h1>
    <p class="state muted while-opening">正在打开…</p>
    <a class="button wide choice when-failed" href="/">找附近的驿站</a>
    <a class="button wide when-failed" href="/help">求助电话和用法</a>
  </div></main></div><section class="map-pane" aria-label="地图"></section></div>`;
}
