// What a rider gets for a report: its number, how to follow it, and where to go meanwhile. It promises only what exists.

import type { Result } from '../../data/answer.ts';
import type { CorePlace } from '../../data/core.ts';
import { momentWords } from '../../data/hours-words.ts';
import type { ReportProblem } from '../../data/report.ts';
import { SERVICE_LABELS, type ServiceCode } from '../../data/service.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { demoTag, type Moment, placeHref, placeName } from './place-parts.ts';
import { placeRow } from './place-row.ts';
import { PROBLEM_LABELS } from './problems.ts';
import type { OutcomeWords } from './suggestion-receipt.ts';
import { kindWords } from './words.ts';

/** `waiting`: it lies on the phone. `refused`: it was sent later, and not taken. `checking`: asking. `received`: the store has it. `unreachable`: no answer now. */
export type ReceiptState = 'waiting' | 'refused' | 'checking' | 'received' | 'unreachable' | 'unknown';

export interface ReceiptView {
  place: CorePlace;
  /** Null while the report waits on the phone. */
  number: string | null;
  problem: ReportProblem | null;
  /** Milliseconds at which it was made; null when this phone does not know. */
  atMs: number | null;
  state: ReceiptState;
  /** Why it was refused. */
  reason: string | null;
  /** What the desk decided; null while it has not. */
  outcome: OutcomeWords | null;
  /** What is still needed. */
  need: readonly ServiceCode[];
  /** Another place that has it, from the place of the report. */
  alternative: Result | null;
  /** What copying came to. */
  said: string | null;
  moment: Moment;
}

export function receiptHref(placeId: string, number: string | null): string {
  return `/p/${placeId}?receipt=${number ?? ''}`;
}

export function receiptPage(tags: Tags, view: ReceiptView): Html {
  const { html } = tags;
  const { place, number } = view;
  return html`<div class="top"><header class="head">
      <a class="icon-button" href="${placeHref(place)}" data-act="back" aria-label="返回">${icon(tags, 'back')}</a>
      <p class="head-kind strong">我的上报</p>
    </header></div>
    <main id="main"><div class="body">
      ${view.state === 'waiting' ? waitingCard(tags) : view.state === 'refused' ? refusedCard(tags, view) : numberCard(tags, view)}
      <div class="section-head"><h2>接下来</h2><span>${view.problem === null ? '' : PROBLEM_LABELS[view.problem]}</span></div>
      ${stepsPart(tags, view)}
      ${otherPlace(tags, view)}
      <a class="button wide" href="${placeHref(place)}" data-place="${place.id}">回到这个点位</a>
      ${number === null ? '' : html`<p class="small tone-ok" role="status">${view.said ?? ''}</p>`}
    </div></main>`;
}

function waitingCard(tags: Tags): Html {
  const { html } = tags;
  return html`<section class="card hero verdict"><div class="verdict-head"><span class="verdict-mark tone-warn">${icon(tags, 'offline', 'large')}</span>
    <div><h1>已存在手机里</h1><p>有网后打开本页会自动发送</p></div></div></section>`;
}

function refusedCard(tags: Tags, { reason, place }: ReceiptView): Html {
  const { html } = tags;
  return html`<section class="card hero verdict"><div class="verdict-head"><span class="verdict-mark tone-warn">${icon(tags, 'warning', 'large')}</span>
      <div><h1>没提交成功</h1><p>${reason}</p></div></div>
    <a class="button wide choice" href="/p/${place.id}?report">重新报一次</a></section>`;
}

function numberCard(tags: Tags, { number, state }: ReceiptView): Html {
  const { html } = tags;
  const isKnown = state !== 'unknown';
  return html`<section class="card hero verdict"><div class="verdict-head"><span class="verdict-mark tone-${isKnown ? 'ok' : 'none'}">${icon(tags, isKnown ? 'check' : 'question', 'large')}</span>
      <div><h1><span class="receipt-said">${isKnown ? '已收到，编号' : '这台手机查不到编号'}</span> <span class="receipt-number">${number}</span></h1></div></div>
    ${
      isKnown
        ? html`<button class="button wide" type="button" data-act="copy" data-text="${number}" data-done="编号已复制">${icon(tags, 'copy')}复制编号</button>`
        : html`<p>只有提交它的那台手机能看。编号抄错了一个字也查不到。</p>`
    }
  </section>`;
}

function stepsPart(tags: Tags, { state, atMs, place, moment, outcome }: ReceiptView): Html {
  const { html } = tags;
  const isSent = state !== 'waiting' && state !== 'refused';
  const when = atMs === null ? '' : momentWords(atMs, moment.nowMs, moment.timezone);
  const now = {
    waiting: '还没发出去',
    refused: '没有发出去',
    checking: '正在查现在到哪一步…',
    received: '已收到，还没有新的进展',
    unreachable: '这会儿查不到进展，有网后再打开看',
    unknown: '',
  }[state];
  return html`<ol class="steps">
    <li class="${isSent ? 'done' : ''}"><b>${isSent ? '已上报' : state === 'waiting' ? '等网络' : '写好了'}</b><span>${[when, '从本机提交'].filter((text) => text !== '').join(' · ')}</span></li>
    ${
      outcome
        ? html`<li class="done"><b class="tone-${outcome.isGood ? 'ok' : 'warn'}">${outcome.label}</b><span role="status">${[outcome.when, outcome.reason ?? ''].filter((text) => text !== '').join(' · ')}</span></li>`
        : html`<li><b>现在</b><span role="status">${now}</span></li>`
    }
    <li><b>怎么跟进</b><span>在「我的 · 我的上报」里看，不打电话，不用登录</span></li>
  </ol>
  <p class="small muted">点位：${placeName(tags, place)} ${demoTag(tags, place)}</p>`;
}

function otherPlace(tags: Tags, { alternative, need, place, moment }: ReceiptView): Html {
  const { html } = tags;
  if (!alternative) return '';
  const [first] = need;
  const title =
    first === undefined
      ? `附近另一个${kindWords(place)}`
      : first.endsWith('charging')
        ? '先去能充电的'
        : `先去有${SERVICE_LABELS[first]}的`;
  return html`<div class="section-head"><h2>${title}</h2><span>从这里骑行</span></div>
    <div class="rows">${placeRow(tags, { result: alternative, number: null, wanted: need, moment, isSelected: false })}</div>`;
}
