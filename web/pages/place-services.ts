// A place's services: each with what is known of it, since when and by what kind of person.

import type { CoreService } from '../../data/core.ts';
import { agoWords } from '../../data/hours-words.ts';
import { CONFIRMER_LABELS } from '../../data/place.ts';
import { SERVICE_LABELS } from '../../data/service.ts';
import { serviceChoice } from './ask.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import type { PlaceView } from './place.ts';
import { confirmedWords } from './words.ts';

export function servicesPart(tags: Tags, view: PlaceView): Html {
  const { html } = tags;
  const { services } = view.result.place;
  if (services.length === 0) return '';
  return html`<div class="section-head"><h2>设施</h2><span>${confirmedWords(view.result.daysUnconfirmed)}</span></div>
    <ul class="list">${services.map((service) => serviceLine(tags, service, view))}</ul>
    <p class="small muted needs-script">哪样坏了或修好了？点开那一行说一声。</p>`;
}

const STANDING_WORDS = {
  confirmed: { text: '正常', tone: 'ok', icon: 'check' },
  declared: { text: '未核实', tone: 'warn', icon: 'clock' },
  unknown: { text: '未知', tone: 'none', icon: 'question' },
  broken: { text: '故障', tone: 'bad', icon: 'wrench' },
} as const;

/** On the phone it opens to a question; without the script it is only read. */
function serviceLine(tags: Tags, service: CoreService, view: PlaceView): Html {
  const { html } = tags;
  const facts = serviceFacts(tags, service, view);
  return view.asked === null
    ? html`<li class="item asks">${facts}<span></span></li>`
    : html`<li><details class="ask"><summary class="item asks">${facts}<span class="turn">${icon(tags, 'down', 'small')}</span></summary>${serviceChoice(tags, service, view.asked)}</details></li>`;
}

function serviceFacts(tags: Tags, service: CoreService, { details, moment }: PlaceView): Html {
  const { html } = tags;
  const words = STANDING_WORDS[service.standing];
  const detail = details?.services.find((each) => each.code === service.code);
  const confirmedAt = detail?.confirmedAt ?? null;
  const by = detail?.confirmedBy ? CONFIRMER_LABELS[detail.confirmedBy] : '';
  const when =
    confirmedAt === null
      ? service.standing === 'declared'
        ? '登记时填的，没人确认过'
        : '没人确认过'
      : `${agoWords(Date.parse(confirmedAt), moment.nowMs, moment.timezone)}${by === '' ? '' : ` · ${by}`}`;
  return html`${icon(tags, service.code)}<span>${SERVICE_LABELS[service.code]}</span><span class="item-end"><b class="tone-${words.tone}">${icon(tags, words.icon, 'small')}${words.text}</b><span class="muted">${details ? when : ''}</span></span>`;
}
