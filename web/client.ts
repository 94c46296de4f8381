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

/** @throws ClientError */
export async function getJson<Body>(url: string): Promise<Body> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok) throw new ClientError('server', `${url} answered ${response.status}`);
    return (await response.json()) as Body;
  } catch (error) {
    throw error instanceof ClientError ? error : new ClientError('network', `${url} could not be reached`);
  } finally {
    clearTimeout(timer);
  }
}
