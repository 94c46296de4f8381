// The readable description of the API: one page without script, written from the same routes as the OpenAPI document.

import { bodySchema } from './openapi.ts';
import type { Parameter } from './parameters.ts';
import { PROBLEMS } from './problem.ts';
import type { Route } from './route.ts';

/** @returns a whole HTML document; its style is DOCS_STYLE at /docs.css */
export function docsPage(title: string, routes: readonly Route[]): string {
  const tags = [...new Set(routes.map((each) => each.operation.tag))];
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · 开放接口</title>
<link rel="stylesheet" href="/docs.css">
</head>
<body>
<header>
<h1>${escaped(title)} · 开放接口</h1>
<p>坐标一律 WGS-84，先经度后纬度。时间写成 <code>2026-11-20T09:12:00+08:00</code>，网址里的 <code>+</code> 写成 <code>%2B</code>。
读数据不用登录，任何网站都可以直接读。给程序看的说明：<a href="/openapi.json">openapi.json</a>。</p>
</header>
<nav aria-label="目录"><ul>
${tags.map((tag) => `<li><a href="#${escaped(tag)}">${escaped(tag)}</a></li>`).join('\n')}
<li><a href="#problems">出错</a></li>
</ul></nav>
<main>
${tags.map((tag) => section(tag, routes)).join('\n')}
${problemSection()}
</main>
</body>
</html>
`;
}

function section(tag: string, routes: readonly Route[]): string {
  const own = routes.filter((each) => each.operation.tag === tag);
  return `<section id="${escaped(tag)}"><h2>${escaped(tag)}</h2>${own.map(operation).join('\n')}</section>`;
}

function operation({ method, path, query, body, operation }: Route): string {
  const parameters = [
    ...Object.entries(operation.pathParameters ?? {}).map(([name, what]) => row(name, what, '网址里')),
    ...Object.entries(query).map(([name, parameter]) => row(name, parameter.description, rule(parameter))),
    ...Object.entries(operation.headers ?? {}).map(([name, { description, required }]) =>
      row(name, description, required ? '请求头，必填' : '请求头'),
    ),
    ...(body ? fieldRows(body) : []),
  ];
  const table =
    parameters.length === 0
      ? ''
      : `<table><caption>参数</caption><thead><tr><th scope="col">名称</th><th scope="col">是什么</th><th scope="col">怎么写</th></tr></thead><tbody>${parameters.join('')}</tbody></table>`;
  const answers = Object.entries(operation.answers).map(
    ([status, each]) => `<li>${status} ${escaped(each.description)}</li>`,
  );
  return `<article id="${escaped(operation.id)}"><h3><code>${method.toUpperCase()} ${escaped(path)}</code> ${escaped(operation.summary)}</h3>
${operation.description === undefined ? '' : `<p>${escaped(operation.description)}</p>`}
${table}<ul>${answers.join('')}</ul></article>`;
}

/** The fields of a JSON body. */
function fieldRows(body: NonNullable<Route['body']>): string[] {
  const { properties = {}, required = [] } = bodySchema(body) as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => {
    const how = rule({ schema, ...(required.includes(name) && { required: true }) });
    return row(name, schema.description ?? '', how === '' ? 'JSON 内容' : `JSON 内容；${how}`);
  });
}

function row(name: string, what: string, how: string): string {
  return `<tr><th scope="row"><code>${escaped(name)}</code></th><td>${escaped(what)}</td><td>${escaped(how)}</td></tr>`;
}

/** In words, from the JSON Schema that the OpenAPI document carries. */
function rule({ schema, required }: Pick<Parameter<unknown>, 'schema' | 'required'>): string {
  const known = schema as {
    type?: string;
    format?: string;
    enum?: string[];
    items?: { enum?: string[] };
    minimum?: number;
    maximum?: number;
    maxLength?: number;
    default?: unknown;
  };
  const choices = known.enum ?? known.items?.enum;
  const parts = [
    required && '必填',
    choices && `${choices.join('、')}${known.items ? '（多个用英文逗号隔开）' : ''}`,
    known.type === 'boolean' && 'true 或 false',
    known.format === 'date-time' && '带时区的时间',
    known.minimum !== undefined && `${known.minimum} 到 ${known.maximum}`,
    known.maxLength !== undefined && `最多 ${known.maxLength} 个字`,
    known.default !== undefined && known.type !== 'boolean' && `不写是 ${known.default}`,
  ];
  return parts.filter((part) => typeof part === 'string').join('；');
}

function problemSection(): string {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${escaped(title)}</td></tr>`,
  );
  return `<section id="problems"><h2>出错</h2>
<p>出错一律是 <code>application/problem+json</code>（RFC 9457）：<code>title</code> 和 <code>detail</code> 给人看，<code>code</code> 给程序用，<code>errors</code> 逐个说明哪一项不对、该怎么写。</p>
<table><caption>code 一览</caption><thead><tr><th scope="col">code</th><th scope="col">状态</th><th scope="col">意思</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string);
}

export const DOCS_STYLE = `:root { color-scheme: light dark; --ground: #f5f7f9; --surface: #fff; --text: #14202b; --muted: #4a5a68; --line: #7a8894; --brand: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ground: #0e151b; --surface: #18222b; --text: #f1f5f8; --muted: #b4c0ca; --line: #7c8b98; --brand: #7cb8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 24px 16px 64px; background: var(--ground); color: var(--text); font: 16px/1.6 system-ui, -apple-system, "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 28px; } h2 { font-size: 22px; margin-top: 40px; } h3 { font-size: 17px; overflow-wrap: anywhere; }
a { color: var(--brand); } code { font-size: 0.95em; }
nav ul { display: flex; flex-wrap: wrap; gap: 8px 20px; padding: 0; list-style: none; }
nav a { display: inline-block; min-height: 24px; }
article { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 4px 20px 12px; margin: 16px 0; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 15px; } caption { text-align: left; color: var(--muted); }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
tr:target { outline: 2px solid var(--brand); }
`;
