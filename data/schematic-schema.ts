// Checks a city's schematic basemap when the profile is read. Never in the rider's bundle.

import { z } from 'zod';
import { LANDMARK_ICONS } from './city-schema.ts';
import { pointSchema } from './place-schema.ts';
import { SCHEMATIC_GEOMETRIES, SCHEMATIC_LAYERS } from './schematic.ts';

const lineSchema = z.array(pointSchema).min(2, '线至少要 2 个点');
const ringsSchema = z
  .array(
    z
      .array(pointSchema)
      .min(4, '环至少要 4 个点')
      .refine((ring) => String(ring[0]) === String(ring.at(-1)), '环要闭合：最后一点与第一点相同'),
  )
  .min(1, '面至少要 1 个环');

const geometrySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Point'), coordinates: pointSchema }),
  z.strictObject({ type: z.literal('LineString'), coordinates: lineSchema }),
  z.strictObject({ type: z.literal('Polygon'), coordinates: ringsSchema }),
  z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(ringsSchema) }),
]);

const propertiesSchema = z.strictObject({
  layer: z.enum(SCHEMATIC_LAYERS),
  name: z.string().min(1, '不能为空').optional(),
  icon: z.enum(LANDMARK_ICONS).optional(),
  rank: z.union([z.literal(1), z.literal(2), z.literal(3)], '只能是 1、2、3'),
  rotate: z.number().min(-90, '在 -90 到 90 之间').max(90, '在 -90 到 90 之间').optional(),
  crossing: z.string().optional(),
});

const featureSchema = z
  .strictObject({ type: z.literal('Feature'), properties: propertiesSchema, geometry: geometrySchema })
  .superRefine(({ properties, geometry }, context) => {
    const allowed = SCHEMATIC_GEOMETRIES[properties.layer];
    if (allowed.includes(geometry.type)) return;
    const message = `${properties.layer} 层只能是 ${allowed.join('、')}`;
    context.addIssue({ code: 'custom', path: ['geometry', 'type'], message });
  });

export const schematicSchema = z.strictObject({
  type: z.literal('FeatureCollection'),
  features: z.array(featureSchema),
});
