// A place's week, what is out of the ordinary, and who confirmed it last.

import type { PlaceDetails } from '../../data/details.ts';
import { weekTable } from '../../data/hours.ts';
import { agoWords, momentWords, weekdayWords } from '../../data/hours-words.ts';
import { CONFIRMER_LABELS } from '../../data/place.ts';
import type { Html, Tags } from './html.ts';
import type { PlaceView } from './place.ts';
import type { Moment } from './place-parts.ts';

export function hoursPart(tags: Tags, { result, details, moment }: PlaceView): Html {
  const { html } = tags;
  const { place } = result;
  if (place.kind === 'scene') return '';
  const exceptions = (details?.exceptions ?? []).filter((each) => Date.parse(each.until) > moment.nowMs);
  if (!place.hours && exceptions.length === 0) {
    return html`<div class="section-head"><h2>开放时间</h2></div><p class="card">没有公布，也还没人核实过。出发前最好打个电话。</p>`;
  }
  const week = weekTable(place.hours, place, moment.nowMs, moment.timezone);
  const rangesWords = (ranges: (typeof week)[number]['ranges']) =>
    ranges === 'closed'
      ? '不开'
      : ranges === 'all-day'
        ? '全天'
        : ranges === 'unknown'
          ? '未知'
          : ranges.map(([start, end]) => `${start}–${end}`).join('、');
  return html`<div class="section-head"><h2>开放时间</h2><span>${place.hours?.allDay ? '24 小时' : ''}</span></div>
    <div class="list"><table class="hours"><caption class="visually-hidden">今天起七天的开放时间</caption><tbody>${week.map(
      (day) =>
        html`<tr class="${day.isToday ? 'today' : ''}"><th scope="row">${weekdayWords(day.weekday)}${day.isToday ? ' · 今天' : ` ${Number(day.isoDate.slice(5, 7))}/${Number(day.isoDate.slice(8))}`}</th><td>${rangesWords(day.ranges)}</td></tr>`,
    )}</tbody></table></div>
    ${exceptions.map((each) => html`<p class="small muted">${momentWords(Date.parse(each.from), moment.nowMs, moment.timezone)} 到 ${momentWords(Date.parse(each.until), moment.nowMs, moment.timezone)} ${each.open ? '照常开' : '不开'}：${each.reason}</p>`)}
    ${details ? html`<p class="small muted">${hoursConfirmed(details, moment)}</p>` : ''}`;
}

/** Who said last that the place is open as it says, and when. */
function hoursConfirmed({ confirmedAt, confirmedBy }: PlaceDetails, { nowMs, timezone }: Moment): string {
  if (confirmedAt === null) return '开放时间是登记时填的，没人确认过。';
  const by = confirmedBy === null ? '' : ` · ${CONFIRMER_LABELS[confirmedBy]}`;
  return `开放时间 ${agoWords(Date.parse(confirmedAt), nowMs, timezone)}确认${by}`;
}
