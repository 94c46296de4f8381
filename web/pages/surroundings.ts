// The light picture of the surroundings above the answer: the schematic, where one is, and the numbered places.

import type { Result } from '../../data/answer.ts';
import type { Point } from '../../data/place.ts';
import { areaPath, type Frame, frameAround, isShown, linePath } from './drawing.ts';
import type { Html, Tags } from './html.ts';
import type { IconName } from './icons.ts';
import { pinMark } from './pin.ts';

/** A feature of the city's schematic basemap; `data/cities/…/basemap.geojson`. */
export interface SchematicFeature {
  geometry:
    | { type: 'Point'; coordinates: Point }
    | { type: 'LineString'; coordinates: Point[] }
    | { type: 'Polygon'; coordinates: Point[][] }
    | { type: 'MultiPolygon'; coordinates: Point[][][] };
  properties: { layer: string; name?: string; icon?: string; rank?: number };
}
export type Schematic = readonly SchematicFeature[];

export interface SurroundingsView {
  schematic: Schematic;
  origin: Readonly<Point>;
  /** Whether `origin` was measured: then it wears the blue dot, otherwise the mark of a chosen place. */
  isMeasured: boolean;
  accuracyMetres: number | null;
  results: readonly Result[];
  /** Corners of the way to the first place. */
  route: readonly Point[];
  notice: string;
  /** Where a tap leads. */
  href: string;
}

const WIDTH = 360;
const HEIGHT = 120;
/** Room for pins at the edges, and for the card that covers the lower edge. */
const PADDING = [24, 26, 32, 26] as const;
const LEAST_METRES = 1600;

export function surroundings(tags: Tags, view: SurroundingsView): Html {
  const { html, svg } = tags;
  const near = view.results.slice(0, 5).map((result) => result.place.point);
  const frame = frameAround([view.origin, ...near, ...view.route], WIDTH, HEIGHT, PADDING, LEAST_METRES);
  const places = view.results
    .slice(0, 5)
    .map((result, i) => ({ result, number: i + 1, at: frame.project(result.place.point) }))
    .filter((each) => isShown(frame, each.at, 4))
    .reverse();
  const [meX, meY] = frame.project(view.origin);
  const range = Math.min(60, Math.max(18, (view.accuracyMetres ?? 0) / frame.metresPerPixel));
  const way = linePath(frame, view.route);
  const taken = [...places.map((each) => each.at), [meX, meY] as [number, number]];
  return html`<a class="picture" href="${view.href}" data-view="map"><span class="visually-hidden">周围的样子，点开看地图</span>
    <svg class="drawing" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect class="land" width="${WIDTH}" height="${HEIGHT}"></rect>
      ${grounds(tags, view.schematic, frame)} ${lines(tags, view.schematic, frame)}
      ${labels(tags, view.schematic, frame, taken)}
      ${way === '' ? '' : svg`<path class="route-case" d="${way}"></path><path class="route" d="${way}"></path>`}
      ${
        view.isMeasured
          ? svg`<g transform="translate(${round(meX)} ${round(meY)})"><circle class="me-range" r="${round(range)}"></circle><circle class="me-edge" r="9.5"></circle><circle class="me" r="7"></circle></g>`
          : svg`<circle class="start" cx="${round(meX)}" cy="${round(meY)}" r="6"></circle>`
      }
      ${places.map(
        ({ result, number, at }) =>
          svg`<g transform="translate(${round(at[0])} ${round(at[1])}) scale(${number === 1 ? 1.05 : 0.78})">${pinMark(
            tags,
            {
              kind: result.place.kind,
              number,
              approximate: number === 1 && result.place.positionQuality !== 'surveyed',
            },
          )}</g>`,
      )}
    </svg>
    <span class="attribution${isNoticeLeft(view.notice, places) ? ' at-start' : ''}">${view.notice}</span>
  </a>`;
}

/** The notice stands in the upper right corner, unless a pin lies there and none in the left one. */
function isNoticeLeft(notice: string, places: readonly { at: readonly [x: number, y: number] }[]): boolean {
  const width = [...notice].length * 15 + 40;
  const high = places.filter(({ at }) => at[1] < 44);
  return high.some(({ at }) => at[0] > WIDTH - width) && !high.some(({ at }) => at[0] < width);
}

export function grounds({ svg }: Tags, schematic: Schematic, frame: Frame): Html[] {
  const layers = ['park', 'water', 'island'];
  return layers.flatMap((layer) =>
    schematic.flatMap(({ geometry, properties }) => {
      if (properties.layer !== layer) return [];
      if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return [];
      const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
      const path = areaPath(frame, rings);
      return path === '' ? [] : [svg`<path class="${layer}" fill-rule="evenodd" d="${path}"></path>`];
    }),
  );
}

export function lines({ svg }: Tags, schematic: Schematic, frame: Frame): Html[] {
  const drawn: Html[] = [];
  const of = (layer: string) =>
    schematic.flatMap(({ geometry, properties }) => {
      if (properties.layer !== layer || geometry.type !== 'LineString') return [];
      const path = linePath(frame, geometry.coordinates);
      return path === '' ? [] : [{ path, rank: properties.rank ?? 2 }];
    });
  const roads = [
    ...of('road').map((road) => ({ ...road, width: road.rank === 1 ? 6 : 4.5 })),
    ...of('bridge').map((road) => ({ ...road, width: 7 })),
  ];
  for (const { path, width } of roads)
    drawn.push(svg`<path class="stroke case" stroke-width="${width + 2.5}" d="${path}"></path>`);
  for (const { path, width } of roads)
    drawn.push(svg`<path class="stroke road" stroke-width="${width}" d="${path}"></path>`);
  for (const { path } of of('rail')) {
    drawn.push(svg`<path class="stroke rail" stroke-width="2" d="${path}"></path>`);
    drawn.push(svg`<path class="stroke rail-ticks" stroke-width="7" stroke-dasharray="1.5 9" d="${path}"></path>`);
  }
  return drawn;
}

/** A few names that find room beside the pins. */
export function labels({ svg }: Tags, schematic: Schematic, frame: Frame, taken: [number, number][]): Html[] {
  const boxes = taken.map(([x, y]) => [x - 18, y - 18, x + 18, y + 18] as const);
  const room = [...boxes];
  const drawn: Html[] = [];
  const candidates = schematic
    .filter(({ properties }) => ['water-label', 'landmark', 'district-label'].includes(properties.layer))
    .sort((a, b) => (a.properties.rank ?? 3) - (b.properties.rank ?? 3));
  for (const { geometry, properties } of candidates) {
    if (drawn.length >= 4 || geometry.type !== 'Point' || !properties.name) continue;
    const [x, y] = frame.project(geometry.coordinates);
    const isLandmark = properties.layer === 'landmark';
    const isWater = properties.layer === 'water-label';
    const width = [...properties.name].length * 15.5 + (isLandmark ? 24 : 0);
    const left = isLandmark ? x - 10 : x - width / 2;
    const box = [left, y - 11, left + width, y + 11] as const;
    // The lower 20 px lie under the card, the upper right corner holds the notice.
    const fits = box[0] > 4 && box[2] < frame.width - 4 && box[1] > 4 && box[3] < frame.height - 20;
    const underNotice = box[2] > frame.width - 150 && box[1] < 26;
    if (!fits || underNotice || room.some((each) => overlap(each, box))) continue;
    room.push(box);
    drawn.push(
      isLandmark
        ? svg`<use class="landmark" href="#i-${properties.icon as IconName}" x="${round(x - 9)}" y="${round(y - 9)}" width="18" height="18"></use><text class="label" x="${round(x + 13)}" y="${round(y + 5.5)}">${properties.name}</text>`
        : svg`<text class="label ${isWater ? 'on-water' : ''}" text-anchor="middle" x="${round(x)}" y="${round(y + 5.5)}">${properties.name}</text>`,
    );
  }
  return drawn;
}

type Rectangle = readonly [left: number, top: number, right: number, bottom: number];

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
