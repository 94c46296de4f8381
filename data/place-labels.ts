// What the fields of a place are called, for forms, histories and messages. Pure; a test compares it with the schema.

import type { Place } from './place.ts';

type KeysOfUnion<Union> = Union extends unknown ? keyof Union : never;
export type PlaceField = KeysOfUnion<Place>;

export const PLACE_FIELD_LABELS: Readonly<Record<PlaceField, string>> = {
  kind: '类别',
  id: '编号',
  shortCode: '短码',
  name: '名称',
  aliases: '别名',
  point: '位置',
  positionQuality: '位置精度',
  positionErrorMetres: '位置误差（米）',
  sourceCrs: '原始坐标系',
  entrance: '入口',
  address: '地址',
  district: '区县',
  street: '街道',
  community: '社区',
  host: '依托单位',
  phone: '公开电话',
  services: '设施',
  access: '进门方式',
  audience: '面向',
  hoursOsm: '开放时间',
  hoursExceptions: '临时开关门',
  status: '状态',
  statusUntil: '状态到期',
  statusReason: '状态原因',
  source: '来源',
  demo: '演示数据',
  confirmedAt: '核实时间',
  confirmedBy: '核实人',
  createdAt: '新建时间',
  updatedAt: '修改时间',
  version: '版本',
  seats: '座位',
  category: '商户类别',
  bays: '泊位数',
  maxMinutes: '限停（分钟）',
  vehicle: '车型',
  atToilet: '在公厕旁',
  marking: '标线',
  barrierFree: '无障碍',
  bikesTotal: '车辆总数',
  bikesAvailable: '可骑车辆',
  bikesOutOfService: '故障车辆',
  lastReportedAt: '数车时间',
  rules: '使用规则',
  compound: '所在小区',
  slots: '仓位数',
  operator: '运营方',
  sceneType: '场景类型',
  signatories: '签约方',
  gates: '大门',
  buildings: '楼栋',
  eventName: '活动名称',
  eventFrom: '活动开始',
  eventUntil: '活动结束',
  photos: '照片',
};

/** The label of a field, or of the one that a path such as `services.0.state` begins with; else the path itself. */
export function placeFieldLabel(path: string): string {
  const [first = ''] = path.split('.');
  return Object.hasOwn(PLACE_FIELD_LABELS, first) ? PLACE_FIELD_LABELS[first as PlaceField] : path;
}
