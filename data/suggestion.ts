// A rider's suggestion 建议: a place that is missing, or what is wrong about one. Words that phone and server share. Pure.

import { PLACE_KINDS, type PlaceKind, type Point } from './place.ts';
import type { ServiceCode } from './service.ts';

/** An event's points are the city's own. */
export const SUGGESTIBLE_KINDS = PLACE_KINDS.filter((kind) => kind !== 'event-point');
export type SuggestibleKind = Exclude<PlaceKind, 'event-point'>;

export const SUGGESTION_NOTE_CHARACTERS = 500;
export const SUGGESTION_PHOTOS = 3;
export const SUGGESTED_HOURS_CHARACTERS = 100;

/** What is to be different; what is not named stays. */
export interface SuggestedChanges {
  /** Of a new place only. */
  kind?: SuggestibleKind | undefined;
  name?: string | undefined;
  address?: string | undefined;
  /** As people write it: 每天 8:00–22:00. */
  hoursText?: string | undefined;
  services?: { add: ServiceCode[]; remove: ServiceCode[] } | undefined;
  entranceText?: string | undefined;
  closedForGood?: true | undefined;
}

export const SUGGESTION_STATUSES = ['received', 'approved', 'amended', 'returned'] as const;
export type SuggestionStatus = (typeof SUGGESTION_STATUSES)[number];

export const SUGGESTION_STATUS_LABELS: Readonly<Record<SuggestionStatus, string>> = {
  received: '待审',
  approved: '已采纳',
  amended: '已修改后采纳',
  returned: '未采纳',
};

/** Each thing that a suggestion may change, in the order in which screens say it. */
export const SUGGESTED_FIELD_LABELS = {
  kind: '类型',
  name: '名称',
  address: '地址',
  hours: '开放时间',
  services: '设施',
  entranceText: '怎么进',
  point: '位置',
  closedForGood: '已经不在了',
} as const;
export type SuggestedField = keyof typeof SUGGESTED_FIELD_LABELS;

/** What a suggestion speaks of, in the order of the labels. */
export function suggestedFields(changes: SuggestedChanges, point: Point | null): SuggestedField[] {
  const isSaid: Record<SuggestedField, boolean> = {
    kind: changes.kind !== undefined,
    name: changes.name !== undefined,
    address: changes.address !== undefined,
    hours: changes.hoursText !== undefined,
    services: changes.services !== undefined && changes.services.add.length + changes.services.remove.length > 0,
    entranceText: changes.entranceText !== undefined,
    point: point !== null,
    closedForGood: changes.closedForGood === true,
  };
  return (Object.keys(SUGGESTED_FIELD_LABELS) as SuggestedField[]).filter((field) => isSaid[field]);
}
