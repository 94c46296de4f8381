// The only file of the web that fetches.

/** `network`: nobody answered in time. `server`: somebody answered, but not with what was asked for. */
export class ClientError extends Error {
  readonly reason: 'network' | 'server';
  constructor(reason: 'network' | 'server', message: string) {
    super(message);
    this.reason = reason;
  }
}

const TIMEOUT_MS = 20_000;

export interface Timed<Body> {
  body: Body;
  /** Milliseconds by the server's clock when it answered; null when it did not say. */
  serverMs: number | null;
}

/** @throws ClientError */
export async function getJson<Body>(url: string): Promise<Body> {
  return (await getTimed<Body>(url)).body;
}

/**
 * For what is never answered from a cache without asking: only then is the time the server's present one.
 * @throws ClientError
 */
export async function getTimed<Body>(url: string): Promise<Timed<Body>> {
  return inTime(url, TIMEOUT_MS, async (signal) => {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new ClientError('server', `${url} answered ${response.status}`);
    const serverMs = Date.parse(response.headers.get('Date') ?? '');
    return { body: (await response.json()) as Body, serverMs: Number.isNaN(serverMs) ? null : serverMs };
  });
}

/** @throws ClientError of the reason `network` when nobody answered in time, and whatever `ask` throws of its own */
export async function inTime<Answer>(
  url: string,
  timeoutMs: number,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    return await ask(abort.signal);
  } catch (error) {
    throw error instanceof ClientError ? error : new ClientError('network', `${url} could not be reached`);
  } finally {
    clearTimeout(timer);
  }
}

/** An answer of any status, and what it says of trying again. */
export interface Posted {
  status: number;
  /** Undefined when it is no JSON. */
  body: unknown;
  /** Null when the server does not say. */
  retryAfterMs: number | null;
}

const POST_TIMEOUT_MS = 30_000;

/**
 * @param body a form is sent as multipart, anything else as JSON
 * @throws ClientError of the reason `network`
 */
export async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Posted> {
  return inTime(url, POST_TIMEOUT_MS, async (signal) => {
    const isForm = body instanceof FormData;
    const response = await fetch(url, {
      method: 'POST',
      body: isForm ? body : JSON.stringify(body),
      headers: isForm ? headers : { ...headers, 'Content-Type': 'application/json' },
      signal,
    });
    const retryAfter = Number(response.headers.get('Retry-After') ?? '');
    const retryAfterMs = retryAfter > 0 ? retryAfter * 1000 : null;
    return { status: response.status, body: readBody(await response.text()), retryAfterMs };
  });
}

/**
 * The status alone says whether somebody may read it.
 * @throws ClientError of the reason `network`
 */
export async function getStatus(url: string, headers: Record<string, string>): Promise<number> {
  return inTime(url, TIMEOUT_MS, async (signal) => (await fetch(url, { headers, signal })).status);
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
