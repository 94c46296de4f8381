// Opening hours as most places have them: times for each weekday, and what holds on public holidays. The form at the desk
// edits this; whatever else OSM's syntax can say stays text. Pure.

/** `08:30` to `17:00`; an end before the start is on the next day. */
export type DayRange = readonly [start: string, end: string];

export interface HoursPlan {
  /** From Monday to Sunday; no ranges is closed. */
  days: readonly (readonly DayRange[])[];
  /** usual: like any other day. No ranges: closed. */
  holidays: 'usual' | readonly DayRange[];
}

export const WEEKDAY_CODES = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
export const WEEKDAY_LABELS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;
export const ALL_DAY: DayRange = ['00:00', '24:00'];

/** The plan that a text says; null when it says more than a plan can, or cannot be read. */
export function readPlan(osm: string): HoursPlan | null {
  if (osm.trim() === '24/7') return { days: WEEKDAY_CODES.map(() => [ALL_DAY]), holidays: 'usual' };
  const days: (readonly DayRange[])[] = WEEKDAY_CODES.map(() => []);
  let holidays: HoursPlan['holidays'] = 'usual';
  for (const rule of osm.split(';').map((each) => each.trim())) {
    const parts =
      /^((?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?(?:, ?)?)*)\s*(off|closed|\d[\d:, -]*)$/.exec(
        rule,
      );
    const ranges = parts && readRanges(parts[2] ?? '');
    const chosen = parts && readDays((parts[1] ?? '').trim());
    if (!ranges || !chosen) return null;
    for (const day of chosen.days) days[day] = ranges;
    if (chosen.holidays) holidays = ranges;
  }
  return { days, holidays };
}

function readDays(text: string): { days: number[]; holidays: boolean } | null {
  if (text === '') return { days: [0, 1, 2, 3, 4, 5, 6], holidays: false };
  const days: number[] = [];
  let holidays = false;
  for (const part of text.split(/, ?/)) {
    if (part === 'PH') {
      holidays = true;
      continue;
    }
    const [from, to] = part.split('-').map((code) => WEEKDAY_CODES.indexOf(code as (typeof WEEKDAY_CODES)[number]));
    if (from === undefined || from < 0 || (to !== undefined && to < 0)) return null;
    for (let day = from; ; day = (day + 1) % 7) {
      days.push(day);
      if (day === (to ?? from)) break;
    }
  }
  return { days, holidays };
}

function readRanges(text: string): DayRange[] | null {
  if (text === 'off' || text === 'closed') return [];
  const ranges: DayRange[] = [];
  for (const part of text.split(',')) {
    const times = /^\s*(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})\s*$/.exec(part);
    if (!times?.[1] || !times[2] || !isTime(times[1]) || !isTime(times[2])) return null;
    ranges.push([times[1].padStart(5, '0'), times[2].padStart(5, '0')]);
  }
  return ranges;
}

/** A time of day as somebody types it: 8:30, 830, 8点30, 24:00. `HH:MM`; null when it is none. */
export function readTime(text: string): string | null {
  const [, hours = '', minutes = ''] = /^(\d{1,2})\D?(\d{2})?\D?$/.exec(text.normalize('NFKC').trim()) ?? [];
  const time = `${hours.padStart(2, '0')}:${minutes || '00'}`;
  return hours !== '' && isTime(time) ? time : null;
}

function isTime(text: string): boolean {
  return /^(?:[01]?\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);
}

/** The text in OSM's syntax; null when the plan is never open, which no place is. */
export function writePlan({ days, holidays }: HoursPlan): string | null {
  const isOpen = days.some((ranges) => ranges.length > 0) || (holidays !== 'usual' && holidays.length > 0);
  if (!isOpen) return null;
  const rules = runsOf(days).map(({ runs, ranges }) => {
    const codes = runs.map(([from, to]) =>
      from === to ? WEEKDAY_CODES[from] : `${WEEKDAY_CODES[from]}-${WEEKDAY_CODES[to]}`,
    );
    return `${codes.join(',')} ${ranges.map((range) => range.join('-')).join(',')}`;
  });
  const isAlways = rules.length === 1 && days.every((ranges) => isAllDay(ranges));
  if (isAlways && holidays === 'usual') return '24/7';
  if (holidays === 'usual') return rules.join('; ');
  return [...rules, `PH ${holidays.length === 0 ? 'off' : holidays.map((range) => range.join('-')).join(',')}`].join(
    '; ',
  );
}

function isAllDay(ranges: readonly DayRange[]): boolean {
  return ranges.length === 1 && ranges[0]?.[0] === '00:00' && ['24:00', '00:00'].includes(ranges[0][1]);
}

interface Run {
  /** From and to, both included. */
  runs: [from: number, to: number][];
  ranges: readonly DayRange[];
}

/** Open days with the same times stand together, in the order of their first day. */
function runsOf(days: HoursPlan['days']): Run[] {
  const found = new Map<string, Run>();
  for (const [day, ranges] of days.entries()) {
    if (ranges.length === 0) continue;
    const key = JSON.stringify(ranges);
    const run = found.get(key) ?? { runs: [], ranges };
    found.set(key, run);
    const last = run.runs.at(-1);
    if (last?.[1] === day - 1) last[1] = day;
    else run.runs.push([day, day]);
  }
  return [...found.values()];
}
