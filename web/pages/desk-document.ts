// The HTML document around the desk: an empty frame, the same for everybody. The script asks who is there and fills it.

import { DESK_ICON_PATHS } from './desk-icons.ts';
import type { DeskStart } from './desk-state.ts';
import { SafeHtml, serverTags } from './html.ts';

export interface DeskDocumentView {
  title: string;
  /** Hashed file names from the build. */
  assets: { css: string; script: string; preload: readonly string[] };
  start: DeskStart;
}

const sprite = new SafeHtml(
  Object.entries(DESK_ICON_PATHS)
    .map(([name, path]) => `<symbol id="i-${name}" viewBox="0 0 24 24"><path d="${path}"></path></symbol>`)
    .join(''),
);

export function writeDeskDocument({ title, assets, start }: DeskDocumentView): string {
  const { html } = serverTags;
  return `<!doctype html>\n${html`<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title>
<meta name="robots" content="noindex, nofollow">
<meta name="format-detection" content="telephone=no">
<link rel="stylesheet" href="${assets.css}">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<script type="module" src="${assets.script}"></script>
${assets.preload.map((file) => html`<link rel="modulepreload" href="${file}">`)}
</head>
<body>
<a class="skip" href="#main">跳到内容</a>
<svg width="0" height="0" hidden aria-hidden="true">${sprite}</svg>
<yz-desk><main id="main" class="desk-opening"><h1>${title}</h1><p>正在打开。要开着 JavaScript 才能用。</p></main></yz-desk>
<script type="application/json" id="state">${new SafeHtml(JSON.stringify(start).replace(/</g, '\\u003c'))}</script>
</body>
</html>`}\n`;
}
