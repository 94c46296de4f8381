// The device of those who work outside: bound to the account at sign-in, it keeps them signed in for longer. The same
// token as the rider's app has on this phone.

import { keep, readKept } from '../rider/storage.ts';
import { ask } from './asking.ts';

const KEPT_AS = 'yz-device';
/** Set once this device was enrolled here: only then is the token sent along. */
const ENROLLED_AS = 'yz-desk-enrolled';

/** The headers that show an enrolled device; none otherwise. */
export function deviceHeaders(): Record<string, string> {
  const token = readKept(KEPT_AS);
  return readKept(ENROLLED_AS) === true && typeof token === 'string' ? { 'Device-Token': token } : {};
}

/** Before a sign-in that is to last. @throws as `ask` does */
export async function enrol(): Promise<Record<string, string>> {
  const known = readKept(KEPT_AS);
  if (typeof known !== 'string') {
    const { body } = await ask<{ token: string }>('POST', '/api/devices', { body: {} });
    keep(KEPT_AS, body.token);
  }
  keep(ENROLLED_AS, true);
  return deviceHeaders();
}

export function forgetEnrolment(): void {
  keep(ENROLLED_AS, undefined);
}
