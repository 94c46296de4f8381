// Whether an edit of a place may stand: its schema, and what a schema cannot say of city, hours and status. Server only.

import type { z } from 'zod';
import { type City, isInside } from './city.ts';
import { type FieldError, fieldErrors, wordIssue } from './field-errors.ts';
import { checkOpeningHours } from './hours-text.ts';
import type { Place } from './place.ts';
import { asDraft, placeDraftSchema } from './place-draft-schema.ts';
import {
  changedFields,
  type Fields,
  mergePatch,
  READ_ONLY_FIELDS,
  servicesOfEdit,
  settledStatus,
  statusErrors,
} from './place-edit.ts';
import { type PlaceDraft, placeSchema } from './place-schema.ts';
import { InvalidPlaceError } from './store/errors.ts';
import type { PlaceChanges } from './store/places.ts';

type CityRules = Pick<City, 'name' | 'area' | 'districts'>;

export interface Edit {
  next: Place;
  changes: PlaceChanges;
}

/** What a patch makes of a place, before anything is checked: also for showing somebody's edit beside another's. */
export function patchedPlace(before: Fields, patch: Fields): Fields {
  const merged = mergePatch(before, patch) as Record<string, unknown>;
  return { ...merged, services: servicesOfEdit(before.services as Place['services'], merged.services) };
}

/**
 * A place after a merge patch. Opening hours are stored in their canonical form.
 * Throws InvalidPlaceError naming every field that is wrong.
 */
export function readEdit(before: Place, patch: Fields, city: CityRules, nowMs: number): Edit {
  const readOnly = READ_ONLY_FIELDS.filter((field) => {
    return Object.hasOwn(patch, field) && JSON.stringify(patch[field]) !== JSON.stringify((before as Fields)[field]);
  });
  if (readOnly.length > 0) {
    throw new InvalidPlaceError(readOnly.map((field) => ({ field, code: 'read-only', message: '这一项不能改' })));
  }
  return checkEdit(before, patchedPlace(before, patch), city, nowMs);
}

/** A place as somebody wants it, whole. Throws InvalidPlaceError. */
export function checkEdit(before: Place, wanted: Fields, city: CityRules, nowMs: number): Edit {
  const swapped = swappedPoint(wanted.point, city);
  if (swapped.length > 0) throw new InvalidPlaceError(swapped);
  const result = placeSchema.safeParse(wanted, { error: wordIssue });
  if (!result.success) throw new InvalidPlaceError(fieldErrors(result.error));
  const { data } = result;
  const next = withCanonicalHours(data.status === before.status ? data : settledStatus(data));
  const errors = [...statusErrors(before, next, nowMs), ...errorsOfPlace(before, next, city)];
  if (errors.length > 0) throw new InvalidPlaceError(errors);
  const changes = Object.entries(changedFields(before, next)).map(([field, { to }]) => [field, to]);
  return { next, changes: Object.fromEntries(changes) };
}

/**
 * A new place as somebody at the desk writes it: what it leaves out and what may be absent is absent. Creating is no
 * confirmation; it begins 待审 unless it is said to be in use. Throws InvalidPlaceError.
 */
export function readNewPlace(given: Fields & { kind: Place['kind'] }, city: CityRules): PlaceDraft {
  const draft: Fields = {
    ...emptyPlace(given.kind),
    ...given,
    services: servicesOfEdit([], given.services ?? []),
    confirmedAt: null,
    confirmedBy: null,
    status: given.status ?? 'pending',
    demo: given.demo ?? false,
    sourceCrs: given.sourceCrs ?? 'wgs84',
    address: given.address ?? '',
  };
  const errors = swappedPoint(draft.point, city);
  const result = placeDraftSchema.safeParse(draft, { error: wordIssue });
  if (!result.success && errors.length === 0) errors.push(...fieldErrors(result.error));
  if (draft.status !== 'pending' && draft.status !== 'active') {
    errors.push({
      field: 'status',
      code: 'not-a-first-status',
      message: '新建的点位只能是待审（pending）或在用（active）',
    });
  }
  if (result.success && errors.length === 0) errors.push(...errorsOfPlace(undefined, asDraft(result.data), city));
  if (errors.length > 0 || !result.success) throw new InvalidPlaceError(errors);
  return withCanonicalHours(asDraft(result.data));
}

/** All that a place of this kind may be without: null, or an empty list. */
function emptyPlace(kind: Place['kind']): Fields {
  const empty: Record<string, unknown> = {};
  const schema = placeDraftSchema.options.find((each) => each.shape.kind.value === kind);
  for (const [field, each] of Object.entries<z.ZodType>(schema?.shape ?? {})) {
    if (each.safeParse(null).success) empty[field] = null;
    else if (each.safeParse([]).success) empty[field] = [];
  }
  return empty;
}

/** Only what is new is checked: an old mistake elsewhere must not keep somebody from mending this one. */
function errorsOfPlace(before: Place | undefined, next: Place | PlaceDraft, city: CityRules): FieldError[] {
  const changed = before ? changedFields(before, next) : undefined;
  const isNew = (field: string) => !changed || field in changed;
  const errors: FieldError[] = [];
  if (isNew('point') || isNew('district')) errors.push(...pointErrors(next, city));
  if (isNew('entrance') && next.entrance?.point && !isInside(city.area, next.entrance.point)) {
    errors.push({ field: 'entrance.point', code: 'out-of-area', message: `不在${city.name}范围内` });
  }
  if (isNew('district') || isNew('street') || isNew('community')) errors.push(...codeErrors(next, city));
  if (isNew('hoursOsm') && next.hoursOsm !== null) errors.push(...hoursErrors('hoursOsm', next.hoursOsm));
  if (isNew('hoursExceptions')) {
    next.hoursExceptions.forEach(({ from, until }, i) => {
      if (Date.parse(from) >= Date.parse(until)) {
        errors.push({ field: `hoursExceptions.${i}.until`, code: 'out-of-range', message: '结束要晚于开始' });
      }
    });
  }
  if (next.kind === 'scene' && isNew('gates')) {
    next.gates.forEach((gate, i) => {
      gate.rules.forEach(({ hoursOsm }, j) => {
        if (hoursOsm !== null) errors.push(...hoursErrors(`gates.${i}.rules.${j}.hoursOsm`, hoursOsm));
      });
    });
  }
  return errors;
}

/** The point has to lie in the city; and in no district that is plainly another one than what is written beside it. */
function pointErrors({ point, district }: PlaceDraft, { name, area, districts }: CityRules): FieldError[] {
  const error = (code: string, message: string) => [{ field: 'point', code, message }];
  if (!isInside(area, point)) return error('out-of-area', `这个点不在${name}范围内`);
  const own = districts.find((each) => each.code === district);
  if (!own || isInside(own.box, point)) return [];
  const other = districts.find((each) => isInside(each.box, point));
  return other ? error('other-district', `这个点在${other.name}，写的却是${own.name}；请改位置或区县`) : [];
}

/** The commonest slip with a point, said before anything else is. */
function swappedPoint(point: unknown, { area }: CityRules): FieldError[] {
  if (!Array.isArray(point) || point.length !== 2) return [];
  const [lat, lng]: unknown[] = point;
  if (typeof lat !== 'number' || typeof lng !== 'number' || !isInside(area, [lng, lat])) return [];
  return [{ field: 'point', code: 'swapped-lng-lat', message: `经纬度写反了，要写 [${lng}, ${lat}]` }];
}

function codeErrors({ district, street, community }: PlaceDraft, { districts }: CityRules): FieldError[] {
  const errors: FieldError[] = [];
  if (!districts.some((each) => each.code === district)) {
    const choice = districts.map((each) => `${each.code} ${each.name}`).join('、');
    errors.push({ field: 'district', code: 'unknown-value', message: `没有这个区县，可以写 ${choice}` });
  }
  if (street !== null && !street.startsWith(district)) {
    errors.push({ field: 'street', code: 'other-district', message: `街道代码要以区县代码 ${district} 开头` });
  }
  if (community !== null && !community.startsWith(street ?? district)) {
    errors.push({ field: 'community', code: 'other-district', message: `社区代码要以 ${street ?? district} 开头` });
  }
  return errors;
}

function hoursErrors(field: string, text: string): FieldError[] {
  const check = checkOpeningHours(text);
  return check.ok ? [] : [{ field, code: check.code, message: check.message }];
}

function withCanonicalHours<Each extends Pick<Place, 'hoursOsm'>>(place: Each): Each {
  if (place.hoursOsm === null) return place;
  const check = checkOpeningHours(place.hoursOsm);
  return check.ok ? { ...place, hoursOsm: check.canonical } : place;
}
