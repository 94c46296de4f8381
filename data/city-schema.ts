// A city profile: everything that the code must not know of a city. Read and checked once, at start.

import { z } from 'zod';
import { dateSchema, pointSchema } from './place-schema.ts';
import { SERVICE_CODES } from './service.ts';

/** `[west, south, east, north]`, degrees WGS-84. */
const boxSchema = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .refine(([west, south, east, north]) => west < east && south < north, '范围要写成 [西, 南, 东, 北]');
const slug = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, '只用小写字母、数字和短横');
const webAddress = z.url('要写网址');
const permission = z.enum(['yes', 'no', 'unknown']);

export const districtSchema = z.strictObject({
  code: z.string().regex(/^\d{6}$/, '区县代码是 6 位数字'),
  name: z.string().min(1),
  /** Without 区 or 县, as people say it: 道里. */
  shortName: z.string().min(1),
  point: pointSchema,
  box: boxSchema,
});

export const LANDMARK_ICONS = [
  'rail',
  'street',
  'tower',
  'dome',
  'mall',
  'park',
  'temple',
  'square',
  'island',
  'snow',
] as const;

export const landmarkSchema = z.strictObject({
  id: slug,
  name: z.string().min(1),
  point: pointSchema,
  district: z.string(),
  icon: z.enum(LANDMARK_ICONS),
});

/** Land beside water nobody can cross except by a crossing. Rings are closed; holes are islands. */
export const barrierSchema = z.strictObject({
  id: slug,
  name: z.string().min(1),
  coordinates: z.array(z.array(pointSchema).min(4)).min(1),
});

export const crossingSchema = z.strictObject({
  id: slug,
  name: z.string().min(1),
  /** From bank to bank; both ends on land. */
  line: z.array(pointSchema).min(2),
  /** unknown is not used until the city says so. */
  ride: permission,
  walk: permission,
  note: z.string().optional(),
});

export const citySchema = z.strictObject({
  id: slug,
  name: z.string().min(1),
  /** What the city calls its service, for the page title. */
  title: z.string().min(1),
  timezone: z.string().min(1),
  /** Prefix of receipt numbers and of new places' ids. */
  prefix: z.string().regex(/^[A-Z]{2,5}$/, '2 到 5 个大写字母'),
  /** Points outside are refused. */
  area: boxSchema,
  /** Where most places are: the first view of the map. */
  core: boxSchema,
  /** Where a visitor without position starts: a landmark's id or a district's code. */
  defaultArea: z.string(),
  districts: z.array(districtSchema).min(1),
  landmarks: z.array(landmarkSchema),
  services: z.array(z.enum(SERVICE_CODES)).min(1),
  barriers: z.array(barrierSchema),
  crossings: z.array(crossingSchema),
  /** Door to door over the way that the map computes, stops included: an estimate, and called so. */
  speeds: z.strictObject({ rideKmh: z.number().min(5).max(45), walkKmh: z.number().min(2).max(7) }),
  basemap: z.strictObject({
    /** GeoJSON file beside the profile, drawn by `web/map/schematic-style.ts`; null leaves plain ground. */
    schematic: z.string().nullable(),
    /** Always shown on the schematic. */
    notice: z.string().min(1),
  }),
  help: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        number: z.string().regex(/^[0-9-]{3,15}$/, '电话由 3 到 15 位数字和短横组成'),
      }),
    )
    .min(1),
  /** Who runs the service and answers for the data, as the privacy page names it. */
  operator: z.string().min(1).optional(),
  contactEmail: z.email('要写邮箱地址'),
  /** Days that differ from what the calendar library knows: "2026-10-10": "workday" | "holiday". */
  calendar: z.record(dateSchema, z.enum(['holiday', 'workday'])),
  /** Which calendar of public holidays applies. */
  holidays: z.enum(['cn', 'none']),
  departments: z.array(z.strictObject({ id: slug, name: z.string().min(1) })),
  sources: z.array(
    z.strictObject({ id: slug, name: z.string().min(1), url: webAddress.nullable(), date: dateSchema.nullable() }),
  ),
  /** ICP and police filing numbers shown at the foot of the pages, when the city has them. */
  filings: z.array(z.strictObject({ name: z.string().min(1), url: webAddress })),
  notes: z.array(z.string()),
});

/** Cross-references that a shape cannot say. */
export const checkedCitySchema = citySchema.superRefine((city, context) => {
  const codes = new Set(city.districts.map((district) => district.code));
  const areas = new Set([...codes, ...city.landmarks.map((landmark) => landmark.id)]);
  if (!areas.has(city.defaultArea)) {
    context.addIssue({ code: 'custom', path: ['defaultArea'], message: `没有 ${city.defaultArea} 这个地标或区县` });
  }
  city.landmarks.forEach((landmark, i) => {
    if (!codes.has(landmark.district)) {
      context.addIssue({
        code: 'custom',
        path: ['landmarks', i, 'district'],
        message: `没有区县 ${landmark.district}`,
      });
    }
  });
  try {
    new Intl.DateTimeFormat('zh-CN', { timeZone: city.timezone });
  } catch {
    context.addIssue({ code: 'custom', path: ['timezone'], message: `不认识时区 ${city.timezone}` });
  }
});

export type City = z.infer<typeof citySchema>;
