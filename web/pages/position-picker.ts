// Choosing a position by hand on a drawn picture: it works on every phone and without a network. What is under the cross is
// chosen; a tap, an arrow or a landmark moves the picture. Pure.

import type { PhoneCity } from '../../data/city.ts';
import type { PlaceKind, Point } from '../../data/place.ts';
import { frameAround, isShown } from './drawing.ts';
import type { Html, Tags } from './html.ts';
import { icon } from './icon.ts';
import type { IconName } from './icons.ts';
import { pinMark } from './pin.ts';
import { grounds, labels, lines, type Schematic } from './surroundings.ts';

export interface Spot {
  point: Point;
  /** Position in SPANS. */
  zoom: number;
  /** Somebody has moved it: what the picture began with is nobody's choice. */
  isPicked: boolean;
}

/** Metres from the left edge to the right one. */
export const SPANS = [250, 700, 2000, 6000, 20_000] as const;
export const PICTURE = { width: 360, height: 240 };
/** Arrows move by this share of the width. */
const STEPS = 20;
const METRES_PER_DEGREE = 111_195;

export type Direction = 'north' | 'east' | 'south' | 'west';
const DIRECTIONS: readonly { to: Direction; label: string; icon: IconName }[] = [
  { to: 'north', label: '往北', icon: 'up' },
  { to: 'west', label: '往西', icon: 'back' },
  { to: 'east', label: '往东', icon: 'right' },
  { to: 'south', label: '往南', icon: 'down' },
];

export function spanOf({ zoom }: Spot): number {
  return SPANS[zoom] ?? SPANS[1];
}

/** How far one tap on an arrow goes, metres. */
export function stepMetres(spot: Spot): number {
  return Math.round(spanOf(spot) / STEPS);
}

/** A point so many metres east and north of another; six decimals are ten centimetres. */
export function movedBy([lng, lat]: Readonly<Point>, east: number, north: number): Point {
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  const wide = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  return [round(lng + east / wide), round(lat + north / METRES_PER_DEGREE)];
}

/** @param share of the picture's width and height, 0 … 1 from the upper left corner */
export function spotAt(spot: Spot, share: readonly [x: number, y: number]): Point {
  const metres = spanOf(spot);
  const tall = (metres * PICTURE.height) / PICTURE.width;
  return movedBy(spot.point, (share[0] - 0.5) * metres, (0.5 - share[1]) * tall);
}

export function steppedTo(spot: Spot, to: Direction): Point {
  const metres = stepMetres(spot);
  const [east, north] = { north: [0, 1], east: [1, 0], south: [0, -1], west: [-1, 0] }[to] as [number, number];
  return movedBy(spot.point, east * metres, north * metres);
}

export interface PickerView {
  spot: Spot;
  schematic: Schematic;
  /** Known places, for orientation. */
  around: readonly { kind: PlaceKind; point: Readonly<Point> }[];
  /** Where the place is so far; null for a new one. */
  before: Readonly<Point> | null;
  city: Pick<PhoneCity, 'landmarks' | 'districts'>;
  notice: string;
}

export function positionPicker(tags: Tags, view: PickerView): Html {
  const { html, svg } = tags;
  const { spot } = view;
  const { width, height } = PICTURE;
  const frame = frameAround([spot.point], width, height, [0, 0, 0, 0], spanOf(spot));
  const marks = view.around
    .map(({ kind, point }) => ({ kind, at: frame.project(point) }))
    .filter(({ at }) => isShown(frame, at, 0));
  const before = view.before && frame.project(view.before);
  const shift = ([x, y]: readonly [number, number]) => `translate(${Math.round(x)} ${Math.round(y)})`;
  return html`<div class="spot">
    <div class="spot-picture" data-spot>
      <svg class="drawing" viewBox="0 0 ${width} ${height}" aria-hidden="true">
        <rect class="land" width="${width}" height="${height}"></rect>
        ${grounds(tags, view.schematic, frame)} ${lines(tags, view.schematic, frame)}
        ${labels(tags, view.schematic, frame, [[width / 2, height / 2]])}
        ${marks.map(({ kind, at }) => svg`<g transform="${shift(at)} scale(0.6)">${pinMark(tags, { kind })}</g>`)}
        ${before ? svg`<circle class="start" cx="${Math.round(before[0])}" cy="${Math.round(before[1])}" r="6"></circle>` : ''}
        <g class="cross" transform="${shift([width / 2, height / 2])}"><path d="M-16 0H-5M5 0H16M0 -16V-5M0 5V16"></path><circle r="3"></circle></g>
      </svg>
      <span class="attribution">${view.notice}</span>
    </div>
    <div class="spot-tools" role="group" aria-label="移动位置，一下 ${stepMetres(spot)} 米">${DIRECTIONS.map(
      ({ to, label, icon: name }) =>
        html`<button class="icon-button boxed" type="button" data-act="spot-move" data-to="${to}" aria-label="${label} ${stepMetres(spot)} 米">${icon(tags, name)}</button>`,
    )}<button class="icon-button boxed" type="button" data-act="spot-zoom" data-step="-1" aria-label="放大">${icon(tags, 'plus')}</button><button class="icon-button boxed" type="button" data-act="spot-zoom" data-step="1" aria-label="缩小">${icon(tags, 'minus')}</button></div>
    <label class="suggest-field"><span class="small">从附近的地标找起</span>
      <select name="suggest-start"><option value="">选一个地标或区</option>${[
        ...view.city.landmarks.map(({ id, name }) => html`<option value="${id}">${name}</option>`),
        ...view.city.districts.map(({ code, name }) => html`<option value="${code}">${name}</option>`),
      ]}</select></label>
    <p class="small ${spot.isPicked ? 'tone-ok' : 'tone-warn'}" role="status">${
      spot.isPicked ? '位置选好了，十字所在就是' : '点一下图上的位置，或用箭头挪到门口。还没有选'
    }</p>
  </div>`;
}
