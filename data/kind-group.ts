// The five choices above the list, and the wishes beside them. Pure.

import type { PlaceKind } from './place.ts';
import type { ServiceCode } from './service.ts';

export interface KindGroup {
  label: string;
  /** What one of them is called in a sentence: 附近没有…的驿站. */
  noun: string;
  kinds: readonly PlaceKind[];
}

export const KIND_GROUPS: readonly [KindGroup, ...KindGroup[]] = [
  { label: '驿站', noun: '驿站', kinds: ['station'] },
  { label: '厕所·临停', noun: '厕所和临停泊位', kinds: ['toilet', 'parking'] },
  { label: '商户', noun: '商户', kinds: ['merchant'] },
  { label: '换车', noun: '换车和换电点', kinds: ['bike-swap', 'battery-swap'] },
  { label: '友好小区', noun: '友好小区', kinds: ['scene'] },
];

/** The wishes that have a chip; 24小时 stands beside them. */
export const NEEDS: readonly ServiceCode[] = [
  'hot-water',
  'phone-charging',
  'ebike-charging',
  'toilet',
  'first-aid',
  'microwave',
  'heating',
];

export function groupOf(kinds: readonly PlaceKind[]): KindGroup | undefined {
  return KIND_GROUPS.find(
    (group) => group.kinds.length === kinds.length && group.kinds.every((kind) => kinds.includes(kind)),
  );
}
