// Facts in words, as all screens say them.

import { type Result, STALE_DAYS } from '../../data/answer.ts';
import type { CorePlace, CoreService } from '../../data/core.ts';
import { PLACE_KIND_LABELS } from '../../data/place.ts';
import { SERVICE_LABELS } from '../../data/service.ts';

/** 20 metres of GPS noise do not deserve more digits. */
export function distanceWords(metres: number): string {
  if (metres < 950) return `${Math.max(10, Math.round(metres / 10) * 10)} 米`;
  // Rounded by whole hundreds first: toFixed would make 0.9 of 950 metres.
  return `${metres < 99_950 ? (Math.round(metres / 100) / 10).toFixed(1) : Math.round(metres / 1000)} 公里`;
}

export function confirmedWords(daysUnconfirmed: number): string {
  if (!Number.isFinite(daysUnconfirmed)) return '没人核实过';
  if (daysUnconfirmed <= 0) return '今天核实';
  if (daysUnconfirmed === 1) return '昨天核实';
  if (daysUnconfirmed < STALE_DAYS) return `${daysUnconfirmed} 天前核实`;
  return `${daysUnconfirmed} 天没核实，可能有变`;
}

export function positionWords(place: CorePlace): string {
  if (place.positionQuality === 'approx') {
    return place.positionErrorMetres === null ? '位置大概' : `位置约 ±${place.positionErrorMetres} 米`;
  }
  return place.positionQuality === 'district' ? '只知道在这个区' : '';
}

/** What a card says of a service: the plain word when somebody saw it work, else what is the matter. */
export function serviceWords(service: CoreService): string {
  const label = SERVICE_LABELS[service.code];
  if (service.standing === 'broken') return `${label} 故障`;
  if (service.standing === 'unknown') return `${label} 未知`;
  return service.standing === 'declared' ? `${label} 未核实` : label;
}

/** 直线只有 3.5 公里，但要绕桥: said when the river makes the way much longer. */
export function detourWords(result: Result): string {
  if (!result.crossing && result.metres < result.straightMetres * 1.3) return '';
  if (result.metres < result.straightMetres * 1.15) return '';
  return `直线只有 ${distanceWords(result.straightMetres)}，但要${result.crossing ? '绕桥' : '绕路'}`;
}

export function bikesWords(place: CorePlace): string {
  if (!place.bikes) return '';
  const { available, total } = place.bikes;
  return available === null ? `共 ${total} 辆，还能借几辆未知` : `可借 ${available} 辆 / 共 ${total} 辆`;
}

/** The name without the demo mark, which a tag beside it says. */
export function kindWords(place: CorePlace): string {
  return PLACE_KIND_LABELS[place.kind];
}
