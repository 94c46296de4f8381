// The schemas of the review queue: what is decided, and what a reviewer sees. Never in the rider's bundle.

import { z } from 'zod';
import { PHOTO_ALT_CHARACTERS } from './photo.ts';
import { CONFIRMERS, PLACE_KINDS, PLACE_STATUSES } from './place.ts';
import { instantSchema, pointSchema } from './place-schema.ts';
import { REVIEW_DECISIONS, REVIEW_KINDS, REVIEW_REASON_CHARACTERS, REVIEW_STATES } from './review.ts';
import { SUGGESTED_FIELD_LABELS, type SuggestedField } from './suggestion.ts';
import { changedFieldsShape } from './suggestion-schema.ts';

/** What a suggestion comes to: as suggested, but with hours in the stored syntax. */
export const reviewChangesSchema = z.strictObject({
  ...changedFieldsShape,
  hoursOsm: z
    .string()
    .max(255, '最多 255 个字符')
    .nullable()
    .optional()
    .describe('OSM opening_hours 写法；null 是不知道'),
  point: pointSchema.optional().describe('[经度, 纬度]，WGS-84'),
  district: z
    .string()
    .regex(/^\d{6}$/, '区县代码是 6 位数字')
    .optional(),
});
export type ReviewChanges = z.infer<typeof reviewChangesSchema>;

export const decisionSchema = z.strictObject({
  decision: z.enum(REVIEW_DECISIONS).describe('这一条能选哪些，看详情的 choices'),
  version: z.int().min(1).optional().describe('看到的版本；也可以写在 If-Match 里'),
  reason: z
    .string()
    .trim()
    .max(REVIEW_REASON_CHARACTERS, `最多 ${REVIEW_REASON_CHARACTERS} 个字`)
    .refine((value) => value.isWellFormed(), '有不成对的字符')
    .optional()
    .describe('退回、暂停、撤销必须写；提交的人会看到'),
  changes: reviewChangesSchema.optional().describe('改后通过：改成什么样，从详情的 proposed 改起'),
  until: instantSchema.optional().describe('暂停到什么时候；不写就是待定'),
  alt: z
    .string()
    .trim()
    .min(1, '不能为空')
    .max(PHOTO_ALT_CHARACTERS, `最多 ${PHOTO_ALT_CHARACTERS} 个字`)
    .optional()
    .describe('照片里是什么，读屏时念'),
});
export type DecisionInput = z.infer<typeof decisionSchema>;

const outcomeSchema = z.strictObject({
  decision: z.enum([...REVIEW_DECISIONS, 'superseded']),
  label: z.string(),
  reason: z.string().nullable(),
  /** Null when nobody decided. */
  by: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  at: instantSchema,
  undoUntil: instantSchema.nullable().describe('自己的决定，在这之前可以撤回'),
});

export const reviewItemSchema = z.strictObject({
  id: z.int(),
  kind: z.enum(REVIEW_KINDS),
  state: z.enum(REVIEW_STATES),
  version: z.int(),
  isUrgent: z.boolean(),
  title: z.string().describe('点位的名称，或推荐的名称'),
  summary: z.string().describe('一句话：要改什么，或出了什么事'),
  placeId: z.string().nullable(),
  district: z.string().nullable(),
  voices: z.int().describe('几个人说'),
  openedAt: instantSchema,
  updatedAt: instantSchema,
  outcome: outcomeSchema.nullable(),
});
export type ReviewItem = z.infer<typeof reviewItemSchema>;

const countsSchema = z.record(z.enum(REVIEW_KINDS), z.int());

export const reviewListSchema = z.strictObject({
  items: z.array(reviewItemSchema),
  next: z.string().nullable().describe('下一页的 cursor'),
  counts: countsSchema.describe('还没审的，按种类'),
});

const fieldNames = Object.keys(SUGGESTED_FIELD_LABELS) as [SuggestedField, ...SuggestedField[]];

export const reviewDetailSchema = reviewItemSchema.extend({
  place: z
    .strictObject({
      id: z.string(),
      name: z.string(),
      kind: z.enum(PLACE_KINDS),
      status: z.enum(PLACE_STATUSES),
      statusReason: z.string().nullable(),
      address: z.string(),
      point: pointSchema,
      version: z.int(),
    })
    .nullable()
    .describe('推荐的新点位还没有'),
  changes: z
    .array(
      z.strictObject({
        field: z.enum(fieldNames),
        label: z.string(),
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    )
    .describe('逐项的前后，给人看的话'),
  proposed: reviewChangesSchema.nullable().describe('改后通过从这里改起'),
  hoursNeedRewriting: z.boolean().describe('开放时间要改写成能用的写法，才能通过'),
  notes: z.array(
    z.strictObject({
      number: z.string(),
      text: z.string(),
      isMasked: z.boolean().describe('里面有电话，盖住了；看全文要用 note-reveals'),
      at: instantSchema,
    }),
  ),
  photos: z.array(z.strictObject({ id: z.string(), url: z.string(), isPublic: z.boolean() })),
  others: z
    .array(
      z.strictObject({
        field: z.string(),
        label: z.string(),
        value: z.boolean(),
        by: z.enum(CONFIRMERS),
        at: instantSchema,
        weighs: z.boolean().describe('新设备的话不算数'),
      }),
    )
    .describe('48 小时内别人怎么说，新的在前'),
  duplicates: z.array(
    z.strictObject({ id: z.string(), name: z.string(), metres: z.int(), point: pointSchema, why: z.string() }),
  ),
  points: z.array(
    z.strictObject({
      role: z.enum(['now', 'suggested', 'entrance', 'duplicate']),
      label: z.string(),
      point: pointSchema,
    }),
  ),
  choices: z.array(
    z.strictObject({
      decision: z.enum(REVIEW_DECISIONS),
      label: z.string(),
      needsReason: z.boolean(),
      takesUntil: z.boolean(),
      takesChanges: z.boolean(),
    }),
  ),
});
export type ReviewDetail = z.infer<typeof reviewDetailSchema>;

export const reviewReasonsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(REVIEW_KINDS),
      decision: z.enum(REVIEW_DECISIONS),
      text: z.string(),
    }),
  ),
});

export const noteRevealSchema = z.strictObject({ number: z.string().describe('要看哪一条的全文') });
export const noteRevealAnswerSchema = z.strictObject({ number: z.string(), text: z.string() });
