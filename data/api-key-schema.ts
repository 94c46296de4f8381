// The schemas of keys for programs.

import { z } from 'zod';
import { AREA_CODE } from './account.ts';
import { API_SCOPES } from './api-key.ts';
import { instantSchema } from './place-schema.ts';

export const newApiKeySchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .refine((text) => text.isWellFormed() && !/\p{C}/u.test(text), '有看不见的字符')
    .describe('给谁用的，例如 公厕系统同步'),
  scopes: z.array(z.enum(API_SCOPES)).min(1).max(API_SCOPES.length).describe('能做什么'),
  areaCode: z.string().regex(AREA_CODE, '要写 6 位区县、9 位街道或 12 位社区代码').optional().describe('不写就是全市'),
});

export const apiKeySchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(API_SCOPES)),
  areaCode: z.string().nullable(),
  createdBy: z.string().describe('建它的人'),
  createdAt: instantSchema,
  revokedAt: instantSchema.nullable(),
  lastUsedOn: z.iso.date().nullable().describe('最后用到的一天（UTC）'),
});
export const apiKeyListSchema = z.strictObject({ items: z.array(apiKeySchema) });
export const madeApiKeySchema = z.strictObject({
  key: z.string().describe('只显示这一次；服务器只留它的哈希'),
  apiKey: apiKeySchema,
});
