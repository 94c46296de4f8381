// The only file of the web that fetches.

/** `network`: nobody answered in time. `server`: somebody answered, but not with what was asked for. */
export class ClientError extends Error {
  readonly reason: 'network' | 'server';
  constructor(reason: 'network' | 'server', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Slow networks are common, and a photo takes its time. */
const TIMEOUT_MS = 30_000;

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
 * As it came: what is large is kept so, and read when it is wanted.
 * @throws ClientError
 */
export function getBytes(url: string, priority: RequestPriority = 'auto'): Promise<ArrayBuffer> {
  return request(url, { priority }, (response) => {
    if (!response.ok) throw new ClientError('server', `${url} answered ${response.status}`);
    return response.arrayBuffer();
  });
}

/** @throws ClientError when it is no JSON: somebody else answered. */
export function readJson<Body>(bytes: ArrayBuffer): Body {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Body;
  } catch {
    throw new ClientError('server', 'what came is no JSON');
  }
}

/** Into the browser's cache, where others than us look for it. Nothing is said when it fails: they will say so. */
export function fetchAhead(url: string): void {
  getBytes(url, 'low').catch(() => undefined);
}

/**
 * For what is never answered from a cache without asking: only then is the time the server's present one.
 * @throws ClientError
 */
export function getTimed<Body>(url: string): Promise<Timed<Body>> {
  return request(url, {}, async (response) => {
    if (!response.ok) throw new ClientError('server', `${url} answered ${response.status}`);
    const serverMs = Date.parse(response.headers.get('Date') ?? '');
    return { body: (await response.json()) as Body, serverMs: Number.isNaN(serverMs) ? null : serverMs };
  });
}

/**
 * @param read of an answer of any status, within the same time
 * @throws ClientError of the reason `network` when nobody answered in time, or not to the end
 */
export async function request<Answer>(
  url: string,
  init: RequestInit,
  read: (response: Response) => Answer | Promise<Answer>,
): Promise<Answer> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    return await read(await fetch(url, { ...init, signal: abort.signal }));
  } catch (error) {
    throw error instanceof ClientError ? error : new ClientError('network', `${url} could not be reached`);
  } finally {
    clearTimeout(timer);
  }
}
