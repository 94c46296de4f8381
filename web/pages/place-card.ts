import type { Result } from '../../data/answer.ts';
import type { ServiceCode } from '../../data/service.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { pin } from './pin.ts';
import {
  demoTag,
  facts,
  goButton,
  type Moment,
  placeHref,
  placeName,
  serviceItem,
  servicesInOrder,
  stateWords,
} from './place-parts.ts';
import { bikesWords, confirmedWords, detourWords, distanceWords, positionWords } from './words.ts';

export interface CardView {
  result: Result;
  number: number | null;
  wanted: readonly ServiceCode[];
  moment: Moment;
  /** The rider is on one bank, and some listed place is on the other. */
  mentionsRiver: boolean;
  /** A sheet over the map has room for fewer. */
  mostServices?: number;
}

/** The hero: one number, one place, one button. */
export function placeCard(tags: Tags, view: CardView): Html {
  const { html } = tags;
  const { result, moment } = view;
  const { place } = result;
  const state = stateWords(result, moment);
  const services = servicesInOrder(place, view.wanted).slice(0, view.mostServices ?? 3);
  const go = goButton(tags, place, moment);
  return html`<article class="card hero" data-place="${place.id}">
    <div class="hero-top">
      <p class="hero-minutes">骑行 <b>${result.rideMinutes}</b> 分钟</p>
      ${state.text === '' ? '' : html`<span class="pill tone-${state.tone}">${state.text}</span>`}
    </div>
    <h2 class="hero-name">
      ${pin(tags, { kind: place.kind, ...(view.number === null ? {} : { number: view.number }) })}<span>${placeName(tags, place)} ${demoTag(tags, place)}</span>
    </h2>
    ${services.length === 0 ? '' : html`<ul class="services">${services.map((service) => serviceItem(tags, service))}</ul>`}
    ${result.crossing ? html`<p class="row-crossing">${icon(tags, 'bridge', 'small')}过江 ${result.crossing.name}</p>` : ''}
    <p>${facts(tags, [
      bikesWords(place),
      distanceWords(result.metres),
      confirmedWords(result.daysUnconfirmed),
      positionWords(place),
      result.crossing ? detourWords(result) : view.mentionsRiver ? '不用过江' : '',
    ])}</p>
    <div class="acts">
      ${go === '' ? html`<span class="muted small">位置不准，先看地址再去</span>` : go}
      <a class="button tall" href="${placeHref(place)}" data-place="${place.id}">详情</a>
    </div>
  </article>`;
}
