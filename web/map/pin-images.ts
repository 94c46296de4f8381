// Draws the map's pictures on a canvas, from the same shapes and icons as the pins and icons in the pages.

import type { PlaceKind } from '../../data/place.ts';
import { ICON_PATHS, type IconName } from '../pages/icons.ts';
import type { PinLook } from '../pages/pin.ts';
import { PIN_SHAPES, type PinShape } from '../pages/pin-shapes.ts';
import type { MapImage } from './map-image.ts';
import { MAP_THEME, type MapTheme } from './map-theme.ts';
import { canvasFont } from './typeface.ts';

/** The `--pin-*` tokens: one colour in every theme, since the white halo separates them from any ground. */
export const PIN_COLOURS: Record<PinShape['colour'], string> = {
  station: '#b83a00',
  merchant: '#6a3fa0',
  wc: '#0b5cad',
  swap: '#0a6b3d',
  event: '#8a0f4e',
  scene: '#3a4f63',
};
const BADGE = '#b3261e';
const WHITE = '#fff';

/** Pixels of a pin's unit; the shapes are about 30 units wide. */
const PIN_SCALE = 0.92;
const SELECTED_SCALE = 1.3;
/** Half the width of what is drawn, in units: halo; fault badge; dashed ring. */
const HALO_REACH = 18.5;
const BADGE_REACH = 22;
const RING_RADIUS = 25;
const SMALL_RING_RADIUS = 21.5;

/** A picture for the map, drawn for sharp screens. */
export interface DrawnImage {
  data: ImageData;
  pixelRatio: number;
}

/** Draws a picture in `devicePixelRatio`, at least 2 and at most 3 device pixels each way. */
export function drawMapImage(image: MapImage): DrawnImage {
  switch (image.shape) {
    case 'pin':
      return drawPin(image);
    case 'cluster':
      return drawCluster(image.kind, image.count);
    case 'landmark':
      return drawLandmark(image.icon, MAP_THEME[image.theme]);
    case 'label':
      return drawLabel(image.text, image.weight, MAP_THEME[image.theme]);
    case 'waves':
      return drawWaves(MAP_THEME[image.theme]);
  }
}

/** A canvas of so many CSS pixels with its origin in the middle, handed to `paint`. */
function painted(width: number, height: number, paint: (context: CanvasRenderingContext2D) => void): DrawnImage {
  const pixelRatio = Math.min(3, Math.max(2, Math.ceil(window.devicePixelRatio)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width) * pixelRatio;
  canvas.height = Math.ceil(height) * pixelRatio;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.translate(canvas.width / 2, canvas.height / 2);
  context.scale(pixelRatio, pixelRatio);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  paint(context);
  return { data: context.getImageData(0, 0, canvas.width, canvas.height), pixelRatio };
}

function drawPin(look: PinLook & { selected?: true }): DrawnImage {
  const scale = look.selected ? SELECTED_SCALE : PIN_SCALE;
  const ring = look.approximate ? (look.selected ? RING_RADIUS : SMALL_RING_RADIUS) : 0;
  const reach = Math.max(HALO_REACH, ring + 1.5, look.fault ? BADGE_REACH : 0);
  return painted(2 * reach * scale, 2 * reach * scale, (context) => {
    const { outline, colour, glyph, middle } = PIN_SHAPES[look.kind];
    const path = new Path2D(outline);
    context.scale(scale, scale);
    if (ring > 0) strokeRing(context, ring, PIN_COLOURS[colour]);
    strokePath(context, path, WHITE, 4.5);
    context.fillStyle = look.closed ? WHITE : PIN_COLOURS[colour];
    context.fill(path);
    if (look.closed) {
      strokePath(context, path, PIN_COLOURS[colour], 2);
      strokePath(context, new Path2D('M-11 11L11-11'), PIN_COLOURS[colour], 2);
    } else if (look.number === undefined) {
      strokeIcon(context, glyph, middle[0], middle[1], 19.2, 2.4);
    } else {
      writeNumber(context, look.number, middle[0], middle[1], 17);
    }
    if (look.fault) strokeBadge(context);
  });
}

/** A capsule with glyph and count, so that a count is never taken for a rank. */
function drawCluster(kind: PlaceKind, count: number): DrawnImage {
  const { colour, glyph } = PIN_SHAPES[kind];
  const width = 40 + 10 * String(count).length;
  return painted(width + 5, 37, (context) => {
    const capsule = new Path2D();
    capsule.roundRect(-width / 2, -16, width, 32, 16);
    context.fillStyle = PIN_COLOURS[colour];
    context.fill(capsule);
    strokePath(context, capsule, WHITE, 2.5);
    strokeIcon(context, glyph, -width / 2 + 17, 0, 18, 2);
    writeNumber(context, count, 11, 0, 17);
  });
}

function drawLandmark(icon: IconName, theme: MapTheme): DrawnImage {
  return painted(24, 24, (context) => {
    context.translate(-9, -9);
    context.scale(0.75, 0.75);
    const path = new Path2D(ICON_PATHS[icon]);
    strokePath(context, path, theme.land, 6);
    strokePath(context, path, theme.text, 2);
  });
}

function drawLabel(text: string, weight: 400 | 600, theme: MapTheme): DrawnImage {
  const measure = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
  measure.font = canvasFont(weight, 15);
  const width = measure.measureText(text).width + 8;
  return painted(width, 24, (context) => {
    context.font = canvasFont(weight, 15);
    context.textAlign = 'center';
    // Nothing shows between the characters of a label that stands on a line.
    context.fillStyle = theme.land;
    if (weight === 400) context.fillRect(2 - width / 2, -9, width - 4, 18);
    context.lineWidth = 4;
    context.strokeStyle = theme.land;
    context.strokeText(text, 0, 5.5);
    context.fillStyle = weight === 600 ? theme.strongText : theme.text;
    context.fillText(text, 0, 5.5);
  });
}

/** A tile of water with two little waves. */
function drawWaves(theme: MapTheme): DrawnImage {
  return painted(128, 96, (context) => {
    context.globalAlpha = 0.7;
    for (const [x, y] of [
      [-48, -24],
      [16, 24],
    ]) {
      strokePath(context, new Path2D(`M${x} ${y}q4.5-4 9 0t9 0`), theme.edge, 1.5);
    }
  });
}

function strokePath(context: CanvasRenderingContext2D, path: Path2D, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}

function strokeRing(context: CanvasRenderingContext2D, radius: number, colour: string): void {
  const circle = new Path2D();
  circle.arc(0, 0, radius, 0, 2 * Math.PI);
  context.save();
  context.fillStyle = colour;
  context.globalAlpha = 0.12;
  context.fill(circle);
  context.globalAlpha = 1;
  context.lineCap = 'butt';
  // Dashes that close the circle without a seam.
  const dash = (2 * Math.PI * radius) / (2 * Math.round(radius * 0.64));
  context.setLineDash([dash, dash]);
  strokePath(context, circle, colour, 2);
  context.restore();
}

function strokeIcon(
  context: CanvasRenderingContext2D,
  icon: IconName,
  x: number,
  y: number,
  size: number,
  width: number,
): void {
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(size / 24, size / 24);
  strokePath(context, new Path2D(ICON_PATHS[icon]), WHITE, (width * 24) / size);
  context.restore();
}

function writeNumber(context: CanvasRenderingContext2D, number: number, x: number, y: number, pixels: number): void {
  context.font = canvasFont(700, pixels);
  context.textAlign = 'center';
  context.fillStyle = WHITE;
  context.fillText(String(number), x, y + 6);
}

function strokeBadge(context: CanvasRenderingContext2D): void {
  context.save();
  context.translate(13, -13);
  const circle = new Path2D();
  circle.arc(0, 0, 7.5, 0, 2 * Math.PI);
  context.fillStyle = BADGE;
  context.fill(circle);
  strokePath(context, circle, WHITE, 1.5);
  strokeIcon(context, 'wrench', 0, 0, 10, 1.3);
  context.restore();
}
