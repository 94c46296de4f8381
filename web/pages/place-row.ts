import { type Result, STALE_DAYS } from '../../data/answer.ts';
import type { ServiceCode } from '../../data/service.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { pin } from './pin.ts';
import { demoTag, facts, type Moment, placeHref, placeName, servicesInOrder, stateWords } from './place-parts.ts';
import { bikesWords, confirmedWords, detourWords, distanceWords, serviceWords } from './words.ts';

export interface RowView {
  result: Result;
  /** Its number on the map; without one the pin wears its kind's glyph. */
  number: number | null;
  wanted: readonly ServiceCode[];
  moment: Moment;
  isSelected: boolean;
}

export function placeRow(tags: Tags, view: RowView): Html {
  const { html } = tags;
  const { result, moment } = view;
  const { place } = result;
  const state = stateWords(result, moment);
  const services = servicesInOrder(place, view.wanted)
    .filter((service) => service.standing !== 'unknown')
    .slice(0, 3);
  const isStale = result.daysUnconfirmed >= STALE_DAYS && Number.isFinite(result.daysUnconfirmed);
  const look = {
    kind: place.kind,
    closed: result.tier === 2,
    ...(view.number === null ? {} : { number: view.number }),
  };
  return html`<a class="row" href="${placeHref(place)}" data-place="${place.id}" aria-current="${view.isSelected}">
    ${pin(tags, look)}
    <span>
      <span>${placeName(tags, place)}</span><br />
      <span class="small strong tone-${state.tone}">${state.text}</span> ${demoTag(tags, place)}
    </span>
    <span class="row-time"><b>${result.rideMinutes}</b> <span class="small">分钟</span><br /><span class="small muted">${distanceWords(result.metres)}</span></span>
    ${result.crossing ? html`<span class="row-crossing">${icon(tags, 'bridge', 'small')}过江 ${result.crossing.name}</span>` : ''}
    ${facts(tags, [
      state.detail ?? '',
      bikesWords(place),
      ...(isStale ? [] : services.map(serviceWords)),
      confirmedWords(result.daysUnconfirmed),
      result.crossing ? detourWords(result) : '',
    ])}
  </a>`;
}
