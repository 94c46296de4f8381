// The pieces that cards, rows and place pages share: a name, a state, services, the way to a navigator.

import type { Result } from '../../data/answer.ts';
import type { CorePlace, CoreService } from '../../data/core.ts';
import type { HoursStateName } from '../../data/hours.ts';
import { hoursWords } from '../../data/hours-words.ts';
import { amapLink, canNavigate, tencentLink } from '../../data/navigation.ts';
import { ACCESS_LABELS, SCENE_TYPE_LABELS, type SceneType } from '../../data/place.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import { serviceWords } from './words.ts';

export interface Moment {
  nowMs: number;
  timezone: string;
  /** In WeChat AMap's link cannot open its app; Tencent's can. */
  isWeChat: boolean;
  /** What navigators are told who asks. */
  appName: string;
  /** Without network a schedule is only a schedule. */
  isOffline: boolean;
  /** The city has announced it: gates with that exception let in at any hour. */
  isSevereWeather?: boolean;
}

export type Tone = 'ok' | 'warn' | 'bad' | 'none';

const TONES: Record<HoursStateName, Tone> = {
  open: 'ok',
  'closing-soon': 'warn',
  closed: 'none',
  paused: 'none',
  unknown: 'none',
};

/** State and closing time, never one without the other. */
export function stateWords(result: Result, moment: Moment): { text: string; detail: string | null; tone: Tone } {
  const { place, hours, demotion } = result;
  if (place.kind === 'scene') {
    return { text: SCENE_TYPE_LABELS[place.subtype as SceneType] ?? '', detail: null, tone: 'none' };
  }
  const words = hoursWords({
    state: hours,
    expansion: place.hours,
    nowMs: moment.nowMs,
    timezone: moment.timezone,
    statusUntil: place.statusUntil,
    isOffline: moment.isOffline,
  });
  // Around the clock there may be nobody at the door: how to get in matters as much.
  const isLocked = place.access !== null && place.access !== 'open' && hours.state === 'open' && place.hours?.allDay;
  const access = isLocked && place.access !== null ? ACCESS_LABELS[place.access] : '';
  const text = access === '' ? words.text : `${words.text} · ${access}`;
  if (demotion === 'disputed') return { ...words, text: `有人说不对 · ${text}`, tone: 'warn' };
  if (demotion === 'closes-before-arrival') return { ...words, text: `到时已关门 · ${text}`, tone: 'warn' };
  return { ...words, text, tone: TONES[hours.state] };
}

/** A name breaks at its dot only, and is never cut. */
export function placeName({ html }: Tags, place: CorePlace): Html {
  // The tag says what a demo name says first.
  const name = place.demo ? place.name.replace(/^演示·/, '') : place.name;
  const parts = name.split('·').map((part, i, all) => (i < all.length - 1 ? html`${part}·<wbr>` : part));
  return html`<span class="name">${parts}</span>`;
}

/** What each demo place wears wherever it appears. */
export function demoTag({ html }: Tags, place: CorePlace): Html {
  return place.demo ? html`<span class="tag">演示</span>` : '';
}

export function serviceItem(tags: Tags, service: CoreService): Html {
  const tone = service.standing === 'broken' ? 'tone-bad' : service.standing === 'confirmed' ? '' : 'muted';
  return tags.html`<li class="${tone}">${icon(tags, service.standing === 'broken' ? 'wrench' : service.code)}${serviceWords(service)}</li>`;
}

/** What was asked for first, then what is sure, then the rest. */
export function servicesInOrder(place: CorePlace, wanted: readonly string[]): CoreService[] {
  const weight = (service: CoreService) =>
    (wanted.includes(service.code) ? 0 : 10) + { broken: 1, confirmed: 0, declared: 2, unknown: 3 }[service.standing];
  return [...place.services].sort((a, b) => weight(a) - weight(b));
}

/** The link to a navigator; undefined where nobody may be sent. */
export function goHref(place: CorePlace, mode: 'ride' | 'walk', moment: Moment): string | undefined {
  if (!canNavigate(place)) return undefined;
  return moment.isWeChat ? tencentLink(place, mode, moment.appName) : amapLink(place, mode, moment.appName);
}

export function goButton(tags: Tags, place: CorePlace, moment: Moment): Html {
  const href = goHref(place, 'ride', moment);
  return href === undefined
    ? ''
    : tags.html`<a class="button main" href="${href}" rel="noreferrer">${icon(tags, 'ride')}骑车去</a>`;
}

export function placeHref(place: CorePlace): string {
  return `/p/${place.id}`;
}

/** Short facts in a dotted line; empty ones are left out and none is split. */
export function facts({ html }: Tags, texts: readonly string[], className = ''): Html {
  const said = texts.filter((text) => text !== '');
  return said.length === 0
    ? ''
    : html`<span class="facts ${className}">${said.map((text, i) => html`<span class="${text.length > 14 ? 'wraps' : ''}">${text}${i < said.length - 1 ? ' ·' : ''}</span> `)}</span>`;
}
