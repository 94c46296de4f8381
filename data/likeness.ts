// Whether two places may be one: of the same kind, near each other, and called alike. It explains itself, for a person
// decides. Pure.

import { metresBetween, PLACE_KIND_LABELS, type PlaceKind, type Point } from './place.ts';

export interface Named {
  kind: PlaceKind;
  name: string;
  point: Readonly<Point>;
}

/** Farther apart two places are two. */
export const LIKE_METRES = 150;
/** So near that a name does not matter. */
const SAME_SPOT_METRES = 30;
const LIKE_NAMES = 0.4;

/** Words that half of a city's places carry say nothing of the one. */
const COMMON_WORDS =
  /爱心|驿站|新驿|暖新|阵地|骑手|外卖|快递|小哥|户外|劳动者|服务|站点|之家|公厕|公共|卫生间|厕所|超市|换电|换乘|单车|临停|停车|泊位|点|站|柜|[()（）\s·-]/g;

/** Why the two may be one, and how far apart they are; undefined when they are not alike. */
export function likeness(one: Named, other: Named): { metres: number; why: string } | undefined {
  if (one.kind !== other.kind) return undefined;
  const metres = Math.round(metresBetween(one.point, other.point));
  if (metres > LIKE_METRES) return undefined;
  const share = nameLikeness(one.name, other.name);
  if (share < LIKE_NAMES && metres > SAME_SPOT_METRES) return undefined;
  const names = share >= 0.99 ? '名称一样' : share >= LIKE_NAMES ? '名称相近' : '名称不同，但在同一处';
  return { metres, why: `都是${PLACE_KIND_LABELS[one.kind]}，相距 ${metres} 米，${names}` };
}

/** 0 nothing in common … 1 the same: shared pairs of characters of what is left without the common words (Dice). */
export function nameLikeness(one: string, other: string): number {
  const [left, right] = [pairs(one), pairs(other)];
  if (left.length === 0 || right.length === 0) return plain(one) === plain(other) ? 1 : 0;
  const rest = [...right];
  let shared = 0;
  for (const pair of left) {
    const at = rest.indexOf(pair);
    if (at < 0) continue;
    rest.splice(at, 1);
    shared += 1;
  }
  return (2 * shared) / (left.length + right.length);
}

function plain(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase();
  return folded.replace(COMMON_WORDS, '') || folded;
}

function pairs(name: string): string[] {
  const characters = [...plain(name)];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}
