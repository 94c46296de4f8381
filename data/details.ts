// The snapshot's details: what a place's page says beyond the core. Pure; the phone reads it, `data/snapshot.ts` writes it.

import { type CoreHours, readHours } from './core.ts';
import type { HoursExpansion } from './hours.ts';
import type { Confirmer, GateCredential, GateVehicle, Host, Place, Point } from './place.ts';
import type { Gate } from './place-schema.ts';
import type { ServiceCode, ServiceState } from './service.ts';

export const DETAILS_FORMAT = 2;

/** Each column: its distinct values, and for each place in the core's order the position of its own. */
export interface DetailsDocument {
  format: typeof DETAILS_FORMAT;
  version: string;
  count: number;
  columns: Record<string, { values: unknown[]; of: number[] }>;
  /** The hours texts of gate rules, expanded. */
  hours: { from: number; until: number; texts: Record<string, CoreHours> };
}

/** Instants are RFC 3339. */
export interface PlaceDetails {
  entrance: { point: Point | null; text: string; floor?: string | null | undefined } | null;
  phone: string | null;
  host: Host | null;
  audience: readonly string[];
  hoursOsm: string | null;
  statusReason: string | null;
  exceptions: readonly { from: string; until: string; open: boolean; reason: string }[];
  services: readonly {
    code: ServiceCode;
    state: ServiceState;
    confirmedAt: string | null;
    confirmedBy: Confirmer | null;
  }[];
  confirmedAt: string | null;
  confirmedBy: Confirmer | null;
  source: { name: string; url: string | null; date: string | null };
  /** The door first. Sizes are those of the larger file, pixels. */
  photos: readonly { id: string; alt: string; width: number; height: number }[];
  parking: {
    bays: number | null;
    maxMinutes: number | null;
    vehicle: string;
    atToilet: boolean;
    marking: string | null;
  } | null;
  swap: { rules: string | null; compound: string | null } | null;
  scene: { signatories: readonly string[]; gates: readonly SceneGate[]; buildings: readonly SceneBuilding[] } | null;
  seats: number | null;
  slots: number | null;
  operator: string | null;
  barrierFree: boolean | null;
}

export interface SceneGate {
  name: string;
  point: Point | null;
  rules: readonly {
    vehicle: GateVehicle;
    /** When the rule lets in; null is always. */
    hours: HoursExpansion | null;
    credential: GateCredential;
    severeWeather: boolean;
    speedLimitKmh: number | null;
  }[];
}

export interface SceneBuilding {
  name: string;
  units: readonly string[];
  point: Point | null;
}

/** As they travel: gate rules still name their hours text. */
export type WrittenDetails = Omit<PlaceDetails, 'scene'> & { scene: WrittenScene | null };
type WrittenScene = Omit<NonNullable<PlaceDetails['scene']>, 'gates'> & { gates: Gate[] };

export function writtenDetailsOf(place: Place): WrittenDetails {
  return {
    entrance: place.entrance,
    phone: place.phone,
    host: place.host,
    audience: place.audience,
    hoursOsm: place.hoursOsm,
    statusReason: place.statusReason,
    exceptions: place.hoursExceptions,
    services: place.services,
    confirmedAt: place.confirmedAt,
    confirmedBy: place.confirmedBy,
    source: place.source,
    photos: place.photos,
    parking:
      place.kind === 'parking'
        ? {
            bays: place.bays,
            maxMinutes: place.maxMinutes,
            vehicle: place.vehicle,
            atToilet: place.atToilet,
            marking: place.marking,
          }
        : null,
    swap: place.kind === 'bike-swap' ? { rules: place.rules, compound: place.compound } : null,
    scene:
      place.kind === 'scene'
        ? { signatories: place.signatories, gates: place.gates, buildings: place.buildings }
        : null,
    seats: place.kind === 'station' ? place.seats : null,
    slots: place.kind === 'battery-swap' ? place.slots : null,
    operator: place.kind === 'battery-swap' ? place.operator : null,
    barrierFree: place.kind === 'toilet' ? place.barrierFree : null,
  };
}

/** @param expand gives the expansion of an hours text */
export function detailsOf(place: Place, expand: (hoursOsm: string) => HoursExpansion | null): PlaceDetails {
  return withGateHours(writtenDetailsOf(place), expand);
}

/** Nothing is known at any time; null would let in always. */
const UNREADABLE_HOURS: HoursExpansion = { from: 0, until: 0, open: [], unknown: [], allDay: false };

function withGateHours(written: WrittenDetails, expand: (hoursOsm: string) => HoursExpansion | null): PlaceDetails {
  const { scene } = written;
  if (!scene) return { ...written, scene };
  const gates = scene.gates.map((gate) => ({
    ...gate,
    rules: gate.rules.map(({ hoursOsm, ...rule }) => ({
      ...rule,
      hours: hoursOsm === null ? null : (expand(hoursOsm) ?? UNREADABLE_HOURS),
    })),
  }));
  return { ...written, scene: { ...scene, gates } };
}

/** One place's details out of the document, or undefined when the document has no such place. */
export function readDetails(document: DetailsDocument, i: number): PlaceDetails | undefined {
  if (document.format !== DETAILS_FORMAT || i < 0 || i >= document.count) return undefined;
  const written = Object.fromEntries(
    Object.entries(document.columns).map(([key, column]) => [key, column.values[column.of[i] as number]]),
  ) as unknown as WrittenDetails;
  return withGateHours(written, (hoursOsm) => {
    const text = document.hours.texts[hoursOsm];
    return text ? readHours(text, document.hours) : null;
  });
}
