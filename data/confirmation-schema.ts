// The schemas of a confirmation: what is sent, and what is answered. Never in the rider's bundle.

import { z } from 'zod';
import { CONFIRMATION_METHODS, VOICE_EFFECTS, VOICE_FIELDS } from './confirmation.ts';
import { instantSchema } from './place-schema.ts';

export const confirmationSchema = z.strictObject({
  field: z.enum(VOICE_FIELDS).describe('open 是否开着；services.<设施> 是否能用'),
  value: z.boolean().describe('true 是、正常；false 否、故障'),
  method: z.enum(CONFIRMATION_METHODS).describe('怎么知道的：扫码、到了现场、照片、电话'),
});
export type ConfirmationInput = z.infer<typeof confirmationSchema>;

export const confirmationAnswerSchema = z.strictObject({
  recorded: z.literal(true),
  effect: z
    .enum(VOICE_EFFECTS)
    .describe(
      'confirmed 更新了核实时间；noted 记下了，还要有人印证；disputed 标为存疑；broken 标为故障；restored 恢复',
    ),
  confirmedAt: instantSchema.nullable().describe('这一项现在的核实时间'),
});
