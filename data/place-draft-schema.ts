// The schema of a creation: a place without what the store sets. Derived, so that a new field of a place needs no line here.

import { z } from 'zod';
import { kindSchemas, type PlaceDraft } from './place-schema.ts';

const STORE_SETS = { shortCode: true, photos: true, createdAt: true, updatedAt: true, version: true } as const;
const idOptional = { id: true } as const;

export const placeDraftSchema = z.discriminatedUnion('kind', [
  kindSchemas.station.omit(STORE_SETS).partial(idOptional),
  kindSchemas.merchant.omit(STORE_SETS).partial(idOptional),
  kindSchemas.parking.omit(STORE_SETS).partial(idOptional),
  kindSchemas.toilet.omit(STORE_SETS).partial(idOptional),
  kindSchemas['bike-swap'].omit(STORE_SETS).partial(idOptional),
  kindSchemas['battery-swap'].omit(STORE_SETS).partial(idOptional),
  kindSchemas.scene.omit(STORE_SETS).partial(idOptional),
  kindSchemas['event-point'].omit(STORE_SETS).partial(idOptional),
]);

/** What the schema lets through, as the contract's type: an absent id is absent, never undefined. */
export function asDraft(parsed: z.infer<typeof placeDraftSchema>): PlaceDraft {
  const { id, ...rest } = parsed;
  return (id === undefined ? rest : { ...rest, id }) as PlaceDraft;
}
