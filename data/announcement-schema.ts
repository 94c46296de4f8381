// The schemas of announcements. Never in the rider's bundle.

import { z } from 'zod';
import { ANNOUNCEMENT_CHARACTERS, ANNOUNCEMENT_KINDS, MOST_ANNOUNCED_DAYS } from './announcement.ts';
import { instantSchema } from './place-schema.ts';

const DAY_MS = 24 * 3_600_000;
const areaCode = z.string().regex(/^(\d{6}|\d{9}|\d{12})$/, '区县代码 6 位，街道 9 位，社区 12 位数字');

export const announcementInputSchema = z
  .strictObject({
    kind: z.enum(ANNOUNCEMENT_KINDS).describe('banner 通知、winter 冬季模式、severe-weather 恶劣天气'),
    text: z
      .string()
      .trim()
      .min(1, '不能为空')
      .max(ANNOUNCEMENT_CHARACTERS, `最多 ${ANNOUNCEMENT_CHARACTERS} 个字`)
      .refine((value) => value.isWellFormed(), '有不成对的字符'),
    from: instantSchema,
    until: instantSchema,
    areaCode: areaCode.nullable().optional().describe('只给这个地区；不写是全市'),
  })
  .superRefine(({ from, until }, context) => {
    const lasts = Date.parse(until) - Date.parse(from);
    if (lasts <= 0) context.addIssue({ code: 'custom', path: ['until'], message: '要晚于开始的时间' });
    if (lasts > MOST_ANNOUNCED_DAYS * DAY_MS) {
      context.addIssue({ code: 'custom', path: ['until'], message: `最长 ${MOST_ANNOUNCED_DAYS} 天` });
    }
  });
export type AnnouncementInput = z.infer<typeof announcementInputSchema>;

export const announcementSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(ANNOUNCEMENT_KINDS),
  text: z.string(),
  from: instantSchema,
  until: instantSchema,
  areaCode: areaCode.nullable(),
});
export type Announcement = z.infer<typeof announcementSchema>;

export const runningAnnouncementsSchema = z.strictObject({ items: z.array(announcementSchema) });

export const deskAnnouncementSchema = announcementSchema.extend({
  state: z.enum(['waiting', 'running', 'over']).describe('未开始、进行中、已结束'),
  createdBy: z.strictObject({ id: z.string(), name: z.string() }),
  createdAt: instantSchema,
  endedAt: instantSchema.nullable().describe('提前结束的时间'),
});
export type DeskAnnouncement = z.infer<typeof deskAnnouncementSchema>;

export const deskAnnouncementListSchema = z.strictObject({ items: z.array(deskAnnouncementSchema), next: z.null() });
