// The HTML document around a page, written by the server.

import { type Html, SafeHtml, serverTags } from './html.ts';
import { ICON_PATHS } from './icons.ts';

export interface DocumentView {
  title: string;
  description: string;
  /** Hashed file names from the build. */
  assets: { css: string; firstPaint: string; script: string; preload: readonly string[] };
  /** What the script starts from; plain JSON. Undefined for pages that are only read: no script takes those over. */
  state: unknown;
  /** The page itself. */
  content: Html;
}

const sprite = new SafeHtml(
  Object.entries(ICON_PATHS)
    .map(([name, path]) => `<symbol id="i-${name}" viewBox="0 0 24 24"><path d="${path}"></path></symbol>`)
    .join(''),
);

export function writeDocument(view: DocumentView): string {
  const { html } = serverTags;
  const { assets } = view;
  return `<!doctype html>\n${html`<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>${view.title}</title>
<meta name="description" content="${view.description}">
<meta name="theme-color" content="#f5f7f9" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#0e151b" media="(prefers-color-scheme: dark)">
<meta name="format-detection" content="telephone=no">
<script src="${assets.firstPaint}"></script>
<link rel="stylesheet" href="${assets.css}">
<link rel="manifest" href="/manifest.webmanifest">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/assets/icon-192.png">
${view.state === undefined ? '' : html`<script type="module" src="${assets.script}"></script>\n${assets.preload.map((file) => html`<link rel="modulepreload" href="${file}">`)}`}
</head>
<body>
<a class="skip" href="#main">跳到内容</a>
<svg width="0" height="0" hidden aria-hidden="true">${sprite}</svg>
${view.state === undefined ? view.content : html`<yz-rider>${view.content}</yz-rider>\n<script type="application/json" id="state">${new SafeHtml(JSON.stringify(view.state).replace(/</g, '\\u003c'))}</script>`}
</body>
</html>`}\n`;
}
