// What the desk asks of the API: JSON both ways, versions as ETags, and refusals as errors that know their fields.

import { request } from '../client.ts';

export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

/** A refusal as the API writes it (RFC 9457), with whatever else the document holds. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldProblem[];
  readonly document: Readonly<Record<string, unknown>>;
  /** Seconds; null when the server does not say. */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, document: Readonly<Record<string, unknown>>, retryAfterSeconds: number | null) {
    super(typeof document.detail === 'string' ? document.detail : '服务器没有说明原因，请稍后再试');
    this.status = status;
    this.code = typeof document.code === 'string' ? document.code : '';
    this.errors = Array.isArray(document.errors) ? (document.errors as FieldProblem[]) : [];
    this.document = document;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface Reply<Body> {
  status: number;
  body: Body;
  /** As the server writes it, for `If-Match`. */
  etag: string | null;
}

export interface Asking {
  /** A form is sent as multipart, anything else as JSON. */
  body?: object;
  headers?: Record<string, string>;
}

/**
 * @throws ProblemError when the server refuses
 * @throws ClientError of the reason `network` when nobody answered in time
 */
export async function ask<Body>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  { body, headers = {} }: Asking = {},
): Promise<Reply<Body>> {
  const isForm = body instanceof FormData;
  const init: RequestInit = {
    method,
    cache: 'no-store',
    headers: { ...headers, ...(body && !isForm && { 'Content-Type': 'application/json' }) },
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
  };
  const answer = await request(url, init, async (response) => ({ response, read: readJson(await response.text()) }));
  const { response, read } = answer;
  if (response.ok) return { status: response.status, body: read as Body, etag: response.headers.get('ETag') };
  const retryAfter = Number(response.headers.get('Retry-After') ?? '');
  const document = typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  throw new ProblemError(response.status, document, retryAfter > 0 ? retryAfter : null);
}

/** Undefined when it is no JSON: an empty answer, or another server's page. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
