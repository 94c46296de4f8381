// A rider's device: no account, no name, only a random id that this server signed. Pure.

/** A device as the rules see it: a keyed hash of its id, and when the id was given out, milliseconds since 1970. */
export interface Device {
  hash: string;
  issuedAtMs: number;
}

const MATURE_AFTER_MS = 24 * 3_600_000;

/** Old enough to weigh in a dispute: whoever wants a crowd of devices has to wait a day for it, in sight of the limits. */
export function isMature(device: Device, nowMs: number): boolean {
  return nowMs - device.issuedAtMs >= MATURE_AFTER_MS;
}
