// The places as the map's features: which picture each one wears, and what is clustered. Pure.

import type { Feature, Point as PointGeometry } from 'geojson';
import type { Result } from '../../data/answer.ts';
import type { Core, CorePlace } from '../../data/core.ts';
import { hoursStateAt } from '../../data/hours.ts';
import { PLACE_KINDS, type PlaceKind } from '../../data/place.ts';
import type { PinLook } from '../pages/pin.ts';
import { imageName } from './map-image.ts';

export interface PlaceProperties {
  id: string;
  /** Name of its picture. */
  image: string;
  /** What is drawn later lies on top. */
  order: number;
}
export type PlaceFeature = Feature<PointGeometry, PlaceProperties>;

/** How a place looks at a moment: hollow when shut, a badge when something is broken, a ring when not exactly there. */
export function pinLookOf(place: CorePlace, nowMs: number): PinLook {
  const { state } = hoursStateAt(place.hours, place, nowMs);
  return {
    kind: place.kind,
    ...((state === 'closed' || state === 'paused') && { closed: true }),
    ...(place.services.some((service) => service.standing === 'broken') && { fault: true }),
    ...(place.positionQuality !== 'surveyed' && { approximate: true }),
  };
}

/** The places that are clustered, by kind: all that are shown but the prominent ones. */
export function clusteredFeatures(
  core: Core,
  shown: readonly number[],
  prominent: ReadonlySet<string>,
  nowMs: number,
): Map<PlaceKind, PlaceFeature[]> {
  const byKind = new Map<PlaceKind, PlaceFeature[]>(PLACE_KINDS.map((kind) => [kind, []]));
  for (const i of shown) {
    const place = core.place(i);
    if (!prominent.has(place.id)) byKind.get(place.kind)?.push(featureOf(place, pinLookOf(place, nowMs), {}, 0));
  }
  return byKind;
}

/** The places that stand alone: the listed ones with their numbers, the first on top, and the selected one above all. */
export function prominentFeatures(
  core: Core,
  listed: readonly Result[],
  selected: string | null,
  nowMs: number,
): PlaceFeature[] {
  const features = listed.map(({ place }, i) => {
    const look = { ...pinLookOf(place, nowMs), number: i + 1 };
    return place.id === selected ? selectedFeature(place, look) : featureOf(place, look, {}, listed.length - i);
  });
  const index = selected === null ? undefined : core.indexOf(selected);
  if (index !== undefined && !listed.some((result) => result.id === selected)) {
    const place = core.place(index);
    features.push(selectedFeature(place, pinLookOf(place, nowMs)));
  }
  return features;
}

const ORDER_OF_SELECTED = 1_000_000;

function selectedFeature(place: CorePlace, look: PinLook): PlaceFeature {
  return featureOf(place, look, { selected: true }, ORDER_OF_SELECTED);
}

function featureOf(place: CorePlace, look: PinLook, more: { selected?: true }, order: number): PlaceFeature {
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: place.point },
    properties: { id: place.id, image: imageName({ shape: 'pin', ...look, ...more }), order },
  };
}
