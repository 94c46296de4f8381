// Constant security headers, made once: no middleware works them out again for each answer.

import type { Config } from './config.ts';
import { TIANDITU_ORIGINS } from './tianditu.ts';

export type HeaderSet = Readonly<Record<string, string>>;

export interface HeaderSets {
  /** Open data that any page may read; nothing in it runs. */
  api: HeaderSet;
  /** Answers made for one sender alone: no other site's page reads them. */
  own: HeaderSet;
  /** Pages, their scripts, styles and pictures. */
  page: HeaderSet;
}

export function createHeaderSets(config: Pick<Config, 'basemap' | 'publicUrl'>): HeaderSets {
  const common = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': referrerPolicy(config.basemap),
    ...(config.publicUrl.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000' }),
  };
  return {
    api: {
      ...common,
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'ETag, Retry-After',
    },
    own: {
      ...common,
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
    page: {
      ...common,
      'Content-Security-Policy': pagePolicy(basemapOrigins(config.basemap)),
      'Permissions-Policy': 'geolocation=(self), camera=(), microphone=(), payment=()',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'X-Frame-Options': 'DENY',
    },
  };
}

/** @param origins of a basemap that the operator configured; the default one comes from this server. */
function pagePolicy(origins: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `connect-src 'self'${origins}`,
    "style-src 'self'",
    `img-src 'self' data:${origins}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Addresses of pages say which area somebody looks at: none leaves with a tap on a link. 天地图 knows by the referrer for
 * which sites a key was made, and is told the site alone.
 */
function referrerPolicy(basemap: Config['basemap']): string {
  return basemap.kind === 'tianditu' ? 'strict-origin' : 'no-referrer';
}

function basemapOrigins(basemap: Config['basemap']): string {
  if (basemap.kind === 'style') return ` ${new URL(basemap.styleUrl).origin}`;
  return basemap.kind === 'tianditu' ? ` ${TIANDITU_ORIGINS.join(' ')}` : '';
}
