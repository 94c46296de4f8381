// Quick acts: what whoever looks after a place says of it today, in one tap, live at once. Words and rules; pure.

import type { Role } from './account.ts';
import type { Confirmer, Place } from './place.ts';
import type { HoursException } from './place-schema.ts';
import { SERVICE_LABELS, type ServiceCode } from './service.ts';

export const QUICK_ACTS = [
  'close-early',
  'reopen',
  'service-broken',
  'service-ok',
  'pause',
  'resume',
  'visitors',
] as const;
export type QuickAct = (typeof QUICK_ACTS)[number];

export const QUICK_ACT_LABELS: Readonly<Record<QuickAct, string>> = {
  'close-early': '今天提前关门',
  reopen: '恢复开门',
  'service-broken': '设施坏了',
  'service-ok': '设施修好了',
  pause: '暂停开放',
  resume: '恢复开放',
  visitors: '今日人数',
};

/** The reason of a dated exception by which it is known that `reopen` may take it back. */
export const CLOSED_EARLY = '今天提前关门';
/** The audit's word for a pause by a quick act: such a one may be ended by a quick act too. */
export const PAUSE_ACT = 'place.pause';

export const MOST_PAUSE_DAYS = 366;

/** Who confirms when an account of this role does: an admin speaks as the desk. */
export function confirmerOf(role: Role): Confirmer {
  return role === 'admin' ? 'curator' : role;
}

export interface QuickActRefusal {
  /** `not-now`: not while the place is as it is. Else a field is wrong. */
  code: 'not-now' | 'out-of-range' | 'unknown-value';
  field: string;
  message: string;
}

const closedEarlyFrom = (each: HoursException, atMs: number) =>
  !each.open && each.reason === CLOSED_EARLY && Date.parse(each.until) > atMs;

/** Whether the place is announced as closed early at an instant. */
export function isClosedEarly(place: Pick<Place, 'hoursExceptions'>, atMs: number): boolean {
  return place.hoursExceptions.some((each) => closedEarlyFrom(each, atMs));
}

/** The exceptions without any that says closed early: those that are over go, too. */
export function withoutEarlyClosing(exceptions: readonly HoursException[]): HoursException[] {
  return exceptions.filter((each) => each.open || each.reason !== CLOSED_EARLY);
}

/**
 * Closed from now until an instant; a later word replaces an earlier one.
 * @param at, until RFC 3339
 */
export function closedEarly(exceptions: readonly HoursException[], at: string, until: string): HoursException[] {
  return [...withoutEarlyClosing(exceptions), { from: at, until, open: false, reason: CLOSED_EARLY }];
}

export interface QuickActInput {
  act: QuickAct;
  service?: ServiceCode | undefined;
  until?: string | undefined;
}

/**
 * Why an act cannot be done to a place as it is; undefined when it can.
 * @param isDeskPause the desk itself paused the place, and the desk ends that
 */
export function refusalOf(
  place: Place,
  { act, service, until }: QuickActInput,
  atMs: number,
  isDeskPause: boolean,
): QuickActRefusal | undefined {
  const notNow = (message: string): QuickActRefusal => ({ code: 'not-now', field: 'act', message });
  const { status } = place;
  if (act === 'service-broken' || act === 'service-ok') {
    const codes = place.services.map((each) => each.code);
    if (service !== undefined && codes.includes(service)) return undefined;
    const choice = codes.map((code) => `${SERVICE_LABELS[code]}（${code}）`).join('、') || '（没有登记设施）';
    return { code: 'unknown-value', field: 'service', message: `这里登记的设施是${choice}` };
  }
  if (until !== undefined && (act === 'close-early' || act === 'pause')) {
    const days = (Date.parse(until) - atMs) / 86_400_000;
    const most = act === 'pause' ? MOST_PAUSE_DAYS : 2;
    if (days <= 0) return { code: 'out-of-range', field: 'until', message: '要晚于现在' };
    if (days > most) return { code: 'out-of-range', field: 'until', message: `最多 ${most} 天` };
  }
  if ((act === 'pause' || act === 'resume') && status === 'paused' && isDeskPause) {
    return notNow('这个点位是管理员暂停的，要请管理员恢复');
  }
  switch (act) {
    case 'close-early':
      return status === 'active' ? undefined : notNow('只有在用的点位能提前关门');
    case 'reopen':
      return status === 'active' || status === 'disputed' ? undefined : notNow('暂停的点位用“恢复开放”');
    case 'pause':
      return ['active', 'paused', 'disputed'].includes(status) ? undefined : notNow('这个点位没有在用，不用暂停');
    case 'resume':
      return status === 'paused' ? undefined : notNow('这个点位没有暂停');
    case 'visitors':
      return undefined;
  }
}
