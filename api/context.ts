// What routes are given: made once at start, handed down, never global.

import type { City } from '../data/city.ts';
import type { LoadedCity } from '../data/load-city.ts';
import type { Store } from '../data/store/store.ts';
import type { AuditHeads } from './audit-heads.ts';
import type { BackOff } from './back-off.ts';
import type { Config } from './config.ts';
import type { HeaderSets } from './headers.ts';
import type { Identity } from './identity.ts';
import type { PlaceIndex } from './index/place-index.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Secret } from './secret.ts';
import type { Sms } from './sms.ts';
import type { Snapshots } from './snapshots.ts';
import type { Traffic } from './traffic.ts';

/** Said before anything else when the server is about to stop, so that nobody is sent here any more. */
export interface Readiness {
  isStopping: boolean;
}

export interface AppContext {
  store: Pick<
    Store,
    | 'places'
    | 'confirmations'
    | 'reports'
    | 'suggestions'
    | 'receipts'
    | 'photos'
    | 'reviews'
    | 'announcements'
    | 'checkIns'
    | 'bikeCounts'
    | 'answers'
    | 'desk'
    | 'placeDesk'
    | 'audit'
    | 'revision'
    | 'onChange'
  >;
  index: PlaceIndex;
  snapshots: Snapshots;
  config: Config;
  city: City;
  /** The city's own drawing, when it has one. */
  schematic: LoadedCity['schematic'];
  /** Milliseconds since 1970. */
  now: () => number;
  readiness: Readiness;
  headers: HeaderSets;
  secret: Secret;
  limits: RateLimits;
  identity: Identity;
  /** Of all ways to sign in together. */
  backOff: BackOff;
  sms: Sms;
  /** Lets the first administrator in; null when there is one, and nobody is to become it. */
  setupToken: string | null;
  traffic: Traffic;
  backups: { newestAtMs(): number | null };
  auditHeads: Pick<AuditHeads, 'last'>;
}
