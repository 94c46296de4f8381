// What this phone shows when it says something: a token that names nobody, asked for at the first word.

import { type Posted, post } from './posting.ts';
import { keep, readKept } from './storage.ts';

const KEPT_AS = 'yz-device';
/** Where nothing can be kept, the page remembers it while it is open. */
let known: string | undefined;

/**
 * Posts with this phone's token; a token that the server does not know any more is replaced once.
 * @throws ClientError when the server cannot be reached
 */
export async function postAsDevice(url: string, body: object, headers: Record<string, string>): Promise<Posted> {
  const first = await token();
  if (typeof first !== 'string') return first;
  const answer = await post(url, body, { ...headers, 'Device-Token': first });
  if (answer.status !== 401) return answer;
  known = undefined;
  keep(KEPT_AS, undefined);
  const second = await token();
  return typeof second === 'string' ? post(url, body, { ...headers, 'Device-Token': second }) : second;
}

/** The token, or the server's answer when it gives none. */
async function token(): Promise<string | Posted> {
  const kept = known ?? readKept(KEPT_AS);
  if (typeof kept === 'string') return kept;
  const answer = await post('/api/devices', {});
  const given = (answer.body as { token?: unknown } | undefined)?.token;
  if (answer.status !== 201 || typeof given !== 'string') return answer;
  known = given;
  keep(KEPT_AS, given);
  return given;
}
