// The schemas of quick acts: what is sent, and what is answered. Never in the rider's bundle.

import { z } from 'zod';
import { VOICE_EFFECTS } from './confirmation.ts';
import { PLACE_STATUSES } from './place.ts';
import { hoursExceptionSchema, instantSchema, placeServiceSchema } from './place-schema.ts';
import { SERVICE_CODES } from './service.ts';

const service = z.enum(SERVICE_CODES).describe('哪一项设施');
const visitors = z.int('要整数').min(0, '不能小于 0').max(10_000, '最多 10000');

export const quickActSchema = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.literal('close-early'),
    until: instantSchema.optional().describe('关到几时；不写就到今天半夜'),
  }),
  z.strictObject({ act: z.literal('reopen') }),
  z.strictObject({ act: z.literal('service-broken'), service }),
  z.strictObject({ act: z.literal('service-ok'), service }),
  z.strictObject({
    act: z.literal('pause'),
    until: instantSchema.describe('暂停到几时'),
    reason: z.string().trim().min(1, '要写原因').max(100, '最多 100 个字').describe('骑手会看到的原因'),
  }),
  z.strictObject({ act: z.literal('resume') }),
  z.strictObject({ act: z.literal('visitors'), count: visitors.describe('今天到现在来了多少人') }),
]);
export type QuickActRequest = z.infer<typeof quickActSchema>;

export const quickActAnswerSchema = z.strictObject({
  recorded: z.literal(true),
  effect: z.enum(VOICE_EFFECTS).nullable().describe('算作核实时起了什么作用；提前关门、暂停为 null'),
  place: z.strictObject({
    id: z.string(),
    version: z.int().min(1),
    status: z.enum(PLACE_STATUSES),
    statusUntil: instantSchema.nullable(),
    statusReason: z.string().nullable(),
    hoursExceptions: z.array(hoursExceptionSchema),
    services: z.array(placeServiceSchema),
    confirmedAt: instantSchema.nullable(),
  }),
  visitorsToday: z.int().min(0).nullable().describe('今天报的人数；没报过为 null'),
});
export type QuickActAnswer = z.infer<typeof quickActAnswerSchema>;
