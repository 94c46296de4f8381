// Writing an answer: conditional requests, and the smallest form that the asker can read.

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { HeaderSet, HeaderSets } from './headers.ts';

const compressGzip = promisify(gzip);
const compressBrotli = promisify(brotliCompress);

/** Below this, compressing costs more than it saves. */
const LEAST_COMPRESSED_BYTES = 2048;
/** For answers made for one asker: gzip 4 is quick, and runs outside this thread. */
const QUICK_GZIP = { level: 4 };

export const JSON_TYPE = 'application/json; charset=utf-8';
export const GEOJSON_TYPE = 'application/geo+json; charset=utf-8';
export const REVALIDATE = 'no-cache';
export const IMMUTABLE = 'public, max-age=31536000, immutable';

export interface Answer {
  status?: number;
  headers: HeaderSet;
  type: string;
  cache: string;
  /** With its quotes, and W/ where bytes may differ by encoding. */
  etag?: string;
}

/** A body that many will ask for: compressed once, as well as possible. */
export interface StoredBody {
  identity: Buffer;
  gzip?: Buffer;
  /** Takes seconds to make: absent until it is ready. */
  brotli?: Buffer;
  etag: string;
}

export function contentHash(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** gzip is there when this resolves; brotli follows, made in the thread pool. */
export async function storeBody(identity: Buffer): Promise<StoredBody> {
  const body: StoredBody = {
    identity,
    gzip: await compressGzip(identity, { level: 9 }),
    etag: `W/"${contentHash(identity)}"`,
  };
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length };
  // Without brotli gzip is served on: nothing is lost but bytes.
  void compressBrotli(identity, { params: quality }).then(
    (brotli) => Object.assign(body, { brotli }),
    () => undefined,
  );
  return body;
}

/** Small answers of the hot path: one write, nothing negotiated. */
export function send(response: ServerResponse, answer: Answer, body: Buffer | string): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  response.writeHead(answer.status ?? 200, { ...headersOf(answer), 'Content-Length': length });
  response.end(body);
}

/** An answer for whoever asked and nobody else: kept nowhere on the way. */
export function sendOwn(response: ServerResponse, { own }: HeaderSets, body: object, status = 200): void {
  send(response, { status, headers: own, type: JSON_TYPE, cache: 'no-store' }, JSON.stringify(body));
}

/** The same without a body. */
export function sendNothing(response: ServerResponse, { own }: HeaderSets): void {
  response.writeHead(204, { ...own, 'Cache-Control': 'no-store' });
  response.end();
}

/** @returns true when a 304 has been sent */
export function isUnchanged(request: IncomingMessage, response: ServerResponse, answer: Answer): boolean {
  const { etag } = answer;
  if (etag === undefined || !etagMatches(request.headers['if-none-match'], etag)) return false;
  response.writeHead(304, { ...headersOf(answer), Vary: 'Accept-Encoding' });
  response.end();
  return true;
}

/** An answer made for this asker, compressed when it is worth it. */
export async function sendCompressed(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  body: Buffer,
): Promise<void> {
  const isSmall = body.length < LEAST_COMPRESSED_BYTES || !accepts(request, 'gzip');
  const sent = isSmall ? body : await compressGzip(body, QUICK_GZIP);
  sendEncoded(response, answer, sent, isSmall ? undefined : 'gzip');
}

/** The best form of a stored body that the asker reads; 304 when they have it. */
export function sendStored(request: IncomingMessage, response: ServerResponse, answer: Answer, body: StoredBody): void {
  const tagged = { ...answer, etag: body.etag };
  if (isUnchanged(request, response, tagged)) return;
  if (body.brotli && accepts(request, 'br')) sendEncoded(response, tagged, body.brotli, 'br');
  else if (body.gzip && accepts(request, 'gzip')) sendEncoded(response, tagged, body.gzip, 'gzip');
  else sendEncoded(response, tagged, body.identity, undefined);
}

export function sendEncoded(
  response: ServerResponse,
  answer: Answer,
  body: Buffer,
  encoding: 'br' | 'gzip' | undefined,
): void {
  response.writeHead(answer.status ?? 200, {
    ...headersOf(answer),
    Vary: 'Accept-Encoding',
    ...(encoding && { 'Content-Encoding': encoding }),
    'Content-Length': body.length,
  });
  response.end(body);
}

function headersOf({ headers, type, cache, etag }: Answer): Record<string, string> {
  return { ...headers, 'Content-Type': type, 'Cache-Control': cache, ...(etag !== undefined && { ETag: etag }) };
}

/** Weak comparison (RFC 9110 §13.1.2). */
function etagMatches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const plain = (tag: string) => tag.trim().replace(/^W\//, '');
  return header.split(',').some((each) => plain(each) === plain(etag));
}

/** Whether an encoding is named and not refused with q=0 (RFC 9110 §12.5.3). */
export function accepts(request: IncomingMessage, encoding: 'br' | 'gzip'): boolean {
  const header = request.headers['accept-encoding'];
  if (typeof header !== 'string') return false;
  return header.split(',').some((each) => {
    const [name, ...options] = each.trim().toLowerCase().split(';');
    return name?.trim() === encoding && !options.some((option) => /^\s*q=0(\.0*)?\s*$/.test(option));
  });
}
