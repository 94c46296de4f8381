// What a rider who is there can say: still open, what works, here I am, how many bicycles. All of it needs the script, so
// it takes its room from the start and is seen once the app has taken over.

import type { CorePlace, CoreService } from '../../data/core.ts';
import { SERVICE_LABELS } from '../../data/service.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';

/** What came of an act, in words; `isDone` takes the buttons away. */
export interface Said {
  text: string;
  tone: 'ok' | 'warn' | 'none';
  isDone: boolean;
}

export interface AskView {
  /** By the act: `open`, `services.<code>`, `check-in`, `count`. */
  said: Readonly<Record<string, Said | undefined>>;
  /** What the steppers stand at. */
  bikes: { available: number; outOfService: number };
}

/** Before anything was said. */
export function noAnswers(place: CorePlace): AskView {
  const available = place.bikes?.available ?? 0;
  return { said: {}, bikes: { available, outOfService: place.bikes?.outOfService ?? 0 } };
}

export function saidPart({ html }: Tags, said: Said | undefined): Html {
  return html`<p class="said small tone-${said?.tone ?? 'none'}" role="status">${said?.text ?? ''}</p>`;
}

export function askCard(tags: Tags, place: CorePlace, view: AskView): Html {
  const { html } = tags;
  const said = view.said.open;
  const { question, yes, no } = askWords(place);
  return html`<section class="card needs-script">
    <h2>${question}</h2>
    <p class="small muted">你的回答会更新核实日期，不用登录。</p>
    ${
      said?.isDone
        ? ''
        : html`<div class="pair"><button class="button" type="button" data-act="confirm" data-field="open" data-value="true">${icon(tags, 'check')}${yes}</button><button class="button" type="button" data-act="confirm" data-field="open" data-value="false">${icon(tags, 'close')}${no}</button></div>`
    }
    ${saidPart(tags, said)}
  </section>`;
}

function askWords({ kind }: CorePlace): { question: string; yes: string; no: string } {
  if (kind === 'scene') return { question: '还让骑手进吗？', yes: '是，让进', no: '否，不让' };
  if (kind === 'bike-swap' || kind === 'battery-swap' || kind === 'parking') {
    return { question: '还能用吗？', yes: '是，能用', no: '否，不能' };
  }
  return { question: '还开着吗？', yes: '是，开着', no: '否，关了' };
}

/** What opens under a service's line. */
export function serviceChoice(tags: Tags, service: CoreService, view: AskView): Html {
  const { html } = tags;
  const field = `services.${service.code}`;
  const said = view.said[field];
  const label = SERVICE_LABELS[service.code];
  return html`<div class="ask-choice">${
    said?.isDone
      ? ''
      : html`<span>${label}还好用吗？</span><span class="pair"><button class="button" type="button" data-act="confirm" data-field="${field}" data-value="true" aria-label="${label}正常">${icon(tags, 'check', 'small')}正常</button><button class="button" type="button" data-act="confirm" data-field="${field}" data-value="false" aria-label="${label}故障">${icon(tags, 'wrench', 'small')}故障</button></span>`
  }${saidPart(tags, said)}</div>`;
}

/** 我到了, and the way to the report. */
export function arrivedPart(tags: Tags, place: CorePlace, view: AskView): Html {
  const { html } = tags;
  const said = view.said['check-in'];
  return html`<div class="needs-script acts-here"><div class="pair">
      ${
        said?.isDone
          ? html`<p class="button quiet">${icon(tags, 'check')}到过了</p>`
          : html`<button class="button" type="button" data-act="check-in">${icon(tags, 'flag')}我到了</button>`
      }
      <a class="button" href="/p/${place.id}?report" data-place="${place.id}">${icon(tags, 'report')}报问题</a>
    </div>${saidPart(tags, said)}</div>`;
}

/** 报个数: how many bicycles stand there now. */
export function countPart(tags: Tags, place: CorePlace, view: AskView): Html {
  const { html } = tags;
  if (!place.bikes) return '';
  const said = view.said.count;
  const { available, outOfService } = view.bikes;
  return html`<section class="card needs-script">
    <h2>报个数</h2>
    <p class="small muted">数一数现在有几辆，下一个人就不会白跑。</p>
    ${
      said?.isDone
        ? ''
        : html`${stepper(tags, 'available', '可用', available)} ${stepper(tags, 'outOfService', '在修', outOfService)}
          <button class="button wide" type="button" data-act="send-count">报：可用 ${available} 辆，在修 ${outOfService} 辆</button>`
    }
    ${saidPart(tags, said)}
  </section>`;
}

function stepper(tags: Tags, name: 'available' | 'outOfService', label: string, value: number): Html {
  const { html } = tags;
  return html`<div class="stepper"><span>${label}</span>
    <button class="icon-button boxed" type="button" data-act="step-count" data-name="${name}" data-step="-1" aria-label="${label}减一辆">${icon(tags, 'minus')}</button>
    <b aria-live="polite">${value}</b>
    <button class="icon-button boxed" type="button" data-act="step-count" data-name="${name}" data-step="1" aria-label="${label}加一辆">${icon(tags, 'plus')}</button></div>`;
}
