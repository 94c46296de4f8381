import type { PlaceKind } from '../../data/place.ts';
import type { Html, Tags } from './html.ts';
import { PIN_SHAPES } from './pin-shapes.ts';

export interface PinLook {
  kind: PlaceKind;
  /** Its place in the list; without one the pin wears its kind's glyph. */
  number?: number;
  /** Closed: hollow with a diagonal. */
  closed?: boolean;
  /** Something is broken: a wrench badge. */
  fault?: boolean;
  /** Its position is not exact: a dashed ring. */
  approximate?: boolean;
}

/** A pin as an <svg> of its own, for lists. */
export function pin(tags: Tags, look: PinLook): Html {
  return tags.html`<svg class="pin" viewBox="-18 -18 36 36" aria-hidden="true">${pinMark(tags, look)}</svg>`;
}

/** A pin within a larger drawing, around 0,0. */
export function pinMark({ svg }: Tags, look: PinLook): Html {
  const { outline, colour, glyph, middle } = PIN_SHAPES[look.kind];
  const [x, y] = middle;
  const ring = look.approximate ? svg`<circle class="pin-ring pin-${colour}" r="25"></circle>` : '';
  const badge = look.fault
    ? svg`<g transform="translate(13 -13)"><circle class="pin-badge" r="7.5"></circle><use href="#i-wrench" x="-5" y="-5" width="10" height="10" class="pin-glyph"></use></g>`
    : '';
  if (look.closed) {
    return svg`${ring}<path class="pin-halo" d="${outline}"></path><path class="pin-hollow pin-${colour}" d="${outline}"></path><path class="pin-hollow pin-${colour}" d="M-11 11L11-11"></path>${badge}`;
  }
  const mark =
    look.number === undefined
      ? svg`<use href="#i-${glyph}" x="${x - 9.6}" y="${y - 9.6}" width="19.2" height="19.2" class="pin-glyph"></use>`
      : svg`<text class="pin-number" x="${x}" y="${y + 6.5}">${look.number}</text>`;
  return svg`${ring}<path class="pin-halo" d="${outline}"></path><path class="pin-fill pin-${colour}" d="${outline}"></path>${mark}${badge}`;
}
