// The one truth about a place: types, request checks, OpenAPI components and table columns follow from these schemas.
// Never imported by the rider's bundle (only its types are).

import { z } from 'zod';
import { PHOTO_ALT_CHARACTERS, PHOTO_ID, PLACE_PHOTOS } from './photo.ts';
import {
  ACCESS_WAYS,
  AUDIENCES,
  CONFIRMERS,
  GATE_CREDENTIALS,
  GATE_VEHICLES,
  HOSTS,
  MERCHANT_CATEGORIES,
  PLACE_STATUSES,
  POSITION_QUALITIES,
  SCENE_TYPES,
  SOURCE_CRS,
} from './place.ts';
import { SERVICE_CODES, SERVICE_STATES } from './service.ts';

const text = (most: number) => z.string().trim().min(1, '不能为空').max(most, `最多 ${most} 个字`);
const count = (most: number) => z.int('要整数').min(0, '不能小于 0').max(most, `不能大于 ${most}`);

/** RFC 3339 with an offset, for example 2026-11-20T09:12:00+08:00. */
export const instantSchema = z.iso.datetime({ offset: true, error: '要写成 2026-11-20T09:12:00+08:00 这样的时间' });
export const dateSchema = z.iso.date('要写成 2026-11-20 这样的日期');

/** WGS-84 `[lng, lat]`, degrees. */
export const pointSchema = z.tuple([
  z.number('经度要数字').min(-180, '经度在 -180 到 180 之间').max(180, '经度在 -180 到 180 之间'),
  z.number('纬度要数字').min(-90, '纬度在 -90 到 90 之间').max(90, '纬度在 -90 到 90 之间'),
]);

export const entranceSchema = z.strictObject({
  /** Where navigation goes; null when only the sentence is known. */
  point: pointSchema.nullable(),
  text: text(200),
  /** As people say it: 二楼, 负一层. */
  floor: text(12).nullable().optional(),
});

export const placeServiceSchema = z.strictObject({
  code: z.enum(SERVICE_CODES),
  state: z.enum(SERVICE_STATES),
  confirmedAt: instantSchema.nullable(),
  confirmedBy: z.enum(CONFIRMERS).nullable(),
});

/** A dated exception to the opening hours: 春节期间关门, 停电, 今天延长到 23:00. */
export const hoursExceptionSchema = z.strictObject({
  from: instantSchema,
  until: instantSchema,
  open: z.boolean(),
  reason: text(100),
});

export const sourceSchema = z.strictObject({
  name: text(200),
  /** Only what a page may link to. */
  url: z.url({ protocol: /^https?$/, error: '要 http 或 https 网址' }).nullable(),
  date: dateSchema.nullable(),
});

/** A photo that the city has looked at; sizes are those of its larger file, in pixels. */
export const placePhotoSchema = z.strictObject({
  id: z.string().regex(PHOTO_ID),
  alt: text(PHOTO_ALT_CHARACTERS),
  width: z.int().min(1),
  height: z.int().min(1),
});

export const gateRuleSchema = z.strictObject({
  vehicle: z.enum(GATE_VEHICLES),
  /** OSM opening_hours syntax; null is always. */
  hoursOsm: z.string().max(255).nullable(),
  credential: z.enum(GATE_CREDENTIALS),
  /** Let in at any hour while a severe-weather event runs. */
  severeWeather: z.boolean(),
  speedLimitKmh: count(40).nullable(),
});

export const gateSchema = z.strictObject({
  name: text(40),
  point: pointSchema.nullable(),
  rules: z.array(gateRuleSchema).max(12),
});

export const buildingSchema = z.strictObject({
  name: text(40),
  units: z.array(text(20)).max(40),
  point: pointSchema.nullable(),
});

const commonShape = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,39}$/, '编号由小写字母、数字和短横组成，3 到 40 位'),
  /** Five Crockford base-32 characters; an alias of the id that fits on a sticker. Set by the store. */
  shortCode: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{5}$/, '短码是 5 位数字或大写字母'),
  name: text(60),
  /** Other names and readings, so that search finds a name that is often misread. */
  aliases: z.array(text(60)).max(10),
  point: pointSchema,
  positionQuality: z.enum(POSITION_QUALITIES),
  /** Metres that the point may be off; null when surveyed or only the district is known. */
  positionErrorMetres: count(5000).nullable(),
  /** The datum in which the source gave the point; `point` itself is always WGS-84. */
  sourceCrs: z.enum(SOURCE_CRS),
  entrance: entranceSchema.nullable(),
  address: z.string().trim().max(200, '最多 200 个字'),
  /** GB/T 2260 code of the district, six digits. */
  district: z.string().regex(/^\d{6}$/, '区县代码是 6 位数字'),
  street: z
    .string()
    .regex(/^\d{9}$/, '街道代码是 9 位数字')
    .nullable(),
  community: z
    .string()
    .regex(/^\d{12}$/, '社区代码是 12 位数字')
    .nullable(),
  host: z.enum(HOSTS).nullable(),
  phone: z
    .string()
    .regex(/^[0-9+ -]{3,20}$/, '电话由数字、+、空格和短横组成')
    .nullable(),
  services: z
    .array(placeServiceSchema)
    .max(SERVICE_CODES.length)
    .refine(
      (services) => new Set(services.map((service) => service.code)).size === services.length,
      '同一设施写了两次',
    ),
  /** How one gets in; null when nobody has said. */
  access: z.enum(ACCESS_WAYS).nullable(),
  audience: z.array(z.enum(AUDIENCES)).min(1, '至少写一种人'),
  /** OSM opening_hours syntax, checked by `data/opening-hours.ts`; null is unknown. */
  hoursOsm: z.string().max(255, '最多 255 个字符').nullable(),
  hoursExceptions: z.array(hoursExceptionSchema).max(50),
  status: z.enum(PLACE_STATUSES),
  statusUntil: instantSchema.nullable(),
  statusReason: z.string().trim().max(200).nullable(),
  source: sourceSchema,
  /** In the order in which they are shown, the door first. Set by the acts of photos. */
  photos: z.array(placePhotoSchema).max(PLACE_PHOTOS),
  /** Made up for a demonstration: no rider may be sent there. */
  demo: z.boolean(),
  /** The last confirmation of the place as a whole; editing does not move it. */
  confirmedAt: instantSchema.nullable(),
  confirmedBy: z.enum(CONFIRMERS).nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  /** Counts the edits of this place, from 1; the ETag of its page. */
  version: z.int().min(1),
};

export const kindSchemas = {
  station: z.strictObject({ kind: z.literal('station'), ...commonShape, seats: count(1000).nullable() }),
  merchant: z.strictObject({ kind: z.literal('merchant'), ...commonShape, category: z.enum(MERCHANT_CATEGORIES) }),
  parking: z.strictObject({
    kind: z.literal('parking'),
    ...commonShape,
    bays: count(1000).nullable(),
    maxMinutes: count(1440).nullable(),
    vehicle: z.enum(['ebike', 'car', 'any']),
    /** The bay belongs to a public toilet that may be used. */
    atToilet: z.boolean(),
    marking: z.string().trim().max(100).nullable(),
  }),
  toilet: z.strictObject({ kind: z.literal('toilet'), ...commonShape, barrierFree: z.boolean().nullable() }),
  'bike-swap': z.strictObject({
    kind: z.literal('bike-swap'),
    ...commonShape,
    bikesTotal: count(1000),
    /** null is 未知: nobody has reported a count yet. */
    bikesAvailable: count(1000).nullable(),
    bikesOutOfService: count(1000).nullable(),
    lastReportedAt: instantSchema.nullable(),
    rules: z.string().trim().max(500).nullable(),
    compound: z.string().trim().max(60).nullable(),
  }),
  'battery-swap': z.strictObject({
    kind: z.literal('battery-swap'),
    ...commonShape,
    slots: count(1000).nullable(),
    operator: z.string().trim().max(60).nullable(),
  }),
  scene: z.strictObject({
    kind: z.literal('scene'),
    ...commonShape,
    sceneType: z.enum(SCENE_TYPES),
    /** Who signed the rules: the property manager and the platforms' rider stations. */
    signatories: z.array(text(60)).max(20),
    gates: z.array(gateSchema).max(20),
    buildings: z.array(buildingSchema).max(200),
  }),
  'event-point': z.strictObject({
    kind: z.literal('event-point'),
    ...commonShape,
    eventName: text(60),
    eventFrom: instantSchema.nullable(),
    eventUntil: instantSchema.nullable(),
  }),
} as const;

export const placeSchema = z.discriminatedUnion('kind', [
  kindSchemas.station,
  kindSchemas.merchant,
  kindSchemas.parking,
  kindSchemas.toilet,
  kindSchemas['bike-swap'],
  kindSchemas['battery-swap'],
  kindSchemas.scene,
  kindSchemas['event-point'],
]);

export type Place = z.infer<typeof placeSchema>;

type StoreSets = 'id' | 'shortCode' | 'photos' | 'createdAt' | 'updatedAt' | 'version';
type WithoutStoreSets<Each> = Each extends Place ? Omit<Each, StoreSets> & { id?: string } : never;
/** What a creation brings: the store sets short code, photos, dates and version, and the id unless one is given. */
export type PlaceDraft = WithoutStoreSets<Place>;

export type PlaceService = z.infer<typeof placeServiceSchema>;
export type PlacePhoto = z.infer<typeof placePhotoSchema>;
export type Entrance = z.infer<typeof entranceSchema>;
export type Gate = z.infer<typeof gateSchema>;
export type GateRule = z.infer<typeof gateRuleSchema>;
export type HoursException = z.infer<typeof hoursExceptionSchema>;

/** Every key that any kind has, in order: the columns of the table. */
export const PLACE_KEYS: readonly string[] = [
  ...new Set(Object.values(kindSchemas).flatMap((schema) => Object.keys(schema.shape))),
];
