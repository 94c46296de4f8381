// What an approved suggestion makes of a place: the fields of one that exists, or the draft of a new one. Pure.

import { type City, districtOf } from './city.ts';
import { guessedHours } from './hours-guess.ts';
import { metresBetween, PLACE_KIND_LABELS, type Place, type PlaceDraft, type Point } from './place.ts';
import type { PlaceService } from './place-schema.ts';
import type { ReviewChanges } from './review-schema.ts';
import { SERVICE_LABELS, type ServiceCode } from './service.ts';
import { SUGGESTED_FIELD_LABELS, type SuggestedChanges, type SuggestedField, suggestedFields } from './suggestion.ts';

/** How far a point that was picked by hand on a phone's map may be off. */
const PICKED_ERROR_METRES = 50;
/** A door farther than this from its place's new point belongs to the old one. */
const DOOR_METRES = 150;

export const GONE_REASON = '骑手反映已经不在，管理员核实过';
const SUGGESTED_BY = '骑手推荐，管理员审核';

/** What riders wrote, in the form in which it is decided; hours that nobody understands are left out. */
export function proposedChanges(changes: SuggestedChanges, point: Point | null): ReviewChanges {
  const { hoursText, ...rest } = changes;
  const hoursOsm = hoursText === undefined ? undefined : guessedHours(hoursText);
  const given = Object.entries({ ...rest, hoursOsm, ...(point && { point }) });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as ReviewChanges;
}

export type EditedFields = Partial<
  Pick<
    Place,
    | 'name'
    | 'address'
    | 'hoursOsm'
    | 'services'
    | 'entrance'
    | 'point'
    | 'positionQuality'
    | 'positionErrorMetres'
    | 'sourceCrs'
    | 'district'
    | 'status'
    | 'statusReason'
    | 'statusUntil'
  >
>;

/** The fields of an existing place that change. */
export function editedFields(place: Place, changes: ReviewChanges): EditedFields {
  const { name, address, hoursOsm, services, entranceText, point, district, closedForGood } = changes;
  const edited: EditedFields = {
    ...(name !== undefined && { name }),
    ...(address !== undefined && { address }),
    ...(hoursOsm !== undefined && { hoursOsm }),
    ...(district !== undefined && { district }),
    ...(services && { services: changedServices(place.services, services) }),
    ...(point && { point: [...point], ...PICKED }),
    ...(closedForGood && { status: 'retired' as const, statusReason: GONE_REASON, statusUntil: null }),
  };
  const door = place.entrance?.point ?? null;
  const keepsDoor = door && (!point || metresBetween(door, point) <= DOOR_METRES) ? door : null;
  const text = entranceText ?? place.entrance?.text;
  const hasNewEntrance = entranceText !== undefined || keepsDoor !== door;
  if (hasNewEntrance && text !== undefined) edited.entrance = { ...place.entrance, point: keepsDoor, text };
  return edited;
}

const PICKED = {
  positionQuality: 'approx' as const,
  positionErrorMetres: PICKED_ERROR_METRES,
  sourceCrs: 'wgs84' as const,
};

/** Added ones are declared: only who was there confirms them. */
function changedServices(
  before: readonly PlaceService[],
  { add, remove }: NonNullable<ReviewChanges['services']>,
): PlaceService[] {
  const kept = before.filter((service) => !remove.includes(service.code));
  const isNew = (code: ServiceCode) => !kept.some((service) => service.code === code);
  return [...kept, ...add.filter(isNew).map(declared)];
}

function declared(code: ServiceCode): PlaceService {
  return { code, state: 'ok', confirmedAt: null, confirmedBy: null };
}

/**
 * The draft of a new place; what is missing when it cannot be one yet.
 * @param today the local calendar day, 2026-11-20
 */
export function draftOf(
  changes: ReviewChanges,
  city: Pick<City, 'districts'>,
  today: string,
): { draft: PlaceDraft } | { missing: ('kind' | 'name' | 'point')[] } {
  const { kind, name, point } = changes;
  if (kind === undefined || name === undefined || point === undefined) {
    const given = { kind, name, point };
    return { missing: (['kind', 'name', 'point'] as const).filter((field) => given[field] === undefined) };
  }
  const common = {
    name,
    aliases: [],
    point: [...point] as Point,
    ...PICKED,
    entrance: changes.entranceText === undefined ? null : { point: null, text: changes.entranceText },
    address: changes.address ?? '',
    district: changes.district ?? districtOf(city, point),
    street: null,
    community: null,
    host: null,
    phone: null,
    services: (changes.services?.add ?? []).map(declared),
    access: null,
    audience: ['outdoor-workers' as const],
    hoursOsm: changes.hoursOsm ?? null,
    hoursExceptions: [],
    status: 'active' as const,
    statusUntil: null,
    statusReason: null,
    source: { name: SUGGESTED_BY, url: null, date: today },
    demo: false,
    confirmedAt: null,
    confirmedBy: null,
  };
  switch (kind) {
    case 'station':
      return { draft: { kind, ...common, seats: null } };
    case 'merchant':
      return { draft: { kind, ...common, category: 'other' } };
    case 'parking':
      return {
        draft: { kind, ...common, bays: null, maxMinutes: null, vehicle: 'ebike', atToilet: false, marking: null },
      };
    case 'toilet':
      return { draft: { kind, ...common, barrierFree: null } };
    case 'bike-swap':
      return {
        draft: {
          kind,
          ...common,
          bikesTotal: 0,
          bikesAvailable: null,
          bikesOutOfService: null,
          lastReportedAt: null,
          rules: null,
          compound: null,
        },
      };
    case 'battery-swap':
      return { draft: { kind, ...common, slots: null, operator: null } };
    case 'scene':
      return { draft: { kind, ...common, sceneType: 'compound', signatories: [], gates: [], buildings: [] } };
  }
}

export interface FieldWords {
  field: SuggestedField;
  label: string;
  before: string | null;
  after: string | null;
}

/** Before and after of each field that a suggestion speaks of, as people read it. */
export function changeWords(
  place: Place | null,
  changes: SuggestedChanges,
  point: Point | null,
  hoursWords: (hoursOsm: string) => string,
): FieldWords[] {
  return suggestedFields(changes, point).map((field) => ({
    field,
    label: SUGGESTED_FIELD_LABELS[field],
    ...wordsOf(field),
  }));

  function wordsOf(field: SuggestedField): Pick<FieldWords, 'before' | 'after'> {
    switch (field) {
      case 'kind':
        return { before: null, after: changes.kind ? PLACE_KIND_LABELS[changes.kind] : null };
      case 'hours':
        return { before: place?.hoursOsm ? hoursWords(place.hoursOsm) : null, after: changes.hoursText ?? null };
      case 'services':
        return servicesWords(place?.services ?? [], changes.services ?? { add: [], remove: [] });
      case 'entranceText':
        return { before: place?.entrance?.text ?? null, after: changes.entranceText ?? null };
      case 'point':
        return pointWords(place, point);
      case 'closedForGood':
        return { before: '在用', after: '撤销' };
      default:
        return { before: place?.[field] || null, after: changes[field] ?? null };
    }
  }
}

function servicesWords(
  before: readonly PlaceService[],
  changed: NonNullable<ReviewChanges['services']>,
): Pick<FieldWords, 'before' | 'after'> {
  const words = (services: readonly PlaceService[]) =>
    services.map((service) => SERVICE_LABELS[service.code]).join('、') || null;
  return { before: words(before), after: words(changedServices(before, changed)) ?? '没有设施' };
}

function pointWords(place: Place | null, point: Point | null): Pick<FieldWords, 'before' | 'after'> {
  if (!place || !point) return { before: null, after: '在地图上选好了' };
  const metres = Math.round(metresBetween(place.point, point));
  return { before: '原来的位置', after: `挪动 ${metres} 米` };
}
