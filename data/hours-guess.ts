// Opening hours as people write them on a phone, where they are so simple that there is one way to read them: 每天 8:00–22:00,
// 周一至周五 早8点到晚6点, 24小时. All else is left to a person. Pure.

const DAYS: Readonly<Record<string, string>> = {
  一: 'Mo',
  二: 'Tu',
  三: 'We',
  四: 'Th',
  五: 'Fr',
  六: 'Sa',
  日: 'Su',
  天: 'Su',
};

const ALL_DAY = /^(每天|全年|天天)?(24小时|二十四小时|全天|昼夜)(开放|营业|都开|可用)?$/;
const DAY = '(?:周|星期|礼拜)?([一二三四五六日天])';
const RANGE = new RegExp(`^(?:周|星期|礼拜)([一二三四五六日天])[-至到]${DAY}`);
const EVERY_DAY = /^(每天|每日|天天|全年|周一到周日|周一至周日)/;
const PART = '(早上?|上午|凌晨|中午|下午|晚上?|傍晚)?';
const CLOCK = `${PART}(\\d{1,2})(?:[:点时](半|\\d{1,2})?分?)?`;
const TIMES = new RegExp(`^${CLOCK}[-至到]${CLOCK}(?:开放|营业)?$`);

/** The text in OSM's opening_hours syntax; undefined when it is not as simple as that. */
export function guessedHours(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s,，。;；]/g, '')
    .replace(/[–—~～]/g, '-');
  if (ALL_DAY.test(plain)) return '24/7';
  const everyDay = EVERY_DAY.exec(plain);
  const range = everyDay ? null : RANGE.exec(plain);
  const times = TIMES.exec(plain.slice((everyDay ?? range)?.[0].length ?? 0));
  if (!times) return undefined;
  const from = clockOf(times[1], times[2], times[3], false);
  const until = clockOf(times[4], times[5], times[6], true);
  if (from === undefined || until === undefined || from === until) return undefined;
  const days = range ? `${DAYS[range[1] ?? '']}-${DAYS[range[2] ?? '']} ` : '';
  return `${days}${from}-${until}`;
}

function clockOf(
  part: string | undefined,
  hourText: string | undefined,
  minuteText: string | undefined,
  isEnd: boolean,
): string | undefined {
  const isLate = part !== undefined && /^(下午|晚|傍晚)/.test(part);
  const written = Number(hourText);
  const hour = isLate && written < 12 ? written + 12 : written;
  const minute = minuteText === '半' ? 30 : Number(minuteText ?? 0);
  if (minute > 59 || hour > 24 || (hour === 24 && (minute > 0 || !isEnd))) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
