// One change for many places: what it would do to each, before anything is written. Server only.

import { createHash } from 'node:crypto';
import type { City } from './city.ts';
import type { FieldError } from './field-errors.ts';
import type { Place } from './place.ts';
import { changedFields, type FieldChange, type Fields } from './place-edit.ts';
import { readEdit } from './place-edit-rules.ts';
import { placeFieldLabel } from './place-labels.ts';
import type { ServiceCode } from './service.ts';
import { InvalidPlaceError } from './store/errors.ts';
import type { PlaceChanges } from './store/places.ts';

/** Fields that can be the same for many places. What is each one's own is edited one by one. */
export const BULK_FIELDS = [
  'district',
  'street',
  'community',
  'host',
  'access',
  'audience',
  'hoursOsm',
  'status',
  'statusUntil',
  'statusReason',
  'source',
  'positionQuality',
] as const;

export interface BulkChanges {
  fields: Fields;
  addServices: readonly ServiceCode[];
  removeServices: readonly ServiceCode[];
}

export interface PlannedEdit {
  id: string;
  name: string;
  version: number;
  changes: PlaceChanges;
  fields: Record<string, FieldChange>;
}

export interface RefusedEdit {
  id: string;
  name: string;
  errors: FieldError[];
}

export interface BulkPlan {
  edits: PlannedEdit[];
  unchanged: number;
  refused: RefusedEdit[];
}

/** Adds a batch of places to a plan. `refusal` says why somebody may not touch one, undefined when they may. */
export function planEdits(
  plan: BulkPlan,
  places: readonly Place[],
  changes: BulkChanges,
  { city, nowMs, refusal }: { city: City; nowMs: number; refusal: (place: Place) => FieldError | undefined },
): void {
  for (const place of places) {
    const { id, name, version } = place;
    const refused = refusal(place);
    if (refused) {
      plan.refused.push({ id, name, errors: [refused] });
      continue;
    }
    try {
      const edit = readEdit(place, patchFor(place, changes), city, nowMs);
      const outside = refusal(edit.next);
      if (outside) plan.refused.push({ id, name, errors: [outside] });
      else if (Object.keys(edit.changes).length === 0) plan.unchanged += 1;
      else plan.edits.push({ id, name, version, changes: edit.changes, fields: changedFields(place, edit.next) });
    } catch (error) {
      if (!(error instanceof InvalidPlaceError)) throw error;
      plan.refused.push({ id, name, errors: [...error.errors] });
    }
  }
}

function patchFor(place: Place, { fields, addServices, removeServices }: BulkChanges): Fields {
  if (addServices.length + removeServices.length === 0) return fields;
  const kept = place.services.filter(({ code }) => !removeServices.includes(code));
  const added = addServices.filter((code) => !kept.some((each) => each.code === code));
  return { ...fields, services: [...kept, ...added.map((code) => ({ code, state: 'ok' }))] };
}

/** Names a plan by the places and versions that it was made out for: what is applied is what was shown. */
export function digestOfPlan({ edits, refused }: BulkPlan, changes: BulkChanges): string {
  const hash = createHash('sha256').update(JSON.stringify(changes));
  for (const { id, version } of edits) hash.update(`${id} ${version}\n`);
  for (const { id } of refused) hash.update(`${id} refused\n`);
  return hash.digest('hex');
}

/** What a bulk was, for the audit: the fields by their names. */
export function whatOfBulk({ fields, addServices, removeServices }: BulkChanges): string {
  const names = Object.keys(fields).map(placeFieldLabel);
  if (addServices.length + removeServices.length > 0) names.push(placeFieldLabel('services'));
  return `批量修改：${names.join('、')}`;
}
