// A place as a GeoJSON feature, in two parts: what only an edit changes, serialised once, and what the moment and the
// asker add. The pinned names are in the OpenAPI document, which follows from `featureSchema`.

import { z } from 'zod';
import { HOURS_STATES, type HoursState } from '../../data/hours.ts';
import { kindSchemas, type Place, pointSchema } from '../../data/place-schema.ts';
import { DEMOTIONS } from '../../data/ranking.ts';
import type { LocalClock } from './local-clock.ts';

const instantOut = z.string().meta({ format: 'date-time' });

export const hoursAnswerSchema = z.strictObject({
  osm: z.string().nullable(),
  state: z.enum(HOURS_STATES),
  until: instantOut.nullable().describe('营业到；一直开、不知道或在 14 天以后时为 null'),
  opensAt: instantOut.nullable().describe('下次开门'),
});

/** What the moment and the asker add. Distances and minutes are null where nobody's position was given. */
export const momentShape = {
  hours: hoursAnswerSchema,
  distanceMetres: z.int().min(0).nullable().describe('骑行距离，已算绕桥，米'),
  rideMinutes: z.int().min(1).nullable().describe('估算的骑行分钟'),
  walkMinutes: z.int().min(1).nullable().describe('估算的步行分钟；走不到时为 null'),
  crossing: z.string().nullable().describe('骑行第一座桥的编号'),
  demotedFor: z.enum(DEMOTIONS).nullable(),
};

/** In the feature itself, in the answer's `hours`, or nobody's business. */
const NOT_PROPERTIES = { id: true, point: true, hoursOsm: true, createdAt: true } as const;

/** One schema for each kind, as `properties` of a feature. */
export const propertiesSchema = z.discriminatedUnion('kind', [
  kindSchemas.station.omit(NOT_PROPERTIES).extend(momentShape),
  kindSchemas.merchant.omit(NOT_PROPERTIES).extend(momentShape),
  kindSchemas.parking.omit(NOT_PROPERTIES).extend(momentShape),
  kindSchemas.toilet.omit(NOT_PROPERTIES).extend(momentShape),
  kindSchemas['bike-swap'].omit(NOT_PROPERTIES).extend(momentShape),
  kindSchemas['battery-swap'].omit(NOT_PROPERTIES).extend(momentShape),
  kindSchemas.scene.omit(NOT_PROPERTIES).extend(momentShape),
  kindSchemas['event-point'].omit(NOT_PROPERTIES).extend(momentShape),
]);

export const featureSchema = z.strictObject({
  type: z.literal('Feature'),
  id: z.string(),
  geometry: z.strictObject({ type: z.literal('Point'), coordinates: pointSchema }),
  properties: propertiesSchema,
});
export type Feature = z.infer<typeof featureSchema>;

/** A feature up to where the moment's part goes: `FeatureWriter` puts the rest behind it. */
export function staticFeature(place: Place): Buffer {
  const { id, point, hoursOsm: _, createdAt: __, ...properties } = place;
  const head = JSON.stringify({ type: 'Feature', id, geometry: { type: 'Point', coordinates: point } });
  return Buffer.from(`${head.slice(0, -1)},"properties":${JSON.stringify(properties).slice(0, -1)}`);
}

/** What follows the static part. */
export function hoursPart(osm: string | null, hours: HoursState, clock: LocalClock): Buffer {
  const at = (minute: number | null) => (minute === null ? null : clock.format(minute * 60_000));
  const json = JSON.stringify({ osm, state: hours.state, until: at(hours.until), opensAt: at(hours.opensAt) });
  return Buffer.from(`,"hours":${json}`);
}
