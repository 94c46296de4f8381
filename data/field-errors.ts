// What a schema refuses, said in Chinese for people and with stable codes for programs.

import type { z } from 'zod';

export interface FieldError {
  /** Path to the field, for example `services.0.state`; empty for the whole. */
  field: string;
  /** zod's issue code in kebab case: `invalid-type`, `too-big`, `unrecognized-keys` … */
  code: string;
  message: string;
}

const TYPE_NAMES: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  tuple: '列表',
  object: '对象',
};

/**
 * Words for the issues whose schema brings none of its own. Pass it as `error` to `safeParse`: zod asks the schema's
 * own message first. (zod's Chinese locale is half English.)
 */
export function wordIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '缺少这一项' : `要${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.input === undefined ? '缺少这一项' : `只能是 ${issue.values.map(String).join('、')}`;
    case 'invalid_union':
      return issue.discriminator === undefined ? '不是认识的写法' : '不是认识的类别';
    case 'too_big':
      return issue.origin === 'string' ? `最多 ${issue.maximum} 个字` : `最多 ${issue.maximum}`;
    case 'too_small':
      return issue.origin === 'string' ? `至少 ${issue.minimum} 个字` : `至少 ${issue.minimum}`;
    default:
      return '格式不对';
  }
}

/** Every refused field, in the schema's order. `prefix` goes before each path, for example the index in a bulk. */
export function fieldErrors(error: z.ZodError, prefix: readonly PropertyKey[] = []): FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    const code = issue.code.replaceAll('_', '-');
    // One issue of zod names all unknown keys of an object; each is a field of its own to whoever sent it.
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ field: pathText([...path, key]), code, message: '没有这一项' }));
    }
    return [{ field: pathText(path), code, message: issue.message }];
  });
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}
