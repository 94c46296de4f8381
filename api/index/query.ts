// What can be asked of the index, and what it answers.

import type { PlaceKind, Point } from '../../data/place.ts';
import type { ServiceCode } from '../../data/service.ts';

export interface PlaceFilter {
  /** Any of these; empty is all. */
  kinds: readonly PlaceKind[];
  /** All of these, none of them broken. */
  services: readonly ServiceCode[];
  /** Open or closing soon, and not disputed. */
  open: boolean;
  /** Open around the clock by its hours. */
  allDay: boolean;
}

export interface NearestQuery extends PlaceFilter {
  point: Point;
  atMs: number;
  limit: number;
  /** By the way, not in a straight line. */
  maxDistanceMetres: number;
}

export interface ListQuery extends PlaceFilter {
  atMs: number;
  bbox?: readonly [west: number, south: number, east: number, north: number] | undefined;
  district?: string | undefined;
  /** What people type; results come best first. */
  q?: string | undefined;
  limit: number;
  after?: ListPosition | undefined;
}

/** Where a page of a list ended. Lists are ordered by rank (0 without `q`), then id. */
export interface ListPosition {
  rank: number;
  id: string;
}

export interface NearestAnswer {
  /** Features joined by commas, each whole; in their envelope when one was asked for. */
  features: Buffer;
  count: number;
}

export interface ListAnswer extends NearestAnswer {
  numberMatched: number;
  /** Where the next page begins; null at the end. */
  next: ListPosition | null;
}

export const NO_FILTER: PlaceFilter = { kinds: [], services: [], open: false, allDay: false };
