// A request's JSON body, read strictly: small, of the declared type, and only with the fields that its schema knows.

import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { fieldErrors, wordIssue } from '../data/field-errors.ts';
import { shown } from './parameters.ts';
import { Problem } from './problem.ts';

const MOST_BYTES = 64 * 1024;
const MOST_ERRORS = 20;

/**
 * No body at all reads as `{}`. The values are those of the schema, in its order.
 * @throws Problem 415 another type, 413 too large, 400 no JSON or wrong fields, each named
 */
export async function readJsonBody<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { headers } = request;
  const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
  const value = isEmpty ? {} : await readJson(request);
  const result = schema.safeParse(value, { error: wordIssue });
  if (result.success) return result.data;
  const errors = fieldErrors(result.error)
    .slice(0, MOST_ERRORS)
    .map((error) => ({ ...error, field: shown(error.field) }));
  throw new Problem(
    'invalid-body',
    errors.map(({ field, message }) => `${field || '内容'}：${message}`).join('；'),
    errors,
  );
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (!isJson(type, request.method) || encoding !== 'identity') {
    throw new Problem('unsupported-type', '要发 JSON，Content-Type 写 application/json，不压缩');
  }
  const bytes = await readBytes(request);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem('bad-json', '内容不是完整的 UTF-8 JSON');
  }
}

/** A change may call itself a merge patch (RFC 7396), which it is either way. */
function isJson(type: string, method: string | undefined): boolean {
  return (
    /^application\/json *(;|$)/i.test(type) ||
    (method === 'PATCH' && /^application\/merge-patch\+json *(;|$)/i.test(type))
  );
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = Number(request.headers['content-length'] ?? 0);
  if (length <= MOST_BYTES) {
    length = 0;
    // Left early, an iterator would tear the connection down before the answer: what is too long is read to its end.
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length <= MOST_BYTES) chunks.push(chunk);
      }
    } catch {
      throw new Problem('bad-request', '内容没有发完，请重新发送');
    }
  }
  if (length > MOST_BYTES) throw new Problem('body-too-large', `内容最多 ${MOST_BYTES / 1024} kB`);
  return Buffer.concat(chunks);
}
