// WGS-84 to GCJ-02, the shifted datum of Chinese navigators. The field's formula in the few lines that the phone needs: a
// whole library of datums would be a twelfth of its first script. A test holds it to `gcoord`.

import type { Point } from './place.ts';

/** Krasovsky 1940, in metres, and its first eccentricity squared. */
const SEMI_MAJOR_METRES = 6378245;
const ECCENTRICITY_SQUARED = 0.006693421622965823;
/** Outside, as west, south, east, north, nothing is shifted. */
const SHIFTED = [72.004, 0.8293, 137.8347, 55.8271] as const;

const { PI, abs, cos, sin, sqrt } = Math;

/** @returns degrees, some 500 metres off inside China; the same point outside */
export function wgs84ToGcj02([lng, lat]: Readonly<Point>): Point {
  const [west, south, east, north] = SHIFTED;
  if (!(lng >= west && lng <= east && lat >= south && lat <= north)) return [lng, lat];
  const x = lng - 105;
  const y = lat - 35;
  const shared = 0.1 * x * y + waves(x, [20, 6], [20, 2]);
  const eastward =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * sqrt(abs(x)) +
    shared +
    waves(x, [20, 1], [40, 1 / 3], [150, 1 / 12], [300, 1 / 30]);
  const northward =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.2 * sqrt(abs(x)) +
    shared +
    waves(y, [20, 1], [40, 1 / 3], [160, 1 / 12], [320, 1 / 30]);
  const latitude = (lat * PI) / 180;
  const curve = 1 - ECCENTRICITY_SQUARED * sin(latitude) ** 2;
  const parallelMetres = (SEMI_MAJOR_METRES / sqrt(curve)) * cos(latitude);
  const meridianMetres = (SEMI_MAJOR_METRES * (1 - ECCENTRICITY_SQUARED)) / curve ** 1.5;
  return [lng + (eastward * 180) / (parallelMetres * PI), lat + (northward * 180) / (meridianMetres * PI)];
}

/** Two thirds of a sum of sines, each as amplitude and frequency. */
function waves(at: number, ...terms: readonly (readonly [number, number])[]): number {
  return (terms.reduce((sum, [height, often]) => sum + height * sin(at * often * PI), 0) * 2) / 3;
}
