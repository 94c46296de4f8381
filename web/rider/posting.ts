// What the phone sends: JSON, or a form with a photo. Apart from the client, so that the first script is small.

import { request } from '../client.ts';

/** An answer of any status, and what it says of trying again. */
export interface Posted {
  status: number;
  /** Undefined when it is no JSON. */
  body: unknown;
  /** Null when the server does not say. */
  retryAfterMs: number | null;
}

/**
 * @param body a form is sent as multipart, anything else as JSON
 * @throws ClientError of the reason `network`
 */
export function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Posted> {
  const init =
    body instanceof FormData
      ? { method: 'POST', headers, body }
      : { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  return request(url, init, async (response) => {
    const retryAfter = Number(response.headers.get('Retry-After') ?? '');
    const retryAfterMs = retryAfter > 0 ? retryAfter * 1000 : null;
    return { status: response.status, body: readBody(await response.text()), retryAfterMs };
  });
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
