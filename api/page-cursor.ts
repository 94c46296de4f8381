// The place where a page of a list ended, in the order of creation, as a text that programs hand back unread.

import type { Parameter } from './parameters.ts';

export interface CreatedPosition {
  createdAt: string;
  id: string;
}

export function createdCursor(): Parameter<CreatedPosition | undefined> {
  return {
    description: '翻页标记，上一页的 next',
    schema: { type: 'string' },
    absent: undefined,
    parse(text) {
      const plain = /^[\w-]{1,120}$/.test(text) ? Buffer.from(text, 'base64url').toString() : '';
      const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([\w-]{1,40})$/.exec(plain);
      if (match?.[1] && match[2]) return { value: { createdAt: match[1], id: match[2] } };
      return { fault: { code: 'bad-cursor', message: '要原样用上一页 next 里的值' } };
    },
  };
}

/** A page and the mark of the next one, from rows of which one more than the page was asked for. */
export function pageOf<Row extends CreatedPosition>(
  rows: readonly Row[],
  limit: number,
): { page: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  if (!last || rows.length <= limit) return { page, next: null };
  return { page, next: Buffer.from(`${last.createdAt} ${last.id}`).toString('base64url') };
}
