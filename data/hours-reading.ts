// A stored text of opening hours read back in plain Chinese: `Mo-Fr 08:30-17:00; PH off` → 周一至周五 8:30–17:00，节假日休息.
// It translates the canonical form word by word, so that whoever wrote the text sees what it says. Pure.

const DAYS: Readonly<Record<string, string>> = {
  Mo: '周一',
  Tu: '周二',
  We: '周三',
  Th: '周四',
  Fr: '周五',
  Sa: '周六',
  Su: '周日',
  PH: '节假日',
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH = MONTHS.join('|');
const DAY = Object.keys(DAYS).join('|');

/** @param canonical as `checkOpeningHours` gives it */
export function hoursReading(canonical: string): string {
  const rules = splitOutsideQuotes(canonical).map(readRule);
  return rules.filter((rule) => rule !== '').join('，');
}

/** Rules are parted by `;` or `||`; a comment between double quotes may hold either. */
function splitOutsideQuotes(text: string): string[] {
  return text
    .split(/(?:;|\|\|)(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function readRule(rule: string): string {
  const comments = [...rule.matchAll(/"([^"]*)"/g)].map((match) => `（${match[1]}）`).join('');
  const words = rule
    .replace(/"[^"]*"/g, '')
    .replace(/\b24\/7\b/, '全天 24 小时')
    .replace(new RegExp(`\\b(\\d{4}) (?=${MONTH})`, 'g'), '$1年')
    .replace(new RegExp(`\\b(${MONTH}) (\\d\\d)-(\\d\\d)\\b(?!:)`, 'g'), (_, month, from, until) =>
      [dayOf(month, from), '至', dayOf(month, until)].join(''),
    )
    .replace(
      new RegExp(`(^|[^A-Za-z])(${MONTH}) (\\d\\d)\\b(?!:)`, 'g'),
      (_, before, month, day) => before + dayOf(month, day),
    )
    .replace(new RegExp(`\\b(${MONTH})\\b`, 'g'), (month) => `${MONTHS.indexOf(month) + 1}月`)
    .replace(/(月|日)-(?=\d{1,4}(月|年))/g, '$1至')
    .replace(/(\d\d):(\d\d)-(\d\d):(\d\d)/g, (_, ...parts: string[]) => timesOf(parts))
    .replace(new RegExp(`\\b(${DAY})-(${DAY})\\b`, 'g'), (_, from: string, until: string) =>
      from === 'Mo' && until === 'Su' ? '每天' : `${DAYS[from]}至${DAYS[until]}`,
    )
    .replace(new RegExp(`\\b(${DAY})\\b`, 'g'), (day) => DAYS[day] ?? day)
    .replace(/\b(off|closed)\b/g, '休息')
    .replace(/\bunknown\b/g, '时间不定')
    .replace(/\bopen\b/g, '开放')
    .replace(/ *, */g, '、')
    .replace(/ +(?=休息|时间不定|开放)/g, '')
    .trim();
  // A rule that names no day holds on every day.
  return `${/^\d{1,2}:/.test(words) ? '每天 ' : ''}${words}${comments}`;
}

function dayOf(month: string, day: string): string {
  return `${MONTHS.indexOf(month) + 1}月${Number(day)}日`;
}

/** Past midnight the end says so: 18:00–次日 2:00. */
function timesOf([fromHour = '', fromMinute = '', untilHour = '', untilMinute = '']: string[]): string {
  const [from, until] = [Number(fromHour), Number(untilHour)];
  const isNextDay = until > 24 || until < from || (until === from && untilMinute <= fromMinute);
  const end = `${until > 24 ? until - 24 : until}:${untilMinute}`;
  return `${from}:${fromMinute}–${isNextDay ? `次日 ${end}` : end}`;
}
