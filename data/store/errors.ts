// Everything that the store throws on purpose. Absence is not among them: that is `undefined`.

import type { FieldError } from '../field-errors.ts';

/** Base of the store's errors: a stable code for programs, a Chinese message for people. */
export class StoreError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Another connection held the write lock for longer than a request may wait; nothing was written. Try again. */
export class StoreBusyError extends StoreError {
  constructor(options?: ErrorOptions) {
    super('store-busy', '数据库正忙，这次没有写入，请过几秒再试', options);
  }
}

/** The disk is full; nothing was written. */
export class StoreFullError extends StoreError {
  constructor(options?: ErrorOptions) {
    super('store-full', '磁盘已满，这次没有写入；请腾出空间后再试', options);
  }
}

export type ConstraintCode = 'already-exists' | 'missing-reference' | 'required' | 'not-allowed';

const CONSTRAINT_MESSAGES: Record<ConstraintCode, string> = {
  'already-exists': '已有同样编号的记录',
  'missing-reference': '所引用的记录不存在',
  required: '缺少必填的内容',
  'not-allowed': '这种改动不被允许',
};

/** A constraint of the database refused the write. Which one, in the engine's words, is the `cause`. */
export class StoreConstraintError extends StoreError {
  constructor(code: ConstraintCode, options?: ErrorOptions) {
    super(code, CONSTRAINT_MESSAGES[code], options);
  }
}

/** A place that its schema refuses; every wrong field is named. In a bulk the field starts with the place's index. */
export class InvalidPlaceError extends StoreError {
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    const shown = errors.slice(0, 5).map((error) => `${error.field}：${error.message}`);
    super('invalid-place', `点位信息有误：${shown.join('；')}${errors.length > 5 ? ` 等 ${errors.length} 处` : ''}`);
    this.errors = errors;
  }
}

/** An idempotency key that already belongs to another request; nothing was written. */
export class KeyReusedError extends StoreError {
  constructor() {
    super('key-reused', '这个 Idempotency-Key 已经用在内容不同的请求上；新的请求要换新的');
  }
}

/** Photos that a report names and that cannot be had: unknown, another device's, or in another report already. */
export class MissingPhotosError extends StoreError {
  /** Which of the photos, from 0. */
  readonly indexes: readonly number[];

  constructor(indexes: readonly number[]) {
    super('missing-photos', '没有这样的照片，可能过了 24 小时，或已经用在别的反映里；请重新上传');
    this.indexes = indexes;
  }
}

/** An act that a place, as it is, does not allow; nothing was written. `field` is what in the request is not right. */
export class RefusedActError extends StoreError {
  readonly field: string;

  constructor(code: string, field: string, message: string) {
    super(code, message);
    this.field = field;
  }
}
