// The one shape of every error: RFC 9457 problem details, Chinese for people and stable codes for programs.

import { z } from 'zod';

/** Every code that this API answers with, its status and its title. Codes never change their meaning. */
export const PROBLEMS = {
  'unknown-parameter': { status: 400, title: '不认识的参数' },
  'repeated-parameter': { status: 400, title: '参数重复' },
  'missing-parameter': { status: 400, title: '缺少参数' },
  'not-a-number': { status: 400, title: '不是数字' },
  'not-a-time': { status: 400, title: '不是时间' },
  'not-true-or-false': { status: 400, title: '要写 true 或 false' },
  'unknown-value': { status: 400, title: '没有这个选项' },
  'bad-text': { status: 400, title: '搜索词不能用' },
  'bad-cursor': { status: 400, title: '翻页标记不对' },
  'swapped-lng-lat': { status: 400, title: '经纬度写反了' },
  'out-of-area': { status: 400, title: '不在本市范围内' },
  'out-of-range': { status: 400, title: '超出允许的范围' },
  'bad-request': { status: 400, title: '请求写得不对' },
  'not-found': { status: 404, title: '没有找到' },
  'method-not-allowed': { status: 405, title: '不支持这种请求' },
  'server-error': { status: 500, title: '服务器出错了' },
  busy: { status: 503, title: '正在忙，请稍后再试' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof PROBLEMS;

export const fieldErrorSchema = z.strictObject({ field: z.string(), code: z.string(), message: z.string() });
export type FieldError = z.infer<typeof fieldErrorSchema>;

export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  errors: z.array(fieldErrorSchema),
});
export type ProblemDocument = z.infer<typeof problemSchema>;

/** Thrown by a route to answer with a problem. */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    detail: string,
    errors: readonly FieldError[] = [],
    headers: Record<string, string> = {},
  ) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  /** @param instance the request's path; never its query, which may hold a position. */
  toDocument(instance: string): ProblemDocument {
    const { status, title } = PROBLEMS[this.code];
    const errors = [...this.errors];
    return { type: `/docs#${this.code}`, title, status, detail: this.message, instance, code: this.code, errors };
  }
}

/** One problem for all that is wrong with a request's fields; the first of them gives the code. */
export function problemOf(errors: readonly (FieldError & { code: ProblemCode })[]): Problem {
  const code = errors[0]?.code ?? 'bad-request';
  return new Problem(code, errors.map((error) => `${error.field}：${error.message}`).join('；'), errors);
}
