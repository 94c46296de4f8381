// What the desk's routes about places share: which place, whether it is the asker's, for which version, and the answer.

import type { Request } from 'express';
import { type Account, hasCharge, mayCurate } from '../data/account.ts';
import { maskPhone } from '../data/phone.ts';
import type { Place } from '../data/place.ts';
import type { DeskPlaceAnswer } from '../data/place-desk-schema.ts';
import type { SealedContact } from '../data/store/place-contacts.ts';
import { isoDateOf, wallClock } from '../data/wall-clock.ts';
import type { AppContext } from './context.ts';
import { placeGone } from './creation.ts';
import { Problem } from './problem.ts';

/** Of any status. @throws Problem 404 */
export async function anyPlace({ store }: Pick<AppContext, 'store'>, request: Request): Promise<Place> {
  const idOrCode = String(request.params.id);
  const place = (await store.places.get(idOrCode)) ?? (await store.places.byShortCode(idOrCode));
  if (!place) throw placeGone();
  return place;
}

const NOT_YOURS = '这个点位不在你负责的范围';

/** @throws Problem 403 */
export function requireCharge(account: Account, place: Place): void {
  if (!hasCharge(account, place)) throw new Problem('not-allowed', NOT_YOURS);
}

/** @throws Problem 403 */
export function requireCuration(
  account: Account,
  place: Pick<Place, 'id' | 'district' | 'street' | 'community'>,
): void {
  if (!mayCurate(account, place)) throw new Problem('not-allowed', NOT_YOURS);
}

/** `"12"`, and the tag of the public page, `"12-3f…"`. */
const VERSION_TAG = /^(?:W\/)?"(\d{1,9})(?:-[0-9a-f]+)?"$/;

/** The version that the asker saw. @throws Problem 428 without If-Match, 400 for one that names no version */
export function expectedVersion(request: Request): number {
  const header = request.headers['if-match'];
  if (header === undefined) {
    throw new Problem('version-required', '要带 If-Match，写你看到的版本，例如 If-Match: "3"；免得盖掉别人的修改');
  }
  const version = VERSION_TAG.exec(header.trim())?.[1];
  if (version === undefined) throw new Problem('bad-request', 'If-Match 要写一个版本，例如 "3"');
  return Number(version);
}

export const VERSION_HEADER = {
  'If-Match': { description: '你看到的版本，例如 "3"；这个点位的 ETag 也可以', required: true },
};

/** The city's date at an instant, and the instant at which it ends, RFC 3339. */
export function dayOf(timezone: string, nowMs: number): { day: string; dayEnds: string } {
  const clock = wallClock(timezone);
  const day = clock.dayOf(Math.floor(nowMs / 60_000));
  return { day: isoDateOf(day), dayEnds: new Date(clock.startOf(day + 1) * 60_000).toISOString() };
}

/** Everything that the desk shows of a place to somebody who looks after it or may look. */
export async function deskPlace(
  { store, secret, city, now }: Pick<AppContext, 'store' | 'secret' | 'city' | 'now'>,
  place: Place,
  account: Account,
): Promise<DeskPlaceAnswer> {
  const isCharge = hasCharge(account, place);
  const sealed = isCharge ? await store.placeDesk.contact(place.id) : undefined;
  const contact = sealed && openContact(secret, place.id, sealed);
  return {
    place,
    contact: contact ? { name: contact.name, phone: maskPhone(contact.phone) } : null,
    today: await store.placeDesk.counts(place.id, dayOf(city.timezone, now()).day),
    openReports: (await store.placeDesk.openReports()).get(place.id) ?? 0,
    may: {
      edit: mayCurate(account, place),
      quickActs: isCharge,
      revealPhone: sealed !== undefined && mayReveal(account),
    },
  };
}

/** Keepers and merchants know whom to call: they are it. */
function mayReveal(account: Account): boolean {
  return account.role === 'admin' || account.role === 'curator' || account.role === 'grid-worker';
}

type Sealing = Pick<AppContext['secret'], 'seal' | 'open'>;

export function sealContact(secret: Sealing, placeId: string, contact: SealedContact): SealedContact {
  const seal = (text: string) => secret.seal('place-contact', text, placeId);
  return { name: seal(contact.name), phone: seal(contact.phone) };
}

export function openContact(secret: Sealing, placeId: string, sealed: SealedContact): SealedContact {
  const open = (text: string) => secret.open('place-contact', text, placeId);
  return { name: open(sealed.name), phone: open(sealed.phone) };
}
