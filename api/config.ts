// What the surroundings say, read once at start. No other file of this room reads process.env.

import path from 'node:path';
import { LEAST_SECRET_CHARACTERS } from '../data/secret.ts';
import { ARCHIVE_NAME, faultOfArchive } from './basemap-archive.ts';

/** `schematic` is the city's own drawing; a style comes from the origin that the operator chose. All are WGS-84. */
export type BasemapChoice =
  | { kind: 'schematic' }
  | { kind: 'style'; styleUrl: string }
  | { kind: 'tianditu'; key: string }
  | { kind: 'pmtiles'; file: string };

export interface Config {
  port: number;
  host: string;
  dataFolder: string;
  /** A profile's id, or a path to its folder. */
  city: string;
  /** Without a slash at the end. */
  publicUrl: string;
  /** How many proxies in front are believed about the visitor's address. */
  trustedProxies: number;
  demo: 'auto' | 'on' | 'off';
  basemap: BasemapChoice;
  /** Where watchers read numbers, on this machine only; null: nowhere. */
  metricsPort: number | null;
  /** Whether phones keep the app for when there is no network; off also takes it away from those that did. */
  serviceWorker: boolean;
  /** 审图号, shown with the map. */
  mapApproval: string | null;
  /** Where short messages are handed over; null: none are sent. */
  smsWebhook: string | null;
  /** Signs and seals; null: the key file in the data folder does. */
  secretKey: string | null;
}

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** @throws ConfigError naming every wrong variable and what would be right. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const faults: string[] = [];
  const read = (name: string) => environment[name]?.trim() || undefined;

  function whole(name: string, absent: number, least: number, most: number): number {
    const text = read(name);
    if (text === undefined) return absent;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    faults.push(`${name}=${text}：要写 ${least} 到 ${most} 的整数`);
    return absent;
  }

  function webAddress(name: string, text: string): string | undefined {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url && /^https?:$/.test(url.protocol) && !url.username) return text;
    faults.push(`${name}=${text}：要写 http:// 或 https:// 开头的网址`);
    return undefined;
  }

  function publicUrl(port: number): string {
    const text = read('YIZHAN_PUBLIC_URL');
    if (text === undefined) return `http://localhost:${port}`;
    const address = webAddress('YIZHAN_PUBLIC_URL', text);
    if (address === undefined) return '';
    const url = new URL(address);
    if (url.pathname !== '/' || url.search || url.hash) {
      faults.push(`YIZHAN_PUBLIC_URL=${text}：只写到主机名和端口，后面不带路径`);
    }
    return url.origin;
  }

  function onOrOff(name: string, absent: boolean): boolean {
    const text = read(name);
    if (text === undefined) return absent;
    if (text !== 'on' && text !== 'off') faults.push(`${name}=${text}：要写 on 或 off`);
    return text === 'on';
  }

  function demo(): Config['demo'] {
    const text = read('YIZHAN_DEMO') ?? 'auto';
    if (text === 'auto' || text === 'on' || text === 'off') return text;
    faults.push(`YIZHAN_DEMO=${text}：要写 auto、on 或 off`);
    return 'auto';
  }

  /** Places are WGS-84: on a shifted map every pin would stand in the wrong street. */
  function checkBasemapCrs(): void {
    const text = read('YIZHAN_BASEMAP_CRS')?.toLowerCase() ?? 'wgs84';
    if (text === 'wgs84' || text === 'cgcs2000') return;
    const isShifted = text === 'gcj02' || text === 'bd09';
    faults.push(
      isShifted
        ? `YIZHAN_BASEMAP_CRS=${text}：这种底图和点位差 500 米以上，不能用；请换 wgs84 或 cgcs2000 的底图`
        : `YIZHAN_BASEMAP_CRS=${text}：要写 wgs84 或 cgcs2000`,
    );
  }

  function basemap(dataFolder: string): BasemapChoice {
    checkBasemapCrs();
    const text = read('YIZHAN_BASEMAP') ?? 'schematic';
    if (text === 'schematic') return { kind: 'schematic' };
    if (text === 'tianditu') {
      const key = read('YIZHAN_TIANDITU_KEY');
      if (key && /^[0-9a-zA-Z]{8,64}$/.test(key)) return { kind: 'tianditu', key };
      faults.push('YIZHAN_TIANDITU_KEY：用天地图要有它的密钥（字母和数字）');
      return { kind: 'schematic' };
    }
    if (text === 'pmtiles') {
      const file = path.join(dataFolder, ARCHIVE_NAME);
      const fault = faultOfArchive(file);
      if (fault !== undefined) faults.push(`YIZHAN_BASEMAP=pmtiles：${fault}`);
      return { kind: 'pmtiles', file };
    }
    const styleUrl = webAddress('YIZHAN_BASEMAP', text);
    return styleUrl === undefined ? { kind: 'schematic' } : { kind: 'style', styleUrl };
  }

  function secretKey(): string | null {
    const text = read('YIZHAN_SECRET_KEY');
    if (text === undefined) return null;
    // What is wrong is said without the secret itself: this goes to a log.
    if (text.length < LEAST_SECRET_CHARACTERS) {
      faults.push(`YIZHAN_SECRET_KEY：要至少 ${LEAST_SECRET_CHARACTERS} 个随机字符，例如 openssl rand -hex 32`);
    }
    return text;
  }

  function smsWebhook(): string | null {
    const text = read('YIZHAN_SMS_WEBHOOK');
    return text === undefined ? null : (webAddress('YIZHAN_SMS_WEBHOOK', text) ?? null);
  }

  const port = whole('PORT', 8080, 0, 65535);
  const dataFolder = path.resolve(read('YIZHAN_DATA_DIR') ?? path.join(import.meta.dirname, '../data/var'));
  const config: Config = {
    port,
    host: read('HOST') ?? '127.0.0.1',
    dataFolder,
    city: read('YIZHAN_CITY') ?? 'harbin',
    publicUrl: publicUrl(port),
    trustedProxies: whole('YIZHAN_TRUST_PROXY', 0, 0, 10),
    demo: demo(),
    basemap: basemap(dataFolder),
    metricsPort: read('YIZHAN_METRICS_PORT') === undefined ? null : whole('YIZHAN_METRICS_PORT', 0, 1, 65535),
    serviceWorker: onOrOff('YIZHAN_SERVICE_WORKER', true),
    mapApproval: read('YIZHAN_MAP_APPROVAL') ?? null,
    smsWebhook: smsWebhook(),
    secretKey: secretKey(),
  };
  if (faults.length > 0) throw new ConfigError(`配置不对：\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  return config;
}
