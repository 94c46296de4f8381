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
  'invalid-body': { status: 400, title: '内容不对' },
  'invalid-place': { status: 400, title: '点位信息有误' },
  'bad-json': { status: 400, title: '不是 JSON' },
  'bad-upload': { status: 400, title: '上传的内容不对' },
  'bad-idempotency-key': { status: 400, title: 'Idempotency-Key 不对' },
  'device-token-missing': { status: 401, title: '缺少设备令牌' },
  'weak-password': { status: 400, title: '密码太弱' },
  'device-token-invalid': { status: 401, title: '设备令牌无效' },
  'sign-in-failed': { status: 401, title: '登录不成功' },
  'sign-in-required': { status: 401, title: '要先登录' },
  'api-key-invalid': { status: 401, title: '钥匙无效' },
  'not-allowed': { status: 403, title: '没有权限' },
  're-authentication-required': { status: 403, title: '要再输一次密码' },
  'cross-origin': { status: 403, title: '不能从别的网站提交' },
  'invitation-held': { status: 403, title: '还要等另一位管理员同意' },
  'wrong-setup-token': { status: 403, title: '设置链接不对' },
  'not-found': { status: 404, title: '没有找到' },
  'method-not-allowed': { status: 405, title: '不支持这种请求' },
  'already-exists': { status: 409, title: '已经有了' },
  'not-now': { status: 409, title: '现在不能这样做' },
  'username-taken': { status: 409, title: '用户名有人用了' },
  'phone-taken': { status: 409, title: '手机号有人用了' },
  'last-admin': { status: 409, title: '最后一位管理员' },
  'own-proposal': { status: 409, title: '自己提的' },
  'photos-full': { status: 409, title: '照片满了' },
  'place-gone': { status: 409, title: '点位没有了' },
  'too-late': { status: 409, title: '来不及了' },
  'not-a-swap-point': { status: 409, title: '不是换乘单车点' },
  'photo-removed': { status: 410, title: '照片撤下了' },
  'already-set-up': { status: 410, title: '已经设置过了' },
  'invitation-gone': { status: 410, title: '链接不能用了' },
  'version-conflict': { status: 412, title: '别人先改了' },
  'body-too-large': { status: 413, title: '内容太大' },
  'photo-too-large': { status: 413, title: '照片太大' },
  'unsupported-type': { status: 415, title: '内容的类型不对' },
  'not-a-photo': { status: 415, title: '不是照片' },
  'range-not-satisfiable': { status: 416, title: '文件没有那么长' },
  'broken-photo': { status: 422, title: '照片打不开' },
  'idempotency-mismatch': { status: 422, title: 'Idempotency-Key 用过了' },
  'version-required': { status: 428, title: '要带版本' },
  'too-many': { status: 429, title: '发得太多' },
  'server-error': { status: 500, title: '服务器出错了' },
  busy: { status: 503, title: '正在忙，请稍后再试' },
  'storage-full': { status: 507, title: '存不下了' },
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
  /** With version-conflict: what is there now, and what both sides changed. */
  conflict: z.looseObject({}).optional(),
});
export type ProblemDocument = z.infer<typeof problemSchema>;

/** Thrown by a route to answer with a problem. */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
  readonly conflict: Record<string, unknown> | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    errors: readonly FieldError[] = [],
    headers: Record<string, string> = {},
    conflict?: Record<string, unknown>,
  ) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.headers = headers;
    this.conflict = conflict;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  /** @param instance the request's path; never its query, which may hold a position. */
  toDocument(instance: string): ProblemDocument {
    const { status, title } = PROBLEMS[this.code];
    const errors = [...this.errors];
    const conflict = this.conflict && { conflict: this.conflict };
    return {
      type: `/docs#${this.code}`,
      title,
      status,
      detail: this.message,
      instance,
      code: this.code,
      errors,
      ...conflict,
    };
  }
}

/** One problem for all that is wrong with a request's fields; the first of them gives the code. */
export function problemOf(errors: readonly (FieldError & { code: ProblemCode })[]): Problem {
  const code = errors[0]?.code ?? 'bad-request';
  return new Problem(code, errors.map((error) => `${error.field}：${error.message}`).join('；'), errors);
}
