// Editing a place: what an edit may touch, what it changes, and what two edits disagree about. Pure: the desk's screens use
// the same rules as the server.

import type { FieldError } from './field-errors.ts';
import { PLACE_STATUS_LABELS, type Place, type PlaceStatus } from './place.ts';
import { DISPUTED_BY_RIDERS } from './voices.ts';

/** Set by the store, or by whoever stands there: an edit cannot change them, and bringing back an old version does not. */
export const READ_ONLY_FIELDS = [
  'id',
  'shortCode',
  'kind',
  'createdAt',
  'updatedAt',
  'version',
  'confirmedAt',
  'confirmedBy',
  'bikesAvailable',
  'bikesOutOfService',
  'lastReportedAt',
  'photos',
  'photos',
] as const;

export type Fields = Readonly<Record<string, unknown>>;

export interface FieldChange {
  from: unknown;
  to: unknown;
}

/** One field of two edits of the same version. `isBoth`: they do not say the same, and somebody has to choose. */
export interface FieldConflict {
  field: string;
  base: unknown;
  yours: unknown;
  theirs: unknown;
  isBoth: boolean;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/**
 * A merge patch (RFC 7396): objects merge, all else is replaced whole. What the patch removes with null stays as null,
 * since that is how a place says that it has none.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) merged.set(key, mergePatch(merged.get(key), value));
  return Object.fromEntries(merged);
}

/** The fields in which two states of a place differ. */
export function changedFields(before: Fields, after: Fields): Record<string, FieldChange> {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changes: Record<string, FieldChange> = {};
  for (const field of fields) {
    const [from, to] = [before[field], after[field]];
    if (!isSame(from, to)) changes[field] = { from, to };
  }
  return changes;
}

/** Whatever either side changed since the version that both had, so that a screen can show both and lose neither. */
export function conflictsBetween(base: Fields, yours: Fields, theirs: Fields): FieldConflict[] {
  const [mine, other] = [changedFields(base, yours), changedFields(base, theirs)];
  return [...new Set([...Object.keys(mine), ...Object.keys(other)])]
    .filter((field) => !['version', 'updatedAt'].includes(field))
    .map((field) => ({
      field,
      base: base[field],
      yours: yours[field],
      theirs: theirs[field],
      isBoth: field in mine && field in other && !isSame(yours[field], theirs[field]),
    }));
}

type Services = Place['services'];

/**
 * Services as an edit writes them: an edit is no confirmation, so that dates stay as they are, and go with a changed
 * state. A service is read back as it was sent, with or without its dates.
 */
export function servicesOfEdit(current: Services, given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  return given.map((each: unknown) => {
    if (!isObject(each)) return each;
    const known = current.find(({ code }) => code === each.code);
    const state = each.state ?? known?.state ?? 'unknown';
    const { confirmedAt, confirmedBy } =
      known && known.state === state ? known : { confirmedAt: null, confirmedBy: null };
    return { ...each, state, confirmedAt, confirmedBy };
  });
}

/** The services of an earlier version, with what has been seen of them since: those that came back are as they were. */
export function revertedServices(current: Services, earlier: Services): Services {
  return earlier.map((each) => current.find(({ code }) => code === each.code) ?? each);
}

/** Which states the desk may bring a place to, by where it is. */
export const NEXT_STATUSES: Readonly<Record<PlaceStatus, readonly PlaceStatus[]>> = {
  pending: ['active', 'rejected'],
  active: ['paused', 'disputed', 'retired'],
  paused: ['active', 'disputed', 'retired'],
  disputed: ['active', 'paused', 'retired'],
  retired: ['active'],
  rejected: ['pending', 'active'],
};
const NEED_REASON: readonly PlaceStatus[] = ['paused', 'disputed', 'retired', 'rejected'];

/** A status that ends what was said about the one before: 在用 has neither reason nor end. */
export function settledStatus<Each extends Pick<Place, 'status' | 'statusUntil' | 'statusReason'>>(place: Each): Each {
  const { status } = place;
  return {
    ...place,
    statusUntil: status === 'paused' ? place.statusUntil : null,
    statusReason: NEED_REASON.includes(status) ? place.statusReason : null,
  };
}

/** What is wrong with a change of status, at an instant in milliseconds since 1970. */
export function statusErrors(
  before: Pick<Place, 'status' | 'statusUntil' | 'statusReason'>,
  after: Pick<Place, 'status' | 'statusUntil' | 'statusReason'>,
  nowMs: number,
): FieldError[] {
  const errors: FieldError[] = [];
  const error = (field: string, code: string, message: string) => errors.push({ field, code, message });
  const { status, statusUntil, statusReason } = after;
  const isNew = status !== before.status;
  if (isNew && !NEXT_STATUSES[before.status].includes(status)) {
    const next = NEXT_STATUSES[before.status].map((each) => PLACE_STATUS_LABELS[each]).join('、');
    error('status', 'not-a-next-status', `${PLACE_STATUS_LABELS[before.status]}的点位只能改成${next}`);
  }
  if (NEED_REASON.includes(status) && !statusReason?.trim()) {
    error('statusReason', 'reason-required', `${PLACE_STATUS_LABELS[status]}要写原因`);
  }
  if (!NEED_REASON.includes(status) && statusReason !== null) {
    error('statusReason', 'not-with-status', `${PLACE_STATUS_LABELS[status]}的点位不写原因，请留空`);
  }
  if (status !== 'paused' && statusUntil !== null) {
    error('statusUntil', 'not-with-status', '只有暂停的点位有恢复的时间，请留空');
  }
  const isReasonNew = isNew || statusReason !== before.statusReason;
  if (isReasonNew && status === 'disputed' && statusReason === DISPUTED_BY_RIDERS) {
    error('statusReason', 'reserved-reason', '这句话只在骑手反映后由系统写，请写你自己的原因');
  }
  const isUntilNew = isNew || statusUntil !== before.statusUntil;
  if (isUntilNew && statusUntil !== null && Date.parse(statusUntil) <= nowMs) {
    error('statusUntil', 'in-the-past', '恢复的时间要晚于现在；不知道就留空');
  }
  return errors;
}
