// The schemas of a bulk edit. Never in the rider's bundle.

import { z } from 'zod';
import { PLACE_KINDS, PLACE_STATUSES, POSITION_QUALITIES } from './place.ts';
import { SERVICE_CODES } from './service.ts';

/** As many as one transaction may hold up other writers: about half a second. */
export const MOST_BULK_PLACES = 1000;

const codes = z.array(z.enum(SERVICE_CODES)).max(SERVICE_CODES.length);
export const bulkEditSchema = z
  .strictObject({
    ids: z.array(z.string().max(40)).min(1).max(MOST_BULK_PLACES, `一次最多 ${MOST_BULK_PLACES} 个`).optional(),
    filter: z
      .strictObject({
        kinds: z.array(z.enum(PLACE_KINDS)).optional(),
        statuses: z.array(z.enum(PLACE_STATUSES)).optional(),
        area: z
          .string()
          .regex(/^(?:\d{6}|\d{9}|\d{12})$/, '要写 6、9 或 12 位的区域代码')
          .optional(),
        quality: z.enum(POSITION_QUALITIES).optional(),
        hoursUnknown: z.boolean().optional(),
        unverifiedDays: z.int().min(0).max(3650).optional(),
        demo: z.boolean().optional(),
        reported: z.boolean().optional(),
        q: z.string().trim().min(1).max(40).optional(),
      })
      .optional()
      .describe('和点位表一样的条件，只算自己负责的'),
    changes: z.record(z.string(), z.unknown()).optional().describe('要改的字段，JSON Merge Patch'),
    addServices: codes.optional().describe('加上的设施'),
    removeServices: codes.optional().describe('去掉的设施'),
    dryRun: z.boolean().optional().describe('true：只看会怎样，不改'),
    expected: z.string().max(64).optional().describe('预览时的 digest：中间有人改过就不执行'),
  })
  .refine((body) => (body.ids === undefined) !== (body.filter === undefined), {
    path: ['ids'],
    message: 'ids 和 filter 要写一个，只写一个',
  });
const fieldError = z.strictObject({ field: z.string(), code: z.string(), message: z.string() });
const count = z.int().min(0);

export const bulkEditAnswerSchema = z.strictObject({
  dryRun: z.boolean(),
  matched: count.describe('选中的点位'),
  changing: count.describe('会变（或已变）的'),
  unchanged: count.describe('本来就是这样的'),
  refused: z
    .array(z.strictObject({ id: z.string(), name: z.string(), errors: z.array(fieldError) }))
    .describe('不能改的和原因，最多列 100 个；有一个不能改就都不改'),
  refusedCount: count,
  sample: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        fields: z.array(z.strictObject({ field: z.string(), label: z.string(), from: z.unknown(), to: z.unknown() })),
      }),
    )
    .describe('改前改后，最多 50 个'),
  digest: z.string().describe('执行时写在 expected 里'),
  pendingAct: z
    .strictObject({ id: z.string(), label: z.string(), readyAt: z.string().nullable() })
    .nullable()
    .describe('撤销一个以上的点位要另一位管理员同意：等着的那件事'),
});
export type BulkEditAnswer = z.infer<typeof bulkEditAnswerSchema>;

export type BulkEditBody = z.infer<typeof bulkEditSchema>;
