// An announcement 公告 of the city: a banner, the winter's order, or an alarm for the weather. It begins and ends by itself,
// on the server and on a phone without a network alike. Pure.

export const ANNOUNCEMENT_KINDS = ['banner', 'winter', 'severe-weather'] as const;
/**
 * banner: words only. winter: heated places first. severe-weather: words, and gate rules with that exception let in at any
 * hour.
 */
export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number];

export const ANNOUNCEMENT_KIND_LABELS: Readonly<Record<AnnouncementKind, string>> = {
  banner: '通知',
  winter: '冬季模式',
  'severe-weather': '恶劣天气',
};

export const ANNOUNCEMENT_CHARACTERS = 80;
/** The words of the winter mode when whoever switches it on writes none. */
export const WINTER_WORDS = '零下 30 度，优先显示有供暖的驿站';
/** Longer than any season: what is to stay longer is no announcement. */
export const MOST_ANNOUNCED_DAYS = 200;

/** As it travels to phones; instants are minutes since 1970-01-01T00:00Z. */
export interface RunningAnnouncement {
  id: string;
  kind: AnnouncementKind;
  text: string;
  from: number;
  until: number;
  /** Whom it is for: the places whose codes begin with it; absent is the whole city. */
  area?: string;
}

/** Those in force, the alarms first, and among like ones the last begun. */
export function announcedAt<Each extends RunningAnnouncement>(all: readonly Each[], nowMs: number): Each[] {
  const minute = nowMs / 60_000;
  const rank = (each: Each) => ANNOUNCEMENT_KINDS.length - ANNOUNCEMENT_KINDS.indexOf(each.kind);
  return all
    .filter((each) => each.from <= minute && minute < each.until)
    .sort((a, b) => rank(a) - rank(b) || b.from - a.from);
}

/** Whether one of a kind is in force for a district; those for a part of a district count for the whole of it. */
export function isAnnounced(
  all: readonly RunningAnnouncement[],
  kind: AnnouncementKind,
  nowMs: number,
  district: string | null,
): boolean {
  return announcedAt(all, nowMs).some((each) => each.kind === kind && isForDistrict(each, district));
}

export function isForDistrict({ area }: Pick<RunningAnnouncement, 'area'>, district: string | null): boolean {
  return area === undefined || (district !== null && area.slice(0, 6) === district);
}
