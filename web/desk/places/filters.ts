// What the table of places is asked for. It stands in the address, so that a list can be sent to a colleague. Pure.

import { DESK_SORTS, type DeskSort } from '../../../data/desk-list.ts';
import { PLACE_KINDS, PLACE_STATUSES, type PlaceKind, type PlaceStatus } from '../../../data/place.ts';

export interface PlaceFilters {
  q: string;
  kinds: readonly PlaceKind[];
  statuses: readonly PlaceStatus[];
  /** Null: the account's own; `all`: the whole city. */
  area: string | null;
  unverifiedDays: number | null;
  hoursUnknown: boolean;
  reported: boolean;
  demo: boolean | null;
  sort: DeskSort;
}

export function readFilters(query: string): PlaceFilters {
  const parameters = new URLSearchParams(query);
  const list = <Word extends string>(name: string, words: readonly Word[]) =>
    words.filter((word) => parameters.get(name)?.split(',').includes(word));
  const days = Number(parameters.get('unverifiedDays') ?? '');
  const sort = parameters.get('sort') as DeskSort;
  return {
    q: parameters.get('q') ?? '',
    kinds: list('kinds', PLACE_KINDS),
    statuses: list('statuses', PLACE_STATUSES),
    area: parameters.get('area'),
    unverifiedDays: days > 0 ? days : null,
    hoursUnknown: parameters.get('hoursUnknown') === 'true',
    reported: parameters.get('reported') === 'true',
    demo: parameters.has('demo') ? parameters.get('demo') === 'true' : null,
    sort: DESK_SORTS.includes(sort) && sort !== 'distance' ? sort : 'unverifiedSince',
  };
}

/** As the API is asked, and as the address says it: the usual is left out. */
export function filterQuery(filters: PlaceFilters): Record<string, string | undefined> {
  const { q, kinds, statuses, area, unverifiedDays, hoursUnknown, reported, demo, sort } = filters;
  return {
    q: q.trim() || undefined,
    kinds: kinds.join(',') || undefined,
    statuses: statuses.join(',') || undefined,
    area: area ?? undefined,
    unverifiedDays: unverifiedDays === null ? undefined : String(unverifiedDays),
    hoursUnknown: hoursUnknown ? 'true' : undefined,
    reported: reported ? 'true' : undefined,
    demo: demo === null ? undefined : String(demo),
    sort: sort === 'unverifiedSince' ? undefined : sort,
  };
}

export function filterCount(filters: PlaceFilters): number {
  const { sort: _, ...rest } = filterQuery(filters);
  return Object.values(rest).filter(Boolean).length;
}
