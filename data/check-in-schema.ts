// The schemas of a check-in 我到了 and of a count of bikes. Never in the rider's bundle.

import { z } from 'zod';
import { instantSchema } from './place-schema.ts';

export const emptySchema = z.strictObject({});

export const checkInAnswerSchema = z.strictObject({
  counted: z.boolean().describe('false：这台设备今天在这里已经记过'),
  today: z.int().min(0).describe('这里今天到了多少人次'),
});
export type CheckInAnswer = z.infer<typeof checkInAnswerSchema>;

const bikes = z.int('要整数').min(0, '不能小于 0').max(1000, '不能大于 1000');

export const bikeCountSchema = z.strictObject({
  available: bikes.describe('能骑走的辆数'),
  outOfService: bikes.describe('坏了的辆数'),
});
export type BikeCountInput = z.infer<typeof bikeCountSchema>;

export const bikeCountAnswerSchema = z.strictObject({
  recorded: z.literal(true),
  ...bikeCountSchema.shape,
  lastReportedAt: instantSchema,
});
