// Which bytes of a file a request asks for (RFC 9110 §14).

/** Both ends included, inside the file. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * @param size of the file in bytes
 * @returns undefined where the whole file is the answer: no range, another unit, several ranges, or one that is ill-formed,
 *   all of which the RFC lets a server ignore
 */
export function readByteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '');
  if (!match) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '') {
    if (to === '') return undefined;
    const count = Math.min(Number(to), size);
    return count === 0 ? 'unsatisfiable' : { first: size - count, last: size - 1 };
  }
  const first = Number(from);
  const wanted = to === '' ? Number.POSITIVE_INFINITY : Number(to);
  if (wanted < first) return undefined;
  return first >= size ? 'unsatisfiable' : { first, last: Math.min(wanted, size - 1) };
}

/**
 * Whether a range still fits what the asker has (RFC 9110 §13.1.5). Dates never do: none is sent with the file.
 * @param etag strong
 */
export function isRangeCurrent(ifRange: string | undefined, etag: string): boolean {
  return ifRange === undefined || ifRange.trim() === etag;
}
