import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PLACE_KINDS } from '../../data/place.ts';
import { imageName, imageNameAround, imageOf, type MapImage } from '../../web/map/map-image.ts';
import { MAP_THEME, MAP_THEMES } from '../../web/map/map-theme.ts';
import { PIN_COLOURS } from '../../web/map/pin-images.ts';
import { ICON_PATHS, type IconName } from '../../web/pages/icons.ts';
import { colourOf } from './tokens.ts';

const theme = fc.constantFrom(...MAP_THEMES);
const kind = fc.constantFrom(...PLACE_KINDS);
const image: fc.Arbitrary<MapImage> = fc.oneof(
  fc.record(
    {
      shape: fc.constant('pin' as const),
      kind,
      number: fc.integer({ min: 1, max: 99 }),
      closed: fc.constant(true as const),
      selected: fc.constant(true as const),
    },
    { requiredKeys: ['shape', 'kind'] },
  ),
  fc.record({ shape: fc.constant('cluster' as const), kind, count: fc.integer({ min: 2 }) }),
  fc.record({
    shape: fc.constant('label' as const),
    theme,
    weight: fc.constantFrom(400 as const, 600 as const),
    text: fc.string(),
  }),
);

describe('the name of a picture', () => {
  test('says all that is needed to draw it', () => {
    fc.assert(fc.property(image, (each) => expect(imageOf(imageName(each))).toEqual(each)));
  });

  test('can be completed by the style, with a number or a word', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2 }),
        fc.constantFrom(...(Object.keys(ICON_PATHS) as IconName[])),
        (count, icon) => {
          const cluster = { shape: 'cluster', kind: 'station', count: 0 } as const;
          const landmark = { shape: 'landmark', theme: 'dark', icon: 'square' } as const;
          expect(imageOf(imageNameAround(cluster, 'count').join(String(count)))).toEqual({ ...cluster, count });
          expect(imageOf(imageNameAround(landmark, 'icon').join(icon))).toEqual({ ...landmark, icon });
        },
      ),
    );
  });

  test('of a foreign style stands for nothing of ours', () => {
    expect(imageOf('airport-15')).toBeUndefined();
  });
});

describe('the map wears the colours of the tokens', () => {
  test.each([
    ['map-land', 'land'],
    ['map-north', 'north'],
    ['map-water', 'water'],
    ['map-edge', 'edge'],
    ['map-road', 'road'],
    ['map-case', 'case'],
    ['map-rail', 'rail'],
    ['map-text', 'text'],
    ['map-water-text', 'waterText'],
    ['map-ring', 'ring'],
    ['text', 'strongText'],
    ['brand', 'route'],
    ['surface', 'routeCase'],
  ] as const)('--%s', (token, name) => {
    const long = (colour: string) => (colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour);
    for (const theme of MAP_THEMES) expect(colourOf(token, theme)).toBe(long(MAP_THEME[theme][name]));
  });

  test.each(Object.entries(PIN_COLOURS))('--pin-%s', (name, colour) => {
    for (const theme of MAP_THEMES) expect(colourOf(`pin-${name}`, theme)).toBe(colour);
  });
});
