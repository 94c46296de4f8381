// What a rider gets for a suggestion: its number, and later what became of it, with the reason.

import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import type { ReceiptState } from './receipt.ts';

/** What the desk decided, in words. */
export interface OutcomeWords {
  /** 已采纳 */
  label: string;
  isGood: boolean;
  reason: string | null;
  /** 今天 8:40 */
  when: string;
}

export interface SuggestionReceiptView {
  /** Null while it waits on the phone. */
  number: string | null;
  state: ReceiptState;
  /** Why it will never be sent. */
  reason: string | null;
  /** The place's name, or the suggested one. */
  name: string;
  /** The place's page, once there is one; else the list. */
  backHref: string;
  hasPlace: boolean;
  /** When it was sent; empty where this phone does not know. */
  when: string;
  outcome: OutcomeWords | null;
  /** What copying came to. */
  said: string | null;
}

export function suggestionReceiptHref(placeId: string, number: string | null): string {
  const path = placeId === '' ? '/' : `/p/${placeId}`;
  return `${path}?part=suggest&receipt=${number ?? ''}`;
}

export function suggestionReceiptPage(tags: Tags, view: SuggestionReceiptView): Html {
  const { html } = tags;
  return html`<div class="top"><header class="head">
      <a class="icon-button" href="${view.backHref}" data-act="back" aria-label="返回">${icon(tags, 'back')}</a>
      <p class="head-kind strong">我的建议</p>
    </header></div>
    <main id="main"><div class="body">
      ${headCard(tags, view)}
      ${view.state === 'waiting' || view.state === 'refused' ? '' : stepsPart(tags, view)}
      <a class="button wide" href="${view.backHref}" data-view="near">${view.hasPlace ? '回到这个点位' : '看附近的点位'}</a>
      <p class="small tone-ok" role="status">${view.said ?? ''}</p>
    </div></main>`;
}

function headCard(tags: Tags, { state, number, reason }: SuggestionReceiptView): Html {
  const { html } = tags;
  const card = (tone: string, name: 'offline' | 'warning' | 'check' | 'question', title: Html, rest: Html) =>
    html`<section class="card hero verdict"><div class="verdict-head"><span class="verdict-mark tone-${tone}">${icon(tags, name, 'large')}</span><div><h1>${title}</h1></div></div>${rest}</section>`;
  if (state === 'waiting') {
    return card('warn', 'offline', '已存在手机里', html`<p>有网后打开本页会自动发送</p>`);
  }
  if (state === 'refused') return card('warn', 'warning', '没提交成功', html`<p>${reason ?? ''}</p>`);
  const shown = html`<span class="receipt-number">${number ?? ''}</span>`;
  if (state === 'unknown') {
    return card(
      'none',
      'question',
      html`<span class="receipt-said">这台手机查不到编号</span> ${shown}`,
      html`<p>只有提交它的那台手机能看。</p>`,
    );
  }
  return card(
    'ok',
    'check',
    html`<span class="receipt-said">已收到，编号</span> ${shown}`,
    html`<button class="button wide" type="button" data-act="copy" data-text="${number ?? ''}" data-done="编号已复制">${icon(tags, 'copy')}复制编号</button>`,
  );
}

function stepsPart({ html }: Tags, { state, name, when, outcome }: SuggestionReceiptView): Html {
  const now = {
    checking: '正在查现在到哪一步…',
    received: '待审：管理员核实后才会改',
    unreachable: '这会儿查不到进展，有网后再打开看',
    unknown: '',
    waiting: '',
    refused: '',
  }[state];
  return html`<ol class="steps">
      <li class="done"><b>已提交</b><span>${[name, when].filter((text) => text !== '').join(' · ')}</span></li>
      ${
        outcome
          ? html`<li class="done"><b class="tone-${outcome.isGood ? 'ok' : 'warn'}">${outcome.label}</b><span role="status">${[outcome.when, outcome.reason ?? ''].filter((text) => text !== '').join(' · ')}</span></li>`
          : html`<li><b>现在</b><span role="status">${now}</span></li>`
      }
      <li><b>怎么跟进</b><span>在「我的 · 我的上报」里看，不打电话，不用登录</span></li>
    </ol>`;
}
