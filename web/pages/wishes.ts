// What a rider asks for, as it stands in the URL. Coordinates never do.

import { KIND_GROUPS } from '../../data/kind-group.ts';
import { PLACE_KINDS, type PlaceKind } from '../../data/place.ts';
import { SERVICE_CODES, type ServiceCode } from '../../data/service.ts';

export const VIEWS = ['near', 'map', 'me', 'areas', 'search', 'suggest'] as const;
export type View = (typeof VIEWS)[number];

export interface Wishes {
  view: View;
  kinds: readonly PlaceKind[];
  services: readonly ServiceCode[];
  open: boolean;
  allDay: boolean;
  /** A landmark's id or a district's code; null is the city's default, or where the phone is. */
  area: string | null;
  /** What is searched for. */
  q: string;
  /** How many places to list. */
  count: number;
}

export const FIRST_COUNT = 5;
export const MORE_COUNT = 10;
export const MOST_COUNT = 95;

/** Landmark ids and district codes look so; whatever else came by a link (a position, say) goes no further. */
const AREA = /^[a-z0-9][a-z0-9-]*$/;

/** Unknown parameters and values are passed over: links come through other apps, which add their own. */
export function readWishes(parameters: URLSearchParams): Wishes {
  const listed = (name: string) => (parameters.get(name) ?? '').split(',');
  const kinds = PLACE_KINDS.filter((kind) => listed('kinds').includes(kind));
  const view = (parameters.get('part') ?? parameters.get('view')) as View;
  const count = Number(parameters.get('count'));
  const area = parameters.get('area');
  return {
    view: VIEWS.includes(view) ? view : 'near',
    kinds: kinds.length > 0 ? kinds : KIND_GROUPS[0].kinds,
    services: SERVICE_CODES.filter((code) => listed('services').includes(code)),
    open: parameters.get('open') === 'true',
    allDay: parameters.get('allDay') === 'true',
    area: area !== null && AREA.test(area) ? area : null,
    // By characters: half of one could not stand in a URL.
    q: [...(parameters.get('q') ?? '')].slice(0, 40).join(''),
    count: Number.isInteger(count) && count > FIRST_COUNT ? Math.min(count, MOST_COUNT) : FIRST_COUNT,
  };
}

/** The path and query that say these wishes; nothing that is as usual. */
export function wishesHref(wishes: Wishes, changes: Partial<Wishes> = {}): string {
  const all = { ...wishes, ...changes };
  const parts: string[] = [];
  if (all.view === 'suggest') parts.push('part=suggest');
  else if (all.view !== 'near') parts.push(`view=${all.view}`);
  if (all.kinds.join() !== KIND_GROUPS[0].kinds.join()) parts.push(`kinds=${all.kinds.join(',')}`);
  if (all.services.length > 0) parts.push(`services=${all.services.join(',')}`);
  if (all.open) parts.push('open=true');
  if (all.allDay) parts.push('allDay=true');
  if (all.area !== null) parts.push(`area=${encodeURIComponent(all.area)}`);
  if (all.view === 'search' && all.q !== '') parts.push(`q=${encodeURIComponent(all.q)}`);
  if (all.count !== FIRST_COUNT) parts.push(`count=${all.count}`);
  return parts.length === 0 ? '/' : `/?${parts.join('&')}`;
}
