// What a friendly compound's page adds: who signed, which gate lets in whom and when, which buildings there are.

import type { PlaceDetails, SceneGate } from '../../data/details.ts';
import { type HoursExpansion, type HoursSubject, hoursStateAt } from '../../data/hours.ts';
import { momentWords } from '../../data/hours-words.ts';
import { GATE_CREDENTIAL_LABELS, GATE_VEHICLE_LABELS } from '../../data/place.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import type { Moment } from './place-parts.ts';

export function sceneParts(tags: Tags, details: PlaceDetails, moment: Moment): Html {
  const { html } = tags;
  const { scene } = details;
  if (!scene) return '';
  return html`<div class="section-head"><h2>门和规则</h2></div>
    ${
      scene.gates.length === 0
        ? html`<p class="card">各个门怎么进还没有登记。到门口先问一下门岗。</p>`
        : html`<div class="list">${scene.gates.map((gate) => gatePart(tags, gate, moment))}</div>`
    }
    ${
      scene.buildings.length === 0
        ? ''
        : html`<div class="rows"><details class="fold"><summary>${icon(tags, 'building')}楼栋（${scene.buildings.length}）<span class="turn">${icon(tags, 'down')}</span></summary>
          ${scene.buildings.map((building) => html`<p class="fold-row"><b class="strong">${building.name}</b> <span class="muted">${building.units.join('、')}</span></p>`)}</details></div>`
    }
    ${scene.signatories.length === 0 ? '' : html`<p class="small muted">签约：${scene.signatories.join('、')}</p>`}`;
}

function gatePart(tags: Tags, gate: SceneGate, moment: Moment): Html {
  const { html } = tags;
  return html`<div class="gate"><h3>${icon(tags, 'lock')}${gate.name}</h3>
    <ul>${gate.rules.map(
      (rule) =>
        html`<li><span>${GATE_VEHICLE_LABELS[rule.vehicle]}</span><span class="muted">${[
          enterWords(rule.hours, moment),
          GATE_CREDENTIAL_LABELS[rule.credential],
          rule.speedLimitKmh === null ? '' : `限速 ${rule.speedLimitKmh} 公里`,
          rule.severeWeather && rule.hours !== null ? '恶劣天气全天可进' : '',
        ]
          .filter((text) => text !== '')
          .join(' · ')}</span></li>`,
    )}</ul></div>`;
}

const ALWAYS_IN_FORCE: HoursSubject = { status: 'active', statusUntil: null, exceptions: [] };

/** Whether the rule lets in now, and until or from when. */
function enterWords(hours: HoursExpansion | null, { nowMs, timezone }: Moment): string {
  if (hours === null || hours.allDay) return '全天可进';
  const { state, until, opensAt } = hoursStateAt(hours, ALWAYS_IN_FORCE, nowMs);
  const words = (minute: number) => momentWords(minute * 60_000, nowMs, timezone).replace(/^今天 /, '');
  if (state === 'open' || state === 'closing-soon') return until === null ? '现在可进' : `现在可进，到 ${words(until)}`;
  if (state === 'closed' && opensAt !== null) return `现在不让进，${words(opensAt)} 后可进`;
  return '什么时候可进不清楚';
}
