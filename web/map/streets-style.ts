// Protomaps' layers in the colours of our themes, so that pins, rings and the way read on them as on the schematic. They
// name no `glyphs` and no sprite: labels are drawn with the system's Chinese fonts, and what lives by its picture is left out.

import { type Flavor, layers, namedFlavor } from '@protomaps/basemaps';
import type { MapTheme } from './map-theme.ts';
import type { ExpressionSpecification, Layer, SymbolLayer } from './maplibre-types.ts';
import { FONT_FAMILIES } from './typeface.ts';

export const STREETS_SOURCE = 'streets';

const LEFT_OUT = new Set([
  // Pictures of a sprite. Other people's places would also stand between ours.
  'pois',
  'roads_oneway',
  'roads_shields',
  // A city's map shows no country: neither its borders nor its name.
  'boundaries_country',
  'places_country',
  'places_region',
  'water_label_ocean',
]);
/** Pixels; smaller ones are not read on a handlebar. */
const SMALLEST_TEXT = 14;
const NAME: ExpressionSpecification = ['coalesce', ['get', 'name:zh-Hans'], ['get', 'name:zh'], ['get', 'name']];

/** The layers from the ground up. Their ids are the same in every theme. */
export function streetsLayers(theme: MapTheme): Layer[] {
  const all = layers(STREETS_SOURCE, flavorOf(theme), { lang: 'zh-Hans' }) as Layer[];
  return all.filter(({ id }) => !LEFT_OUT.has(id)).map((each) => (each.type === 'symbol' ? label(each, theme) : each));
}

function label(layer: SymbolLayer, theme: MapTheme): SymbolLayer {
  // Towns wear a dot of the sprite.
  const { 'icon-image': _, 'text-size': size = SMALLEST_TEXT, ...layout } = layer.layout ?? {};
  const isWater = layer['source-layer'] === 'water';
  return {
    ...layer,
    layout: {
      ...layout,
      'text-field': layer.id === 'address_label' ? (layout['text-field'] ?? '') : NAME,
      'text-font': FONT_FAMILIES,
      'text-size': readable(size),
    },
    paint: {
      ...layer.paint,
      'text-color': isWater ? theme.waterText : theme.text,
      'text-halo-color': isWater ? theme.water : theme.land,
      'text-halo-width': 1.5,
    },
  };
}

type TextSize = NonNullable<NonNullable<SymbolLayer['layout']>['text-size']>;

/** Sizes that grow with the zoom stand as `['interpolate', how, ['zoom'], stop, size, stop, size, …]`. */
function readable(size: TextSize): TextSize {
  if (typeof size === 'number') return Math.max(size, SMALLEST_TEXT);
  if (!Array.isArray(size) || size[0] !== 'interpolate') return size;
  const isSize = (at: number) => at >= 4 && at % 2 === 0;
  return size.map((each, at) =>
    isSize(at) && typeof each === 'number' ? Math.max(each, SMALLEST_TEXT) : each,
  ) as ExpressionSpecification;
}

/** Greens of Protomaps' flavours that are one green in ours. */
const GREEN = /^(?:park|wood|scrub)_[ab]$|^zoo$/;
const ROAD = /^(?:(?:tunnel|bridges)_)?(?:other|minor|minor_service|minor_a|minor_b|link|major|highway)$/;

function flavorOf(theme: MapTheme): Flavor {
  const { pois: _, ...given } = namedFlavor(theme.name === 'dark' ? 'dark' : 'light');
  const ours = Object.entries(given).map(([what, colour]) => [what, colourOf(what, theme) ?? colour]);
  return Object.fromEntries(ours) as Flavor;
}

/** Undefined where Protomaps' own colour stays. */
function colourOf(what: string, theme: MapTheme): string | undefined {
  if (what === 'background' || what === 'earth') return theme.land;
  if (what === 'water') return theme.water;
  if (what === 'railway' || what === 'boundaries') return theme.rail;
  if (GREEN.test(what)) return theme.north;
  if (ROAD.test(what)) return theme.road;
  if (what.includes('_casing')) return theme.case;
  // Nothing that only tints the ground remains where contrast is wanted.
  return theme.name === 'contrast' && what !== 'landcover' ? theme.land : undefined;
}
