// A place while it is edited: what it was, and what is to change. Only what differs is sent. Pure.

import type { PlaceKind, Point } from '../../../data/place.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Editing {
  base: Fields;
  changes: Fields;
}

export function fieldValue<Value>({ base, changes }: Editing, field: string): Value {
  return (field in changes ? changes[field] : base[field]) as Value;
}

/** A change back to what was is no change. */
export function withChange({ base, changes }: Editing, field: string, value: unknown): Editing {
  const { [field]: _, ...others } = changes;
  const isSame = JSON.stringify(value) === JSON.stringify(base[field]);
  return { base, changes: isSame ? others : { ...others, [field]: value } };
}

/** The same change upon what somebody else made of the place meanwhile; what they changed the same way is none any more. */
export function rebased({ changes }: Editing, base: Fields, keep: (field: string) => boolean): Editing {
  return Object.entries(changes)
    .filter(([field]) => keep(field))
    .reduce<Editing>((editing, [field, value]) => withChange(editing, field, value), { base, changes: {} });
}

/** What a new place starts from; the server fills in what may be absent. */
export function blankPlace(kind: PlaceKind, district: string, today: string): Fields {
  return {
    kind,
    name: '',
    aliases: [],
    address: '',
    district,
    point: null,
    positionQuality: 'surveyed',
    positionErrorMetres: null,
    entrance: null,
    services: [],
    audience: kind === 'scene' ? ['riders'] : ['everyone'],
    hoursOsm: null,
    hoursExceptions: [],
    source: { name: '管理台录入', url: null, date: today },
    status: 'active',
    ...KIND_BLANKS[kind],
  };
}

const KIND_BLANKS: Readonly<Record<PlaceKind, Fields>> = {
  station: { seats: null },
  merchant: { category: 'meal' },
  parking: { bays: null, maxMinutes: null, vehicle: 'ebike', atToilet: false, marking: null },
  toilet: { barrierFree: null },
  'bike-swap': { bikesTotal: 0, bikesAvailable: null, bikesOutOfService: null, lastReportedAt: null },
  'battery-swap': { slots: null, operator: null },
  scene: { sceneType: 'compound', signatories: [], gates: [], buildings: [] },
  'event-point': { eventName: '', eventFrom: null, eventUntil: null },
};

/** A step on the ground: metres east and north of a point. */
export function movedBy([lng, lat]: Readonly<Point>, eastMetres: number, northMetres: number): Point {
  const metresPerDegree = (Math.PI / 180) * 6_371_000;
  const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;
  return [
    round(lng + eastMetres / (metresPerDegree * Math.cos((lat * Math.PI) / 180))),
    round(lat + northMetres / metresPerDegree),
  ];
}

/** How far one point lies east and north of another, whole metres. */
export function offsetMetres(from: Readonly<Point>, to: Readonly<Point>): { east: number; north: number } {
  const metresPerDegree = (Math.PI / 180) * 6_371_000;
  return {
    east: Math.round((to[0] - from[0]) * metresPerDegree * Math.cos((from[1] * Math.PI) / 180)) + 0,
    north: Math.round((to[1] - from[1]) * metresPerDegree) + 0,
  };
}

/** 已向东 8 米、北 5 米; null when it was not moved. */
export function movedText(from: Readonly<Point>, to: Readonly<Point>): string | null {
  const { east, north } = offsetMetres(from, to);
  if (east === 0 && north === 0) return null;
  const parts = [
    east === 0 ? '' : `${east > 0 ? '东' : '西'} ${Math.abs(east)} 米`,
    north === 0 ? '' : `${north > 0 ? '北' : '南'} ${Math.abs(north)} 米`,
  ];
  return `已向${parts.filter(Boolean).join('、')}`;
}
