// Query parameters, read strictly: each is declared once, and its check and its OpenAPI entry follow from that.

import { type FieldError, type ProblemCode, problemOf } from './problem.ts';

export interface Fault {
  code: ProblemCode;
  message: string;
}

export interface Parameter<Value> {
  description: string;
  /** JSON Schema of the value as the OpenAPI document shows it. */
  schema: object;
  /** Lists travel as one value with commas. */
  list?: true;
  required?: true;
  /** The value when the parameter is not there. */
  absent: Value;
  /** @returns the value, or `{ fault }` saying what would be right. */
  parse(text: string): { value: Value } | { fault: Fault };
}

type Shape = Record<string, Parameter<unknown>>;
type Values<Declared extends Shape> = {
  [Name in keyof Declared]: Declared[Name] extends Parameter<infer Value> ? Value : never;
};
type ParameterError = FieldError & { code: ProblemCode };

const fault = (code: ProblemCode, message: string) => ({ fault: { code, message } });

/**
 * @param search the query with or without its question mark, as it came.
 * @throws Problem (400) naming each wrong parameter and what would be right.
 */
export function readParameters<Declared extends Shape>(search: string, declared: Declared): Values<Declared> {
  const errors: ParameterError[] = [];
  const values: Record<string, unknown> = {};
  const seen: string[] = [];
  const names = Object.keys(declared);
  for (const name of names) values[name] = declared[name]?.absent;
  for (const [name, text] of pairsOf(search)) {
    const parameter = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (seen.includes(name)) {
      const known = errors.some((error) => error.field === shown(name) && error.code === 'repeated-parameter');
      if (!known) errors.push({ field: shown(name), code: 'repeated-parameter', message: '只能写一次' });
    } else if (!parameter) {
      const message = `没有这个参数，可以用 ${names.join('、') || '（无）'}`;
      errors.push({ field: shown(name), code: 'unknown-parameter', message });
    } else {
      const result = parameter.parse(text);
      if ('fault' in result) errors.push({ field: name, ...result.fault });
      else values[name] = result.value;
    }
    seen.push(name);
    if (errors.length >= MOST_ERRORS) break;
  }
  for (const name of names) {
    const parameter = declared[name];
    if (parameter?.required && !seen.includes(name) && errors.length < MOST_ERRORS) {
      errors.push({ field: name, code: 'missing-parameter', message: `要写上，${parameter.description}` });
    }
  }
  if (errors.length > 0) throw problemOf(errors);
  return values as Values<Declared>;
}

/** What a query says, as `URLSearchParams` reads it; that one is asked only where something is encoded: mostly not. */
export function pairsOf(search: string): Iterable<[name: string, text: string]> {
  if (/[%+?\uD800-\uDFFF]/.test(search)) return new URLSearchParams(search);
  const pairs: [string, string][] = [];
  for (const pair of search.split('&')) {
    if (pair === '') continue;
    const end = pair.indexOf('=');
    pairs.push(end < 0 ? [pair, ''] : [pair.slice(0, end), pair.slice(end + 1)]);
  }
  return pairs;
}

/** A hostile query may bring thousands of parameters; the answer stays short. */
const MOST_ERRORS = 20;

/** A name from outside, shortened and without characters that play tricks on a reader. */
export function shown(name: string): string {
  const plain = name.replace(/[\p{C}\p{Z}]/gu, '?');
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}

/** Plain ASCII digits with an optional sign and fraction: no exponent, no full-width form, no blank. */
const DECIMAL = /^-?\d{1,12}(\.\d{1,20})?$/;

function decimalFault(text: string) {
  if (/[０-９．－]/.test(text)) return fault('not-a-number', '要用半角数字，例如 126.6268');
  return fault('not-a-number', '要写数字，例如 126.6268');
}

export function numberBetween(
  least: number,
  most: number,
  options: { description: string; required?: true },
): Parameter<number> {
  return {
    ...options,
    schema: { type: 'number', minimum: least, maximum: most },
    absent: Number.NaN,
    parse(text) {
      if (!DECIMAL.test(text)) return decimalFault(text);
      const value = Number(text);
      if (value >= least && value <= most) return { value };
      return fault('out-of-range', `要在 ${least} 到 ${most} 之间`);
    },
  };
}

/** A coordinate in degrees. Its range is not checked here: `positionFaults` knows both and the city. */
export function coordinate(description: string): Parameter<number> {
  return {
    description,
    required: true,
    schema: { type: 'number' },
    absent: Number.NaN,
    parse: (text) => (DECIMAL.test(text) ? { value: Number(text) } : decimalFault(text)),
  };
}

export function wholeBetween(least: number, most: number, absent: number, description: string): Parameter<number> {
  return {
    description,
    schema: { type: 'integer', minimum: least, maximum: most, default: absent },
    absent,
    parse(text) {
      if (!/^-?\d{1,12}$/.test(text)) return fault('not-a-number', `要写 ${least} 到 ${most} 的整数（半角）`);
      const value = Number(text);
      if (value >= least && value <= most) return { value };
      return fault('out-of-range', `要在 ${least} 到 ${most} 之间`);
    },
  };
}

export function flag(description: string): Parameter<boolean> {
  return {
    description,
    schema: { type: 'boolean', default: false },
    absent: false,
    parse(text) {
      if (text === 'true' || text === 'false') return { value: text === 'true' };
      return fault('not-true-or-false', '要写 true 或 false');
    },
  };
}

export function listOf<Word extends string>(words: readonly Word[], description: string): Parameter<readonly Word[]> {
  return {
    description,
    list: true,
    schema: { type: 'array', items: { type: 'string', enum: [...words] } },
    absent: [],
    parse(text) {
      const wanted = text.split(',');
      const strange = wanted.find((word) => !(words as readonly string[]).includes(word));
      if (strange === undefined) return { value: [...new Set(wanted as Word[])] };
      const complaint = strange === '' ? '有空的一项' : `没有“${shown(strange)}”`;
      return fault('unknown-value', `${complaint}，可以写 ${words.join('、')}，多个用英文逗号隔开`);
    },
  };
}

export function oneOf<Word extends string>(words: readonly Word[], description: string): Parameter<Word | undefined> {
  return {
    description,
    schema: { type: 'string', enum: [...words] },
    absent: undefined,
    parse(text) {
      const value = words.find((word) => word === text);
      return value === undefined ? fault('unknown-value', `要写 ${words.join('、')} 之一`) : { value };
    },
  };
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** RFC 3339 with an offset; its value is milliseconds since 1970, or undefined for now. */
export function instant(description: string): Parameter<number | undefined> {
  return {
    description,
    schema: { type: 'string', format: 'date-time' },
    absent: undefined,
    parse(text) {
      const match = INSTANT.exec(text);
      const value = match ? Date.parse(text) : Number.NaN;
      if (match && !Number.isNaN(value) && isCalendarDay(Number(match[1]), Number(match[2]), Number(match[3]))) {
        return { value };
      }
      // An unescaped plus sign arrives as a blank: the commonest slip, worth its own words.
      const hint = text.includes(' ') ? '，网址里的 + 号要写成 %2B' : '';
      return fault('not-a-time', `要写 2026-11-20T09:12:00+08:00 这样带时区的时间${hint}`);
    },
  };
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Free text for people's words: trimmed, composed, without invisible characters; 1 to `most` characters. */
export function words(most: number, description: string): Parameter<string | undefined> {
  return {
    description,
    schema: { type: 'string', minLength: 1, maxLength: most },
    absent: undefined,
    parse(text) {
      const value = text
        .normalize('NFKC')
        .replace(/\p{C}/gu, '')
        .replace(/\p{Z}+/gu, ' ')
        .trim();
      if (value === '') return fault('bad-text', '要写至少一个字');
      return [...value].length <= most ? { value } : fault('bad-text', `最多 ${most} 个字`);
    },
  };
}

/** `west,south,east,north` in degrees; its order and the city's area are checked by `boxFaults`. */
export function box(description: string): Parameter<readonly [number, number, number, number] | undefined> {
  return {
    description,
    list: true,
    schema: { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 },
    absent: undefined,
    parse(text) {
      const parts = text.split(',');
      if (parts.length !== 4 || !parts.every((part) => DECIMAL.test(part))) {
        return fault('not-a-number', '要写四个半角数字：西,南,东,北，例如 126.55,45.70,126.70,45.80');
      }
      return { value: parts.map(Number) as unknown as readonly [number, number, number, number] };
    },
  };
}
