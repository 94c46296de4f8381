// The values of a place's fields in words, for histories, conflicts and reviews. Pure.

import { hoursReading } from '../../../data/hours-reading.ts';
import {
  ACCESS_LABELS,
  AUDIENCE_LABELS,
  CONFIRMER_LABELS,
  HOST_LABELS,
  MERCHANT_CATEGORY_LABELS,
  PLACE_KIND_LABELS,
  PLACE_STATUS_LABELS,
  SCENE_TYPE_LABELS,
} from '../../../data/place.ts';
import { SERVICE_LABELS, SERVICE_STATE_LABELS, type ServiceCode, type ServiceState } from '../../../data/service.ts';
import type { DeskStart } from '../../pages/desk-state.ts';
import { momentText } from '../words.ts';

export const QUALITY_LABELS = { surveyed: '现场测过', approx: '大概位置', district: '只知道在哪个区' } as const;
export const CRS_LABELS = { wgs84: 'WGS-84', gcj02: '火星坐标 GCJ-02', bd09: '百度 BD-09' } as const;
export const VEHICLE_LABELS = { ebike: '电动车', car: '汽车', any: '都能停' } as const;

type Labels = Readonly<Record<string, string>>;
/** Fields whose values are words of ours. */
const LABELS: Readonly<Record<string, Labels>> = {
  kind: PLACE_KIND_LABELS,
  status: PLACE_STATUS_LABELS,
  access: ACCESS_LABELS,
  host: HOST_LABELS,
  positionQuality: QUALITY_LABELS,
  sourceCrs: CRS_LABELS,
  category: MERCHANT_CATEGORY_LABELS,
  sceneType: SCENE_TYPE_LABELS,
  vehicle: VEHICLE_LABELS,
  confirmedBy: CONFIRMER_LABELS,
};
const INSTANTS = ['statusUntil', 'confirmedAt', 'createdAt', 'updatedAt', 'lastReportedAt', 'eventFrom', 'eventUntil'];
const NOTHING = '（空）';

export interface WordsContext {
  start: DeskStart;
  nowMs: number;
  timezone: string;
}

export function fieldText(field: string, value: unknown, context: WordsContext): string {
  if (value === null || value === undefined || value === '') return field === 'hoursOsm' ? '不知道' : NOTHING;
  if (typeof value === 'string') return stringText(field, value, context);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? NOTHING : listText(field, value, context);
  return objectText(field, value as Record<string, unknown>);
}

function stringText(field: string, value: string, { start, ...when }: WordsContext): string {
  const label = LABELS[field]?.[value];
  if (label !== undefined) return label;
  if (INSTANTS.includes(field)) return momentText(value, when);
  if (field === 'district') return start.city.districts.find(({ code }) => code === value)?.name ?? value;
  if (field === 'hoursOsm') return hoursReading(value);
  return value;
}

function listText(field: string, values: readonly unknown[], context: WordsContext): string {
  switch (field) {
    case 'point':
      return values.map((each) => Number(each).toFixed(6)).join(', ');
    case 'services':
      return (values as { code: ServiceCode; state: ServiceState }[])
        .map(({ code, state }) => `${SERVICE_LABELS[code]} ${SERVICE_STATE_LABELS[state]}`)
        .join('、');
    case 'audience':
      return values.map((each) => (AUDIENCE_LABELS as Labels)[String(each)] ?? String(each)).join('、');
    case 'hoursExceptions':
      return (values as { from: string; until: string; open: boolean; reason: string }[])
        .map(({ from, until, open, reason }) => {
          return `${momentText(from, context)} 到 ${momentText(until, context)} ${open ? '开' : '关'}（${reason}）`;
        })
        .join('；');
    case 'gates':
    case 'buildings':
      return (values as { name: string }[]).map(({ name }) => name).join('、');
    case 'photos':
      return `${values.length} 张`;
    default:
      return values.map(String).join('、');
  }
}

function objectText(field: string, value: Record<string, unknown>): string {
  if (field === 'entrance') return [value.text, value.floor].filter(Boolean).join('，');
  if (field === 'source') return [value.name, value.date].filter(Boolean).join('，');
  return Object.values(value).filter(Boolean).map(String).join('，');
}
