// The desk's table of places: which rows a question keeps, in what order, and how many of each there are. Pure; ten
// thousand rows take a few milliseconds.

import { isInArea } from './account.ts';
import {
  metresBetween,
  type Place,
  type PlaceKind,
  type PlaceStatus,
  type Point,
  type PositionQuality,
} from './place.ts';
import type { ServiceCode } from './service.ts';

/** What the table shows of a place, and what its filters ask. */
export interface DeskRow {
  id: string;
  shortCode: string;
  kind: PlaceKind;
  name: string;
  aliases: readonly string[];
  address: string;
  district: string;
  street: string | null;
  community: string | null;
  point: Point;
  positionQuality: PositionQuality;
  status: PlaceStatus;
  statusUntil: string | null;
  statusReason: string | null;
  hoursOsm: string | null;
  brokenServices: readonly ServiceCode[];
  demo: boolean;
  confirmedAt: string | null;
  confirmedBy: Place['confirmedBy'];
  updatedAt: string;
  version: number;
}

export function deskRowOf(place: Place): DeskRow {
  const { id, shortCode, kind, name, aliases, address, district, street, community, point, positionQuality } = place;
  const { status, statusUntil, statusReason, hoursOsm, demo, confirmedAt, confirmedBy, updatedAt, version } = place;
  const broken = place.services.filter((service) => service.state === 'broken').map((service) => service.code);
  return {
    id,
    shortCode,
    kind,
    name,
    aliases,
    address,
    district,
    street,
    community,
    point,
    positionQuality,
    status,
    statusUntil,
    statusReason,
    hoursOsm,
    brokenServices: broken,
    demo,
    confirmedAt,
    confirmedBy,
    updatedAt,
    version,
  };
}

export const DESK_SORTS = ['unverifiedSince', 'name', 'updatedAt', 'distance'] as const;
export type DeskSort = (typeof DESK_SORTS)[number];

export interface DeskFilter {
  /** Any of them; empty is all. */
  kinds: readonly PlaceKind[];
  statuses: readonly PlaceStatus[];
  /** Code of a district, street or community. */
  area?: string | undefined;
  quality?: PositionQuality | undefined;
  hoursUnknown: boolean;
  /** Not confirmed for more than this many days, or never. */
  unverifiedDays?: number | undefined;
  demo?: boolean | undefined;
  /** Only with a report that nobody has answered. */
  reported: boolean;
}

export interface DeskQuestion extends DeskFilter {
  sort: DeskSort;
  /** From where `distance` is measured. */
  from?: Point | undefined;
  limit: number;
  /** The last row of the page before. */
  after?: DeskPosition | undefined;
}

/** Where a row stands in an order: what it is sorted by, then its id. */
export interface DeskPosition {
  key: string | number;
  id: string;
}

export interface DeskCounts {
  statuses: Partial<Record<PlaceStatus, number>>;
  kinds: Partial<Record<PlaceKind, number>>;
}

export interface DeskPage {
  rows: DeskRow[];
  numberMatched: number;
  /** As many as there would be with another status, or another kind, and all else as asked. */
  counts: DeskCounts;
  next: DeskPosition | null;
}

export interface DeskSurroundings {
  nowMs: number;
  /** Whether a row answers the words that were typed; undefined when none were. */
  matches?: ((row: DeskRow) => boolean) | undefined;
  isReported: (row: DeskRow) => boolean;
  /** What a name sorts by: its sound. Comparing by a collation would take a tenth of a second for a city. */
  nameKey: (row: DeskRow) => string;
}

const DAY_MS = 86_400_000;

/** @param rows those that the asker may see */
export function deskPage(rows: Iterable<DeskRow>, question: DeskQuestion, around: DeskSurroundings): DeskPage {
  const { kinds, statuses, limit, after } = question;
  const counts: DeskCounts = { statuses: {}, kinds: {} };
  const found: { row: DeskRow; key: string | number }[] = [];
  const keyOf = sortKey(question, around);
  for (const row of rows) {
    if (!fits(row, question, around)) continue;
    const isKind = kinds.length === 0 || kinds.includes(row.kind);
    const isStatus = statuses.length === 0 || statuses.includes(row.status);
    if (isKind) counts.statuses[row.status] = (counts.statuses[row.status] ?? 0) + 1;
    if (isStatus) counts.kinds[row.kind] = (counts.kinds[row.kind] ?? 0) + 1;
    if (isKind && isStatus) found.push({ row, key: keyOf(row) });
  }
  const ordered = found.sort((a, b) => compare({ key: a.key, id: a.row.id }, { key: b.key, id: b.row.id }));
  const start = after ? firstAfter(ordered, after) : 0;
  const page = ordered.slice(start, start + limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ row }) => row),
    numberMatched: ordered.length,
    counts,
    next: last && start + page.length < ordered.length ? { key: last.key, id: last.row.id } : null,
  };
}

function fits(row: DeskRow, filter: DeskFilter, { nowMs, matches, isReported }: DeskSurroundings): boolean {
  const { area, quality, hoursUnknown, unverifiedDays, demo, reported } = filter;
  if (area !== undefined && !isInArea(area, row)) return false;
  if (quality !== undefined && row.positionQuality !== quality) return false;
  if (hoursUnknown && row.hoursOsm !== null) return false;
  if (demo !== undefined && row.demo !== demo) return false;
  if (unverifiedDays !== undefined && daysUnverified(row, nowMs) <= unverifiedDays) return false;
  if (reported && !isReported(row)) return false;
  return matches === undefined || matches(row);
}

/** Whole days since the last confirmation; Infinity for a place that nobody has confirmed. */
export function daysUnverified({ confirmedAt }: Pick<DeskRow, 'confirmedAt'>, nowMs: number): number {
  return confirmedAt === null ? Infinity : Math.floor((nowMs - Date.parse(confirmedAt)) / DAY_MS);
}

function sortKey({ sort, from }: DeskQuestion, { nameKey }: DeskSurroundings): (row: DeskRow) => string | number {
  switch (sort) {
    // Never confirmed is longest ago.
    case 'unverifiedSince':
      return (row) => (row.confirmedAt === null ? 0 : Date.parse(row.confirmedAt));
    case 'name':
      return nameKey;
    case 'updatedAt':
      return (row) => -Date.parse(row.updatedAt);
    case 'distance':
      return (row) => (from ? Math.round(metresBetween(from, row.point)) : 0);
  }
}

/** Keys of one order are all of one type. */
function compare(a: DeskPosition, b: DeskPosition): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function firstAfter(ordered: readonly { row: DeskRow; key: string | number }[], after: DeskPosition): number {
  const at = ordered.findIndex(({ row, key }) => compare({ key, id: row.id }, after) > 0);
  return at < 0 ? ordered.length : at;
}

/** Rows in the order of a walk: from a point to the nearest, from there to the nearest of the rest. */
export function walkingOrder<Each extends { point: Point }>(rows: readonly Each[], from: Point): Each[] {
  const rest = [...rows];
  const walk: Each[] = [];
  let at = from;
  while (rest.length > 0) {
    let nearest = 0;
    for (let i = 1; i < rest.length; i++) {
      const [here, best] = [rest[i] as Each, rest[nearest] as Each];
      if (metresBetween(at, here.point) < metresBetween(at, best.point)) nearest = i;
    }
    const [next] = rest.splice(nearest, 1) as [Each];
    walk.push(next);
    at = next.point;
  }
  return walk;
}
