// Whether the rider gets in now, as a sentence, and the day that explains it.

import type { PlaceDetails } from '../../data/details.ts';
import { type GateVerdict, gateVerdict, rideStretches } from '../../data/gate-verdict.ts';
import { clockWords, durationWords, momentWords } from '../../data/hours-words.ts';
import { GATE_CREDENTIAL_LABELS } from '../../data/place.ts';
import { clockText, MINUTES_A_DAY, wallClock } from '../../data/wall-clock.ts';
import { dayBar } from './day-bar.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import type { Moment } from './place-parts.ts';

type Scene = NonNullable<PlaceDetails['scene']>;

const LOOKS = {
  ride: { tone: 'ok', icon: 'check' },
  'no-ride': { tone: 'warn', icon: 'lock' },
  never: { tone: 'warn', icon: 'lock' },
  unknown: { tone: 'none', icon: 'question' },
} as const;

/** Nothing where no rule is known: the gates' own part says so. */
export function verdictCard(tags: Tags, scene: Scene, moment: Moment): Html {
  const { html } = tags;
  const verdict = gateVerdict(scene.gates, moment.nowMs, moment.isSevereWeather);
  if (verdict.state === 'unlisted') return '';
  const look = LOOKS[verdict.state];
  const { title, lines } = verdictWords(verdict, moment);
  const day = verdict.state === 'never' ? null : dayOf(scene, moment);
  return html`<section class="card verdict">
    <div class="verdict-head"><span class="verdict-mark tone-${look.tone}">${icon(tags, look.icon, 'large')}</span>
      <div><h2>${title}</h2>${lines.map((line) => html`<p>${line}</p>`)}</div></div>
    ${day ? dayBar(tags, { ...day, label: rulesWords(scene, verdict, day.stretches) }) : ''}
    ${day ? html`<p class="small muted">${rulesWords(scene, verdict, day.stretches)}</p>` : ''}
  </section>`;
}

/** 现在能骑进去 — 走东门，还剩 25 分钟. */
export function verdictWords(
  verdict: GateVerdict,
  { nowMs, timezone }: Pick<Moment, 'nowMs' | 'timezone'>,
): { title: string; lines: string[] } {
  const nowMinute = Math.floor(nowMs / 60_000);
  const { gate, credential, until, allDay, opensAt } = verdict;
  const asks = credential === null || credential === 'none' ? '' : `，${GATE_CREDENTIAL_LABELS[credential]}`;
  const others = { 'swap-bike': '换单车', walk: '步行' };
  const instead = verdict.otherwise.map((vehicle) => others[vehicle]).join('或');
  const insteadLine = instead === '' ? '到门口先问一下门岗' : `现在可${instead}进`;
  switch (verdict.state) {
    case 'ride': {
      const rest = allDay ? '，全天可进' : until === null ? '' : `，还剩 ${durationWords(until - nowMinute)}`;
      return { title: '现在能骑进去', lines: [`走${gate}${asks}${rest}`] };
    }
    case 'no-ride': {
      if (opensAt === null) return { title: '现在不能骑进去', lines: [insteadLine] };
      const when = momentWords(opensAt * 60_000, nowMs, timezone).replace(/^今天 /, '');
      return { title: '现在不能骑进去', lines: [`${when} 后可进，走${gate}${asks}`, insteadLine] };
    }
    case 'never':
      return { title: '电动车不能骑进去', lines: [insteadLine] };
    default:
      return { title: '现在能不能骑进去不清楚', lines: ['到门口先问一下门岗'] };
  }
}

function dayOf(
  { gates }: Scene,
  { nowMs, timezone, isSevereWeather }: Moment,
): { stretches: number[]; now: number } | null {
  const clock = wallClock(timezone);
  const nowMinute = Math.floor(nowMs / 60_000);
  const day = clock.dayOf(nowMinute);
  const start = clock.startOf(day);
  const end = clock.startOf(day + 1);
  const stretches = rideStretches(gates, start, end, isSevereWeather);
  if (stretches === null) return null;
  const wallMinute = (minute: number) => (minute === end ? MINUTES_A_DAY : clock.wallOf(minute) - day * MINUTES_A_DAY);
  return { stretches: stretches.map(wallMinute), now: wallMinute(nowMinute) };
}

/** 今天电动车可进：6:00–11:00、14:00–17:00，限速 15 公里。恶劣天气时全天可进。 */
function rulesWords({ gates }: Scene, { speedLimitKmh }: GateVerdict, stretches: readonly number[]): string {
  const ranges: string[] = [];
  for (let i = 0; i < stretches.length; i += 2) {
    const [from = 0, until = 0] = stretches.slice(i, i + 2);
    ranges.push(`${clockText(from)}–${until === MINUTES_A_DAY ? '24:00' : clockText(until)}`);
  }
  const when = stretches.join() === `0,${MINUTES_A_DAY}` ? '全天' : ranges.length === 0 ? '不可进' : ranges.join('、');
  const today = when === '不可进' ? '今天电动车不可进' : `今天电动车可进：${when}`;
  const speed = speedLimitKmh === null ? '' : `，限速 ${speedLimitKmh} 公里`;
  const isLifted = gates.some((gate) =>
    gate.rules.some((rule) => rule.vehicle === 'ebike' && rule.severeWeather && rule.hours !== null),
  );
  return `${today}${speed}。${isLifted ? '恶劣天气时全天可进。' : ''}`;
}

/** 8 分钟前, 今天 9:30 — the age of a count. */
export function countedWords(reportedAt: number | null, { nowMs, timezone }: Moment): string {
  if (reportedAt === null) return '还没人报过数';
  const minutes = Math.floor(nowMs / 60_000) - reportedAt;
  if (minutes < 1) return '刚刚报的数';
  if (minutes < 60) return `${minutes} 分钟前报的数`;
  if (minutes < MINUTES_A_DAY) {
    return `${durationWords(Math.floor(minutes / 60) * 60)}前报的数（${clockWords(reportedAt * 60_000, timezone)}）`;
  }
  return `${Math.floor(minutes / MINUTES_A_DAY)} 天前报的数`;
}
