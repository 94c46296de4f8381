// What a friendly compound's page adds: whether one gets in now, where to change to a bicycle, who signed, which gate
// lets in whom and when, which buildings there are.

import type { CorePlace } from '../../data/core.ts';
import type { PlaceDetails, SceneGate } from '../../data/details.ts';
import { type HoursExpansion, type HoursSubject, hoursStateAt } from '../../data/hours.ts';
import { agoWords, momentWords } from '../../data/hours-words.ts';
import { CONFIRMER_LABELS, GATE_CREDENTIAL_LABELS, GATE_VEHICLE_LABELS } from '../../data/place.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { type Moment, placeHref } from './place-parts.ts';
import { countedWords, verdictCard } from './verdict-card.ts';

/** What is asked first: the verdict, and the bicycles at the gate. */
export function sceneVerdict(tags: Tags, details: PlaceDetails, swap: CorePlace | null, moment: Moment): Html {
  if (!details.scene) return '';
  return tags.html`${verdictCard(tags, details.scene, moment)} ${swap ? swapPart(tags, swap, moment) : ''}`;
}

function swapPart(tags: Tags, swap: CorePlace, moment: Moment): Html {
  const { html } = tags;
  const { bikes } = swap;
  if (!bikes) return '';
  const broken = bikes.outOfService ? `，${bikes.outOfService} 辆在修` : '';
  return html`<div class="list"><a class="item" href="${placeHref(swap)}" data-place="${swap.id}">${icon(tags, 'swap')}<span><b class="strong">换车</b><br /><span class="small muted">${countedWords(bikes.reportedAt, moment)}${broken}</span></span><span class="item-end"><b class="bikes">${bikes.available ?? '？'}/${bikes.total}</b>可用</span></a></div>`;
}

export function sceneParts(tags: Tags, placeId: string, details: PlaceDetails, moment: Moment): Html {
  const { html } = tags;
  const { scene } = details;
  if (!scene) return '';
  return html`<div class="section-head"><h2>门和规则</h2><span>${rulesConfirmed(details, moment)}</span></div>
    ${
      scene.gates.length === 0
        ? html`<p class="card">各个门怎么进还没有登记。到门口先问一下门岗。</p>`
        : html`<div class="list">${scene.gates.map((gate) => gatePart(tags, gate, moment))}</div>`
    }
    <a class="button wide needs-script" href="/p/${placeId}?report=refused" data-place="${placeId}">${icon(tags, 'lock')}不让进？当场报</a>
    ${
      scene.buildings.length === 0
        ? ''
        : html`<div class="rows"><details class="fold"><summary>${icon(tags, 'building')}楼栋（${scene.buildings.length}）<span class="turn">${icon(tags, 'down')}</span></summary>
          ${scene.buildings.map((building) => html`<p class="fold-row"><b class="strong">${building.name}</b> <span class="muted">${building.units.join('、')}</span></p>`)}</details></div>`
    }
    ${scene.signatories.length === 0 ? '' : html`<p class="small muted">签约：${scene.signatories.join('、')}</p>`}`;
}

function rulesConfirmed({ confirmedAt, confirmedBy }: PlaceDetails, { nowMs, timezone }: Moment): string {
  if (confirmedAt === null) return '登记时填的，没人确认过';
  const by = confirmedBy === null ? '' : ` · ${CONFIRMER_LABELS[confirmedBy]}`;
  return `${agoWords(Date.parse(confirmedAt), nowMs, timezone)}确认${by}`;
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
