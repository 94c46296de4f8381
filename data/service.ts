// What a place offers to a rider. The words here are the words on every screen.

export const SERVICE_CODES = [
  'hot-water',
  'drinking-water',
  'microwave',
  'phone-charging',
  'ebike-charging',
  'rest',
  'heating',
  'cooling',
  'first-aid',
  'aed',
  'toilet',
  'wifi',
  'rain-gear',
  'repair',
  'fridge',
  'reading',
  'legal-aid',
  'meal',
  'shower',
  'nursing',
] as const;
export type ServiceCode = (typeof SERVICE_CODES)[number];

export const SERVICE_LABELS: Record<ServiceCode, string> = {
  'hot-water': '热水',
  'drinking-water': '饮水',
  microwave: '微波炉',
  'phone-charging': '手机充电',
  'ebike-charging': '车辆充电',
  rest: '休息',
  heating: '供暖',
  cooling: '纳凉',
  'first-aid': '药箱',
  aed: 'AED',
  toilet: '厕所',
  wifi: '无线网',
  'rain-gear': '雨具',
  repair: '打气修车',
  fridge: '冰箱',
  reading: '阅读',
  'legal-aid': '法律维权',
  meal: '优惠餐',
  shower: '淋浴',
  nursing: '母婴',
};

export const SERVICE_STATES = ['ok', 'broken', 'unknown'] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

export const SERVICE_STATE_LABELS: Record<ServiceState, string> = { ok: '正常', broken: '故障', unknown: '未知' };

/** `confirmed`: somebody saw it work. `declared` (未核实): said by whoever listed the place, seen by nobody. */
export type ServiceStanding = 'confirmed' | 'declared' | 'unknown' | 'broken';

export function serviceStanding(service: { state: ServiceState; confirmedAt: string | null }): ServiceStanding {
  if (service.state !== 'ok') return service.state;
  return service.confirmedAt === null ? 'declared' : 'confirmed';
}

/** One bit for each service, in the order of SERVICE_CODES, so that a filter is one `&`. */
export function serviceMask(codes: readonly ServiceCode[]): number {
  return codes.reduce((mask, code) => mask | (1 << SERVICE_CODES.indexOf(code)), 0);
}
