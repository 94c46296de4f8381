// The shapes of the pins, for the pictures in the pages and on the live map alike. Centred at 0,0, about 30 units wide.

import type { PlaceKind } from '../../data/place.ts';
import type { IconName } from './icons.ts';

export interface PinShape {
  outline: string;
  /** Name of the colour token: `--pin-<colour>`. */
  colour: 'station' | 'merchant' | 'wc' | 'swap' | 'scene' | 'event';
  glyph: IconName;
  /** Where the glyph's middle and the number's stand within the outline. */
  middle: readonly [x: number, y: number];
}

const HOUSE =
  'M-2-15.4a3 3 0 0 1 4 0L14-4.7a3 3 0 0 1 1 2.2V11a3.5 3.5 0 0 1-3.5 3.5h-23A3.5 3.5 0 0 1-15 11V-2.5a3 3 0 0 1 1-2.2z';
const TAG =
  'M-14.5-10a4 4 0 0 1 4-4H1a4 4 0 0 1 2.8 1.2L15-2.2a3.2 3.2 0 0 1 0 4.5L3.8 12.8A4 4 0 0 1 1 14h-11.5a4 4 0 0 1-4-4z';
const SQUARE = 'M-8-14H8a6 6 0 0 1 6 6V8a6 6 0 0 1-6 6H-8a6 6 0 0 1-6-6V-8a6 6 0 0 1 6-6z';
const CIRCLE = 'M-15 0a15 15 0 1 1 30 0a15 15 0 1 1-30 0z';
const ARCH = 'M-14 14V-1A14 14 0 0 1 14-1V14z';
const PENNANT = 'M-14-13.5H15L9.5 0 15 13.5H-14z';

export const PIN_SHAPES: Record<PlaceKind, PinShape> = {
  station: { outline: HOUSE, colour: 'station', glyph: 'house', middle: [0, 1.5] },
  merchant: { outline: TAG, colour: 'merchant', glyph: 'tag', middle: [-2, 0] },
  parking: { outline: SQUARE, colour: 'wc', glyph: 'parking', middle: [0, 0] },
  toilet: { outline: SQUARE, colour: 'wc', glyph: 'toilet', middle: [0, 0] },
  'bike-swap': { outline: CIRCLE, colour: 'swap', glyph: 'swap', middle: [0, 0] },
  'battery-swap': { outline: CIRCLE, colour: 'swap', glyph: 'battery', middle: [0, 0] },
  scene: { outline: ARCH, colour: 'scene', glyph: 'building', middle: [0, 1] },
  'event-point': { outline: PENNANT, colour: 'event', glyph: 'flag', middle: [-2, 0] },
};
