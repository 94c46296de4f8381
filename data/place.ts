// What a friendly place is, in words that code, API and screens share. Pure: the phone imports this file.

export type { Place, PlaceDraft } from './place-schema.ts';

/** WGS-84 longitude and latitude in degrees, in this order (RFC 7946). */
export type Point = [lng: number, lat: number];

export const PLACE_KINDS = [
  'station',
  'merchant',
  'parking',
  'toilet',
  'bike-swap',
  'battery-swap',
  'scene',
  'event-point',
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export const PLACE_KIND_LABELS: Record<PlaceKind, string> = {
  station: '驿站',
  merchant: '爱心商户',
  parking: '临停泊位',
  toilet: '公厕',
  'bike-swap': '换乘单车点',
  'battery-swap': '换电柜',
  scene: '友好场景',
  'event-point': '活动点',
};

export const PLACE_STATUSES = ['pending', 'active', 'paused', 'disputed', 'retired', 'rejected'] as const;
export type PlaceStatus = (typeof PLACE_STATUSES)[number];

export const PLACE_STATUS_LABELS: Record<PlaceStatus, string> = {
  pending: '待审',
  active: '在用',
  paused: '暂停',
  disputed: '存疑',
  retired: '撤销',
  rejected: '驳回',
};

/** What anybody may see. The other statuses appear at the desk only. */
export const PUBLIC_STATUSES = ['active', 'paused', 'disputed'] as const satisfies readonly PlaceStatus[];

export function isPublicStatus(status: PlaceStatus): boolean {
  return (PUBLIC_STATUSES as readonly PlaceStatus[]).includes(status);
}

export const ACCESS_WAYS = ['open', 'staffed', 'code', 'id', 'face'] as const;
export type AccessWay = (typeof ACCESS_WAYS)[number];

export const ACCESS_LABELS: Record<AccessWay, string> = {
  open: '敞开',
  staffed: '值守',
  code: '密码进门',
  id: '刷证进门',
  face: '刷脸进门',
};

export const HOSTS = [
  'party-centre',
  'union',
  'bank',
  'supermarket',
  'property',
  'public-toilet',
  'petrol-station',
  'platform',
  'government',
  'school',
  'hospital',
  'shop',
  'other',
] as const;
export type Host = (typeof HOSTS)[number];

export const HOST_LABELS: Record<Host, string> = {
  'party-centre': '党群',
  union: '工会',
  bank: '银行',
  supermarket: '商超',
  property: '物业',
  'public-toilet': '公厕',
  'petrol-station': '加油站',
  platform: '平台',
  government: '机关',
  school: '学校',
  hospital: '医院',
  shop: '商户',
  other: '其他',
};

export const AUDIENCES = ['everyone', 'outdoor-workers', 'riders', 'residents', 'exam-families'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const AUDIENCE_LABELS: Record<Audience, string> = {
  everyone: '所有人',
  'outdoor-workers': '户外劳动者',
  riders: '骑手',
  residents: '居民',
  'exam-families': '考生家庭',
};

export const POSITION_QUALITIES = ['surveyed', 'approx', 'district'] as const;
/** surveyed: at the door. approx: within `positionErrorMetres`. district: somewhere in it; no navigation there. */
export type PositionQuality = (typeof POSITION_QUALITIES)[number];

export const SOURCE_CRS = ['wgs84', 'gcj02', 'bd09'] as const;
export type SourceCrs = (typeof SOURCE_CRS)[number];

export const CONFIRMERS = ['rider', 'merchant', 'keeper', 'grid-worker', 'curator'] as const;
export type Confirmer = (typeof CONFIRMERS)[number];

export const CONFIRMER_LABELS: Record<Confirmer, string> = {
  rider: '骑手',
  merchant: '商户',
  keeper: '驻点负责人',
  'grid-worker': '网格员',
  curator: '管理员',
};

export const MERCHANT_CATEGORIES = ['meal', 'pharmacy', 'repair', 'health', 'other'] as const;
export type MerchantCategory = (typeof MERCHANT_CATEGORIES)[number];

export const MERCHANT_CATEGORY_LABELS: Record<MerchantCategory, string> = {
  meal: '餐饮',
  pharmacy: '药店',
  repair: '维修',
  health: '健康',
  other: '其他',
};

export const SCENE_TYPES = [
  'compound',
  'business-district',
  'hospital',
  'office-building',
  'industrial-park',
  'school',
  'government',
  'transport-hub',
  'neighbourhood',
] as const;
export type SceneType = (typeof SCENE_TYPES)[number];

export const SCENE_TYPE_LABELS: Record<SceneType, string> = {
  compound: '小区',
  'business-district': '商圈',
  hospital: '医院',
  'office-building': '楼宇',
  'industrial-park': '园区',
  school: '学校',
  government: '机关',
  'transport-hub': '站区',
  neighbourhood: '街区',
};

export const GATE_VEHICLES = ['ebike', 'swap-bike', 'walk'] as const;
export type GateVehicle = (typeof GATE_VEHICLES)[number];

export const GATE_VEHICLE_LABELS: Record<GateVehicle, string> = {
  ebike: '电动车',
  'swap-bike': '换乘单车',
  walk: '步行',
};

export const GATE_CREDENTIALS = ['none', 'register', 'code', 'owner-call'] as const;
export type GateCredential = (typeof GATE_CREDENTIALS)[number];

export const GATE_CREDENTIAL_LABELS: Record<GateCredential, string> = {
  none: '直接进',
  register: '要登记',
  code: '扫码进',
  'owner-call': '要业主确认',
};

/** Metres between two WGS-84 points on the sphere of mean Earth radius (haversine). */
export function metresBetween(from: Readonly<Point>, to: Readonly<Point>): number {
  const radians = Math.PI / 180;
  const sinLat = Math.sin(((to[1] - from[1]) * radians) / 2);
  const sinLng = Math.sin(((to[0] - from[0]) * radians) / 2);
  const h = sinLat * sinLat + Math.cos(from[1] * radians) * Math.cos(to[1] * radians) * sinLng * sinLng;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The mean radius, rounded to kilometres. */
export const EARTH_RADIUS_METRES = 6_371_000;
