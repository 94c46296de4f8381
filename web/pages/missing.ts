// For people who followed a link to nothing.

import type { Html, Tags } from './html.ts';

export function missingPage(tags: Tags): Html {
  const { html } = tags;
  return html`<main class="body" id="main">
    <section class="state">
      <h1>没有这一页</h1>
      <p>点位可能已经撤销，或者网址抄错了一个字。</p>
    </section>
    <a class="button main wide" href="/">找附近的驿站</a>
    <a class="button wide" href="/?view=search">搜名称或地址</a>
  </main>`;
}
