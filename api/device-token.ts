// A device's token: a random id and its time of issue, signed. There is no list of devices, and no way from a token to a
// person; what is kept of a device is a keyed hash of its id.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Device } from '../data/device.ts';
import { Problem } from './problem.ts';
import type { Secret } from './secret.ts';

const ID_BYTES = 16;
/** Seconds since 1970. */
const TIME_BYTES = 6;
const CONTENT_BYTES = ID_BYTES + TIME_BYTES;
const SIGNATURE_BYTES = 32;
/** base64url of all three. */
const TOKEN = /^[A-Za-z0-9_-]{72}$/;

export function issueToken(secret: Secret, nowMs: number): string {
  const content = Buffer.alloc(CONTENT_BYTES);
  randomBytes(ID_BYTES).copy(content);
  content.writeUIntBE(Math.floor(nowMs / 1000), ID_BYTES, TIME_BYTES);
  return Buffer.concat([content, secret.sign('device-token', content)]).toString('base64url');
}

/** Undefined for a token that this server's secret did not sign. */
export function readToken(secret: Secret, token: string): Device | undefined {
  if (!TOKEN.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  const content = bytes.subarray(0, CONTENT_BYTES);
  const signature = bytes.subarray(CONTENT_BYTES);
  if (signature.length !== SIGNATURE_BYTES || !timingSafeEqual(signature, secret.sign('device-token', content))) {
    return undefined;
  }
  return {
    hash: secret.hash('device', content.subarray(0, ID_BYTES)),
    issuedAtMs: content.readUIntBE(ID_BYTES, TIME_BYTES) * 1000,
  };
}

/** @throws Problem 401 without a token, or with one that is not ours */
export function deviceOf(secret: Secret, request: Request): Device {
  const token = request.headers['device-token'];
  const challenge = { 'WWW-Authenticate': 'Device-Token' };
  if (typeof token !== 'string' || token === '') {
    throw new Problem('device-token-missing', '要带请求头 Device-Token，先用 POST /api/devices 领一个', [], challenge);
  }
  const device = readToken(secret, token);
  if (device) return device;
  throw new Problem(
    'device-token-invalid',
    '这个 Device-Token 不是本站发的，请用 POST /api/devices 重新领',
    [],
    challenge,
  );
}
