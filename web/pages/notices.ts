// What the rider must know before the answer: where it is measured from, how old it is, what went wrong.

import { type AnnouncementKind, announcedAt, isForDistrict } from '../../data/announcement.ts';
import { districtOf } from '../../data/city.ts';
import type { Core } from '../../data/core.ts';
import type { Point } from '../../data/place.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';

export type Notice =
  /** The city says so. */
  | { kind: 'announced'; about: AnnouncementKind; text: string }
  /** Location was not asked for yet, or can be tried again. */
  | { kind: 'locate'; lines: readonly string[]; button: string }
  | { kind: 'locating' }
  | { kind: 'denied'; areasHref: string }
  | { kind: 'weak'; metres: number }
  | { kind: 'moved'; what: '定位' | '数据' }
  | { kind: 'outside'; city: string }
  | { kind: 'straight-lines' }
  | { kind: 'offline'; savedAt: string }
  /** The kept data are shown until the server's have come. */
  | { kind: 'slow'; savedAt: string }
  | { kind: 'old'; text: string }
  /** Things said without a network. */
  | { kind: 'unsent'; count: number }
  /** One of them will never be sent. */
  | { kind: 'refused'; id: number; text: string }
  /** A newer build of the app is on the phone. */
  | { kind: 'updated' }
  | { kind: 'error'; text: string }
  /** Its web-view locates badly. */
  | { kind: 'wechat' }
  | { kind: 'no-map'; reason: 'no-webgl' | 'not-fetched' };

/** What the city says now to whoever is at a point. */
export function announcedNotices({ announcements, city }: Core, point: Readonly<Point>, nowMs: number): Notice[] {
  const running = announcedAt(announcements, nowMs);
  if (running.length === 0) return [];
  const district = districtOf(city, point);
  return running
    .filter((each) => isForDistrict(each, district))
    .map(({ kind, text }) => ({ kind: 'announced', about: kind, text }));
}

/** The offer to use the position comes after the answer, which is there without it. */
export function isOffer(notice: Notice): boolean {
  return notice.kind === 'locate' || notice.kind === 'locating' || notice.kind === 'wechat';
}

/** Why a rider would want it, and that it costs nothing. */
export const LOCATE_LINES = ['用我的位置，找最近的驿站', '位置只在本机算距离，不上传'] as const;

export function notices(tags: Tags, all: readonly Notice[]): Html {
  return tags.html`<div role="status" class="notices">${all.map((notice) => noticePart(tags, notice))}</div>`;
}

export function offers(tags: Tags, all: readonly Notice[]): Html[] {
  return all.filter(isOffer).map((notice) => noticePart(tags, notice));
}

const ANNOUNCED_ICONS = { banner: 'info', winter: 'snow', 'severe-weather': 'warning' } as const;

function noticePart(tags: Tags, notice: Notice): Html {
  const { html } = tags;
  switch (notice.kind) {
    case 'announced':
      return html`<div class="note ${notice.about === 'severe-weather' ? 'off' : 'info'}">${icon(tags, ANNOUNCED_ICONS[notice.about])}<div>${notice.text}</div></div>`;
    case 'locate':
      return html`<div class="locate"><span class="small">${notice.lines.map((line, i) => (i === 0 ? line : html`<br />${line}`))}</span><button class="button" type="button" data-act="locate">${icon(tags, 'locate')}${notice.button}</button></div>`;
    case 'locating':
      return html`<div class="locate"><span class="small">正在定位，先看下面的</span></div>`;
    case 'denied':
      return html`<div class="note off">${icon(tags, 'locate')}<div>没有定位也能找。选个区域或附近地标<br /><a class="button" href="${notice.areasHref}" data-view="areas">选个地方</a></div></div>`;
    case 'weak':
      return html`<div class="note off">${icon(tags, 'locate')}<div>位置误差约 ${notice.metres} 米，距离仅供参考</div></div>`;
    case 'moved':
      return html`<button class="button wide choice" type="button" data-act="reorder">${icon(tags, 'locate')}已更新${notice.what} · 重新排序</button>`;
    case 'outside':
      return html`<div class="note off">${icon(tags, 'locate')}<div>你现在不在${notice.city}，下面从选定的地方算起</div></div>`;
    case 'straight-lines':
      return html`<div class="note off">${icon(tags, 'warning')}<div>算不出从这里过江的路，下面按直线距离排</div></div>`;
    case 'offline':
      return html`<div class="note off">${icon(tags, 'offline')}<div>没有网络。显示 ${notice.savedAt} 保存的数据</div></div>`;
    case 'slow':
      return html`<div class="note off">${icon(tags, 'clock')}<div>网络慢，先显示 ${notice.savedAt} 保存的数据</div></div>`;
    case 'old':
      return html`<div class="note off">${icon(tags, 'clock')}<div>${notice.text}</div></div>`;
    case 'unsent':
      return html`<div class="note off">${icon(tags, 'clock')}<div>${notice.count} 条还没发出去，已存在手机里。有网后打开本页会自动发送</div></div>`;
    case 'refused':
      return html`<div class="note off">${icon(tags, 'warning')}<div>${notice.text}<br /><button class="button" type="button" data-act="dismiss-letter" data-id="${notice.id}">知道了</button></div></div>`;
    case 'updated':
      return html`<div class="note">${icon(tags, 'check')}<div>已更新<br /><button class="button" type="button" data-act="reload">换上新版</button></div></div>`;
    case 'error':
      return html`<div class="note off">${icon(tags, 'warning')}<div>${notice.text}<br /><button class="button" type="button" data-act="retry">再试一次</button></div></div>`;
    case 'wechat':
      return html`<div class="locate"><span class="small">在微信里：点右上角“…”→在浏览器打开，定位更准</span><button class="button" type="button" data-act="hint-read">知道了</button></div>`;
    case 'no-map':
      return html`<div class="note off">${icon(tags, 'map')}<div>${mapFailureWords(notice.reason)}${
        notice.reason === 'not-fetched'
          ? html`<br /><button class="button" type="button" data-act="retry-map">再试一次</button>`
          : ''
      }</div></div>`;
  }
}

export function mapFailureWords(reason: 'no-webgl' | 'not-fetched'): string {
  return reason === 'no-webgl' ? '这台手机打不开地图，列表可以正常用' : '地图没加载出来，列表可以正常用';
}
