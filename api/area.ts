// Is a position or a box one of this city? Says by name when longitude and latitude were swapped.

import { type City, isInside } from '../data/city.ts';
import type { Point } from '../data/place.ts';
import { type FieldError, type ProblemCode, problemOf } from './problem.ts';

type Box = readonly [west: number, south: number, east: number, north: number];
type AreaError = FieldError & { code: ProblemCode };

const isLongitude = (degrees: number) => degrees >= -180 && degrees <= 180;
const isLatitude = (degrees: number) => degrees >= -90 && degrees <= 90;

/** @throws Problem naming `lng`, `lat` or both. */
export function checkPosition(city: Pick<City, 'area' | 'name'>, [lng, lat]: Readonly<Point>): void {
  if (isInside(city.area, [lng, lat])) return;
  const errors: AreaError[] = [];
  const swapped = isInside(city.area, [lat, lng]) || (!isLatitude(lat) && isLongitude(lat) && isLatitude(lng));
  if (swapped) {
    const message = `经纬度写反了，要写 lng=${lat}&lat=${lng}`;
    errors.push({ field: 'lng', code: 'swapped-lng-lat', message }, { field: 'lat', code: 'swapped-lng-lat', message });
  } else {
    const [west, south, east, north] = city.area;
    check('lng', lng, isLongitude(lng), '-180 到 180', west, east);
    check('lat', lat, isLatitude(lat), '-90 到 90', south, north);
  }
  throw problemOf(errors);

  function check(field: string, value: number, isDegrees: boolean, range: string, least: number, most: number): void {
    if (!isDegrees) errors.push({ field, code: 'out-of-range', message: `要在 ${range} 之间` });
    else if (value < least || value > most) {
      errors.push({ field, code: 'out-of-area', message: `不在${city.name}范围内，要在 ${least} 到 ${most} 之间` });
    }
  }
}

/** @throws Problem naming `bbox`. A box that only touches the city's area is welcome. */
export function checkBox(city: Pick<City, 'area' | 'name'>, [west, south, east, north]: Box): void {
  const fail = (code: ProblemCode, message: string) => {
    throw problemOf([{ field: 'bbox', code, message }]);
  };
  const meets = (box: Box) =>
    box[0] <= city.area[2] && box[2] >= city.area[0] && box[1] <= city.area[3] && box[3] >= city.area[1];
  const flipped: Box = [south, west, north, east];
  const fits = isLongitude(west) && isLongitude(east) && isLatitude(south) && isLatitude(north);
  if ((!fits || !meets([west, south, east, north])) && south < north && meets(flipped)) {
    fail('swapped-lng-lat', `经纬度写反了，要写 bbox=${flipped.join(',')}`);
  }
  if (!fits) fail('out-of-range', '经度在 -180 到 180 之间，纬度在 -90 到 90 之间，顺序是西,南,东,北');
  if (west >= east || south >= north) fail('out-of-range', '西要小于东，南要小于北，顺序是西,南,东,北');
  if (!meets([west, south, east, north])) fail('out-of-area', `与${city.name}范围 ${city.area.join(',')} 没有重叠`);
}
