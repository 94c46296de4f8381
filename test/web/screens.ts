// Whole screens as the phone makes them from its state, and what must hold for every one of them.

import { expect } from '@jest/globals';
import { serverTags } from '../../web/pages/html.ts';
import { readWishes } from '../../web/pages/wishes.ts';
import { Finder } from '../../web/rider/finder.ts';
import * as later from '../../web/rider/later-screens.ts';
import { originOf, type RiderState } from '../../web/rider/rider-state.ts';
import { screen } from '../../web/rider/screens.ts';
import { loaded, NOON, type Pocket } from '../data/pocket.ts';

export interface Screen {
  html: string;
  /** What is seen or read out. */
  text: string;
}

export function stateOf(pocket: Pocket, query: string, changes: Partial<RiderState> = {}): RiderState {
  return {
    start: {
      build: 'test',
      serviceWorkerUrl: null,
      nowMs: NOON,
      manifest: { version: 'test', coreUrl: '', detailsUrl: '' },
      schematicUrl: null,
      basemap: { kind: 'schematic' },
      notice: '示意图，非测绘成果',
      mapWorkerUrl: '',
      mapScripts: [],
      appName: 'yizhan-test',
    },
    wishes: readWishes(new URLSearchParams(query)),
    placeId: null,
    part: { kind: 'place' },
    voices: null,
    needsFirst: [],
    finder: new Finder(pocket.core),
    later,
    kept: null,
    details: pocket.detailsDocument,
    schematic: (loaded.schematic?.features ?? []) as unknown as RiderState['schematic'],
    fix: null,
    location: 'unasked',
    canLocate: true,
    isOnline: true,
    isSlow: false,
    checkedAtMs: NOON,
    isClockKnown: true,
    hasNewBuild: false,
    letters: [],
    dismissLetter: () => undefined,
    hasLoadError: false,
    selected: null,
    said: null,
    isWide: false,
    mapFailure: null,
    isWeChat: false,
    nowMs: NOON,
    ...changes,
  };
}

/** The screen of a state, after the finder was asked what the wishes say. */
export function screenOf(state: RiderState): Screen {
  const finder = state.finder as Finder;
  const { kinds, services, open, allDay, count } = state.wishes;
  const origin = originOf(state, finder.core.city).point;
  finder.ask({ origin, kinds, services, open, allDay, count, nowMs: state.nowMs }, true);
  return readScreen(String(screen(serverTags, state, finder, '')));
}

export function readScreen(html: string): Screen {
  const attributes = [...html.matchAll(/ (?:aria-label|placeholder|title|alt|data-text)="([^"]*)"/g)].map(
    ([, said]) => said,
  );
  const body = html.replace(/<head>[\s\S]*<\/head>|<script[\s\S]*?<\/script>|<symbol[\s\S]*?<\/symbol>/g, ' ');
  const text = `${body.replace(/<[^>]*>/g, ' ')} ${attributes.join(' ')}`;
  return {
    html,
    text: text
      .replace(/&#39;|&quot;/g, '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .replace(/\s+/g, ' '),
  };
}

const NAVIGATORS = [
  'https://uri.amap.com/',
  'https://apis.map.qq.com/',
  'amapuri:',
  'baidumap:',
  'https://maps.apple.com/',
  'geo:',
];
const OWN_LINK =
  /^(\/(\?.*)?|\/p\/[a-z0-9-]+(\?report(=[a-z-]+)?|\?receipt=[A-Z0-9-]*|\?part=suggest(&receipt=[A-Z0-9-]*)?)?|\/help|\/privacy|#main)$/;

/** Nothing for machines is seen, nothing runs that the policy forbids, no link leads astray or carries a position. */
export function expectWellMade({ html, text }: Screen, isDemoPlace: (id: string) => boolean): void {
  const seen = text.replace(/编号 [0-9A-Z]{5}/g, '').replaceAll('AED', '');
  expect(seen.match(/[A-Za-z]{2,}|\d{4}-\d\d|\[object|∞/g)).toBeNull();
  expect(html.match(/ style=| on[a-z]+=|<style|javascript:/gi)).toBeNull();
  expect(
    html.match(
      /<script(?! type="(?:application\/json|module)"| src="\/assets\/first-paint-[A-Z0-9]{8}\.js"><\/script>)/g,
    ),
  ).toBeNull();
  for (const [, href = ''] of html.replace(/<(link|use)[^>]*>/g, '').matchAll(/ href="([^"]*)"/g)) {
    const isOwn = OWN_LINK.test(href);
    if (isOwn) expect(href).not.toMatch(/\d\.\d{2}|l(ng|at|on)=/);
    else expect([href, isElsewhere(href)]).toEqual([href, true]);
  }
  // An open place always says until when.
  const opens = text.match(/营业中.{0,12}/g) ?? [];
  for (const open of opens)
    expect(open).toMatch(/^营业中 · (至 ?(明天 |今天 |周. )?\d+:\d\d|24 小时内不关门|关门时间未知)/);
  for (const [card = '', id = ''] of html.matchAll(
    /<(?:article|a) class="(?:card|row)[^>]*data-place="([^"]*)"[\s\S]*?<\/(?:article|a)>/g,
  )) {
    if (isDemoPlace(id)) expect(card).toContain('>演示<');
  }
}

function isElsewhere(href: string): boolean {
  return (
    /^tel:[0-9+ -]+$|^mailto:[^?]+$/.test(href) ||
    NAVIGATORS.some((start) => href.startsWith(start)) ||
    href.startsWith('https://source.example/')
  );
}
