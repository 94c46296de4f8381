// The schemas of a suggestion: what is sent, and what is answered. Never in the rider's bundle.

import { z } from 'zod';
import { PHOTO_ID } from './photo.ts';
import { pointSchema } from './place-schema.ts';
import { SERVICE_CODES } from './service.ts';
import {
  SUGGESTED_HOURS_CHARACTERS,
  SUGGESTIBLE_KINDS,
  SUGGESTION_NOTE_CHARACTERS,
  SUGGESTION_PHOTOS,
} from './suggestion.ts';

/** Trimmed, not empty, without half characters. */
const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, '不能为空')
    .max(most, `最多 ${most} 个字`)
    .refine((value) => value.isWellFormed(), '有不成对的字符');

const serviceList = z
  .array(z.enum(SERVICE_CODES))
  .refine((codes) => new Set(codes).size === codes.length, '同一设施写了两次');

export const suggestedServicesSchema = z
  .strictObject({ add: serviceList.describe('有、而没有登记的'), remove: serviceList.describe('登记了、而没有的') })
  .refine(({ add, remove }) => !add.some((code) => remove.includes(code)), '同一设施不能又加又减');

/** What suggestions and decisions have in common. */
export const changedFieldsShape = {
  kind: z.enum(SUGGESTIBLE_KINDS).optional().describe('只在推荐新点位时写，必须写'),
  name: text(60).optional(),
  address: text(200).optional(),
  services: suggestedServicesSchema.optional(),
  entranceText: text(200).optional().describe('怎么进去，例如：从和兴路侧门进'),
  closedForGood: z.literal(true).optional().describe('这个点位已经不在了'),
};

export const suggestedChangesSchema = z.strictObject({
  ...changedFieldsShape,
  hoursText: text(SUGGESTED_HOURS_CHARACTERS).optional().describe('开放时间，怎么写都行，例如：每天 8:00–22:00'),
});

export const suggestionSchema = z
  .strictObject({
    placeId: z.string().min(1).max(40).optional().describe('对哪个点位的更正；推荐新点位时不写'),
    point: pointSchema.optional().describe('手选的位置，[经度, 纬度]，WGS-84；新点位必须有。不是手机测到的位置'),
    changes: suggestedChangesSchema,
    note: z
      .string()
      .max(SUGGESTION_NOTE_CHARACTERS)
      .refine((value) => value.isWellFormed(), '有不成对的字符')
      .optional()
      .describe('补充说明，不公开'),
    photoIds: z
      .array(z.string().regex(PHOTO_ID, '要写 POST /api/photos 给的编号'))
      .max(SUGGESTION_PHOTOS)
      .refine((ids) => new Set(ids).size === ids.length, '同一张照片写了两次')
      .optional()
      .describe('同一设备先上传的照片；审核通过后公开在点位页上'),
  })
  .superRefine(({ placeId, point, changes, note = '', photoIds = [] }, context) => {
    const say = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (placeId === undefined) {
      if (point === undefined) say(['point'], '推荐新点位要在地图上选好位置');
      if (changes.kind === undefined) say(['changes', 'kind'], '推荐新点位要写类型');
      if (changes.name === undefined) say(['changes', 'name'], '推荐新点位要写名称');
      if (changes.closedForGood) say(['changes', 'closedForGood'], '新点位不能同时说已经不在了');
      return;
    }
    if (changes.kind !== undefined) say(['changes', 'kind'], '已有点位的类型不能改');
    const isEmpty = Object.values(changes).every((value) => value === undefined) && point === undefined;
    if (isEmpty && note.trim() === '' && photoIds.length === 0) say(['changes'], '至少写一处要改的，或说明，或照片');
  });
export type SuggestionInput = z.infer<typeof suggestionSchema>;

export const suggestionAnswerSchema = z.strictObject({
  number: z.string().describe('回执编号'),
  key: z.string().describe('查回执的钥匙，只给这一次'),
});
