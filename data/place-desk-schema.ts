// The schemas of the desk's places: what its routes are sent, and what they answer. Never in the rider's bundle.

import { z } from 'zod';
import {
  CONFIRMERS,
  PLACE_KINDS,
  PLACE_STATUSES,
  type PlaceKind,
  type PlaceStatus,
  POSITION_QUALITIES,
} from './place.ts';
import { instantSchema, placeSchema, pointSchema } from './place-schema.ts';
import { SERVICE_CODES } from './service.ts';

/** RFC 7396 over a place's fields; `data/place-edit-rules.ts` checks the outcome against the place's own schema. */
export const placePatchSchema = z
  .record(z.string(), z.unknown())
  .describe('点位的字段（见 DeskPlace 的 place）；没写的不变，null 是去掉，列表整个替换');

export const newPlaceSchema = z
  .looseObject({ kind: z.enum(PLACE_KINDS) })
  .describe(
    '点位的字段（见 DeskPlace 的 place），可以没有的都可以不写；status 只能是 pending 或 active，不写是 pending',
  );

export const revertSchema = z.strictObject({ version: z.int('要整数').min(1, '从 1 开始').describe('回到哪个版本') });

export const contactSchema = z.strictObject({
  name: z.string().trim().min(1, '要写称呼').max(20, '最多 20 个字').describe('怎么称呼'),
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+ -]{5,20}$/, '电话由数字、+、空格和短横组成')
    .describe('电话'),
});
export const contactBodySchema = z.strictObject({ contact: contactSchema.nullable().describe('null 是删掉') });
export const revealedContactSchema = contactSchema;

export const whoSchema = z.strictObject({
  kind: z.enum(['account', 'riders', 'system', 'cli']),
  name: z.string().describe('同事的称呼；骑手、系统、命令行'),
});
export type Who = z.infer<typeof whoSchema>;

export const deskPlaceSchema = z.strictObject({
  place: placeSchema,
  contact: z
    .strictObject({ name: z.string(), phone: z.string().describe('打了码') })
    .nullable()
    .describe('驻点联系人，不公开；看全号用 phone-reveals'),
  today: z.strictObject({
    visitors: z.int().min(0).nullable().describe('驻点报的今日人数'),
    checkIns: z.int().min(0).describe('骑手点“我到了”的人次'),
  }),
  openReports: z.int().min(0).describe('没办结的反映'),
  may: z.strictObject({
    edit: z.boolean(),
    quickActs: z.boolean(),
    revealPhone: z.boolean(),
  }),
  notReverted: z
    .array(z.strictObject({ field: z.string(), reason: z.string() }))
    .optional()
    .describe('回到旧版本时没能带回来的字段'),
});
export type DeskPlaceAnswer = z.infer<typeof deskPlaceSchema>;

export const deskRowSchema = z.strictObject({
  id: z.string(),
  shortCode: z.string(),
  kind: z.enum(PLACE_KINDS),
  name: z.string(),
  aliases: z.array(z.string()),
  address: z.string(),
  district: z.string(),
  street: z.string().nullable(),
  community: z.string().nullable(),
  point: pointSchema,
  positionQuality: z.enum(POSITION_QUALITIES),
  status: z.enum(PLACE_STATUSES),
  statusUntil: instantSchema.nullable(),
  statusReason: z.string().nullable(),
  hoursOsm: z.string().nullable(),
  brokenServices: z.array(z.enum(SERVICE_CODES)),
  demo: z.boolean(),
  confirmedAt: instantSchema.nullable(),
  confirmedBy: z.enum(CONFIRMERS).nullable(),
  updatedAt: instantSchema,
  version: z.int().min(1),
  openReports: z.int().min(0),
  distanceMetres: z.int().min(0).nullable().describe('直线距离；没给位置时为 null'),
  mine: z.boolean().describe('在自己负责的范围内'),
});
export type DeskRowAnswer = z.infer<typeof deskRowSchema>;

const count = z.int().min(0);
/** A number for each word; absent is 0. */
const counts = <Word extends string>(words: readonly Word[]) =>
  z.strictObject(
    Object.fromEntries(words.map((word) => [word, count.optional()])) as Record<Word, z.ZodOptional<typeof count>>,
  );

export const deskPlaceListSchema = z.strictObject({
  items: z.array(deskRowSchema),
  next: z.string().nullable().describe('下一页的 cursor'),
  numberMatched: count,
  counts: z
    .strictObject({
      statuses: counts<PlaceStatus>(PLACE_STATUSES),
      kinds: counts<PlaceKind>(PLACE_KINDS),
    })
    .describe('换一种状态或类别、其他条件不变时各有多少'),
});

export const placeVersionSchema = z.strictObject({
  version: z.int().min(1),
  at: instantSchema,
  who: whoSchema,
  act: z.string(),
  actLabel: z.string(),
  fields: z.array(
    z.strictObject({
      field: z.string(),
      label: z.string(),
      from: z.unknown(),
      to: z.unknown(),
      isRedacted: z.boolean().describe('涉及个人，只记改过'),
    }),
  ),
});
export const placeHistorySchema = z.strictObject({
  items: z.array(placeVersionSchema),
  next: z.string().nullable().describe('下一页的 cursor'),
});

export const fieldConflictSchema = z.strictObject({
  field: z.string(),
  label: z.string(),
  base: z.unknown(),
  yours: z.unknown(),
  theirs: z.unknown(),
  isBoth: z.boolean().describe('两边改得不一样，要选一个'),
});

export const todaySchema = z.strictObject({
  counts: z.strictObject({
    reviews: count.describe('等审核'),
    reported: count.describe('有没办结的反映'),
    disputed: count.describe('存疑'),
    unverified: count.describe('太久没核实'),
  }),
  unverifiedDays: count.describe('超过这么多天算太久'),
  reported: z.array(deskRowSchema).describe('反映多的在前'),
  disputed: z.array(deskRowSchema),
  unverified: z.array(deskRowSchema).describe('最久的在前'),
  nearby: z.array(deskRowSchema).describe('附近该去核实的，按走的顺序；距离从 from 算'),
  from: z.strictObject({ name: z.string(), point: pointSchema }).describe('从哪里走起：选的地点，或自己区域的中心'),
});
export type TodayAnswer = z.infer<typeof todaySchema>;

export const auditActSchema = z.strictObject({
  sequence: z.int().min(1),
  at: instantSchema,
  who: whoSchema,
  actor: z.string().describe('账号的编号，或 riders、命令行等'),
  act: z.string(),
  actLabel: z.string(),
  subject: z.string().nullable(),
  subjectName: z.string().nullable().describe('点位的名称'),
  details: z.record(z.string(), z.unknown()),
});
export const auditListSchema = z.strictObject({
  items: z.array(auditActSchema),
  next: z.string().nullable().describe('下一页的 cursor'),
});
const head = z.strictObject({ sequence: z.int().min(0), hash: z.string() });
export const auditVerdictSchema = z.strictObject({
  ok: z.boolean(),
  message: z.string(),
  problem: z.enum(['edited', 'missing', 'truncated', 'other-history']).nullable(),
  sequence: z.int().nullable().describe('从哪一条起不对'),
  head: head.nullable().describe('现在的链头；抄下来，以后可以对'),
  comparedWith: head.extend({ at: instantSchema }).nullable().describe('最近一次导出到日志的链头'),
});
