// Draws basemap.geojson beside it: `node data/cities/harbin/draw-basemap.ts`. River, bridges, districts and landmarks
// come from city.json, so that what is drawn is what ways are measured by; the rest is well-known geography, coarse on
// purpose (some hundred metres) and our own work.

import { readFileSync, writeFileSync } from 'node:fs';
import { checkedCitySchema } from '../../city-schema.ts';
import type { Point } from '../../place.ts';
import type { SchematicFeature, SchematicProperties } from '../../schematic.ts';

const city = checkedCitySchema.parse(JSON.parse(readFileSync(new URL('city.json', import.meta.url), 'utf8')));
const shrink = Math.cos((((city.core[1] + city.core[3]) / 2) * Math.PI) / 180);

/** Corners of a smooth line may be left out while it stays this close, in degrees of latitude (about 6 m). */
const SMOOTHNESS = 6 / 111_195;

const ROADS: { name: string; rank: 1 | 2 | 3; points: Point[] }[] = [
  {
    name: '三环路',
    rank: 1,
    points: [
      [126.5295, 45.7512],
      [126.534, 45.733],
      [126.541, 45.705],
      [126.56, 45.684],
      [126.595, 45.672],
      [126.64, 45.67],
      [126.685, 45.685],
      [126.716, 45.715],
      [126.731, 45.752],
      [126.725, 45.79],
      [126.7075, 45.8165],
    ],
  },
  {
    name: '三环路',
    rank: 1,
    points: [
      [126.684, 45.8405],
      [126.65, 45.847],
      [126.6, 45.838],
      [126.55, 45.819],
      [126.519, 45.802],
      [126.5105, 45.7855],
    ],
  },
  {
    name: '友谊路',
    rank: 2,
    points: [
      [126.5884, 45.7592],
      [126.5965, 45.7668],
      [126.6035, 45.7718],
      [126.6085, 45.775],
      [126.6145, 45.7774],
      [126.6205, 45.7788],
    ],
  },
  {
    name: '中央大街',
    rank: 2,
    points: [
      [126.6113, 45.7765],
      [126.6118, 45.7729],
      [126.6124, 45.7672],
    ],
  },
  {
    name: '西大直街',
    rank: 2,
    points: [
      [126.611, 45.727],
      [126.628, 45.745],
      [126.6405, 45.7575],
    ],
  },
  {
    name: '东大直街',
    rank: 2,
    points: [
      [126.6405, 45.7575],
      [126.651, 45.7645],
      [126.66, 45.769],
    ],
  },
  {
    name: '中山路',
    rank: 2,
    points: [
      [126.6405, 45.7575],
      [126.66, 45.743],
      [126.676, 45.726],
    ],
  },
  {
    name: '学府路',
    rank: 2,
    points: [
      [126.611, 45.727],
      [126.6035, 45.7175],
      [126.596, 45.702],
      [126.583, 45.6755],
    ],
  },
  {
    name: '哈平路',
    rank: 2,
    points: [
      [126.676, 45.726],
      [126.668, 45.71],
      [126.657, 45.68],
      [126.644, 45.64],
      [126.6365, 45.604],
    ],
  },
];

const RAILS: { name: string; points: Point[] }[] = [
  {
    name: '京哈线',
    points: [
      [126.1, 45.1],
      [126.19, 45.22],
      [126.3, 45.36],
      [126.36, 45.435],
      [126.45, 45.545],
      [126.53, 45.642],
      [126.5751, 45.7035],
      [126.601, 45.732],
      [126.617, 45.7485],
      [126.6268, 45.7597],
    ],
  },
  {
    name: '滨洲线',
    points: [
      [126.6268, 45.7597],
      [126.6271, 45.768],
      [126.6245, 45.7742],
      [126.6205, 45.7807],
      [126.6125, 45.7948],
      [126.603, 45.812],
      [126.582, 45.842],
      [126.52, 45.882],
      [126.3, 45.95],
      [125.97, 46.06],
      [125.65, 46.17],
    ],
  },
  {
    name: '滨北线',
    points: [
      [126.6268, 45.7597],
      [126.64, 45.7687],
      [126.661, 45.7795],
      [126.69, 45.7865],
      [126.7085, 45.798],
      [126.7075, 45.8165],
      [126.7016, 45.8225],
      [126.6899, 45.8345],
      [126.684, 45.8405],
      [126.645, 45.884],
      [126.595, 45.955],
      [126.59, 46.0],
      [126.64, 46.12],
      [126.85, 46.45],
    ],
  },
];

const PARKS: { name: string; rank: 1 | 2 | 3; points: Point[] }[] = [
  {
    name: '太阳岛',
    rank: 1,
    points: [
      [126.5815, 45.7905],
      [126.587, 45.7868],
      [126.5965, 45.7875],
      [126.606, 45.7907],
      [126.608, 45.795],
      [126.6, 45.7985],
      [126.589, 45.7975],
    ],
  },
  {
    name: '斯大林公园',
    rank: 2,
    points: [
      [126.604, 45.7747],
      [126.6069, 45.7769],
      [126.6107, 45.7788],
      [126.6175, 45.7806],
      [126.618, 45.7799],
      [126.6115, 45.7781],
      [126.6075, 45.7761],
    ],
  },
  { name: '儿童公园', rank: 2, points: round([126.6499, 45.7587], 230, 210) },
  { name: '平房公园', rank: 2, points: round([126.6305, 45.5936], 260, 200) },
];

/** On the water, and turned as the river runs there. */
const WATER_LABELS: { name: string; rank: 1 | 2 | 3; from: Point; to: Point }[] = [
  { name: '松花江', rank: 1, from: [126.488, 45.7605], to: [126.512, 45.7665] },
  { name: '松花江', rank: 1, from: [126.6275, 45.7955], to: [126.6375, 45.8015] },
  { name: '松花江', rank: 2, from: [126.588, 45.7755], to: [126.602, 45.7815] },
  { name: '松花江', rank: 2, from: [126.7195, 45.8745], to: [126.7285, 45.8975] },
  { name: '松花江', rank: 2, from: [126.06, 45.675], to: [126.14, 45.683] },
  { name: '松花江', rank: 2, from: [126.99, 46.026], to: [127.07, 46.033] },
];

const LANDMARKS_FROM_AFAR = ['harbin-station', 'harbin-west-station', 'zhongyang-street', 'sun-island', 'dragon-tower'];
const DISTRICTS_FROM_NEARER = ['230111', '230112', '230113'];

const features: SchematicFeature[] = [
  ...PARKS.map(({ name, rank, points }) => polygon({ layer: 'park', name, rank }, [smoothRing(closed(points))])),
  ...city.barriers.flatMap(({ name, coordinates }) => {
    const rings = coordinates.map(smoothRing);
    const islands = rings.slice(1).map((ring) => polygon({ layer: 'island', rank: 1 }, [ring.toReversed()]));
    return [polygon({ layer: 'water', name, rank: 1 }, rings), ...islands];
  }),
  ...ROADS.map(({ name, rank, points }) => line({ layer: 'road', name, rank }, smoothLine(points))),
  ...city.crossings.map(({ id, name, line: points }) => line({ layer: 'bridge', name, rank: 1, crossing: id }, points)),
  ...RAILS.map(({ name, points }) => line({ layer: 'rail', name, rank: 1 }, smoothLine(points))),
  ...WATER_LABELS.map(({ name, rank, from, to }) =>
    label({ layer: 'water-label', name, rank, rotate: turnOf(from, to) }, [
      (from[0] + to[0]) / 2,
      (from[1] + to[1]) / 2,
    ]),
  ),
  ...city.districts.map(({ code, shortName, point }) =>
    label({ layer: 'district-label', name: shortName, rank: DISTRICTS_FROM_NEARER.includes(code) ? 2 : 1 }, point),
  ),
  ...city.landmarks.map(({ id, name, icon, point }) =>
    label({ layer: 'landmark', name, icon, rank: LANDMARKS_FROM_AFAR.includes(id) ? 1 : 2 }, point),
  ),
];

const rows = features.map((feature) => JSON.stringify(feature)).join(',\n');
writeFileSync(new URL('basemap.geojson', import.meta.url), `{"type":"FeatureCollection","features":[\n${rows}\n]}\n`);

function polygon(properties: SchematicProperties, rings: Point[][]): SchematicFeature {
  return {
    type: 'Feature',
    properties,
    geometry: { type: 'Polygon', coordinates: rings.map((ring) => ring.map(short)) },
  };
}

function line(properties: SchematicProperties, points: readonly Point[]): SchematicFeature {
  return { type: 'Feature', properties, geometry: { type: 'LineString', coordinates: points.map(short) } };
}

function label(properties: SchematicProperties, point: Point): SchematicFeature {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: short(point) } };
}

function short([lng, lat]: Point): Point {
  return [Number(lng.toFixed(5)), Number(lat.toFixed(5))];
}

/** Degrees clockwise from level, for a label that runs from one point to the other. */
function turnOf(from: Point, to: Point): number {
  return Math.round((Math.atan2(from[1] - to[1], (to[0] - from[0]) * shrink) * 180) / Math.PI);
}

/** An oval of so many metres east and north of its centre. */
function round([lng, lat]: Point, east: number, north: number): Point[] {
  return Array.from({ length: 8 }, (_, i): Point => {
    const angle = (i * Math.PI) / 4;
    return [lng + (Math.cos(angle) * east) / (111_195 * shrink), lat + (Math.sin(angle) * north) / 111_195];
  });
}

function closed(points: Point[]): Point[] {
  return [...points, points[0] as Point];
}

function smoothLine(points: readonly Point[]): Point[] {
  const [first, second] = points as [Point, Point];
  const [beforeLast, last] = points.slice(-2) as [Point, Point];
  return simplify(curve([mirror(second, first), ...points, mirror(beforeLast, last)]));
}

function smoothRing(ring: readonly Point[]): Point[] {
  const points = ring.slice(0, -1);
  return simplify(curve([points.at(-1) as Point, ...points, points[0] as Point, points[1] as Point]));
}

function mirror([x, y]: Point, [cx, cy]: Point): Point {
  return [2 * cx - x, 2 * cy - y];
}

/** Centripetal Catmull-Rom through all but the first and last point: it neither loops nor overshoots. */
function curve(points: readonly Point[]): Point[] {
  const smooth: Point[] = [];
  for (let i = 1; i < points.length - 2; i++) {
    const [p0, p1, p2, p3] = points.slice(i - 1, i + 3) as [Point, Point, Point, Point];
    const t1 = Math.sqrt(gap(p0, p1));
    const t2 = t1 + Math.sqrt(gap(p1, p2));
    const t3 = t2 + Math.sqrt(gap(p2, p3));
    for (let step = 0; step < 8; step++) {
      const t = t1 + ((t2 - t1) * step) / 8;
      const a = blend(blend(p0, p1, t / t1), blend(p1, p2, (t - t1) / (t2 - t1)), t / t2);
      const b = blend(blend(p1, p2, (t - t1) / (t2 - t1)), blend(p2, p3, (t - t2) / (t3 - t2)), (t - t1) / (t3 - t1));
      smooth.push(blend(a, b, (t - t1) / (t2 - t1)));
    }
  }
  return [...smooth, points.at(-2) as Point];
}

function blend([ax, ay]: Point, [bx, by]: Point, part: number): Point {
  return [ax + (bx - ax) * part, ay + (by - ay) * part];
}

function gap([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot((bx - ax) * shrink, by - ay);
}

/** Douglas–Peucker. A ring is cut at its far end first, since its two ends are one point. */
function simplify(points: Point[]): Point[] {
  const [first, last] = [points[0] as Point, points.at(-1) as Point];
  const distances = points.map((point) => (gap(first, last) > 0 ? offLine(point, first, last) : gap(point, first)));
  const farthest = distances.reduce((best, distance, i) => (distance > (distances[best] as number) ? i : best), 0);
  if ((distances[farthest] as number) < SMOOTHNESS) return [first, last];
  return [...simplify(points.slice(0, farthest + 1)).slice(0, -1), ...simplify(points.slice(farthest))];
}

function offLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const dx = (bx - ax) * shrink;
  const dy = by - ay;
  return Math.abs((x - ax) * shrink * dy - (y - ay) * dx) / Math.hypot(dx, dy);
}
