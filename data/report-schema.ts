// The schemas of a report and its receipt. Never in the rider's bundle.

import { z } from 'zod';
import { PHOTO_ID } from './photo.ts';
import { instantSchema } from './place-schema.ts';
import { REPORT_NOTE_CHARACTERS, REPORT_PHOTOS, REPORT_PROBLEMS, REPORT_STATUSES } from './report.ts';
import { SUGGESTION_STATUSES } from './suggestion.ts';

export const reportSchema = z.strictObject({
  problem: z.enum(REPORT_PROBLEMS).describe('没热水、充电坏了、关门了、不让进、脏、其他'),
  note: z
    .string()
    .max(REPORT_NOTE_CHARACTERS)
    .refine((text) => text.isWellFormed(), '有不成对的字符')
    .optional()
    .describe('补充说明，不公开'),
  photoIds: z
    .array(z.string().regex(PHOTO_ID, '要写 POST /api/photos 给的编号'))
    .max(REPORT_PHOTOS)
    .refine((ids) => new Set(ids).size === ids.length, '同一张照片写了两次')
    .optional()
    .describe('同一设备先上传的照片，不公开'),
});
export type ReportInput = z.infer<typeof reportSchema>;

export const reportAnswerSchema = z.strictObject({
  number: z.string().describe('回执编号'),
  key: z.string().describe('查回执的钥匙，只给这一次'),
});

export const receiptSchema = z.strictObject({
  kind: z.enum(['report', 'suggestion']).describe('反映，或建议'),
  number: z.string(),
  place: z.strictObject({
    id: z.string().nullable().describe('推荐的新点位在采纳前没有编号'),
    name: z.string(),
  }),
  problem: z.enum(REPORT_PROBLEMS).nullable().describe('只有反映才有'),
  status: z
    .enum([...REPORT_STATUSES, ...SUGGESTION_STATUSES.filter((status) => status !== 'received')])
    .describe(
      'received 已收到；反映：resolved 已核实处理、unverifiable 无法核实；建议：approved 已采纳、amended 已修改后采纳、returned 未采纳',
    ),
  at: instantSchema,
  hasPhotos: z.boolean(),
  outcome: z
    .strictObject({ reason: z.string().nullable(), at: instantSchema })
    .nullable()
    .describe('有了结果以后：理由和日期'),
});
