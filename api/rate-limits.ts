// How much anybody may send: by device, by device and place, and by address. A carrier puts hundreds of riders behind one
// address, so that an address may do what hundreds of people do; a device may do what one does.

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from './problem.ts';

/** How often within an hour. */
export interface Limits {
  devicesPerAddress: number;
  writesPerAddress: number;
  writesPerDevice: number;
  writesPerDeviceAndPlace: number;
  photosPerDevice: number;
  photosPerAddress: number;
  receiptsPerAddress: number;
  codesPerPhone: number;
  codesPerAddress: number;
}

export const LIMITS: Limits = {
  devicesPerAddress: 600,
  writesPerAddress: 6000,
  writesPerDevice: 120,
  writesPerDeviceAndPlace: 30,
  photosPerDevice: 20,
  photosPerAddress: 600,
  receiptsPerAddress: 1200,
  codesPerPhone: 5,
  codesPerAddress: 60,
};

const SECONDS = 3600;

/** Each throws Problem 429 with Retry-After. Addresses are kept in memory for an hour, and nowhere else. */
export interface RateLimits {
  newDevice(address: string): Promise<void>;
  write(who: { address: string; device: string; placeId: string }): Promise<void>;
  photo(who: { address: string; device: string }): Promise<void>;
  receipt(address: string): Promise<void>;
  /** @param who.phone a keyed hash */
  signInCode(who: { address: string; phone: string }): Promise<void>;
}

export function createRateLimits(limits: Limits = LIMITS): RateLimits {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: SECONDS });
  const devicesPerAddress = limiter(limits.devicesPerAddress);
  const writesPerAddress = limiter(limits.writesPerAddress);
  const writesPerDevice = limiter(limits.writesPerDevice);
  const writesPerDeviceAndPlace = limiter(limits.writesPerDeviceAndPlace);
  const photosPerDevice = limiter(limits.photosPerDevice);
  const photosPerAddress = limiter(limits.photosPerAddress);
  const receiptsPerAddress = limiter(limits.receiptsPerAddress);
  const codesPerPhone = limiter(limits.codesPerPhone);
  const codesPerAddress = limiter(limits.codesPerAddress);
  return {
    newDevice: (address) => consume(devicesPerAddress, network(address)),
    // The narrowest first: whoever is refused there does not use up what others share.
    async write({ address, device, placeId }) {
      await consume(writesPerDeviceAndPlace, `${device} ${placeId}`);
      await consume(writesPerDevice, device);
      await consume(writesPerAddress, network(address));
    },
    async photo({ address, device }) {
      await consume(photosPerDevice, device);
      await consume(photosPerAddress, network(address));
    },
    receipt: (address) => consume(receiptsPerAddress, network(address)),
    async signInCode({ address, phone }) {
      await consume(codesPerPhone, phone);
      await consume(codesPerAddress, network(address));
    },
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    const minutes = Math.ceil(seconds / 60);
    throw new Problem('too-many', `发得太多了，请过 ${minutes} 分钟再试`, [], { 'Retry-After': String(seconds) });
  }
}

/** One household or one server has a whole /64 of IPv6: it counts as one address. */
export function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const middle = plain.includes('::') ? Array.from({ length: 8 - left.length - right.length }, () => '0') : [];
  return [...left, ...middle, ...right].slice(0, 4).join(':');
}
