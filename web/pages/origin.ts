// Where distances are measured from. Pure.

import { areaById, type PhoneCity } from '../../data/city.ts';
import type { Point } from '../../data/place.ts';

export interface Origin {
  point: Point;
  name: string;
  note: string;
  /** By the phone; it stays there. */
  isMeasured: boolean;
  accuracyMetres: number | null;
}

/** The area of the URL; undefined when none is named, or none that this city has. */
export function chosenOrigin(city: PhoneCity, area: string | null): Origin | undefined {
  const chosen = area === null ? undefined : areaById(city, area);
  if (!chosen) return undefined;
  const landmark = city.landmarks.find((each) => each.id === chosen.id);
  const district = city.districts.find((each) => each.code === landmark?.district);
  const name = district ? `${district.name} · ${chosen.name}` : chosen.name;
  return { point: chosen.point, name, note: '从这里算远近', isMeasured: false, accuracyMetres: null };
}

export function defaultOrigin(city: PhoneCity): Origin {
  const area = areaById(city, city.defaultArea);
  return {
    point: area?.point ?? [(city.core[0] + city.core[2]) / 2, (city.core[1] + city.core[3]) / 2],
    name: `${area?.name ?? city.name}附近`,
    note: '还没有定位 · 点这里换地方',
    isMeasured: false,
    accuracyMetres: null,
  };
}
