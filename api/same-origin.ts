// Who may write: this site's own pages, and programs that are no browser (mini-programs, scripts), which send neither
// header. Another site's page may not, with its visitor's hands.

import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

/**
 * Browsers say where a request comes from, and no page can make them say otherwise: by `Sec-Fetch-Site`, older ones by
 * `Origin`. Whoever brings a session's cookie is a browser, or does as one: then one of the two has to be there.
 * @throws Problem 403
 */
export function checkSameOrigin(request: IncomingMessage, publicUrl: string, hasSession: boolean): void {
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const isOurs = origin !== undefined && isOwnOrigin(origin, publicUrl, request.headers.host);
  if (hasSession) {
    if ((site === undefined || site === 'same-origin') && (isOurs || (origin === undefined && site !== undefined))) {
      return;
    }
    throw new Problem('cross-origin', `带着登录的提交只能来自本站的网页：请求头 Origin 要是 ${publicUrl}`);
  }
  const isOwn = site === undefined ? origin === undefined || isOurs : site === 'same-origin' || site === 'none';
  if (isOwn) return;
  throw new Problem('cross-origin', '只能从本站的网页提交；读数据不限网站，见 /docs');
}

/** The configured address, or the one under which the visitor found this server. */
function isOwnOrigin(origin: string, publicUrl: string, host: string | undefined): boolean {
  if (origin === publicUrl) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}
