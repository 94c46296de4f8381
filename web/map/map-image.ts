// What the map's pictures show, as data. A picture's name in the style says what to draw, so that each is drawn when a
// tile first needs it. Pure; `pin-images.ts` draws.

import type { PlaceKind } from '../../data/place.ts';
import type { IconName } from '../pages/icons.ts';
import type { PinLook } from '../pages/pin.ts';
import type { MapThemeName } from './map-theme.ts';

export type MapImage =
  | ({ shape: 'pin'; selected?: true } & PinLook)
  | { shape: 'cluster'; kind: PlaceKind; count: number }
  | { shape: 'landmark'; theme: MapThemeName; icon: IconName }
  | { shape: 'label'; theme: MapThemeName; weight: 400 | 600; text: string }
  | { shape: 'waves'; theme: MapThemeName };

const PREFIX = 'yizhan:';

export function imageName(image: MapImage): string {
  return PREFIX + JSON.stringify(image);
}

/** The picture that a name stands for; `undefined` when the name is another style's. */
export function imageOf(name: string): MapImage | undefined {
  return name.startsWith(PREFIX) ? (JSON.parse(name.slice(PREFIX.length)) as MapImage) : undefined;
}

/** A name with one value left to the style, as the halves before and after it; for `concat` expressions. */
export function imageNameAround<Image extends MapImage>(
  image: Image,
  field: keyof Image & string,
): [before: string, after: string] {
  const [before = '', after = ''] = imageName({ ...image, [field]: HOLE }).split(JSON.stringify(HOLE));
  const quote = typeof image[field] === 'string' ? '"' : '';
  return [before + quote, quote + after];
}

/** A character that no text holds: it stands for an object. */
const HOLE = '\u{fffc}';
