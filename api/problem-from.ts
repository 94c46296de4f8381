// What the store throws on purpose, as the problem that its asker gets; all else is the server's fault.

import { placeFieldLabel } from '../data/place-labels.ts';
import {
  InvalidPlaceError,
  KeyReusedError,
  MissingPhotosError,
  RefusedActError,
  StoreBusyError,
  StoreConstraintError,
  StoreFullError,
} from '../data/store/store.ts';
import { PROBLEMS, Problem, type ProblemCode, problemOf } from './problem.ts';

export function problemFrom(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof KeyReusedError) return new Problem('idempotency-mismatch', error.message);
  if (error instanceof MissingPhotosError) {
    const message = error.message;
    return problemOf(error.indexes.map((i) => ({ field: `photoIds.${i}`, code: 'unknown-value', message })));
  }
  if (error instanceof InvalidPlaceError) {
    const words = error.errors.map(({ field, message }) => `${placeFieldLabel(field)}：${message}`);
    return new Problem('invalid-place', words.join('；'), error.errors);
  }
  if (error instanceof RefusedActError && isProblemCode(error.code)) {
    const { code, field, message } = error;
    return new Problem(code, message, [{ field, code, message }]);
  }
  if (error instanceof StoreConstraintError && error.code === 'already-exists') {
    return new Problem('already-exists', error.message);
  }
  if (error instanceof StoreFullError) return new Problem('storage-full', error.message);
  if (error instanceof StoreBusyError) return new Problem('busy', error.message, [], { 'Retry-After': '5' });
  const { status } = error as { status?: unknown };
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new Problem('bad-request', '网址里的编码不对');
  return new Problem('server-error', '服务器出错了，请稍后再试；问题已经记下');
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
