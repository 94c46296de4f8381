// Names, addresses and sentences of a demonstration, made from the profile's words.

import type { Random } from './demo-random.ts';
import type { Demo } from './demo-schema.ts';

const CHINESE_DIGITS = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const DRAWS = 12;

export interface Speech {
  /** Fills each `{slot}` from `given`, else from the profile's numbers or words of that name, and their slots in turn. */
  say(template: string, given: Record<string, string>, random: Random): string;
  /** A marked name that no other place has. */
  name(templates: readonly string[], given: Record<string, string>, random: Random): string;
}

export function createSpeech(demo: Demo): Speech {
  const used = new Set<string>();

  function say(template: string, given: Record<string, string>, random: Random): string {
    return template.replace(/\{(\w+)\}/g, (_, slot: string) => {
      const number = demo.numbers[slot];
      if (given[slot] !== undefined) return given[slot];
      return number ? String(drawNumber(number, random)) : say(random.pick(demo.words[slot] ?? []), given, random);
    });
  }

  function takeIfFree(name: string): boolean {
    if (used.has(name)) return false;
    used.add(name);
    return true;
  }

  function name(templates: readonly string[], given: Record<string, string>, random: Random): string {
    let drawn = '';
    for (let draw = 0; draw < DRAWS; draw++) {
      drawn = demo.marker + say(random.pick(templates), given, random);
      if (takeIfFree(drawn)) return drawn;
    }
    // The words are used up here: number the namesakes, as real cities do.
    for (let number = 2; ; number++) {
      const numbered = `${drawn}${inChinese(number)}号`;
      if (takeIfFree(numbered)) return numbered;
    }
  }

  return { say, name };
}

/** Streets are numbered from their beginning, and most are short. */
function drawNumber([least, most]: readonly [number, number], random: Random): number {
  return least + Math.floor((most - least + 1) * random.next() ** 1.4);
}

/** Whole numbers in Chinese: 2 is 二, 12 is 十二, 30 is 三十; from 100 on, digit by digit. */
function inChinese(number: number): string {
  const digit = (value: number) => CHINESE_DIGITS[value] ?? '';
  if (number >= 100) return [...String(number)].map((each) => digit(Number(each))).join('');
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  return `${tens > 1 ? digit(tens) : ''}${tens > 0 ? '十' : ''}${ones > 0 || tens === 0 ? digit(ones) : ''}`;
}
