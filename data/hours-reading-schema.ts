// What a text of opening hours means, as the desk reads it back to whoever wrote it. Never in the rider's bundle.

import { z } from 'zod';

export const hoursReadingSchema = z.strictObject({
  canonical: z.string().describe('应当保存的写法'),
  words: z.string().describe('念回来的话：周一至周五 8:30–17:00，节假日休息'),
  advice: z.string().nullable().describe('能用，但也许不是想写的意思'),
  now: z.strictObject({ text: z.string(), detail: z.string().nullable() }).describe('现在开吗'),
  opensAt: z.string().nullable().describe('下次开门，给人看的话；一直开着或不知道为 null'),
  week: z.array(
    z.strictObject({
      weekday: z.int().describe('0 周日 … 6 周六'),
      isoDate: z.string(),
      isToday: z.boolean(),
      ranges: z.union([z.array(z.tuple([z.string(), z.string()])), z.enum(['closed', 'all-day', 'unknown'])]),
    }),
  ),
});
export type HoursReading = z.infer<typeof hoursReadingSchema>;
